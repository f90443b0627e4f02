#include "analysis/prefetch.h"

#include <pthread.h>

typedef enum { IDLE, WANTED, READY } State;

struct AnalysisPrefetch {
  NnBatchSource source; /* first: an AnalysisPrefetch is an NnBatchSource */
  NnBatchSource *inner; /* borrowed */
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  /* Under lock; batch, error and filled are the thread's while WANTED. */
  State state;
  bool quit;
  size_t index; /* of the batch that is wanted or ready */
  NnBatch batch;
  GError *error;
  bool filled;
};

static void *
read_batches (void *data)
{
  AnalysisPrefetch *self = data;
  pthread_mutex_lock (&self->lock);
  while (!self->quit) {
    if (self->state != WANTED) {
      pthread_cond_wait (&self->changed, &self->lock);
      continue;
    }
    pthread_mutex_unlock (&self->lock);
    bool filled =
        self->inner->fill (self->inner, self->index, &self->batch, &self->error);
    pthread_mutex_lock (&self->lock);
    self->filled = filled;
    self->state = READY;
    pthread_cond_broadcast (&self->changed);
  }
  pthread_mutex_unlock (&self->lock);
  return NULL;
}

/* The following are called with the lock held. */

static void
want (AnalysisPrefetch *self, size_t index)
{
  g_clear_error (&self->error);
  self->index = index;
  self->state = WANTED;
  pthread_cond_broadcast (&self->changed);
}

static void
wait_while_wanted (AnalysisPrefetch *self)
{
  while (self->state == WANTED)
    pthread_cond_wait (&self->changed, &self->lock);
}

static size_t
n_batches (NnBatchSource *source)
{
  NnBatchSource *inner = ((AnalysisPrefetch *)source)->inner;
  return inner->n_batches (inner);
}

static void
begin (NnBatchSource *source, NnRng *rng)
{
  AnalysisPrefetch *self = (AnalysisPrefetch *)source;
  pthread_mutex_lock (&self->lock);
  wait_while_wanted (self);
  self->state = IDLE;
  self->inner->begin (self->inner, rng);
  if (n_batches (source) > 0)
    want (self, 0);
  pthread_mutex_unlock (&self->lock);
}

static bool
fill (NnBatchSource *source, size_t index, NnBatch *batch, GError **error)
{
  AnalysisPrefetch *self = (AnalysisPrefetch *)source;
  pthread_mutex_lock (&self->lock);
  if (self->state == IDLE || self->index != index) {
    wait_while_wanted (self);
    want (self, index);
  }
  wait_while_wanted (self);
  const NnBatch before = *batch;
  const bool filled = self->filled;
  *batch = self->batch;
  self->batch = before;
  if (!filled)
    g_propagate_error (error, g_steal_pointer (&self->error));
  self->state = IDLE;
  if (filled && index + 1 < n_batches (source))
    want (self, index + 1);
  pthread_mutex_unlock (&self->lock);
  return filled;
}

AnalysisPrefetch *
analysis_prefetch_new (NnBatchSource *inner)
{
  if (inner == NULL)
    return NULL;
  AnalysisPrefetch *self = g_new0 (AnalysisPrefetch, 1);
  self->source = (NnBatchSource){.n_batches = n_batches, .begin = begin, .fill = fill};
  self->inner = inner;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->changed, NULL);
  if (pthread_create (&self->thread, NULL, read_batches, self) != 0)
    g_error ("no thread for reading batches can be started");
  return self;
}

NnBatchSource *
analysis_prefetch_source (AnalysisPrefetch *prefetch)
{
  return prefetch != NULL ? &prefetch->source : NULL;
}

void
analysis_prefetch_free (AnalysisPrefetch *prefetch)
{
  if (prefetch == NULL)
    return;
  pthread_mutex_lock (&prefetch->lock);
  prefetch->quit = true;
  pthread_cond_broadcast (&prefetch->changed);
  pthread_mutex_unlock (&prefetch->lock);
  pthread_join (prefetch->thread, NULL);
  pthread_mutex_destroy (&prefetch->lock);
  pthread_cond_destroy (&prefetch->changed);
  nn_batch_clear (&prefetch->batch);
  g_clear_error (&prefetch->error);
  g_free (prefetch);
}
