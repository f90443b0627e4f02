#include "cli/training-progress.h"
#include "cli/progress.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
format_time_left (double seconds)
{
  if (isnan (seconds))
    return g_strdup ("");
  if (seconds < 90.0)
    return g_strdup_printf (_ ("%.0f s left"), ceil (seconds));
  return g_strdup_printf (_ ("%.0f min left"), ceil (seconds / 60.0));
}

static void
print_epoch (CliProgress *progress, const NnProgress *training)
{
  const NnEpoch *epoch = &training->last_epoch;

  if (isnan (epoch->validation_loss))
    cli_progress_line (progress, _ ("epoch %zu of %zu: training loss %.4f, %.1f s"),
                       training->epoch + 1, training->n_epochs, epoch->training_loss,
                       epoch->seconds);
  else
    cli_progress_line (
        progress,
        _ ("epoch %zu of %zu: training loss %.4f, validation loss %.4f, %.1f s"),
        training->epoch + 1, training->n_epochs, epoch->training_loss,
        epoch->validation_loss, epoch->seconds);
}

bool
cli_training_progress (const NnProgress *training, void *user_data)
{
  CliProgress *progress = user_data;

  if (training->epoch_ended) {
    print_epoch (progress, training);
    return !cli_interrupted ();
  }

  double done = (double)training->epoch;
  if (training->n_batches > 0)
    done += (double)training->batch / (double)training->n_batches;
  g_autofree char *left = format_time_left (training->seconds_left);
  g_autofree char *note =
      isnan (training->batch_loss)
          ? g_strdup_printf (_ ("epoch %zu of %zu"), training->epoch + 1,
                             training->n_epochs)
          : g_strdup_printf (_ ("epoch %zu of %zu, loss %.4f, %s"), training->epoch + 1,
                             training->n_epochs, training->batch_loss, left);
  cli_progress_update (
      progress, training->n_epochs > 0 ? done / (double)training->n_epochs : 0.0, note);
  return !cli_interrupted ();
}
