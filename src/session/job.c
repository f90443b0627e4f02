#include "session/job.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

struct _SaeJob {
  GObject parent_instance;

  /* Owned, fixed at the start */
  SaeJobKind kind;
  SaeJobFunc function;
  gpointer input;
  GDestroyNotify input_free, result_free;
  SaeJobDone done;
  GWeakRef owner;
  gboolean has_owner;
  GCancellable *cancellable;
  GThread *thread; /* NULL once joined */

  /* Owned, main thread */
  SaeJobState state;
  double fraction, seconds_left;
  char *item;

  /* Owned; the thread's until it has ended, then the main thread's */
  gboolean succeeded;
  gpointer result;
  GError *error;

  /* Under lock */
  GMutex lock;
  double pending_fraction, pending_seconds_left;
  char *pending_item;
  gboolean is_pending;
  gboolean is_paused; /* written by the main thread */
  GCond resumed;
};

G_DEFINE_FINAL_TYPE (SaeJob, sae_job, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_FRACTION,
  PROP_ITEM,
  PROP_SECONDS_LEFT,
  PROP_PAUSED,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

static void
sae_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeJob *self = SAE_JOB (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_int (value, (int)self->state);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, self->fraction);
    break;
  case PROP_ITEM:
    g_value_set_string (value, self->item);
    break;
  case PROP_SECONDS_LEFT:
    g_value_set_double (value, self->seconds_left);
    break;
  case PROP_PAUSED:
    g_value_set_boolean (value, self->is_paused);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_job_finalize (GObject *object)
{
  SaeJob *self = SAE_JOB (object);

  g_assert (!self->thread);
  if (self->result && self->result_free)
    self->result_free (self->result);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_free (self->item);
  g_free (self->pending_item);
  g_weak_ref_clear (&self->owner);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->resumed);
  G_OBJECT_CLASS (sae_job_parent_class)->finalize (object);
}

static void
sae_job_class_init (SaeJobClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sae_job_get_property;
  object_class->finalize = sae_job_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, SAE_JOB_RUNNING,
                                             SAE_JOB_CANCELLED, SAE_JOB_RUNNING, flags);
  properties[PROP_FRACTION] =
      g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_ITEM] = g_param_spec_string ("item", NULL, NULL, NULL, flags);
  properties[PROP_SECONDS_LEFT] =
      g_param_spec_double ("seconds-left", NULL, NULL, -1, G_MAXDOUBLE, -1, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_job_init (SaeJob *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->resumed);
  g_weak_ref_init (&self->owner, NULL);
  self->cancellable = g_cancellable_new ();
  self->fraction = self->seconds_left = -1;
}

/* Copies what the thread last reported to the properties. */
static void
sae_job_flush (SaeJob *self)
{
  double fraction, seconds_left;
  g_autofree char *item = NULL;

  g_mutex_lock (&self->lock);
  if (!self->is_pending) {
    g_mutex_unlock (&self->lock);
    return;
  }
  self->is_pending = FALSE;
  fraction = self->pending_fraction;
  seconds_left = self->pending_seconds_left;
  item = g_steal_pointer (&self->pending_item);
  g_mutex_unlock (&self->lock);

  self->fraction = fraction;
  self->seconds_left = seconds_left;
  g_free (self->item);
  self->item = g_steal_pointer (&item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_LEFT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

static gboolean
flush_in_main (gpointer self)
{
  sae_job_flush (self);
  return G_SOURCE_REMOVE;
}

/* Joins the thread, settles the state; TRUE the first time. */
static gboolean
sae_job_settle (SaeJob *self)
{
  if (!self->thread)
    return FALSE;
  g_thread_join (g_steal_pointer (&self->thread));
  sae_job_flush (self);
  if (self->succeeded)
    self->state = SAE_JOB_DONE;
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->state = SAE_JOB_CANCELLED;
  else
    self->state = SAE_JOB_FAILED;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  return TRUE;
}

static gboolean
finish_in_main (gpointer data)
{
  SaeJob *self = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (sae_job_settle (self) && self->done && (owner || !self->has_owner))
    self->done (self, owner);
  return G_SOURCE_REMOVE;
}

/* The window goes before its jobs where they want the processor at once. A niceness is a
 * thread's own on Linux alone, and handed on to the threads it starts, as the engine's.
 */
static void
give_way (void)
{
#ifdef __linux__
  setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + SAE_JOB_NICENESS);
#endif
}

static gpointer
sae_job_run (gpointer data)
{
  SaeJob *self = data; /* the thread's reference, handed on to the last idle */

  give_way ();
  self->succeeded = self->function (self, self->input, &self->result, &self->error);
  g_warn_if_fail (self->succeeded || self->error);
  if (self->input && self->input_free)
    self->input_free (g_steal_pointer (&self->input));
  g_idle_add_full (G_PRIORITY_DEFAULT, finish_in_main, self, g_object_unref);
  return NULL;
}

SaeJob *
sae_job_start (SaeJobKind kind, SaeJobFunc function, gpointer input,
               GDestroyNotify input_free, GDestroyNotify result_free, SaeJobDone done,
               GObject *owner)
{
  SaeJob *self = g_object_new (SAE_TYPE_JOB, NULL);

  self->kind = kind;
  self->function = function;
  self->input = input;
  self->input_free = input_free;
  self->result_free = result_free;
  self->done = done;
  self->has_owner = owner != NULL;
  g_weak_ref_set (&self->owner, owner);
  self->thread = g_thread_new ("sae-job", sae_job_run, g_object_ref (self));
  return self;
}

SaeJobKind
sae_job_get_kind (SaeJob *self)
{
  return self->kind;
}

SaeJobState
sae_job_get_state (SaeJob *self)
{
  return self->state;
}

double
sae_job_get_fraction (SaeJob *self)
{
  return self->fraction;
}

const char *
sae_job_get_item (SaeJob *self)
{
  return self->item;
}

double
sae_job_get_seconds_left (SaeJob *self)
{
  return self->seconds_left;
}

const GError *
sae_job_get_error (SaeJob *self)
{
  return self->state == SAE_JOB_RUNNING ? NULL : self->error;
}

gpointer
sae_job_steal_result (SaeJob *self)
{
  g_return_val_if_fail (self->state != SAE_JOB_RUNNING, NULL);
  return g_steal_pointer (&self->result);
}

void
sae_job_cancel (SaeJob *self)
{
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->lock);
}

void
sae_job_set_paused (SaeJob *self, gboolean paused)
{
  if (self->is_paused == !!paused)
    return;
  g_mutex_lock (&self->lock);
  self->is_paused = !!paused;
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->lock);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

gboolean
sae_job_get_paused (SaeJob *self)
{
  return self->is_paused;
}

gboolean
sae_job_go_on (SaeJob *self)
{
  g_mutex_lock (&self->lock);
  while (self->is_paused && !g_cancellable_is_cancelled (self->cancellable))
    g_cond_wait (&self->resumed, &self->lock);
  g_mutex_unlock (&self->lock);
  return !g_cancellable_is_cancelled (self->cancellable);
}

void
sae_job_cancel_and_wait (SaeJob *self)
{
  g_object_ref (self); /* a handler of the state's change may drop it */
  sae_job_cancel (self);
  sae_job_settle (self);
  g_object_unref (self);
}

gboolean
sae_job_is_cancelled (SaeJob *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

GCancellable *
sae_job_get_cancellable (SaeJob *self)
{
  return self->cancellable;
}

void
sae_job_report (SaeJob *self, double fraction, const char *item, double seconds_left)
{
  gboolean was_pending;

  g_mutex_lock (&self->lock);
  was_pending = self->is_pending;
  self->is_pending = TRUE;
  self->pending_fraction = CLAMP (fraction, -1, 1);
  self->pending_seconds_left = seconds_left >= 0 ? seconds_left : -1; /* NAN too */
  g_free (self->pending_item);
  self->pending_item = g_strdup (item);
  g_mutex_unlock (&self->lock);

  if (!was_pending)
    g_idle_add_full (G_PRIORITY_LOW, flush_in_main, g_object_ref (self), g_object_unref);
}

bool
sae_job_progress (const SeismicProgress *progress, void *job)
{
  double fraction =
      progress->total ? (double)progress->done / (double)progress->total : -1;

  sae_job_report (job, fraction, progress->item, -1);
  return !sae_job_is_cancelled (job);
}
