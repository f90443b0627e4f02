#include "session/training-past.h"

SaeTrainingPast *
sae_training_past_read (SeismicLibrary *library)
{
  g_autoptr (AnalysisModel) model = analysis_model_load (library, NULL);
  SaeTrainingPast *past;

  if (!model)
    return NULL;
  past = g_new (SaeTrainingPast, 1);
  past->settings = analysis_training_settings_of (model);
  past->history = g_array_ref (model->checkpoint->trainer.history);
  past->best_epoch = model->checkpoint->trainer.best_epoch;
  return past;
}

SaeTrainingPast *
sae_training_past_new (const AnalysisTrainingSettings *settings,
                       const AnalysisTrainingSummary *summary)
{
  SaeTrainingPast *past = g_new (SaeTrainingPast, 1);

  past->settings = *settings;
  past->settings.resume = true;
  past->history = g_array_ref (summary->history);
  past->best_epoch = summary->best_epoch;
  return past;
}

void
sae_training_past_free (SaeTrainingPast *past)
{
  g_array_unref (past->history);
  g_free (past);
}

bool
sae_training_past_is_unfinished (const SaeTrainingPast *past)
{
  size_t n_done = past ? past->history->len : 0, patience;

  if (n_done == 0 || n_done >= past->settings.trainer.n_epochs)
    return false;
  patience = past->settings.trainer.patience;
  return patience == 0 || past->best_epoch == 0 || n_done - past->best_epoch < patience;
}
