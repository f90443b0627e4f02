#include "session/job.h"

#include "nn/parallel.h"
#include "support/main-loop.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

typedef struct {
  gboolean done;
  SaeJobState state;
  gpointer result;
  char *message;
} Outcome;

/* The jobs' owner in these tests carries the outcome. */
static GObject *
new_owner (Outcome *outcome)
{
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (owner, "outcome", outcome);
  return owner;
}

static void
note_outcome (SaeJob *job, gpointer owner)
{
  Outcome *outcome = g_object_get_data (owner, "outcome");
  const GError *error = sae_job_get_error (job);

  outcome->done = TRUE;
  outcome->state = sae_job_get_state (job);
  outcome->result = sae_job_steal_result (job);
  outcome->message = error ? g_strdup (error->message) : NULL;
  g_assert_null (sae_job_steal_result (job));
}

static gboolean
twice_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  *result = GINT_TO_POINTER (2 * GPOINTER_TO_INT (input));
  return TRUE;
}

static gboolean
fail_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "broken %s", (char *)input);
  return FALSE;
}

static gboolean
until_cancelled (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  for (size_t i = 0;; i++) {
    SeismicProgress progress = {.done = i % 100, .total = 100, .item = "file"};

    if (!sae_job_progress (&progress, job))
      return !g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error);
    g_usleep (100);
  }
}

static void
test_result (void)
{
  Outcome outcome = {0};
  g_autoptr (GObject) owner = new_owner (&outcome);
  SaeJob *job = sae_job_start (SAE_JOB_READ, twice_in_thread, GINT_TO_POINTER (21), NULL,
                               NULL, note_outcome, owner);

  g_assert_cmpint (sae_job_get_kind (job), ==, SAE_JOB_READ);
  g_assert_cmpint (sae_job_get_state (job), ==, SAE_JOB_RUNNING);
  wait_for (&outcome.done);
  g_assert_cmpint (outcome.state, ==, SAE_JOB_DONE);
  g_assert_cmpint (GPOINTER_TO_INT (outcome.result), ==, 42);
  g_assert_null (outcome.message);
  g_assert_finalize_object (job);
}

static void
test_failure (void)
{
  Outcome outcome = {0};
  g_autoptr (GObject) owner = new_owner (&outcome);
  g_autoptr (SaeJob) job =
      sae_job_start (SAE_JOB_IMPORT, fail_in_thread, g_strdup ("disk"), g_free, NULL,
                     note_outcome, owner);

  wait_for (&outcome.done);
  g_assert_cmpint (outcome.state, ==, SAE_JOB_FAILED);
  g_assert_cmpstr (outcome.message, ==, "broken disk");
  g_assert_null (outcome.result);
  g_free (outcome.message);
}

static void
note_fraction (SaeJob *job, GParamSpec *pspec, gpointer user_data)
{
  gboolean *seen = user_data;

  g_assert_cmpfloat (sae_job_get_fraction (job), >=, 0);
  g_assert_cmpfloat (sae_job_get_fraction (job), <=, 1);
  g_assert_cmpstr (sae_job_get_item (job), ==, "file");
  g_assert_cmpfloat (sae_job_get_seconds_left (job), ==, -1);
  *seen = TRUE;
}

static void
test_progress_and_cancel (void)
{
  Outcome outcome = {0};
  gboolean seen = FALSE;
  g_autoptr (GObject) owner = new_owner (&outcome);
  g_autoptr (SaeJob) job = sae_job_start (SAE_JOB_IMPORT, until_cancelled, NULL, NULL,
                                          NULL, note_outcome, owner);

  g_signal_connect (job, "notify::item", G_CALLBACK (note_fraction), &seen);
  wait_for (&seen);
  sae_job_cancel (job);
  wait_for (&outcome.done);
  g_assert_cmpint (outcome.state, ==, SAE_JOB_CANCELLED);
  g_free (outcome.message);
}

static void
test_cancel_and_wait (void)
{
  Outcome outcome = {0};
  g_autoptr (GObject) owner = new_owner (&outcome);
  SaeJob *job = sae_job_start (SAE_JOB_IMPORT, until_cancelled, NULL, NULL, NULL,
                               note_outcome, owner);

  sae_job_cancel_and_wait (job);
  g_assert_cmpint (sae_job_get_state (job), ==, SAE_JOB_CANCELLED);
  drain_main_loop ();
  g_assert_false (outcome.done);
  sae_job_cancel_and_wait (job); /* a second time does nothing */
  g_assert_finalize_object (job);
}

static void
count_free (gpointer counter)
{
  (*(int *)counter)++;
}

static gboolean
hand_over (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  *result = input;
  return TRUE;
}

static void
test_owner_gone (void)
{
  Outcome outcome = {0};
  int n_freed = 0;
  GObject *owner = new_owner (&outcome);
  SaeJob *job = sae_job_start (SAE_JOB_READ, hand_over, &n_freed, NULL, count_free,
                               note_outcome, owner);

  g_object_add_weak_pointer (G_OBJECT (job), (gpointer *)&job);
  g_assert_finalize_object (owner);
  g_object_unref (job); /* the job keeps itself alive */
  for (int i = 0; job && i < 100000; i++)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (100);
  g_assert_null (job);
  g_assert_false (outcome.done);
  g_assert_cmpint (n_freed, ==, 1);
}

typedef struct {
  int n_steps; /* atomic */
  gboolean done;
} Steps;

static gboolean
step_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  while (sae_job_go_on (job)) {
    g_atomic_int_inc (&((Steps *)input)->n_steps);
    g_usleep (200);
  }
  g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error);
  return FALSE;
}

static void
wait_for_step (Steps *steps, int n)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (g_atomic_int_get (&steps->n_steps) < n) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_usleep (200);
  }
}

static void
count_notify (SaeJob *job, GParamSpec *pspec, gpointer counter)
{
  (*(int *)counter)++;
}

/* A paused job stands still, goes on when it is told, and can be cancelled as it stands.
 */
static void
test_pause (void)
{
  Steps steps = {0};
  SaeJob *job =
      sae_job_start (SAE_JOB_TRAIN, step_in_thread, &steps, NULL, NULL, NULL, NULL);
  int n_notified = 0, n;

  g_signal_connect (job, "notify::paused", G_CALLBACK (count_notify), &n_notified);
  wait_for_step (&steps, 3);
  sae_job_set_paused (job, TRUE);
  sae_job_set_paused (job, TRUE);
  g_assert_true (sae_job_get_paused (job));
  g_assert_cmpint (n_notified, ==, 1);
  n = g_atomic_int_get (&steps.n_steps);
  g_usleep (20000);
  /* The step that it was in, at most. */
  g_assert_cmpint (g_atomic_int_get (&steps.n_steps), <=, n + 1);
  sae_job_set_paused (job, FALSE);
  wait_for_step (&steps, n + 5);
  sae_job_set_paused (job, TRUE);
  sae_job_cancel_and_wait (job);
  g_assert_cmpint (sae_job_get_state (job), ==, SAE_JOB_CANCELLED);
  g_assert_cmpint (n_notified, ==, 3);
  drain_main_loop ();
  g_assert_finalize_object (job);
}

#ifdef __linux__
typedef struct {
  gint nice[2]; /* of the engine's threads */
} Niceness;

static void
note_niceness (void *data, size_t thread, size_t n_threads)
{
  ((Niceness *)data)->nice[thread] = getpriority (PRIO_PROCESS, 0);
}

static gboolean
run_engine (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  nn_parallel_run (note_niceness, input);
  return TRUE;
}

/* The window's thread is served before a job's and before those of the engine. */
static void
test_gives_way (void)
{
  int nice = getpriority (PRIO_PROCESS, 0);
  Niceness found = {{-100, -100}};
  Outcome outcome = {0};
  g_autoptr (GObject) owner = new_owner (&outcome);
  SaeJob *job;

  if (nice >= 19) {
    g_test_skip ("nothing is nicer than this");
    return;
  }
  nn_parallel_set_threads (2);
  job =
      sae_job_start (SAE_JOB_TRAIN, run_engine, &found, NULL, NULL, note_outcome, owner);
  wait_for (&outcome.done);
  g_assert_cmpint (found.nice[0], ==, MIN (nice + SAE_JOB_NICENESS, 19));
  g_assert_cmpint (found.nice[1], ==, found.nice[0]);
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, nice);
  g_assert_finalize_object (job);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/result", test_result);
  g_test_add_func ("/job/failure", test_failure);
  g_test_add_func ("/job/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/job/cancel-and-wait", test_cancel_and_wait);
  g_test_add_func ("/job/owner-gone", test_owner_gone);
  g_test_add_func ("/job/pause", test_pause);
#ifdef __linux__
  g_test_add_func ("/job/gives-way", test_gives_way);
#endif
  return g_test_run ();
}
