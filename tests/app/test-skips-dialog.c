#include "app/skips-dialog.h"

#include "seismic/error.h"
#include "seismic/progress.h"
#include "support/widgets.h"

static void
test_list (void)
{
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GListModel) none = sae_skips_dialog_list (NULL);
  g_autoptr (GListModel) skips = NULL;
  GtkWindow *dialog;

  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  g_ptr_array_add (
      skipped,
      seismic_skip_new ("folder/a.mseed",
                        g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE, "again")));
  skips = sae_skips_dialog_list (skipped);
  dialog = sae_skips_dialog_new (skips, NULL, NULL);
  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "1 skipped");
  gtk_window_present (dialog);
  widget_test_drain ();
  assert_shows (dialog, "folder/a.mseed\nThe record is in the library already.\n");
  g_object_ref (dialog);
  gtk_window_destroy (dialog);
  widget_test_drain ();
  g_assert_finalize_object (dialog);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/skips-dialog/list", test_list);
  return g_test_run ();
}
