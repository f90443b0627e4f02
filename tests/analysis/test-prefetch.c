#include "analysis/prefetch.h"

#include <gio/gio.h>
#include <pthread.h>

enum { N = 6, NEVER = 1000 };

/* Batches of one number, index + 100 × the passes begun. */
typedef struct {
  NnBatchSource source;
  size_t n, fails_at;
  size_t passes; /* read in the other thread: never while begin runs */
  pthread_t filler;
  pthread_mutex_t lock;
  size_t n_fills; /* under lock */
} Counter;

static size_t
n_batches (NnBatchSource *source)
{
  return ((Counter *)source)->n;
}

static void
begin (NnBatchSource *source, NnRng *rng)
{
  ((Counter *)source)->passes++;
}

static bool
fill (NnBatchSource *source, size_t index, NnBatch *batch, GError **error)
{
  Counter *counter = (Counter *)source;
  pthread_mutex_lock (&counter->lock);
  counter->n_fills++;
  counter->filler = pthread_self ();
  pthread_mutex_unlock (&counter->lock);
  if (index == counter->fails_at) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no batch %zu", index);
    return false;
  }
  nn_batch_resize (batch, 1, 1, 1);
  batch->lengths[0] = 1;
  batch->data[0] = (nn_real)(index + 100 * counter->passes);
  return true;
}

static Counter
counter_of (size_t n)
{
  return (Counter){.source = {n_batches, begin, fill},
                   .n = n,
                   .fails_at = NEVER,
                   .lock = PTHREAD_MUTEX_INITIALIZER};
}

static size_t
count_fills (Counter *counter)
{
  pthread_mutex_lock (&counter->lock);
  const size_t n = counter->n_fills;
  pthread_mutex_unlock (&counter->lock);
  return n;
}

static void
check_fill (NnBatchSource *source, size_t index, size_t pass)
{
  g_auto (NnBatch) batch = {0};
  g_autoptr (GError) error = NULL;
  g_assert_true (source->fill (source, index, &batch, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (batch.data[0], ==, (nn_real)(index + 100 * pass));
}

static void
test_passes (void)
{
  Counter counter = counter_of (N);
  g_autoptr (AnalysisPrefetch) prefetch = analysis_prefetch_new (&counter.source);
  NnBatchSource *source = analysis_prefetch_source (prefetch);
  g_assert_cmpuint (source->n_batches (source), ==, N);
  for (size_t pass = 1; pass < 20; pass++) {
    source->begin (source, NULL);
    for (size_t i = 0; i < N; i++)
      check_fill (source, i, pass);
    g_assert_cmpuint (count_fills (&counter), ==, N * pass); /* none twice */
  }
  g_assert_false (pthread_equal (counter.filler, pthread_self ()));
}

/* The next one is read before it is asked for. */
static void
test_ahead (void)
{
  Counter counter = counter_of (N);
  g_autoptr (AnalysisPrefetch) prefetch = analysis_prefetch_new (&counter.source);
  NnBatchSource *source = analysis_prefetch_source (prefetch);
  source->begin (source, NULL);
  check_fill (source, 0, 1);
  while (count_fills (&counter) < 2)
    g_usleep (100);
  g_usleep (2000);
  g_assert_cmpuint (count_fills (&counter), ==, 2); /* and only that */
}

/* Any order, a pass broken off, a batch again. */
static void
test_out_of_turn (void)
{
  Counter counter = counter_of (N);
  g_autoptr (AnalysisPrefetch) prefetch = analysis_prefetch_new (&counter.source);
  NnBatchSource *source = analysis_prefetch_source (prefetch);
  source->begin (source, NULL);
  check_fill (source, 3, 1);
  check_fill (source, 3, 1);
  check_fill (source, 0, 1);
  source->begin (source, NULL);
  check_fill (source, 0, 2);
  check_fill (source, 5, 2);
  source->begin (source, NULL); /* freed with a batch on its way */
}

static void
test_errors (void)
{
  Counter counter = counter_of (N);
  counter.fails_at = 2;
  g_autoptr (AnalysisPrefetch) prefetch = analysis_prefetch_new (&counter.source);
  NnBatchSource *source = analysis_prefetch_source (prefetch);
  g_auto (NnBatch) batch = {0};
  g_autoptr (GError) error = NULL;
  source->begin (source, NULL);
  check_fill (source, 0, 1);
  check_fill (source, 1, 1);
  g_assert_false (source->fill (source, 2, &batch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  check_fill (source, 3, 1); /* and it goes on */
  source->begin (source, NULL);
  check_fill (source, 0, 2);
  check_fill (source, 1, 2); /* the error of the next is never asked for */
}

static void
test_nothing (void)
{
  g_assert_null (analysis_prefetch_new (NULL));
  g_assert_null (analysis_prefetch_source (NULL));
  analysis_prefetch_free (NULL);
  Counter counter = counter_of (0);
  g_autoptr (AnalysisPrefetch) prefetch = analysis_prefetch_new (&counter.source);
  NnBatchSource *source = analysis_prefetch_source (prefetch);
  source->begin (source, NULL);
  g_assert_cmpuint (source->n_batches (source), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/prefetch/passes", test_passes);
  g_test_add_func ("/analysis/prefetch/ahead", test_ahead);
  g_test_add_func ("/analysis/prefetch/out-of-turn", test_out_of_turn);
  g_test_add_func ("/analysis/prefetch/errors", test_errors);
  g_test_add_func ("/analysis/prefetch/nothing", test_nothing);
  return g_test_run ();
}
