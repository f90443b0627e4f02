#include "session/loss-history.h"

struct _SaeLossHistory {
  GObject parent_instance;

  /* Owned, main thread */
  size_t n_epochs_planned;
  GArray *training, *validation;    /* double, by epoch */
  GArray *batch_epoch, *batch_loss; /* double, by batch */
  NnProgress latest;

  /* Under lock */
  GMutex lock;
  GArray *pending; /* NnProgress, in order */
  gboolean is_scheduled;
};

G_DEFINE_FINAL_TYPE (SaeLossHistory, sae_loss_history, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
sae_loss_history_finalize (GObject *object)
{
  SaeLossHistory *self = SAE_LOSS_HISTORY (object);

  g_array_unref (self->training);
  g_array_unref (self->validation);
  g_array_unref (self->batch_epoch);
  g_array_unref (self->batch_loss);
  g_array_unref (self->pending);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (sae_loss_history_parent_class)->finalize (object);
}

static void
sae_loss_history_class_init (SaeLossHistoryClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_loss_history_finalize;
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_LOSS_HISTORY, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_loss_history_init (SaeLossHistory *self)
{
  g_mutex_init (&self->lock);
  self->training = g_array_new (FALSE, FALSE, sizeof (double));
  self->validation = g_array_new (FALSE, FALSE, sizeof (double));
  self->batch_epoch = g_array_new (FALSE, FALSE, sizeof (double));
  self->batch_loss = g_array_new (FALSE, FALSE, sizeof (double));
  self->pending = g_array_new (FALSE, FALSE, sizeof (NnProgress));
}

SaeLossHistory *
sae_loss_history_new (void)
{
  return g_object_new (SAE_TYPE_LOSS_HISTORY, NULL);
}

static void
drop_pending (SaeLossHistory *self)
{
  g_mutex_lock (&self->lock);
  g_array_set_size (self->pending, 0);
  g_mutex_unlock (&self->lock);
}

static void
plan (SaeLossHistory *self, size_t n_epochs)
{
  self->latest = (NnProgress){.n_epochs = n_epochs};
  self->n_epochs_planned = n_epochs;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget_batches (SaeLossHistory *self, guint n_kept)
{
  g_array_set_size (self->batch_epoch, n_kept);
  g_array_set_size (self->batch_loss, n_kept);
}

void
sae_loss_history_reset (SaeLossHistory *self, size_t n_epochs)
{
  drop_pending (self);
  g_array_set_size (self->training, 0);
  g_array_set_size (self->validation, 0);
  forget_batches (self, 0);
  plan (self, n_epochs);
}

/* The batches of the run's epochs, where they are known. */
static void
restore_batches (SaeLossHistory *self, const AnalysisRun *run)
{
  const float *losses = (const float *)(void *)run->batch_losses->data;

  for (guint epoch = 0; epoch < run->epoch_batches->len; epoch++) {
    size_t n = g_array_index (run->epoch_batches, size_t, epoch);

    for (size_t batch = 1; batch <= n; batch++) {
      double place = epoch + (double)batch / (double)n, loss = *losses++;

      g_array_append_val (self->batch_epoch, place);
      g_array_append_val (self->batch_loss, loss);
    }
  }
}

void
sae_loss_history_restore (SaeLossHistory *self, const AnalysisRun *run)
{
  drop_pending (self);
  g_array_set_size (self->training, 0);
  g_array_set_size (self->validation, 0);
  forget_batches (self, 0);
  for (guint i = 0; run && i < run->history->len; i++) {
    const NnEpoch *epoch = &g_array_index (run->history, NnEpoch, i);

    g_array_append_val (self->training, epoch->training_loss);
    g_array_append_val (self->validation, epoch->validation_loss);
  }
  if (run)
    restore_batches (self, run);
  plan (self, run ? run->settings.trainer.n_epochs : 0);
}

void
sae_loss_history_resume (SaeLossHistory *self, size_t n_epochs)
{
  guint n_kept = self->batch_epoch->len;

  drop_pending (self);
  while (n_kept > 0 &&
         g_array_index (self->batch_epoch, double, n_kept - 1) > self->training->len)
    n_kept--;
  forget_batches (self, n_kept);
  plan (self, n_epochs);
}

static void
append (SaeLossHistory *self, const NnProgress *progress)
{
  double place;

  if (progress->inside_batch)
    return;
  if (progress->epoch_ended) {
    g_array_append_val (self->training, progress->last_epoch.training_loss);
    g_array_append_val (self->validation, progress->last_epoch.validation_loss);
  } else if (progress->epoch != self->latest.epoch ||
             progress->batch !=
                 self->latest.batch) { /* not a sign of life in validation */
    place = (double)progress->epoch +
            (double)progress->batch / (double)MAX (progress->n_batches, 1);
    g_array_append_val (self->batch_epoch, place);
    g_array_append_val (self->batch_loss, progress->batch_loss);
  }
  self->latest = *progress;
}

static gboolean
take_pending (gpointer data)
{
  SaeLossHistory *self = data;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (NnProgress));
  GArray *swap;

  g_mutex_lock (&self->lock);
  swap = self->pending;
  self->pending = taken;
  taken = swap;
  self->is_scheduled = FALSE;
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < taken->len; i++)
    append (self, &g_array_index (taken, NnProgress, i));
  if (taken->len)
    g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
sae_loss_history_post (SaeLossHistory *self, const NnProgress *progress)
{
  gboolean was_scheduled;

  g_mutex_lock (&self->lock);
  g_array_append_val (self->pending, *progress);
  was_scheduled = self->is_scheduled;
  self->is_scheduled = TRUE;
  g_mutex_unlock (&self->lock);
  if (!was_scheduled)
    g_idle_add_full (G_PRIORITY_LOW, take_pending, g_object_ref (self), g_object_unref);
}

SaeLossView
sae_loss_history_get_view (SaeLossHistory *self)
{
  return (SaeLossView){
      .n_epochs = self->training->len,
      .n_epochs_planned = self->n_epochs_planned,
      .n_batches = self->batch_loss->len,
      .training = (const double *)(void *)self->training->data,
      .validation = (const double *)(void *)self->validation->data,
      .batch_epoch = (const double *)(void *)self->batch_epoch->data,
      .batch_loss = (const double *)(void *)self->batch_loss->data,
      .latest = self->latest,
  };
}
