#include "app/training-status.h"

#include "app/format.h"
#include <glib/gi18n.h>
#include <math.h>

SaeTrainingState
sae_training_state_of (SaeSession *session)
{
  SaeJob *job = sae_session_get_training (session);
  const AnalysisRun *run = sae_session_get_run (session);

  if (job && sae_job_is_cancelled (job))
    return SAE_TRAINING_STOPPING;
  if (job && sae_job_get_paused (job))
    return SAE_TRAINING_PAUSED;
  if (job)
    return sae_loss_history_get_view (sae_session_get_losses (session)).latest.n_batches
               ? SAE_TRAINING_RUNNING
               : SAE_TRAINING_READING;
  if (run && analysis_run_is_unfinished (run))
    return SAE_TRAINING_UNFINISHED;
  return run && run->history->len > 0 ? SAE_TRAINING_FINISHED : SAE_TRAINING_NONE;
}

SaeTrainingVerb
sae_training_state_verb (SaeTrainingState state)
{
  switch (state) {
  case SAE_TRAINING_READING:
  case SAE_TRAINING_RUNNING:
    return SAE_TRAINING_PAUSE;
  case SAE_TRAINING_PAUSED:
  case SAE_TRAINING_UNFINISHED:
    return SAE_TRAINING_RESUME;
  case SAE_TRAINING_STOPPING:
    return SAE_TRAINING_WAIT;
  case SAE_TRAINING_NONE:
  case SAE_TRAINING_FINISHED:
  default:
    return SAE_TRAINING_START;
  }
}

/* With the epoch and the batch that are at hand. */
static char *
place_text (SaeTrainingState state, const NnProgress *progress)
{
  size_t epoch = MIN (progress->epoch + 1, progress->n_epochs);
  size_t batch = MIN (progress->batch + 1, progress->n_batches);

  if (progress->n_epochs == 0 || progress->n_batches == 0)
    return g_strdup (state == SAE_TRAINING_PAUSED ? _ ("Paused while reading the signals")
                                                  : _ ("Reading the signals"));
  return g_strdup_printf (state == SAE_TRAINING_PAUSED
                              ? _ ("Paused in epoch %zu of %zu, batch %zu of %zu")
                              : _ ("Epoch %zu of %zu, batch %zu of %zu"),
                          epoch, progress->n_epochs, batch, progress->n_batches);
}

char *
sae_training_state_text (SaeTrainingState state, const NnProgress *progress,
                         const AnalysisRun *run)
{
  switch (state) {
  case SAE_TRAINING_READING:
  case SAE_TRAINING_RUNNING:
  case SAE_TRAINING_PAUSED:
    return place_text (state, progress);
  case SAE_TRAINING_STOPPING:
    return g_strdup (_ ("Stopping; what was learnt so far is kept"));
  case SAE_TRAINING_UNFINISHED:
    return g_strdup_printf (_ ("Stopped after %u of %zu epochs. Resume goes on from "
                               "there; Start new trains another beside it."),
                            run->history->len, run->settings.trainer.n_epochs);
  case SAE_TRAINING_FINISHED:
    return g_strdup_printf (
        ngettext ("The model of this library was trained for %u epoch.",
                  "The model of this library was trained for %u "
                  "epochs.",
                  run->history->len),
        run->history->len);
  case SAE_TRAINING_NONE:
  default:
    return g_strdup ("");
  }
}

/* The epoch whose validation (else training) loss is least. */
static guint
find_best_epoch (GArray *history)
{
  guint best = 0;
  double least = INFINITY;

  for (guint i = 0; i < history->len; i++) {
    const NnEpoch *epoch = &g_array_index (history, NnEpoch, i);
    double loss =
        isnan (epoch->validation_loss) ? epoch->training_loss : epoch->validation_loss;

    if (loss < least) {
      least = loss;
      best = i;
    }
  }
  return best;
}

static char *
losses_text (const AnalysisTrainingSummary *summary)
{
  guint best = find_best_epoch (summary->history);
  const NnEpoch *epoch = &g_array_index (summary->history, NnEpoch, best);
  g_autofree char *training = sae_format_significant (epoch->training_loss, 3);
  g_autofree char *validation = sae_format_significant (epoch->validation_loss, 3);

  if (isnan (epoch->validation_loss))
    return g_strdup_printf (_ ("least training loss %s in epoch %u"), training, best + 1);
  return g_strdup_printf (_ ("least validation loss %s in epoch %u (training %s)"),
                          validation, best + 1, training);
}

char *
sae_training_summary_text (const AnalysisTrainingSummary *summary)
{
  guint n_epochs = summary->history ? summary->history->len : 0;
  guint n_skipped = summary->skipped ? summary->skipped->len : 0;
  g_autofree char *duration = sae_format_duration (summary->seconds);
  g_autofree char *losses = NULL, *skipped = NULL;
  GString *text;

  if (n_epochs == 0)
    return g_strdup (_ ("Stopped before the first epoch was done"));
  losses = losses_text (summary);
  text = g_string_new (NULL);
  g_string_append_printf (text,
                          summary->stopped
                              ? ngettext ("Stopped after %u epoch (%s)",
                                          "Stopped after %u epochs (%s)", n_epochs)
                              : ngettext ("%u epoch in %s", "%u epochs in %s", n_epochs),
                          n_epochs, duration);
  g_string_append_printf (text, "  ·  %s  ·  ", losses);
  g_string_append_printf (text, _ ("%zu\u00a0signals to train, %zu held out"),
                          summary->n_training, summary->n_validation);
  if (n_skipped > 0) {
    skipped =
        g_strdup_printf (ngettext ("%u skipped", "%u skipped", n_skipped), n_skipped);
    g_string_append_printf (text, "  ·  %s", skipped);
  }
  return g_string_free (text, FALSE);
}

const char *
sae_training_figure_name (SaeTrainingFigure figure)
{
  const char *const names[SAE_TRAINING_N_FIGURES] = {
      [SAE_TRAINING_LOSS] = _ ("Loss of the batch"),
      [SAE_TRAINING_SPEED] = _ ("Samples/s"),
      [SAE_TRAINING_RATE] = _ ("Learning rate"),
      [SAE_TRAINING_NORM] = _ ("Gradient norm"),
      [SAE_TRAINING_LEFT] = _ ("Time left"),
  };

  return names[figure];
}

const char *
sae_training_figure_meaning (SaeTrainingFigure figure)
{
  const char *const meanings[SAE_TRAINING_N_FIGURES] = {
      [SAE_TRAINING_LOSS] =
          _ ("How far the reconstructions of the last batch of signals are from the "
             "originals; the thin line"),
      [SAE_TRAINING_SPEED] = _ ("Samples of all signals trained on, in a second"),
      [SAE_TRAINING_RATE] = _ ("How far a step moves the network's parameters"),
      [SAE_TRAINING_NORM] =
          _ ("How steep the loss is where the network stands: a norm that "
             "grows and grows is a training that fails"),
      [SAE_TRAINING_LEFT] = _ ("By the speed so far, to the last epoch"),
  };

  return meanings[figure];
}

/* 0 and NAN are not known yet. */
static char *
number_text (double value, guint digits)
{
  return value > 0 ? sae_format_significant (value, digits) : g_strdup ("–");
}

char *
sae_training_figure_text (SaeTrainingFigure figure, const NnProgress *progress)
{
  if (progress->n_batches == 0)
    return g_strdup ("–");
  switch (figure) {
  case SAE_TRAINING_SPEED:
    return progress->samples_per_second > 0
               ? sae_format_number (round (progress->samples_per_second), 0)
               : g_strdup ("–");
  case SAE_TRAINING_RATE:
    return number_text (progress->learning_rate, 2);
  case SAE_TRAINING_NORM:
    return number_text (progress->gradient_norm, 3);
  case SAE_TRAINING_LEFT:
    return progress->seconds_left >= 0 ? sae_format_duration (progress->seconds_left)
                                       : g_strdup ("–");
  case SAE_TRAINING_LOSS:
  default:
    return number_text (progress->batch_loss, 3);
  }
}
