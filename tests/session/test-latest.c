#include "session/latest.h"
#include "support/main-loop.h"

static GMutex gate; /* held: the function waits */
static gint n_run, n_freed;

static gboolean
square_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  int number = *(int *)input;

  g_atomic_int_inc (&n_run);
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  if (number < 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%d", number);
    return FALSE;
  }
  *result = g_new (int, 1);
  *(int *)*result = number * number;
  return TRUE;
}

static void
free_counted (gpointer input)
{
  g_atomic_int_inc (&n_freed);
  g_free (input);
}

typedef struct {
  GArray *results; /* int; −1: failed */
  gboolean done;
} Heard;

static void
on_done (gpointer owner, gpointer result, const GError *error)
{
  Heard *heard = owner;
  int number = result ? *(int *)result : -1;

  g_assert_true ((result == NULL) == (error != NULL));
  g_array_append_val (heard->results, number);
  heard->done = TRUE;
  g_free (result);
}

static void
want (SaeLatest *latest, int number)
{
  int *input = g_new (int, 1);

  *input = number;
  sae_latest_want (latest, input);
}

static int
result_at (const Heard *heard, guint i)
{
  return g_array_index (heard->results, int, i);
}

/* Of many wishes the first and the last are computed, each input is freed once. */
static void
test_last_counts (void)
{
  Heard heard = {.results = g_array_new (FALSE, FALSE, sizeof (int))};
  SaeLatest *latest =
      sae_latest_new (square_in_thread, free_counted, g_free, on_done, &heard);

  n_run = n_freed = 0;
  g_mutex_lock (&gate);
  for (int i = 1; i <= 10; i++)
    want (latest, i);
  g_assert_true (sae_latest_get_busy (latest));
  g_mutex_unlock (&gate);
  while (heard.results->len < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (result_at (&heard, 0), ==, 1);
  g_assert_cmpint (result_at (&heard, 1), ==, 100);
  g_assert_cmpint (n_run, ==, 2);
  g_assert_cmpint (n_freed, ==, 10);
  g_assert_false (sae_latest_get_busy (latest));
  heard.done = FALSE;
  want (latest, -5);
  wait_for (&heard.done);
  g_assert_cmpint (result_at (&heard, 2), ==, -1);
  g_assert_finalize_object (latest);
  g_array_unref (heard.results);
}

/* What is given up is not told; the next wish is. */
static void
test_give_up (void)
{
  Heard heard = {.results = g_array_new (FALSE, FALSE, sizeof (int))};
  SaeLatest *latest =
      sae_latest_new (square_in_thread, free_counted, g_free, on_done, &heard);

  g_mutex_lock (&gate);
  want (latest, 3);
  sae_latest_want (latest, NULL);
  want (latest, 4);
  g_mutex_unlock (&gate);
  wait_for (&heard.done);
  g_assert_cmpuint (heard.results->len, ==, 1);
  g_assert_cmpint (result_at (&heard, 0), ==, 16);
  n_freed = 0;
  want (latest, 5);
  want (latest, 6);
  g_assert_finalize_object (latest); /* waits */
  drain_main_loop ();
  g_assert_cmpint (n_freed, ==, 2);
  g_assert_cmpuint (heard.results->len, ==, 1);
  g_array_unref (heard.results);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/latest/last-counts", test_last_counts);
  g_test_add_func ("/session/latest/give-up", test_give_up);
  return g_test_run ();
}
