#include "analysis/training.h"
#include "analysis/embedding.h"
#include "analysis/error.h"
#include "analysis/run-file.h"
#include "nn/error.h"
#include "seismic/import.h"
#include "support/shared.h"
#include "support/tiny-library.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static AnalysisTrainingSettings
small (void)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  settings.network.widths[0] = settings.network.widths[1] = 8;
  settings.network.widths[2] = settings.network.hidden = 12;
  settings.trainer = (NnTrainerConfig){.n_epochs = 12, .learning_rate = 1e-2};
  settings.dataset.rate_hz = 20;
  settings.dataset.batch_size = 4;
  settings.dataset.validation_fraction = 0.25;
  return settings;
}

static void
test_default (void)
{
  const AnalysisTrainingSettings settings = analysis_training_default ();
  g_assert_cmpuint (settings.network.n_channels, ==, 3);
  g_assert_cmpuint (settings.network.widths[2], ==, 256);
  g_assert_cmpfloat (settings.trainer.learning_rate, ==, 1e-3);
  g_assert_cmpuint (settings.trainer.n_epochs, ==, 1);
  g_assert_cmpuint (settings.dataset.batch_size, ==, 4);
  g_assert_cmpfloat (settings.dataset.validation_fraction, ==, 0.2);
  g_assert_cmpfloat (settings.dataset.rate_hz, ==, 0);
  g_assert_cmpuint (settings.seed, ==, 1);
}

static void
test_learns (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 8, 2);
  const AnalysisTrainingSettings settings = small ();
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_false (summary.stopped);
  g_assert_cmpuint (summary.n_training, ==, 12);
  g_assert_cmpuint (summary.n_validation, ==, 4);
  g_assert_cmpuint (summary.n_parameters, >, 1000);
  g_assert_cmpuint (summary.skipped->len, ==, 0);
  g_assert_cmpfloat (summary.seconds, >, 0);
  g_assert_cmpuint (summary.history->len, ==, 12);
  const NnEpoch *epochs = &g_array_index (summary.history, NnEpoch, 0);
  g_assert_cmpfloat (epochs[11].training_loss, <, 0.9 * epochs[0].training_loss);
  g_assert_cmpfloat (epochs[11].validation_loss, <, 0.9 * epochs[0].validation_loss);

  /* The file is what was trained: its reconstructions have the history's loss. */
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (model->notes.rate_hz, ==, 20);
  g_assert_cmpuint (g_strv_length (model->notes.validation_events), ==, 2);
  g_autoptr (GPtrArray) infos = seismic_library_list_signals (tiny.library, NULL);
  double sum = 0;
  size_t n_held_out = 0;
  for (size_t i = 0; i < infos->len; i++) {
    const SeismicSignalInfo *info = infos->pdata[i];
    g_auto (AnalysisReconstruction) r = {0};
    g_assert_true (analysis_model_reconstruct (model, tiny.library, info->id, &r, NULL));
    sum += r.in_validation ? 3 * r.normalized_error : 0;
    n_held_out += r.in_validation;
  }
  g_assert_cmpuint (n_held_out, ==, 4);
  g_assert_cmpuint (summary.best_epoch, >, 0);
  const NnEpoch *best = &epochs[summary.best_epoch - 1];
  g_assert_cmpfloat_with_epsilon (sum / 4 / best->validation_loss, 1, 1e-4);
}

static void
test_repeatable (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  AnalysisTrainingSettings settings = small ();
  settings.trainer.n_epochs = 2;
  double losses[3];
  for (size_t i = 0; i < 3; i++) {
    settings.seed = i < 2 ? 7 : 8;
    g_auto (AnalysisTrainingSummary) summary = {0};
    g_assert_true (
        analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, NULL));
    losses[i] = g_array_index (summary.history, NnEpoch, 1).training_loss;
  }
  g_assert_cmpfloat (losses[0], ==, losses[1]);
  g_assert_cmpfloat (losses[0], !=, losses[2]);
}

/* The bytes of the library's model file, but for the clock's: the seconds of the epochs.
 */
static NnCheckpoint *
load_checkpoint (TinyLibrary *tiny)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny->library, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&model->checkpoint);
}

/* Two epochs and two more are four, bit for bit, with all that is random or remembered:
 * dropout, running statistics, the order of the signals, the learning rate. */
static void
test_resume (void)
{
  AnalysisTrainingSettings settings = small ();
  settings.network.architecture = NN_ARCHITECTURE_BATCHNORM;
  settings.network.dropout = 0.3;
  settings.trainer.weight_decay = 0.01;
  settings.trainer.n_epochs = 4;
  settings.dataset.batch_size = 3;
  NnCheckpoint *checkpoints[2];
  for (size_t i = 0; i < 2; i++) {
    g_auto (TinyLibrary) tiny = {0};
    tiny_library_init (&tiny);
    tiny_library_fill (&tiny, 6, 2);
    g_autoptr (GError) error = NULL;
    for (size_t part = 0; part <= i; part++) {
      g_auto (AnalysisTrainingSummary) summary = {0};
      AnalysisTrainingSettings now = settings;
      if (part > 0) {
        analysis_training_resume (tiny.library, NULL, &now, &error);
        g_assert_no_error (error);
        g_assert_true (now.resume);
        g_assert_cmpuint (now.dataset.batch_size, ==, 3);
        g_assert_cmpfloat (now.dataset.rate_hz, ==, 20);
        g_assert_cmpfloat (now.trainer.weight_decay, ==, 0.01);
      }
      now.trainer.n_epochs = i == 1 && part == 0 ? 2 : 4;
      analysis_train (tiny.library, &now, NULL, NULL, NULL, &summary, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (summary.history->len, ==, now.trainer.n_epochs);
    }
    checkpoints[i] = load_checkpoint (&tiny);
  }
  const NnParams *a = nn_autoencoder_get_params (checkpoints[0]->model),
                 *b = nn_autoencoder_get_params (checkpoints[1]->model);
  g_assert_cmpmem (a->value, a->size * sizeof (nn_real), b->value,
                   b->size * sizeof (nn_real));
  g_assert_cmpmem (a->m, a->size * sizeof (nn_real), b->m, b->size * sizeof (nn_real));
  g_assert_cmpmem (a->buffer, a->buffer_size * sizeof (nn_real), b->buffer,
                   b->buffer_size * sizeof (nn_real));
  for (size_t i = 0; i < 4; i++)
    g_assert_cmpfloat (
        g_array_index (checkpoints[0]->trainer.history, NnEpoch, i).validation_loss, ==,
        g_array_index (checkpoints[1]->trainer.history, NnEpoch, i).validation_loss);
  nn_checkpoint_free (checkpoints[0]);
  nn_checkpoint_free (checkpoints[1]);
}

static void
test_resume_refused (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 1);
  AnalysisTrainingSettings settings = small (), now;
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  g_assert_false (analysis_training_resume (tiny.library, NULL, &now, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL);
  g_clear_error (&error);

  settings.trainer.n_epochs = 2;
  g_assert_true (
      analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, NULL));
  const struct {
    size_t n_epochs, hidden;
    double rate_hz;
    int code;
  } cases[] = {{2, 12, 20, ANALYSIS_ERROR_SETTINGS},
               {3, 13, 20, ANALYSIS_ERROR_MISMATCH},
               {3, 12, 10, ANALYSIS_ERROR_MISMATCH}};
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (analysis_training_resume (tiny.library, NULL, &now, NULL));
    now.trainer.n_epochs = cases[i].n_epochs;
    now.network.hidden = cases[i].hidden;
    now.dataset.rate_hz = cases[i].rate_hz;
    g_auto (AnalysisTrainingSummary) none = {0};
    g_assert_false (analysis_train (tiny.library, &now, NULL, NULL, NULL, &none, &error));
    g_assert_error (error, ANALYSIS_ERROR, cases[i].code);
    g_clear_error (&error);
  }
  g_autoptr (NnCheckpoint) kept = load_checkpoint (&tiny);
  g_assert_cmpuint (kept->trainer.history->len, ==, 2);
}

static bool
stop_in_second_epoch (const NnProgress *progress, void *user_data)
{
  return progress->epoch == 0 || progress->batch < 1;
}

static void
test_stop (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  const AnalysisTrainingSettings settings = small ();
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  analysis_train (tiny.library, &settings, NULL, stop_in_second_epoch, NULL, &summary,
                  &error);
  g_assert_no_error (error);
  g_assert_true (summary.stopped);
  g_assert_cmpuint (summary.history->len, ==, 1);

  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, &error);
  g_assert_no_error (error);
  g_autoptr (AnalysisEmbedding) embedding =
      analysis_embed (tiny.library, model, ANALYSIS_EMBEDDING_HIDDEN, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (embedding->values.rows, ==, 8);
  g_assert_cmpuint (embedding->values.columns, ==, 12);
}

static bool
stop_at_once (const NnProgress *progress, void *user_data)
{
  return false;
}

/* A training that learnt nothing leaves the model that is there. */
static void
test_stop_at_once (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 1);
  AnalysisTrainingSettings settings = small ();
  settings.trainer.n_epochs = 1;
  g_auto (AnalysisTrainingSummary) first = {0}, second = {0};
  g_assert_true (
      analysis_train (tiny.library, &settings, NULL, NULL, NULL, &first, NULL));
  g_autofree char *path = analysis_run_path (tiny.folder, ANALYSIS_RUN_DEFAULT);
  g_autofree char *before = NULL, *after = NULL;
  size_t n_before, n_after;
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  settings.seed = 2;
  g_assert_true (
      analysis_train (tiny.library, &settings, NULL, stop_at_once, NULL, &second, NULL));
  g_assert_true (second.stopped);
  g_assert_cmpuint (second.history->len, ==, 0);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static bool
refuse (const SeismicProgress *progress, void *user_data)
{
  return false;
}

static void
check_no_model (TinyLibrary *tiny)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (analysis_model_load (tiny->library, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL);
}

static void
test_refused (void)
{
  AnalysisTrainingSettings wrong[5];
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    wrong[i] = small ();
  wrong[0].trainer.n_epochs = 0;
  wrong[1].trainer.learning_rate = 0;
  wrong[2].trainer.learning_rate = INFINITY;
  wrong[3].network.n_channels = 1;
  wrong[4].dataset.validation_fraction = 1;
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autoptr (GError) error = NULL;
  g_auto (AnalysisTrainingSummary) summary = {0};
  const AnalysisTrainingSettings right = small ();
  g_assert_false (
      analysis_train (tiny.library, &right, NULL, NULL, NULL, &summary, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);

  tiny_library_fill (&tiny, 1, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_assert_false (
        analysis_train (tiny.library, &wrong[i], NULL, NULL, NULL, &summary, &error));
    if (i == 1 || i == 2)
      g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
    else
      g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
    g_clear_error (&error);
  }
  AnalysisTrainingSettings network = small ();
  network.network.hidden = 0;
  g_assert_false (
      analysis_train (tiny.library, &network, NULL, NULL, NULL, &summary, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  g_clear_error (&error);

  g_assert_false (
      analysis_train (tiny.library, &right, refuse, NULL, NULL, &summary, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (summary.history);
  check_no_model (&tiny);
}

/* One signal of one event: all training, validation losses are not a number. */
static void
test_one_signal (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  AnalysisTrainingSettings settings = small ();
  settings.trainer.n_epochs = 1;
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.n_training, ==, 1);
  g_assert_cmpuint (summary.n_validation, ==, 0);
  g_assert_true (isnan (g_array_index (summary.history, NnEpoch, 0).validation_loss));
}

/* Steps of 1e30 ruin the network in the first epoch: the model before stays. */
static void
test_diverges (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  AnalysisTrainingSettings settings = small ();
  settings.trainer.n_epochs = 1;
  g_auto (AnalysisTrainingSummary) summary = {0}, none = {0};
  g_autoptr (GError) error = NULL;
  analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_autofree char *path = analysis_run_path (tiny.folder, ANALYSIS_RUN_DEFAULT);
  g_autofree char *before = NULL, *after = NULL;
  size_t n_before, n_after;
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));

  settings.trainer.learning_rate = 1e30;
  g_assert_false (
      analysis_train (tiny.library, &settings, NULL, NULL, NULL, &none, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_NOT_FINITE);
  g_assert_null (none.history);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

/* Not finite in its third epoch: the best of the two before is kept, and told. */
static void
test_diverges_later (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  AnalysisTrainingSettings settings = small ();
  settings.trainer.n_epochs = 2;
  g_auto (AnalysisTrainingSummary) summary = {0}, none = {0};
  g_assert_true (
      analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, NULL);
  NnParams *params = nn_autoencoder_get_params (model->checkpoint->model);
  /* A second moment of 0 beside a first that is not: the next step is beyond numbers. */
  for (size_t i = 0; i < params->size; i++) {
    params->m[i] = 1e30f;
    params->v[i] = 0;
  }
  g_assert_true (analysis_model_save (model, tiny.library, NULL));
  AnalysisTrainingSettings more;
  g_assert_true (analysis_training_resume (tiny.library, NULL, &more, NULL));
  more.trainer.n_epochs = 4;
  g_assert_false (analysis_train (tiny.library, &more, NULL, NULL, NULL, &none, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_NOT_FINITE);
  g_autofree char *kept = g_strdup_printf ("of epoch %zu", summary.best_epoch);
  g_assert_nonnull (strstr (error->message, kept));
  g_autoptr (AnalysisModel) after = analysis_model_load (tiny.library, NULL);
  g_assert_nonnull (after);
  const NnParams *values = nn_autoencoder_get_params (after->checkpoint->model);
  for (size_t i = 0; i < values->size; i++)
    g_assert_true (isfinite (values->value[i]));
}

static bool
lose_record (const NnProgress *progress, void *user_data)
{
  if (progress->epoch_ended)
    g_remove (user_data);
  return true;
}

/* A record lost in the second epoch ends the training; the first epoch is kept. */
static void
test_lost_record (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 3);
  g_autofree char *path = tiny_library_record_path (&tiny, "ev0", "S1");
  AnalysisTrainingSettings settings = small ();
  settings.dataset.cache_bytes = 1;
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  g_assert_false (analysis_train (tiny.library, &settings, NULL, lose_record, path,
                                  &summary, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "ev0/XX.S1..HN"));
  g_autoptr (GError) second = NULL;
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, &second);
  g_assert_no_error (second);
  g_assert_cmpuint (model->checkpoint->trainer.history->len, ==, 1);
}

/* Which signals and what of them is written into the model, and is what it is used with;
 * who is left out, and why, is told. */
static void
test_signals (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  AnalysisTrainingSettings settings = small (), again;
  settings.trainer.n_epochs = 1;
  settings.dataset.signals = "search S1";
  settings.dataset.window = (AnalysisWindow){ANALYSIS_WINDOW_PEAK, 1, 0.5};
  g_auto (AnalysisTrainingSummary) summary = {0}, none = {0};
  g_autoptr (GError) error = NULL;
  analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.n_training + summary.n_validation, ==, 4);
  g_assert_cmpuint (summary.n_left_out, ==, 4);

  g_assert_true (analysis_training_resume (tiny.library, NULL, &again, NULL));
  g_assert_cmpstr (again.dataset.signals, ==, "search S1");
  g_assert_cmpint (again.dataset.window.kind, ==, ANALYSIS_WINDOW_PEAK);
  g_assert_cmpfloat (again.dataset.window.length_s, ==, 1);
  g_assert_cmpfloat (again.dataset.window.lead_s, ==, 0.5);
  again.trainer.n_epochs = 2;
  again.dataset.signals = NULL;
  g_assert_false (analysis_train (tiny.library, &again, NULL, NULL, NULL, &none, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "signals is search S1"));
  g_clear_error (&error);

  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, NULL);
  g_auto (AnalysisReconstruction) r = {0};
  g_assert_true (
      analysis_model_reconstruct (model, tiny.library, "ev0/XX.S0..HN", &r, NULL));
  g_assert_cmpuint (r.original.n_samples, <=, 19); /* 1 s at 20 Hz, differences */
  g_autoptr (AnalysisEmbedding) embedding =
      analysis_embed (tiny.library, model, ANALYSIS_EMBEDDING_HIDDEN, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (embedding->values.rows + embedding->skipped->len, ==, 8);

  /* No signal is taken; or none has a P wave. */
  settings.dataset.signals = "min-magnitude 9";
  g_assert_false (
      analysis_train (tiny.library, &settings, NULL, NULL, NULL, &none, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_nonnull (strstr (error->message, "min-magnitude 9"));
  g_clear_error (&error);
  settings.dataset.signals = NULL;
  settings.dataset.window.kind = ANALYSIS_WINDOW_P;
  g_assert_false (
      analysis_train (tiny.library, &settings, NULL, NULL, NULL, &none, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_nonnull (strstr (error->message, "no P wave was picked"));
  g_clear_error (&error);
  settings.dataset.signals = "magnitude of any kind";
  g_assert_false (
      analysis_train (tiny.library, &settings, NULL, NULL, NULL, &none, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
}

static bool
look_at_file (const NnProgress *progress, void *user_data)
{
  TinyLibrary *tiny = user_data;
  if (!progress->epoch_ended)
    return true;
  /* The first epoch's end at least is on the disk before the second begins. */
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny->library, NULL);
  g_assert_nonnull (model);
  g_assert_cmpuint (model->checkpoint->trainer.history->len, >=, 1);
  g_assert_cmpuint (model->checkpoint->trainer.history->len, <=, progress->epoch + 1);
  return true;
}

static void
test_kept_between_epochs (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  const AnalysisTrainingSettings settings = small ();
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  analysis_train (tiny.library, &settings, NULL, look_at_file, &tiny, &summary, &error);
  g_assert_no_error (error);
}

/* Real records at 20 Hz with the settings as they come: the validation loss falls. */
static void
test_real (void)
{
  g_autofree char *path = test_shared_path ("data", "waveforms", NULL);
  if (path == NULL)
    return;
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  const char *const paths[] = {path, NULL};
  g_auto (SeismicImportReport) report = {0};
  g_autoptr (GError) error = NULL;
  seismic_import (tiny.library, paths, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_signals, >, 20);

  AnalysisTrainingSettings settings = analysis_training_default ();
  settings.network.widths[0] = 16;
  settings.network.widths[1] = settings.network.widths[2] = 32;
  settings.network.hidden = 32;
  settings.dataset.rate_hz = 20;
  settings.trainer.n_epochs = 2;
  g_auto (AnalysisTrainingSummary) summary = {0};
  analysis_train (tiny.library, &settings, NULL, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.n_training + summary.n_validation, ==, report.n_signals);
  const NnEpoch *epochs = &g_array_index (summary.history, NnEpoch, 0);
  g_assert_cmpfloat (epochs[1].validation_loss, <, epochs[0].validation_loss);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/training/default", test_default);
  g_test_add_func ("/analysis/training/learns", test_learns);
  g_test_add_func ("/analysis/training/repeatable", test_repeatable);
  g_test_add_func ("/analysis/training/resume", test_resume);
  g_test_add_func ("/analysis/training/resume-refused", test_resume_refused);
  g_test_add_func ("/analysis/training/stop", test_stop);
  g_test_add_func ("/analysis/training/stop-at-once", test_stop_at_once);
  g_test_add_func ("/analysis/training/refused", test_refused);
  g_test_add_func ("/analysis/training/one-signal", test_one_signal);
  g_test_add_func ("/analysis/training/diverges", test_diverges);
  g_test_add_func ("/analysis/training/diverges-later", test_diverges_later);
  g_test_add_func ("/analysis/training/lost-record", test_lost_record);
  g_test_add_func ("/analysis/training/signals", test_signals);
  g_test_add_func ("/analysis/training/kept-between-epochs", test_kept_between_epochs);
  g_test_add_func ("/analysis/training/real", test_real);
  return g_test_run ();
}
