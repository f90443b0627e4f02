#include "session/latest.h"

struct _SaeLatest {
  GObject parent_instance;

  SaeJobFunc function;
  GDestroyNotify input_free, result_free;
  SaeLatestDone done;

  /* Owned */
  SaeJob *job;      /* the running one */
  gpointer pending; /* wanted next, or NULL */

  /* Borrowed */
  gpointer owner;

  gboolean is_given_up; /* nobody waits for the running one */
};

G_DEFINE_FINAL_TYPE (SaeLatest, sae_latest, G_TYPE_OBJECT)

static void on_done (SaeJob *job, gpointer user_data);

static void
start (SaeLatest *self)
{
  self->is_given_up = FALSE;
  self->job =
      sae_job_start (SAE_JOB_SIGNAL, self->function, g_steal_pointer (&self->pending),
                     self->input_free, self->result_free, on_done, G_OBJECT (self));
}

/* What is out of date when it comes is shown nevertheless: it is nearer to what is wanted
 * than what was before. */
static void
on_done (SaeJob *job, gpointer user_data)
{
  SaeLatest *self = user_data;
  g_autoptr (SaeJob) ended = g_steal_pointer (&self->job);
  gpointer result;

  if (!self->is_given_up) {
    result = sae_job_steal_result (ended);
    self->done (self->owner, result, sae_job_get_error (ended));
  }
  if (self->pending && !self->job)
    start (self);
}

void
sae_latest_want (SaeLatest *self, gpointer input)
{
  if (self->pending)
    self->input_free (self->pending);
  self->pending = input;
  if (!input && self->job) {
    self->is_given_up = TRUE;
    sae_job_cancel (self->job);
  }
  if (input && !self->job)
    start (self);
}

gboolean
sae_latest_get_busy (SaeLatest *self)
{
  return self->job != NULL;
}

SaeLatest *
sae_latest_new (SaeJobFunc function, GDestroyNotify input_free,
                GDestroyNotify result_free, SaeLatestDone done, gpointer owner)
{
  SaeLatest *self = g_object_new (SAE_TYPE_LATEST, NULL);

  self->function = function;
  self->input_free = input_free;
  self->result_free = result_free;
  self->done = done;
  self->owner = owner;
  return self;
}

static void
sae_latest_dispose (GObject *object)
{
  SaeLatest *self = SAE_LATEST (object);

  if (self->job)
    sae_job_cancel_and_wait (self->job);
  g_clear_object (&self->job);
  if (self->pending)
    self->input_free (g_steal_pointer (&self->pending));
  G_OBJECT_CLASS (sae_latest_parent_class)->dispose (object);
}

static void
sae_latest_class_init (SaeLatestClass *class)
{
  G_OBJECT_CLASS (class)->dispose = sae_latest_dispose;
}

static void
sae_latest_init (SaeLatest *self)
{
}
