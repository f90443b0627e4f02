#include "analysis/estimate.h"
#include "analysis/error.h"
#include "analysis/preset.h"
#include "nn/error.h"
#include "support/tiny-library.h"

#include <math.h>

static AnalysisTrainingSettings
small (void)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  settings.network.widths[0] = settings.network.widths[1] = 8;
  settings.network.widths[2] = settings.network.hidden = 12;
  settings.dataset.rate_hz = 20;
  return settings;
}

static void
fill (TinyLibrary *tiny, size_t n_events)
{
  tiny_library_init (tiny);
  tiny_library_fill (tiny, n_events, 2);
}

/* What was estimated is what was trained, but for the time, of which only the order of
 * magnitude can be told on a machine that does other things too. */
static void
test_training (void)
{
  g_auto (TinyLibrary) tiny = {0};
  fill (&tiny, 10);
  for (uint32_t i = 0; i < 9; i++) { /* one event has most of the signals */
    g_autofree char *station = g_strdup_printf ("T%u", i);
    tiny_library_put_record (&tiny, "ev3", station, 20, 150, i);
  }
  AnalysisTrainingSettings settings = small ();
  settings.trainer.n_epochs = 3;
  AnalysisEstimate estimate = {0};
  g_autoptr (GError) error = NULL;
  analysis_estimate (tiny.library, &settings, NULL, NULL, &estimate, &error);
  g_assert_no_error (error);
  g_auto (AnalysisTrainingSummary) summary = {0};
  analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (estimate.n_training, ==, summary.n_training);
  g_assert_cmpuint (estimate.n_validation, ==, summary.n_validation);
  g_assert_cmpuint (estimate.n_parameters, ==, summary.n_parameters);
  g_assert_cmpuint (estimate.n_batches, ==, (summary.n_training + 3) / 4);
  g_assert_cmpuint (estimate.n_left_out + estimate.n_unfit, ==, 0);
  g_assert_cmpuint (estimate.memory_bytes, >, 4 * 4 * summary.n_parameters);
  const double took = g_array_index (summary.history, NnEpoch, 2).seconds;
  g_test_message ("estimated %g s, was %g s", estimate.epoch_seconds, took);
  g_assert_cmpfloat (estimate.epoch_seconds, >, 0.02 * took);
  g_assert_cmpfloat (estimate.epoch_seconds, <, 50 * took);
}

/* More of anything is more. */
static void
test_grows (void)
{
  g_auto (TinyLibrary) tiny = {0};
  fill (&tiny, 4);
  AnalysisTrainingSettings settings[4];
  AnalysisEstimate estimates[4];
  for (size_t i = 0; i < 4; i++)
    settings[i] = small ();
  settings[1].network.hidden = 256;
  settings[2].dataset.rate_hz = 100;
  settings[3].dataset.window = (AnalysisWindow){ANALYSIS_WINDOW_PEAK, 1, 0.5};
  for (size_t i = 0; i < 4; i++)
    g_assert_true (
        analysis_estimate (tiny.library, &settings[i], NULL, NULL, &estimates[i], NULL));
  g_assert_cmpuint (estimates[1].n_parameters, >, 10 * estimates[0].n_parameters);
  g_assert_cmpuint (estimates[1].memory_bytes, >, estimates[0].memory_bytes);
  g_assert_cmpfloat (estimates[1].epoch_seconds, >, 2 * estimates[0].epoch_seconds);
  g_assert_cmpuint (estimates[2].memory_bytes, >, 2 * estimates[0].memory_bytes);
  g_assert_cmpuint (estimates[3].memory_bytes, <, estimates[0].memory_bytes);
}

static void
test_chosen (void)
{
  g_auto (TinyLibrary) tiny = {0};
  fill (&tiny, 4);
  AnalysisTrainingSettings settings = small ();
  AnalysisEstimate estimate = {.n_training = 99};
  settings.dataset.signals = "search S1";
  g_assert_true (
      analysis_estimate (tiny.library, &settings, NULL, NULL, &estimate, NULL));
  g_assert_cmpuint (estimate.n_training + estimate.n_validation, ==, 4);
  g_assert_cmpuint (estimate.n_left_out, ==, 4);

  const AnalysisEstimate before = estimate;
  g_autoptr (GError) error = NULL;
  settings.dataset.window.kind = ANALYSIS_WINDOW_P; /* the stations have no place */
  g_assert_false (
      analysis_estimate (tiny.library, &settings, NULL, NULL, &estimate, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  settings = small ();
  settings.dataset.batch_size = 0;
  g_assert_false (
      analysis_estimate (tiny.library, &settings, NULL, NULL, &estimate, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  g_clear_error (&error);
  settings = small ();
  settings.network.hidden = 0;
  g_assert_false (
      analysis_estimate (tiny.library, &settings, NULL, NULL, &estimate, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  g_assert_cmpmem (&before, sizeof before, &estimate, sizeof estimate);
}

typedef struct {
  int n_left;
} Patience;

static bool
ask (const SeismicProgress *progress, void *user_data)
{
  Patience *patience = user_data;
  return patience->n_left-- > 0;
}

/* Stopped at once, and within a step that would take minutes. */
static void
test_cancelled (void)
{
  g_auto (TinyLibrary) tiny = {0};
  fill (&tiny, 4);
  const int patience[] = {0, 20};
  for (size_t i = 0; i < G_N_ELEMENTS (patience); i++) {
    AnalysisTrainingSettings settings = analysis_preset_find ("study")->settings;
    AnalysisEstimate estimate;
    Patience left = {patience[i]};
    g_autoptr (GError) error = NULL;
    settings.network.hidden = 1024;
    settings.dataset.rate_hz = 1000;
    g_assert_false (
        analysis_estimate (tiny.library, &settings, ask, &left, &estimate, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/estimate/training", test_training);
  g_test_add_func ("/analysis/estimate/grows", test_grows);
  g_test_add_func ("/analysis/estimate/chosen", test_chosen);
  g_test_add_func ("/analysis/estimate/cancelled", test_cancelled);
  return g_test_run ();
}
