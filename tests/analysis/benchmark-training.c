/* What keeping a run between epochs costs, how near the estimate of a training is to it,
 * and how long a library of many runs takes to list. On a made library; no network of the
 * presets is changed but for the number of its epochs. */
#include "analysis/estimate.h"
#include "analysis/preset.h"
#include "analysis/run-file.h"
#include "analysis/run.h"
#include "support/tiny-library.h"

#include <sys/resource.h>

enum { N_EPOCHS = 2, N_SAVES = 10, N_RUNS = 50 };

static double
seconds_since (gint64 start_us)
{
  return (double)(g_get_monotonic_time () - start_us) / 1e6;
}

/* Records of some 60 s at 100 Hz, as many a library has. */
static void
fill (TinyLibrary *tiny)
{
  tiny_library_init (tiny);
  for (unsigned i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("ev%u", i);
    tiny_library_put_event (tiny, id, (int)i);
    tiny_library_put_record (tiny, id, "S", 100, 5000 + 100 * i, i);
  }
}

static void
measure_preset (TinyLibrary *tiny, const AnalysisPreset *preset)
{
  AnalysisTrainingSettings settings = preset->settings;
  AnalysisEstimate estimate;
  g_auto (AnalysisTrainingSummary) summary = {0};
  settings.trainer.n_epochs = N_EPOCHS;
  settings.run = preset->name;
  gint64 start_us = g_get_monotonic_time ();
  g_assert_true (
      analysis_estimate (tiny->library, &settings, NULL, NULL, &estimate, NULL));
  const double estimating_s = seconds_since (start_us);
  g_assert_true (
      analysis_train (tiny->library, &settings, NULL, NULL, NULL, &summary, NULL));
  const double epoch_s = g_array_index (summary.history, NnEpoch, N_EPOCHS - 1).seconds;
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);

  g_autoptr (AnalysisModel) model =
      analysis_model_load_run (tiny->library, preset->name, NULL);
  start_us = g_get_monotonic_time ();
  for (int i = 0; i < N_SAVES; i++)
    g_assert_true (analysis_model_save (model, tiny->library, NULL));
  const double saving_s = seconds_since (start_us) / N_SAVES;
  g_autoptr (AnalysisRun) run = analysis_run_get (tiny->folder, preset->name, NULL);
  g_print ("%s: an epoch %.2f s, estimated %.2f s in %.2f s; memory estimated %.0f MB, "
           "resident at most so far %.0f MB; keeping %.1f MB takes %.1f ms\n",
           preset->name, epoch_s, estimate.epoch_seconds, estimating_s,
           (double)estimate.memory_bytes / 1e6, (double)usage.ru_maxrss / 1e3,
           (double)run->n_bytes / 1e6, saving_s * 1e3);
}

int
main (void)
{
  g_auto (TinyLibrary) tiny = {0};
  size_t n;
  const AnalysisPreset *presets = analysis_presets (&n);
  fill (&tiny);
  for (size_t i = 0; i < n; i++)
    measure_preset (&tiny, &presets[i]);

  for (size_t i = 0; i < N_RUNS; i++) {
    g_autofree char *name = analysis_run_new_name (tiny.folder, "study");
    g_assert_true (analysis_run_duplicate (tiny.folder, "study", name, NULL));
  }
  const gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) runs = analysis_run_list (tiny.folder);
  g_print ("listing %u runs: %.1f ms\n", runs->len, 1e3 * seconds_since (start_us));
  return 0;
}
