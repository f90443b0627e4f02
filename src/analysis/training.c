#include "analysis/training.h"
#include "analysis/error.h"
#include "analysis/prefetch.h"

AnalysisTrainingSettings
analysis_training_default (void)
{
  return (AnalysisTrainingSettings){
      .network = nn_config_default (),
      .trainer = {.n_epochs = 1, .learning_rate = 1e-3, .loss = {NN_LOSS_L1, 1}},
      .dataset = {.rate_hz = 0, .validation_fraction = 0.2, .batch_size = 4, .seed = 1},
      .seed = 1,
  };
}

/* Those of model; settings holds what a model may not tell. */
static void
take_settings (AnalysisTrainingSettings *settings, const AnalysisModel *model)
{
  settings->network = *nn_autoencoder_get_config (model->checkpoint->model);
  settings->trainer = model->checkpoint->trainer.config;
  settings->seed = model->checkpoint->trainer.seed;
  settings->dataset.rate_hz = model->rate_hz;
  if (model->batch_size > 0) {
    settings->dataset.batch_size = model->batch_size;
    settings->dataset.validation_fraction = model->validation_fraction;
  }
  settings->resume = true;
}

bool
analysis_training_resume (SeismicLibrary *library, AnalysisTrainingSettings *settings,
                          GError **error)
{
  g_autoptr (AnalysisModel) model = analysis_model_load (library, error);
  if (model == NULL)
    return false;
  *settings = analysis_training_default ();
  take_settings (settings, model);
  return true;
}

void
analysis_training_summary_clear (AnalysisTrainingSummary *summary)
{
  g_clear_pointer (&summary->history, g_array_unref);
  g_clear_pointer (&summary->skipped, g_ptr_array_unref);
}

static bool
check_settings (const AnalysisTrainingSettings *settings, GError **error)
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
    return nn_config_check (&settings->network, error) &&
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
    dataset.validation_events = (const char *const *)resumed->validation_events;
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
  model->batch_size = settings->dataset.batch_size;
  model->validation_fraction = settings->dataset.validation_fraction;
  return model;
}

/* Whether two networks have the same parameters and mean the same by them. */
static bool
is_same_network (const NnConfig *a, const NnConfig *b)
{
  bool same = a->architecture == b->architecture && a->n_channels == b->n_channels &&
              a->hidden == b->hidden && a->n_layers == b->n_layers &&
              a->decoder_input == b->decoder_input;
  for (size_t i = 0; i < G_N_ELEMENTS (a->widths); i++)
    same = same && a->widths[i] == b->widths[i];
  return same;
}

/* The library's model with the settings that it goes on with. */
static AnalysisModel *
load_resumed (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
              GError **error)
{
  g_autoptr (AnalysisModel) model = analysis_model_load (library, error);
  if (model == NULL)
    return NULL;
  NnTrainer *trainer = &model->checkpoint->trainer;
  const NnConfig *network = nn_autoencoder_get_config (model->checkpoint->model);
  if (!is_same_network (network, &settings->network) ||
      model->rate_hz != settings->dataset.rate_hz) {
    g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                         "another network or sampling rate than that of the model which "
                         "the training goes on with");
    return NULL;
  }
  if (trainer->history->len >= settings->trainer.n_epochs) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "the model has had %u epochs already, of %zu asked for in all",
                 trainer->history->len, settings->trainer.n_epochs);
    return NULL;
  }
  trainer->config = settings->trainer;
  model->batch_size = settings->dataset.batch_size;
  return g_steal_pointer (&model);
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
  const bool done = nn_trainer_run (
      trainer, model->checkpoint->model, analysis_prefetch_source (training),
      analysis_prefetch_source (validation), progress, user_data, end, error);
  analysis_prefetch_free (training);
  analysis_prefetch_free (validation);
  if (done)
    return analysis_model_save (model, library, error);

  g_autoptr (GError) second = NULL;
  if (trainer->history->len > 0 && !analysis_model_save (model, library, &second))
    g_prefix_error (error, "the model was not saved either (%s): ", second->message);
  return false;
}

bool
analysis_train (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
                SeismicProgressFunc reading, NnProgressFunc progress, void *user_data,
                AnalysisTrainingSummary *summary, GError **error)
{
  if (!check_settings (settings, error))
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
  NnTrainerEnd end;
  if (model == NULL || !run (model, dataset, library, progress, user_data, &end, error))
    return false;

  summary->n_training = analysis_dataset_n_training (dataset);
  summary->n_validation = analysis_dataset_n_validation (dataset);
  summary->n_parameters = nn_autoencoder_get_params (model->checkpoint->model)->size;
  summary->stopped = end == NN_TRAINER_STOPPED;
  summary->no_gain = end == NN_TRAINER_NO_GAIN;
  summary->best_epoch = model->checkpoint->trainer.best_epoch;
  summary->history = g_array_ref (model->checkpoint->trainer.history);
  summary->seconds = (double)(g_get_monotonic_time () - start_us) / 1e6;
  summary->skipped = g_steal_pointer (&skipped);
  return true;
}
