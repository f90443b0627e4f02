#include "session/loss-history.h"
#include "support/main-loop.h"

#include <math.h>

#define N_BATCHES 2000

static gpointer
post_in_thread (gpointer history)
{
  for (size_t i = 0; i < N_BATCHES; i++) {
    NnProgress progress = {.epoch = i / 1000,
                           .n_epochs = 2,
                           .batch = i % 1000 + 1,
                           .n_batches = 1000,
                           .batch_loss = (double)i};

    sae_loss_history_post (history, &progress);
    if (progress.batch == 1000) {
      sae_loss_history_post (history, &progress); /* again, between validation batches */
      progress.epoch_ended = true;
      progress.batch_loss = NAN;
      progress.last_epoch = (NnEpoch){.training_loss = 3, .validation_loss = 4};
      sae_loss_history_post (history, &progress);
    }
  }
  return NULL;
}

static void
count (SaeLossHistory *history, gpointer counter)
{
  (*(guint *)counter)++;
}

static void
test_order_and_coalescing (void)
{
  SaeLossHistory *history = sae_loss_history_new ();
  guint n_changes = 0;
  GThread *thread;
  SaeLossView view;

  sae_loss_history_reset (history, 2);
  g_signal_connect (history, "changed", G_CALLBACK (count), &n_changes);
  thread = g_thread_new ("post", post_in_thread, history);
  g_thread_join (thread);
  drain_main_loop ();
  g_assert_cmpuint (n_changes, ==, 1); /* all posted before the loop ran */

  view = sae_loss_history_get_view (history);
  g_assert_cmpuint (view.n_batches, ==, N_BATCHES);
  g_assert_cmpuint (view.n_epochs, ==, 2);
  g_assert_cmpuint (view.n_epochs_planned, ==, 2);
  for (size_t i = 0; i < N_BATCHES; i++) {
    g_assert_cmpfloat (view.batch_loss[i], ==, (double)i);
    g_assert_cmpfloat_with_epsilon (view.batch_epoch[i], (double)(i + 1) / 1000, 1e-12);
  }
  g_assert_cmpfloat (view.training[1], ==, 3);
  g_assert_cmpfloat (view.validation[1], ==, 4);
  g_assert_true (view.latest.epoch_ended);
  g_assert_finalize_object (history);
}

static void
test_reset (void)
{
  SaeLossHistory *history = sae_loss_history_new ();
  NnProgress progress = {.n_batches = 1, .batch = 1, .batch_loss = 1};

  sae_loss_history_post (history, &progress);
  sae_loss_history_reset (history,
                          7); /* what is still pending belongs to the former run */
  drain_main_loop ();
  g_assert_cmpuint (sae_loss_history_get_view (history).n_batches, ==, 0);
  g_assert_cmpuint (sae_loss_history_get_view (history).n_epochs_planned, ==, 7);
  g_assert_finalize_object (history);
}

static void
post (SaeLossHistory *history, size_t epoch, size_t batch, gboolean ended)
{
  NnProgress progress = {.epoch = epoch,
                         .n_epochs = 4,
                         .batch = batch,
                         .n_batches = 3,
                         .batch_loss = (double)(10 * epoch + batch),
                         .epoch_ended = ended,
                         .last_epoch = {.training_loss = (double)epoch}};

  sae_loss_history_post (history, &progress);
}

/* The epoch broken off is begun again: its batches are drawn once. */
static void
test_resume (void)
{
  SaeLossHistory *history = sae_loss_history_new ();
  SaeLossView view;

  sae_loss_history_reset (history, 4);
  for (size_t batch = 1; batch <= 3; batch++)
    post (history, 0, batch, FALSE);
  post (history, 0, 3, TRUE);
  post (history, 1, 1, FALSE);
  post (history, 1, 2, FALSE);
  drain_main_loop ();
  g_assert_cmpuint (sae_loss_history_get_view (history).n_batches, ==, 5);
  sae_loss_history_resume (history, 6);
  view = sae_loss_history_get_view (history);
  g_assert_cmpuint (view.n_batches, ==, 3);
  g_assert_cmpuint (view.n_epochs, ==, 1);
  g_assert_cmpuint (view.n_epochs_planned, ==, 6);
  post (history, 1, 1, FALSE);
  drain_main_loop ();
  view = sae_loss_history_get_view (history);
  g_assert_cmpuint (view.n_batches, ==, 4);
  g_assert_cmpfloat (view.batch_loss[3], ==, 11);
  g_assert_cmpfloat_with_epsilon (view.batch_epoch[3], 1 + 1 / 3.0, 1e-12);
  g_assert_finalize_object (history);
}

static void
test_restore (void)
{
  SaeLossHistory *history = sae_loss_history_new ();
  g_autoptr (GArray) epochs = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (size_t));
  g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (float));
  const NnEpoch two[] = {{3, 4, 1}, {1, NAN, 1}};
  const float losses[] = {5, 6};
  AnalysisRun run = {.history = epochs,
                     .epoch_batches = counts,
                     .batch_losses = batches,
                     .settings.trainer.n_epochs = 9};
  SaeLossView view;

  g_array_append_vals (epochs, two, 2);
  g_array_append_vals (counts, (const size_t[]){0, 2}, 2); /* 0: not known */
  g_array_append_vals (batches, losses, 2);
  post (history, 0, 1, FALSE);
  drain_main_loop ();
  sae_loss_history_restore (history, &run);
  view = sae_loss_history_get_view (history);
  g_assert_cmpuint (view.n_batches, ==, 2);
  g_assert_cmpfloat (view.batch_epoch[0], ==, 1.5);
  g_assert_cmpfloat (view.batch_epoch[1], ==, 2);
  g_assert_cmpfloat (view.batch_loss[1], ==, 6);
  g_assert_cmpuint (view.n_epochs, ==, 2);
  g_assert_cmpuint (view.n_epochs_planned, ==, 9);
  g_assert_cmpfloat (view.training[0], ==, 3);
  g_assert_cmpfloat (view.validation[0], ==, 4);
  g_assert_true (isnan (view.validation[1]));
  sae_loss_history_restore (history, NULL);
  g_assert_cmpuint (sae_loss_history_get_view (history).n_epochs, ==, 0);
  g_assert_finalize_object (history);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loss-history/order-and-coalescing", test_order_and_coalescing);
  g_test_add_func ("/loss-history/reset", test_reset);
  g_test_add_func ("/loss-history/resume", test_resume);
  g_test_add_func ("/loss-history/restore", test_restore);
  return g_test_run ();
}
