#include "analysis/live.h"

#include <math.h>
#include <string.h>

struct AnalysisLive {
  AnalysisOnlooker onlooker;
  AnalysisModel *model;    /* borrowed */
  char *folder;            /* owned */
  SeismicLibrary *library; /* owned; NULL until it is needed */
  char *id;                /* owned; of the series, NULL at first */
  AnalysisSeries series;   /* samples NULL when the signal cannot be shown */
  int64_t next_us;         /* monotonic: not before */
};

AnalysisLive *
analysis_live_new (const AnalysisOnlooker *onlooker, AnalysisModel *model,
                   const char *folder)
{
  AnalysisLive *live = g_new0 (AnalysisLive, 1);
  live->onlooker = *onlooker;
  live->model = model;
  live->folder = g_strdup (folder);
  return live;
}

void
analysis_live_free (AnalysisLive *live)
{
  g_clear_pointer (&live->library, seismic_library_close);
  analysis_series_clear (&live->series);
  g_free (live->folder);
  g_free (live->id);
  g_free (live);
}

int64_t
analysis_live_rest (int64_t cost_us)
{
  double rest = (double)cost_us * (1 / ANALYSIS_LIVE_SHARE - 1);
  return MAX (ANALYSIS_LIVE_PERIOD_US, (int64_t)fmin (rest, 1e15));
}

/* What goes wrong here is told where it matters: the training skips such a signal too. */
static void
read_signal (AnalysisLive *live, const char *id)
{
  const AnalysisPreparation preparation = analysis_model_preparation (live->model);
  g_free (live->id);
  live->id = g_strdup (id);
  analysis_series_clear (&live->series);
  if (live->library == NULL)
    live->library = seismic_library_open (live->folder, false, NULL);
  if (live->library == NULL ||
      !analysis_series_read (live->library, id, &preparation, &live->series, NULL) ||
      !analysis_model_check_length (live->model, live->series.n_samples, NULL))
    analysis_series_clear (&live->series);
}

static double
epochs_done (const NnProgress *progress)
{
  if (progress->epoch_ended)
    return (double)(progress->epoch + 1);
  return (double)progress->epoch +
         (double)progress->batch / (double)MAX (progress->n_batches, 1);
}

static void
show (AnalysisLive *live, const NnProgress *progress)
{
  AnalysisReconstruction reconstruction = {.original = live->series};
  size_t n = live->series.n_samples * SEISMIC_N_COMPONENTS;
  reconstruction.original.samples =
      g_memdup2 (live->series.samples, n * sizeof *live->series.samples);
  if (analysis_model_reconstruct_series (live->model, live->id, &reconstruction, NULL))
    live->onlooker.show (live->id, epochs_done (progress), &reconstruction,
                         live->onlooker.user_data);
  else
    analysis_reconstruction_clear (&reconstruction);
}

void
analysis_live_look (AnalysisLive *live, const NnProgress *progress)
{
  const int64_t start_us = g_get_monotonic_time ();
  g_autofree char *id = live->onlooker.choose (live->onlooker.user_data);
  if (id == NULL)
    return;
  const bool chosen = g_strcmp0 (id, live->id) != 0;
  const bool last = progress->epoch_ended && progress->epoch + 1 == progress->n_epochs;
  if (!chosen && !last && start_us < live->next_us)
    return;
  if (chosen)
    read_signal (live, id);
  if (live->series.samples != NULL)
    show (live, progress);
  const int64_t end_us = g_get_monotonic_time ();
  live->next_us = end_us + analysis_live_rest (end_us - start_us);
}
