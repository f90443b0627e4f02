#include "cli/model.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "seismic/time.h"

#include <glib/gi18n.h>

AnalysisEmbedding *
cli_model_embed (SeismicLibrary *library, const char *run, AnalysisEmbeddingKind kind,
                 GError **error)
{
  g_autoptr (AnalysisModel) model = analysis_model_load_run (library, run, error);
  CliProgress progress;

  if (!model)
    return NULL;
  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Embedding"));
  AnalysisEmbedding *embedding =
      analysis_embed (library, model, kind, cli_progress_items, &progress, error);
  cli_progress_end (&progress);
  return embedding;
}

static void
append_number (GString *csv, double value)
{
  g_autofree char *text = cli_number (value);
  g_string_append_printf (csv, ",%s", text);
}

GString *
cli_model_reconstruction_csv (const SeismicSignalInfo *info,
                              const AnalysisReconstruction *reconstruction)
{
  const AnalysisSeries *series = &reconstruction->original;
  size_t n = series->n_samples;
  GString *csv = g_string_new ("time");

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    g_string_append_printf (csv, ",%s%c_original,%s%c_reconstruction", info->instrument,
                            info->components[c], info->instrument, info->components[c]);
  g_string_append_c (csv, '\n');
  for (size_t i = 0; i < n; i++) {
    int64_t time_ns = series->start_ns + seismic_time_of_sample (i, series->rate_hz);
    g_autofree char *time = seismic_time_format (time_ns, 9);
    g_string_append (csv, time);
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
      append_number (csv, series->samples[c * n + i]);
      append_number (csv, reconstruction->reconstruction[c * n + i]);
    }
    g_string_append_c (csv, '\n');
  }
  return csv;
}

GString *
cli_model_projection_csv (const AnalysisEmbedding *embedding,
                          const AnalysisMatrix *scores)
{
  GString *csv = g_string_new ("id,x,y,event_type\n");

  for (size_t i = 0; i < scores->rows; i++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[i];
    cli_csv_append (csv, info->id);
    append_number (csv, scores->data[2 * i]);
    append_number (csv, scores->data[2 * i + 1]);
    g_string_append_c (csv, ',');
    cli_csv_append (csv, info->event.type);
    g_string_append_c (csv, '\n');
  }
  return csv;
}
