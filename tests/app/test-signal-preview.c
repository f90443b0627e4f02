#include "app/signal-preview.h"

#include "support/widgets.h"

static void
test_show (void)
{
  SaeSignalPreview *preview =
      g_object_ref_sink (SAE_SIGNAL_PREVIEW (sae_signal_preview_new ()));
  SaePreview data = {.max = {127}};
  int minimum = 0, natural = 0;

  g_assert_null (sae_signal_preview_get_id (preview));
  sae_signal_preview_set_id (preview, "ev0/XX.S0..HN");
  g_assert_false (sae_signal_preview_is_shown (preview));
  sae_signal_preview_show (preview, &data);
  g_assert_true (sae_signal_preview_is_shown (preview));
  /* Another signal's row does not keep the former's picture. */
  sae_signal_preview_set_id (preview, "ev0/XX.S1..HN");
  g_assert_cmpstr (sae_signal_preview_get_id (preview), ==, "ev0/XX.S1..HN");
  g_assert_false (sae_signal_preview_is_shown (preview));
  gtk_widget_measure (GTK_WIDGET (preview), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      &natural, NULL, NULL);
  g_assert_cmpint (minimum, >, 0);
  g_assert_cmpint (natural, >=, minimum);
  g_assert_finalize_object (preview);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-preview/show", test_show);
  return g_test_run ();
}
