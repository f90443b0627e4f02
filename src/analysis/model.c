#include "analysis/model.h"
#include "analysis/error.h"
#include "analysis/run-file.h"
#include "analysis/setting.h"
#include "seismic/time.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_CHANNELS SEISMIC_N_COMPONENTS
#define KEY_RATE "rate_hz"
#define KEY_EVENTS "validation_events"
#define KEY_PREPROCESSING "preprocessing"
#define KEY_BATCH "batch_size"
#define KEY_FRACTION "validation_fraction"
#define KEY_STARTED "started"
#define KEY_TRAINING "n_training"
#define KEY_VALIDATION "n_validation"

AnalysisModel *
analysis_model_new (NnCheckpoint *checkpoint, double rate_hz,
                    const char *const *validation_events)
{
  AnalysisModel *model = g_new0 (AnalysisModel, 1);
  model->checkpoint = checkpoint;
  model->run = g_strdup (ANALYSIS_RUN_DEFAULT);
  model->notes.rate_hz = rate_hz;
  model->notes.window = (AnalysisWindow)ANALYSIS_WINDOW_DEFAULT;
  model->notes.validation_events = g_strdupv ((char **)validation_events);
  model->notes.start_ns = SEISMIC_TIME_UNSET;
  return model;
}

void
analysis_model_notes_clear (AnalysisModelNotes *notes)
{
  g_clear_pointer (&notes->validation_events, g_strfreev);
}

void
analysis_model_free (AnalysisModel *model)
{
  if (model == NULL)
    return;
  nn_checkpoint_free (model->checkpoint);
  g_free (model->run);
  analysis_model_notes_clear (&model->notes);
  g_free (model);
}

AnalysisPreparation
analysis_model_preparation (const AnalysisModel *model)
{
  return (AnalysisPreparation){.rate_hz = model->notes.rate_hz,
                               .window = model->notes.window};
}

void
analysis_model_processing (const AnalysisModel *model, SeismicProcessing *processing)
{
  *processing = (SeismicProcessing){.resample_hz = model->notes.rate_hz,
                                    .motion = SEISMIC_MOTION_DIFFERENCE,
                                    .normalise = true};
  for (size_t c = 0; c < N_CHANNELS; c++) {
    processing->mean[c] = model->checkpoint->mean[c];
    processing->scale[c] = model->checkpoint->scale[c];
  }
}

/* Ids with C escapes, one a line: they may hold anything, line ends included. */
static char *
join_ids (char *const *ids)
{
  GString *text = g_string_new (NULL);
  for (size_t i = 0; ids[i] != NULL; i++) {
    g_autofree char *escaped = g_strescape (ids[i], NULL);
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", escaped);
  }
  return g_string_free (text, FALSE);
}

static int
compare_ids (const void *a, const void *b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static char **
split_ids (const char *text)
{
  if (text == NULL || *text == '\0')
    return g_new0 (char *, 1);
  char **ids = g_strsplit (text, "\n", -1);
  const size_t n = g_strv_length (ids);
  for (size_t i = 0; i < n; i++) {
    /* An escape cut short is dropped: g_strcompress would complain of it. */
    const size_t length = strlen (ids[i]);
    size_t slashes = 0;
    while (slashes < length && ids[i][length - 1 - slashes] == '\\')
      slashes++;
    if (slashes % 2 == 1)
      ids[i][length - 1] = '\0';
    char *id = g_strcompress (ids[i]);
    g_free (ids[i]);
    ids[i] = id;
  }
  qsort (ids, n, sizeof (char *), compare_ids);
  return ids;
}

static bool
parse_rate (const char *text, double *rate_hz, GError **error)
{
  char *end = NULL;
  const double rate = text != NULL ? g_ascii_strtod (text, &end) : 0;
  if ((text != NULL && (end == text || *end != '\0')) || !analysis_rate_is_valid (rate)) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                 "%s \"%s\" is no sampling rate", KEY_RATE, text);
    return false;
  }
  *rate_hz = rate;
  return true;
}

bool
analysis_model_check_channels (const NnConfig *network, GError **error)
{
  if (network->n_channels == N_CHANNELS)
    return true;
  g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
               "the model is for %zu channels, signals have %d", network->n_channels,
               N_CHANNELS);
  return false;
}

static bool
check_normalisation (const NnCheckpoint *checkpoint, GError **error)
{
  if (!analysis_model_check_channels (nn_autoencoder_get_config (checkpoint->model),
                                      error))
    return false;
  for (size_t c = 0; c < N_CHANNELS; c++)
    if (!isfinite (checkpoint->mean[c]) || !isfinite (checkpoint->scale[c]) ||
        checkpoint->scale[c] <= 0) {
      g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                   "component %zu cannot be normalised by mean %g and scale %g", c,
                   checkpoint->mean[c], checkpoint->scale[c]);
      return false;
    }
  return true;
}

/* Settings that the file has as they are written elsewhere. */
static const struct {
  const char *key, *setting;
} signal_keys[] = {{"window", "window"},
                   {"window_length_s", "window-length"},
                   {"window_lead_s", "window-lead"},
                   {"signals", "signals"}};

/* The window and the signals of the training; a file without has the whole of all. */
static bool
read_signals (GHashTable *metadata, AnalysisModelNotes *notes, GError **error)
{
  AnalysisTrainingSettings read = {.dataset.window = ANALYSIS_WINDOW_DEFAULT};
  for (size_t i = 0; i < G_N_ELEMENTS (signal_keys); i++) {
    const char *text = g_hash_table_lookup (metadata, signal_keys[i].key);
    g_autoptr (GError) flaw = NULL;
    if (text == NULL ||
        analysis_setting_parse (analysis_setting_find (signal_keys[i].setting), text,
                                &read, &flaw))
      continue;
    g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH, flaw->message);
    return false;
  }
  notes->window = read.dataset.window;
  notes->signals = read.dataset.signals;
  return analysis_window_check (&notes->window, error);
}

/* A number of that key from low to high; FALSE and untouched if there is none, or
 * nonsense. */
static bool
read_count (GHashTable *metadata, const char *key, guint64 low, guint64 high,
            size_t *count)
{
  const char *text = g_hash_table_lookup (metadata, key);
  guint64 value;
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, low, high, &value, NULL))
    return false;
  *count = (size_t)value;
  return true;
}

/* What a training would go on with; a file without it, or with nonsense, has none. */
static void
read_training (GHashTable *metadata, AnalysisModelNotes *notes)
{
  const char *text = g_hash_table_lookup (metadata, KEY_FRACTION);
  const double fraction = text != NULL ? g_ascii_strtod (text, NULL) : 0;
  size_t size;
  if (!(fraction >= 0 && fraction <= ANALYSIS_VALIDATION_MOST) ||
      !read_count (metadata, KEY_BATCH, 1, G_MAXUINT16 + 1, &size))
    return;
  notes->batch_size = size;
  notes->validation_fraction = fraction;
}

bool
analysis_model_notes_read (GHashTable *metadata, AnalysisModelNotes *notes,
                           GError **error)
{
  AnalysisModelNotes found = {.start_ns = SEISMIC_TIME_UNSET};
  const char *started = g_hash_table_lookup (metadata, KEY_STARTED);
  if (!parse_rate (g_hash_table_lookup (metadata, KEY_RATE), &found.rate_hz, error) ||
      !read_signals (metadata, &found, error))
    return false;
  if (started != NULL && !seismic_time_parse (started, &found.start_ns))
    found.start_ns = SEISMIC_TIME_UNSET;
  read_count (metadata, KEY_TRAINING, 0, G_MAXSIZE, &found.n_training);
  read_count (metadata, KEY_VALIDATION, 0, G_MAXSIZE, &found.n_validation);
  read_training (metadata, &found);
  found.validation_events = split_ids (g_hash_table_lookup (metadata, KEY_EVENTS));
  *notes = found;
  return true;
}

static AnalysisModel *
decode (GBytes *bytes, GError **error)
{
  g_autoptr (NnCheckpoint) checkpoint = nn_checkpoint_decode (bytes, error);
  AnalysisModelNotes notes;
  if (checkpoint == NULL || !check_normalisation (checkpoint, error) ||
      !analysis_model_notes_read (checkpoint->metadata, &notes, error))
    return NULL;
  AnalysisModel *model = g_new0 (AnalysisModel, 1);
  model->checkpoint = g_steal_pointer (&checkpoint);
  model->notes = notes;
  return model;
}

AnalysisModel *
analysis_model_load_run (SeismicLibrary *library, const char *run, GError **error)
{
  const char *folder = seismic_library_get_folder (library);
  g_autofree char *name =
      run != NULL ? g_strdup (run) : analysis_run_get_current (folder);
  if (name == NULL || !analysis_run_exists (folder, name)) {
    g_autofree char *shown = g_filename_display_name (folder);
    if (name == NULL)
      g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL, "%s: no trained model",
                   shown);
    else
      g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL, "%s: no run \"%s\"",
                   shown, name);
    return NULL;
  }
  g_autofree char *path = analysis_run_path (folder, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);
  AnalysisModel *model = bytes != NULL ? decode (bytes, error) : NULL;
  if (model != NULL)
    model->run = g_steal_pointer (&name);
  else
    g_prefix_error (error, "%s: ", path);
  return model;
}

AnalysisModel *
analysis_model_load (SeismicLibrary *library, GError **error)
{
  return analysis_model_load_run (library, NULL, error);
}

static void
put_count (GHashTable *metadata, const char *key, size_t count)
{
  if (count > 0)
    g_hash_table_insert (metadata, g_strdup (key), g_strdup_printf ("%zu", count));
  else
    g_hash_table_remove (metadata, key);
}

/* Nothing of it where all of all was trained on, as before there was a choice. */
static void
put_signals (GHashTable *metadata, const AnalysisModelNotes *notes)
{
  const AnalysisTrainingSettings all = {.dataset.window = ANALYSIS_WINDOW_DEFAULT};
  const AnalysisTrainingSettings settings = {
      .dataset = {.window = notes->window, .signals = notes->signals}};
  for (size_t i = 0; i < G_N_ELEMENTS (signal_keys); i++) {
    const AnalysisSetting *setting = analysis_setting_find (signal_keys[i].setting);
    if (!analysis_setting_equal (setting, &settings, &all))
      g_hash_table_insert (metadata, g_strdup (signal_keys[i].key),
                           analysis_setting_format (setting, &settings));
  }
}

static void
put_metadata (const AnalysisModel *model)
{
  const AnalysisModelNotes *notes = &model->notes;
  GHashTable *metadata = model->checkpoint->metadata;
  char rate[G_ASCII_DTOSTR_BUF_SIZE], fraction[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_dtostr (rate, sizeof rate, notes->rate_hz);
  g_ascii_dtostr (fraction, sizeof fraction, notes->validation_fraction);
  put_signals (metadata, notes);
  put_count (metadata, KEY_BATCH, notes->batch_size);
  put_count (metadata, KEY_TRAINING, notes->n_training);
  put_count (metadata, KEY_VALIDATION, notes->n_validation);
  if (notes->batch_size > 0)
    g_hash_table_insert (metadata, g_strdup (KEY_FRACTION), g_strdup (fraction));
  if (notes->start_ns != SEISMIC_TIME_UNSET)
    g_hash_table_insert (metadata, g_strdup (KEY_STARTED),
                         seismic_time_format (notes->start_ns, 3));
  g_hash_table_insert (metadata, g_strdup (KEY_RATE), g_strdup (rate));
  g_hash_table_insert (metadata, g_strdup (KEY_EVENTS),
                       join_ids (notes->validation_events));
  g_hash_table_insert (
      metadata, g_strdup (KEY_PREPROCESSING),
      g_strdup (
          "counts, [the window of it], resampled to rate_hz (0: own rate), first "
          "difference, "
          "(x - mean) / scale; mean and scale^2 are medians over training signals"));
}

bool
analysis_model_save (const AnalysisModel *model, SeismicLibrary *library, GError **error)
{
  g_autofree char *path =
      analysis_run_path (seismic_library_get_folder (library), model->run);
  g_autofree char *parent = g_path_get_dirname (path);
  g_mkdir_with_parents (parent, 0777); /* writing tells if it failed */
  put_metadata (model);
  g_autoptr (GBytes) bytes = nn_checkpoint_encode (model->checkpoint);
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) reason = NULL;
  if (g_file_set_contents_full (
          path, data, (gssize)size,
          G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &reason))
    return true;
  g_set_error (error, G_IO_ERROR, g_io_error_from_file_error ((GFileError)reason->code),
               "%s: %s", path, reason->message);
  return false;
}

void
analysis_reconstruction_clear (AnalysisReconstruction *reconstruction)
{
  analysis_series_clear (&reconstruction->original);
  g_clear_pointer (&reconstruction->reconstruction, g_free);
}

static bool
is_held_out (const AnalysisModel *model, const char *signal_id)
{
  const char *slash = strrchr (signal_id, '/');
  g_autofree char *event =
      g_strndup (signal_id, slash != NULL ? (size_t)(slash - signal_id) : 0);
  return g_strv_contains ((const char *const *)model->notes.validation_events, event);
}

bool
analysis_model_check_length (const AnalysisModel *model, size_t n_samples, GError **error)
{
  size_t shortest =
      nn_config_shortest (nn_autoencoder_get_config (model->checkpoint->model));
  if (n_samples >= shortest)
    return true;
  g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
               "%zu samples are too few: the model pools them and needs %zu", n_samples,
               shortest);
  return false;
}

bool
analysis_model_reconstruct_series (AnalysisModel *model, const char *signal_id,
                                   AnalysisReconstruction *reconstruction, GError **error)
{
  const AnalysisSeries *original = &reconstruction->original;
  const size_t n = original->n_samples;
  const double *mean = model->checkpoint->mean, *scale = model->checkpoint->scale;
  g_auto (NnBatch) batch = {0};
  nn_batch_resize (&batch, 1, n, N_CHANNELS);
  analysis_series_normalise (original, mean, scale, &batch, 0);
  g_autofree nn_real *answer = g_new (nn_real, n * N_CHANNELS);
  nn_autoencoder_reconstruct (model->checkpoint->model, &batch, answer, NULL, NULL);

  const NnConfig *config = nn_autoencoder_get_config (model->checkpoint->model);
  const size_t n_reconstructed = nn_config_reconstructed (config, n);
  double sum = 0;
  g_autofree float *counts = g_new (float, n *N_CHANNELS);
  for (size_t t = 0; t < n; t++)
    for (size_t c = 0; c < N_CHANNELS; c++) {
      const double value = answer[t * N_CHANNELS + c];
      if (t < n_reconstructed)
        sum += fabs (batch.data[t * N_CHANNELS + c] - value);
      counts[c * n + t] = (float)(value * scale[c] + mean[c]);
    }
  if (!isfinite (sum)) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC,
                 "%s: its reconstruction is not finite", signal_id);
    return false;
  }
  reconstruction->reconstruction = g_steal_pointer (&counts);
  reconstruction->n_reconstructed = n_reconstructed;
  reconstruction->normalized_error = sum / (double)(n_reconstructed * N_CHANNELS);
  reconstruction->in_validation = is_held_out (model, signal_id);
  return true;
}

bool
analysis_model_reconstruct (AnalysisModel *model, SeismicLibrary *library,
                            const char *signal_id, AnalysisReconstruction *reconstruction,
                            GError **error)
{
  g_auto (AnalysisReconstruction) answer = {0};
  const AnalysisPreparation preparation = analysis_model_preparation (model);
  if (!analysis_series_read (library, signal_id, &preparation, &answer.original, error) ||
      !analysis_model_check_length (model, answer.original.n_samples, error)) {
    g_prefix_error (error, "%s: ", signal_id);
    return false;
  }
  if (!analysis_model_reconstruct_series (model, signal_id, &answer, error))
    return false;
  *reconstruction = answer;
  answer = (AnalysisReconstruction){0};
  return true;
}
