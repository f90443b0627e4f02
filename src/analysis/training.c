#include "analysis/training.h"
#include "analysis/error.h"

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
    return nn_trainer_config_check (trainer, error);
  return false;
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
  return analysis_model_new (checkpoint, settings->dataset.rate_hz,
                             analysis_dataset_validation_events (dataset));
}

/* Trains and saves; what was learnt before a failure is not thrown away. */
static bool
run (AnalysisModel *model, AnalysisDataset *dataset, SeismicLibrary *library,
     NnProgressFunc progress, void *user_data, NnTrainerEnd *end, GError **error)
{
  NnTrainer *trainer = &model->checkpoint->trainer;
  if (nn_trainer_run (
          trainer, model->checkpoint->model, analysis_dataset_training (dataset),
          analysis_dataset_validation (dataset), progress, user_data, end, error))
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
  AnalysisDatasetSettings dataset_settings = settings->dataset;
  dataset_settings.seed = settings->seed;
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (AnalysisDataset) dataset = analysis_dataset_new (
      library, &dataset_settings, reading, user_data, skipped, error);
  if (dataset == NULL)
    return false;
  g_autoptr (AnalysisModel) model = new_model (settings, dataset, error);
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
