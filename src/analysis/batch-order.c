#include "analysis/batch-order.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* Batches of a pool: more make the lengths in a batch more alike, fewer make more of what
 * a batch holds a matter of chance. With too few signals for so many pools they are
 * smaller, down to one batch. */
enum { POOL_BATCHES_MOST = 8, POOLS = 4 };

typedef struct {
  size_t length, place, signal;
} Entry;

static int
compare (const void *a, const void *b)
{
  const Entry *x = a, *y = b;
  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

/* Sorts the n entries of order, in place. */
static void
sort_by_length (size_t *order, const size_t *lengths, size_t n)
{
  g_autofree Entry *entries = g_new (Entry, n);
  for (size_t i = 0; i < n; i++)
    entries[i] = (Entry){lengths[order[i]], i, order[i]};
  qsort (entries, n, sizeof *entries, compare);
  for (size_t i = 0; i < n; i++)
    order[i] = entries[i].signal;
}

/* The first n_batches of order in another order, each kept whole. */
static void
shuffle_batches (size_t *order, size_t n_batches, size_t batch_size, NnRng *rng)
{
  g_autofree size_t *places = g_new (size_t, n_batches);
  g_autofree size_t *before = g_memdup2 (order, n_batches * batch_size * sizeof *order);
  for (size_t i = 0; i < n_batches; i++)
    places[i] = i;
  nn_rng_shuffle (rng, places, n_batches);
  for (size_t i = 0; i < n_batches; i++)
    memcpy (order + i * batch_size, before + places[i] * batch_size,
            batch_size * sizeof *order);
}

void
analysis_batch_order (size_t *order, const size_t *lengths, size_t n, size_t batch_size,
                      NnRng *rng)
{
  if (n == 0)
    return;
  for (size_t i = 0; i < n; i++)
    order[i] = i;
  if (rng == NULL) {
    sort_by_length (order, lengths, n);
    return;
  }
  nn_rng_shuffle (rng, order, n);
  const size_t pool = batch_size * CLAMP (n / batch_size / POOLS, 1, POOL_BATCHES_MOST);
  for (size_t first = 0; first < n; first += pool)
    sort_by_length (order + first, lengths, MIN (pool, n - first));
  shuffle_batches (order, n / batch_size, batch_size, rng);
}
