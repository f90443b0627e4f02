#include "analysis/training.h"
#include "analysis/error.h"
#include "analysis/prefetch.h"
#include "analysis/run-file.h"
#include "analysis/setting.h"

AnalysisTrainingSettings
analysis_training_default (void)
{
  return (AnalysisTrainingSettings){
      .network = nn_config_default (),
      .trainer = {.n_epochs = 1, .learning_rate = 1e-3, .loss = {NN_LOSS_L1, 1}},
      .dataset = {.rate_hz = 0,
                  .window = ANALYSIS_WINDOW_DEFAULT,
                  .validation_fraction = 0.2,
                  .batch_size = 4,
                  .seed = 1},
      .seed = 1,
  };
}

AnalysisTrainingSettings
analysis_training_settings_from (const NnConfig *network, const NnTrainer *trainer,
                                 const AnalysisModelNotes *notes, const char *run)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  settings.network = *network;
  settings.trainer = trainer->config;
  settings.seed = trainer->seed;
  settings.dataset.rate_hz = notes->rate_hz;
  settings.dataset.window = notes->window;
  settings.dataset.signals = notes->signals;
  if (notes->batch_size > 0) {
    settings.dataset.batch_size = notes->batch_size;
    settings.dataset.validation_fraction = notes->validation_fraction;
  }
  settings.resume = true;
  settings.run = g_intern_string (run);
  return settings;
}

AnalysisTrainingSettings
analysis_training_settings_of (const AnalysisModel *model)
{
  return analysis_training_settings_from (
      nn_autoencoder_get_config (model->checkpoint->model), &model->checkpoint->trainer,
      &model->notes, model->run);
}

bool
analysis_training_resume (SeismicLibrary *library, const char *run,
                          AnalysisTrainingSettings *settings, GError **error)
{
  g_autoptr (AnalysisModel) model = analysis_model_load_run (library, run, error);
  if (model == NULL)
    return false;
  *settings = analysis_training_settings_of (model);
  return true;
}

void
analysis_training_summary_clear (AnalysisTrainingSummary *summary)
{
  g_clear_pointer (&summary->run, g_free);
  g_clear_pointer (&summary->history, g_array_unref);
  g_clear_pointer (&summary->skipped, g_ptr_array_unref);
}

bool
analysis_training_check (const AnalysisTrainingSettings *settings, GError **error)
{
  const NnTrainerConfig *trainer = &settings->trainer;
  if (settings->network.n_channels != SEISMIC_N_COMPONENTS)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "a network of %zu channels for signals of %d components",
                 settings->network.n_channels, SEISMIC_N_COMPONENTS);
  else if (trainer->n_epochs < 1)
    g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                         "0 epochs train nothing");
  else
    return analysis_dataset_check (&settings->dataset, error) &&
           analysis_window_check (&settings->dataset.window, error) &&
           nn_config_check (&settings->network, error) &&
           nn_trainer_config_check (trainer, error);
  return false;
}

static AnalysisDataset *
open_dataset (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
              const AnalysisModel *resumed, SeismicProgressFunc reading, void *user_data,
              GPtrArray *skipped, GError **error)
{
  AnalysisDatasetSettings dataset = settings->dataset;
  dataset.seed = settings->seed;
  dataset.shortest = nn_config_shortest (&settings->network);
  if (resumed != NULL) {
    dataset.validation_events = (const char *const *)resumed->notes.validation_events;
    dataset.mean = resumed->checkpoint->mean;
    dataset.scale = resumed->checkpoint->scale;
  }
  return analysis_dataset_new (library, &dataset, reading, user_data, skipped, error);
}

/* A new model with the dataset's normalisation. */
static AnalysisModel *
new_model (const AnalysisTrainingSettings *settings, const AnalysisDataset *dataset,
           GError **error)
{
  NnAutoencoder *network = nn_autoencoder_new (&settings->network, settings->seed, error);
  if (network == NULL)
    return NULL;
  NnCheckpoint *checkpoint =
      nn_checkpoint_new (network, &settings->trainer, settings->seed);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    checkpoint->mean[c] = analysis_dataset_mean (dataset)[c];
    checkpoint->scale[c] = analysis_dataset_scale (dataset)[c];
  }
  AnalysisModel *model =
      analysis_model_new (checkpoint, settings->dataset.rate_hz,
                          analysis_dataset_validation_events (dataset));
  if (settings->run != NULL) {
    g_free (model->run);
    model->run = g_strdup (settings->run);
  }
  model->notes.window = settings->dataset.window;
  model->notes.signals = settings->dataset.signals;
  model->notes.start_ns = g_get_real_time () * 1000;
  model->notes.batch_size = settings->dataset.batch_size;
  model->notes.validation_fraction = settings->dataset.validation_fraction;
  return model;
}

/* Whether settings are those of recorded, but for what is free to change. */
static bool
check_resumed (const AnalysisTrainingSettings *settings,
               const AnalysisTrainingSettings *recorded, GError **error)
{
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  for (size_t i = 0; i < n; i++) {
    if (all[i].free || analysis_setting_equal (&all[i], settings, recorded))
      continue;
    g_autofree char *is = analysis_setting_format (&all[i], recorded);
    g_autofree char *asked = analysis_setting_format (&all[i], settings);
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                 "%s is %s in the training to go on with, not %s", all[i].name, is,
                 asked);
    return false;
  }
  return true;
}

/* The library's model with the settings that it goes on with. */
static AnalysisModel *
load_resumed (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
              GError **error)
{
  g_autoptr (AnalysisModel) model =
      analysis_model_load_run (library, settings->run, error);
  if (model == NULL)
    return NULL;
  NnTrainer *trainer = &model->checkpoint->trainer;
  const AnalysisTrainingSettings recorded = analysis_training_settings_of (model);
  if (!check_resumed (settings, &recorded, error))
    return NULL;
  if (trainer->history->len >= settings->trainer.n_epochs) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "epochs: %u are done already, so %zu in all leave nothing to do",
                 trainer->history->len, settings->trainer.n_epochs);
    return NULL;
  }
  trainer->config = settings->trainer;
  model->notes.batch_size = settings->dataset.batch_size;
  model->notes.validation_fraction = settings->dataset.validation_fraction;
  return g_steal_pointer (&model);
}

/* Writes the run, which is then the current one. */
static bool
save (const AnalysisModel *model, SeismicLibrary *library, GError **error)
{
  return analysis_model_save (model, library, error) &&
         analysis_run_use (seismic_library_get_folder (library), model->run, error);
}

/* What keeps the model between epochs. */
typedef struct {
  const AnalysisModel *model; /* borrowed */
  SeismicLibrary *library;    /* borrowed */
  int64_t next_us;            /* monotonic: not before */
} Keeper;

/* What could not be written may be the next time; at the end it is an error. */
static void
keep (void *data)
{
  Keeper *keeper = data;
  const int64_t start_us = g_get_monotonic_time ();
  if (start_us < keeper->next_us)
    return;
  save (keeper->model, keeper->library, NULL);
  const int64_t end_us = g_get_monotonic_time ();
  keeper->next_us =
      end_us + (int64_t)((double)(end_us - start_us) / ANALYSIS_TRAINING_KEEP_SHARE);
}

/* After a failure: what was learnt is not thrown away, and error says what is kept. */
static void
rescue (const AnalysisModel *model, SeismicLibrary *library, GError **error)
{
  const NnTrainer *trainer = &model->checkpoint->trainer;
  g_autoptr (GError) second = NULL;
  g_autofree char *kept = NULL;
  if (trainer->history->len == 0)
    kept = g_strdup ("no epoch was done, the library keeps the model it had");
  else if (!save (model, library, &second))
    kept = g_strdup_printf ("the model was not saved either: %s", second->message);
  else if (trainer->best_epoch > 0)
    kept = g_strdup_printf ("the best model before it is kept, of epoch %zu",
                            trainer->best_epoch);
  else
    kept = g_strdup_printf ("the model before it is kept, of %u epochs",
                            trainer->history->len);
  if (error == NULL)
    return;
  GError *told =
      g_error_new ((*error)->domain, (*error)->code, "%s; %s", (*error)->message, kept);
  g_clear_error (error);
  *error = told;
}

/* Between the trainer and its two onlookers. */
typedef struct {
  AnalysisLive *live; /* borrowed */
  NnProgressFunc progress;
  void *user_data;
} Onlookers;

static bool
tell (const NnProgress *progress, void *user_data)
{
  Onlookers *self = user_data;
  if (!progress->inside_batch)
    analysis_live_look (self->live, progress);
  return self->progress == NULL || self->progress (progress, self->user_data);
}

/* A training stopped before its first epoch is over has learnt nothing that could take
 * the place of the model that is there. */
static bool
has_learnt (const AnalysisModel *model, SeismicLibrary *library)
{
  g_autofree char *current =
      analysis_run_get_current (seismic_library_get_folder (library));
  return current == NULL || model->checkpoint->trainer.history->len > 0;
}

/* Trains and saves; what was learnt before a failure is not thrown away. */
static bool
run (AnalysisModel *model, AnalysisDataset *dataset, SeismicLibrary *library,
     NnProgressFunc progress, void *user_data, NnTrainerEnd *end, GError **error)
{
  NnTrainer *trainer = &model->checkpoint->trainer;
  AnalysisPrefetch *training =
      analysis_prefetch_new (analysis_dataset_training (dataset));
  AnalysisPrefetch *validation =
      analysis_prefetch_new (analysis_dataset_validation (dataset));
  Keeper keeper = {.model = model, .library = library};
  trainer->keep = keep;
  trainer->keep_data = &keeper;
  const bool done = nn_trainer_run (
      trainer, model->checkpoint->model, analysis_prefetch_source (training),
      analysis_prefetch_source (validation), progress, user_data, end, error);
  analysis_prefetch_free (training);
  analysis_prefetch_free (validation);
  trainer->keep = NULL;
  if (done)
    return !has_learnt (model, library) || save (model, library, error);
  rescue (model, library, error);
  return false;
}

bool
analysis_train (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
                SeismicProgressFunc reading, NnProgressFunc progress, void *user_data,
                AnalysisTrainingSummary *summary, GError **error)
{
  return analysis_train_live (library, settings, reading, progress, user_data, NULL,
                              summary, error);
}

bool
analysis_train_live (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
                     SeismicProgressFunc reading, NnProgressFunc progress,
                     void *user_data, const AnalysisOnlooker *onlooker,
                     AnalysisTrainingSummary *summary, GError **error)
{
  if (!analysis_training_check (settings, error))
    return false;
  const int64_t start_us = g_get_monotonic_time ();
  g_autoptr (AnalysisModel) model = NULL;
  if (settings->resume) {
    model = load_resumed (library, settings, error);
    if (model == NULL)
      return false;
  }
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (AnalysisDataset) dataset =
      open_dataset (library, settings, model, reading, user_data, skipped, error);
  if (dataset == NULL)
    return false;
  if (model == NULL)
    model = new_model (settings, dataset, error);
  if (model == NULL)
    return false;
  model->notes.n_training = analysis_dataset_n_training (dataset);
  model->notes.n_validation = analysis_dataset_n_validation (dataset);
  Onlookers onlookers = {.progress = progress, .user_data = user_data};
  g_autoptr (AnalysisLive) live = NULL;
  if (onlooker != NULL) {
    g_auto (GStrv) ids = analysis_dataset_validation_signals (dataset);
    onlooker->list ((const char *const *)ids, onlooker->user_data);
    live = analysis_live_new (onlooker, model, seismic_library_get_folder (library));
    onlookers.live = live;
    progress = tell;
    user_data = &onlookers;
  }
  NnTrainerEnd end;
  if (!run (model, dataset, library, progress, user_data, &end, error))
    return false;

  summary->run = has_learnt (model, library) ? g_strdup (model->run) : NULL;
  summary->n_left_out = analysis_dataset_n_left_out (dataset);
  summary->n_training = analysis_dataset_n_training (dataset);
  summary->n_validation = analysis_dataset_n_validation (dataset);
  summary->n_parameters = nn_autoencoder_get_params (model->checkpoint->model)->size;
  summary->stopped = end == NN_TRAINER_STOPPED;
  summary->no_gain = end == NN_TRAINER_NO_GAIN;
  summary->left = model->checkpoint->trainer.history->len < settings->trainer.n_epochs;
  summary->best_epoch = model->checkpoint->trainer.best_epoch;
  summary->history = g_array_ref (model->checkpoint->trainer.history);
  summary->seconds = (double)(g_get_monotonic_time () - start_us) / 1e6;
  summary->skipped = g_steal_pointer (&skipped);
  return true;
}
