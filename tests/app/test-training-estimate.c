#include "app/training-estimate.h"

#include "support/widgets.h"

static void
test_text (void)
{
  const AnalysisEstimate estimate = {
      .n_parameters = 1234, .memory_bytes = 38000000, .epoch_seconds = 2};
  const AnalysisEstimate quick = {.n_parameters = 5, .epoch_seconds = 0.25};
  g_autofree char *text = sae_training_estimate_text (&estimate, 30);
  g_autofree char *soon = sae_training_estimate_text (&quick, 8);

  g_assert_nonnull (strstr (text, "1234 parameters"));
  g_assert_nonnull (strstr (text, "38"));
  g_assert_nonnull (strstr (text, "2\u202fs an epoch"));
  g_assert_nonnull (strstr (text, "60\u202fs in all"));
  g_assert_nonnull (strstr (soon, "less than 1 s an epoch"));
  g_assert_nonnull (strstr (soon, "2\u202fs in all"));
}

static void
test_estimates (void)
{
  g_auto (TinyLibrary) tiny = {0};
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SaeTrainingEstimate *row = g_object_new (SAE_TYPE_TRAINING_ESTIMATE, NULL);
  AnalysisTrainingSettings settings = widget_test_settings ();
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());
  g_autofree char *count = NULL, *other = NULL;
  g_autoptr (NnParams) params = nn_autoencoder_describe (&settings.network);
  g_autoptr (NnParams) more = NULL;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  sae_training_estimate_want (row, tiny.folder, &settings);
  widget_test_drain ();
  assert_shows (row, "–"); /* nobody sees it */
  gtk_list_box_append (list, GTK_WIDGET (row));
  gtk_window_set_child (window, GTK_WIDGET (list));
  gtk_window_present (window);
  count = g_strdup_printf ("%zu parameters", params->size);
  wait_until (widget_test_shows (row, count));
  settings.network.hidden = 8; /* and then at once: */
  sae_training_estimate_want (row, tiny.folder, &settings);
  settings.network.hidden = 9;
  sae_training_estimate_want (row, tiny.folder, &settings);
  assert_shows (row, "Estimating");
  more = nn_autoencoder_describe (&settings.network);
  other = g_strdup_printf ("%zu parameters", more->size);
  wait_until (widget_test_shows (row, other));
  settings.dataset.signals = "min-magnitude 9";
  sae_training_estimate_want (row, tiny.folder, &settings);
  wait_until (!widget_test_shows (row, "Estimating")); /* a sentence on why not */
  g_assert_false (widget_test_shows (row, "parameters ·"));
  sae_training_estimate_want (row, tiny.folder, &settings);
  sae_training_estimate_want (row, NULL, &settings);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-estimate/text", test_text);
  g_test_add_func ("/app/training-estimate/estimates", test_estimates);
  return g_test_run ();
}
