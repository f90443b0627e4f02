#include "analysis/run.h"
#include "analysis/error.h"
#include "analysis/run-file.h"
#include "analysis/setting.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

void
analysis_run_free (AnalysisRun *run)
{
  if (run == NULL)
    return;
  g_free (run->name);
  g_free (run->damage);
  analysis_model_notes_clear (&run->notes);
  g_clear_pointer (&run->history, g_array_unref);
  g_clear_pointer (&run->epoch_batches, g_array_unref);
  g_clear_pointer (&run->batch_losses, g_array_unref);
  g_free (run);
}

static void
take_head (AnalysisRun *run, const NnCheckpointHead *head)
{
  const NnTrainer *trainer = &head->trainer;
  g_autoptr (NnParams) params = nn_autoencoder_describe (&head->config);
  run->settings =
      analysis_training_settings_from (&head->config, trainer, &run->notes, run->name);
  run->n_parameters = params->size;
  run->best_epoch = trainer->best_epoch;
  run->history = g_array_ref (trainer->history);
  run->epoch_batches = g_array_ref (trainer->epoch_batches);
  run->batch_losses = g_array_ref (trainer->batch_losses);
  for (guint i = 0; i < run->history->len; i++)
    run->seconds += g_array_index (run->history, NnEpoch, i).seconds;
}

static AnalysisRun *
read_run (const char *folder, const char *name, const char *current)
{
  AnalysisRun *run = g_new0 (AnalysisRun, 1);
  g_autofree char *path = analysis_run_path (folder, name);
  g_autoptr (GError) error = NULL;
  /* Mapped: of a file that is only ever replaced as a whole, the beginning is read. */
  GMappedFile *file = g_mapped_file_new (path, FALSE, &error);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_clear_pointer (&file, g_mapped_file_unref);
  g_auto (NnCheckpointHead) head = {0};
  run->name = g_strdup (name);
  run->is_current = g_strcmp0 (name, current) == 0;
  run->notes.start_ns = SEISMIC_TIME_UNSET;
  run->n_bytes = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  if (bytes != NULL && nn_checkpoint_read_head (bytes, &head, &error) &&
      analysis_model_check_channels (&head.config, &error) &&
      analysis_model_notes_read (head.metadata, &run->notes, &error))
    take_head (run, &head);
  else
    run->damage = g_strdup (error->message);
  return run;
}

AnalysisRun *
analysis_run_get (const char *folder, const char *name, GError **error)
{
  g_autofree char *current = analysis_run_get_current (folder);
  const char *wanted = name != NULL ? name : current;
  if (wanted != NULL && analysis_run_exists (folder, wanted))
    return read_run (folder, wanted, current);
  if (wanted == NULL) {
    g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL,
                         "the library has no trained model");
  } else {
    g_autofree char *shown = g_utf8_make_valid (wanted, -1);
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL,
                 "the library has no run \"%s\"", shown);
  }
  return NULL;
}

static int
compare_runs (const void *a, const void *b)
{
  const AnalysisRun *x = *(AnalysisRun *const *)a, *y = *(AnalysisRun *const *)b;
  /* SEISMIC_TIME_UNSET is before all times. */
  if (x->notes.start_ns != y->notes.start_ns)
    return x->notes.start_ns > y->notes.start_ns ? -1 : 1;
  return strcmp (x->name, y->name);
}

GPtrArray *
analysis_run_list (const char *folder)
{
  g_autofree char *current = analysis_run_get_current (folder);
  g_auto (GStrv) names = analysis_run_list_names (folder);
  GPtrArray *runs = g_ptr_array_new_with_free_func ((GDestroyNotify)analysis_run_free);
  for (size_t i = 0; names[i] != NULL; i++)
    g_ptr_array_add (runs, read_run (folder, names[i], current));
  g_ptr_array_sort (runs, compare_runs);
  return runs;
}

double
analysis_run_loss (const AnalysisRun *run)
{
  if (run->history == NULL || run->history->len == 0)
    return NAN;
  const guint index =
      run->best_epoch > 0 ? (guint)run->best_epoch - 1 : run->history->len - 1;
  const NnEpoch *epoch = &g_array_index (run->history, NnEpoch, index);
  return isnan (epoch->validation_loss) ? epoch->training_loss : epoch->validation_loss;
}

bool
analysis_run_is_unfinished (const AnalysisRun *run)
{
  const size_t n_done = run->history != NULL ? run->history->len : 0;
  const size_t patience = run->settings.trainer.patience;
  if (n_done == 0 || n_done >= run->settings.trainer.n_epochs)
    return false;
  return patience == 0 || run->best_epoch == 0 || n_done - run->best_epoch < patience;
}

void
analysis_run_difference_free (AnalysisRunDifference *difference)
{
  g_strfreev (difference->values);
  g_free (difference);
}

GPtrArray *
analysis_run_compare (GPtrArray *runs)
{
  GPtrArray *differences =
      g_ptr_array_new_with_free_func ((GDestroyNotify)analysis_run_difference_free);
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  for (size_t k = 0; k < n; k++) {
    g_auto (GStrv) values = g_new0 (char *, runs->len + 1);
    bool differ = false;
    for (guint i = 0; i < runs->len; i++) {
      const AnalysisRun *run = runs->pdata[i];
      values[i] = run->damage != NULL ? g_strdup ("")
                                      : analysis_setting_format (&all[k], &run->settings);
      differ = differ || strcmp (values[i], values[0]) != 0;
    }
    if (!differ)
      continue;
    AnalysisRunDifference *difference = g_new (AnalysisRunDifference, 1);
    difference->name = all[k].name;
    difference->values = g_steal_pointer (&values);
    g_ptr_array_add (differences, difference);
  }
  return differences;
}
