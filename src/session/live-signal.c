#include "session/live-signal.h"

struct _SaeLiveSignal {
  GObject parent_instance;

  /* Owned, main thread */
  char **ids;
  SaeLiveView *view;

  /* Under lock */
  GMutex lock;
  char *chosen; /* owned; written by the main thread */
  char **pending_ids;
  SaeLiveView *pending_view;
  gboolean is_scheduled;
};

G_DEFINE_FINAL_TYPE (SaeLiveSignal, sae_live_signal, G_TYPE_OBJECT)

enum { LISTED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
view_free (SaeLiveView *view)
{
  g_free (view->id);
  analysis_reconstruction_clear (&view->reconstruction);
  g_free (view);
}

static void
sae_live_signal_finalize (GObject *object)
{
  SaeLiveSignal *self = SAE_LIVE_SIGNAL (object);

  g_strfreev (self->ids);
  g_strfreev (self->pending_ids);
  g_free (self->chosen);
  g_clear_pointer (&self->view, view_free);
  g_clear_pointer (&self->pending_view, view_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (sae_live_signal_parent_class)->finalize (object);
}

static void
sae_live_signal_class_init (SaeLiveSignalClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_live_signal_finalize;
  signals[LISTED] = g_signal_new ("listed", SAE_TYPE_LIVE_SIGNAL, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_LIVE_SIGNAL, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_live_signal_init (SaeLiveSignal *self)
{
  g_mutex_init (&self->lock);
}

SaeLiveSignal *
sae_live_signal_new (void)
{
  return g_object_new (SAE_TYPE_LIVE_SIGNAL, NULL);
}

/* Under lock. */
static gboolean
is_listed (char **ids, const char *id)
{
  return ids && id && g_strv_contains ((const char *const *)ids, id);
}

static gboolean
take_pending (gpointer data)
{
  SaeLiveSignal *self = data;
  g_auto (GStrv) ids = NULL;
  SaeLiveView *view;

  g_mutex_lock (&self->lock);
  ids = g_steal_pointer (&self->pending_ids);
  view = g_steal_pointer (&self->pending_view);
  self->is_scheduled = FALSE;
  g_mutex_unlock (&self->lock);

  if (ids) {
    g_strfreev (self->ids);
    self->ids = g_steal_pointer (&ids);
    g_signal_emit (self, signals[LISTED], 0);
  }
  if (view) {
    g_clear_pointer (&self->view, view_free);
    self->view = view;
    g_signal_emit (self, signals[CHANGED], 0);
  }
  return G_SOURCE_REMOVE;
}

/* Under lock. */
static void
schedule (SaeLiveSignal *self)
{
  if (!self->is_scheduled)
    g_idle_add_full (G_PRIORITY_LOW, take_pending, g_object_ref (self), g_object_unref);
  self->is_scheduled = TRUE;
}

/* What was chosen before stays so where it is held out again. */
static void
list (const char *const *ids, void *data)
{
  SaeLiveSignal *self = data;

  g_mutex_lock (&self->lock);
  g_strfreev (self->pending_ids);
  self->pending_ids = g_strdupv ((char **)ids);
  if (!is_listed (self->pending_ids, self->chosen)) {
    g_free (self->chosen);
    self->chosen = g_strdup (ids[0]);
  }
  schedule (self);
  g_mutex_unlock (&self->lock);
}

static char *
choose (void *data)
{
  SaeLiveSignal *self = data;
  char *chosen;

  g_mutex_lock (&self->lock);
  chosen = g_strdup (self->chosen);
  g_mutex_unlock (&self->lock);
  return chosen;
}

static void
show (const char *id, double epochs, AnalysisReconstruction *reconstruction, void *data)
{
  SaeLiveSignal *self = data;
  SaeLiveView *view = g_new (SaeLiveView, 1);

  *view = (SaeLiveView){g_strdup (id), epochs, *reconstruction};
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->pending_view, view_free);
  self->pending_view = view;
  schedule (self);
  g_mutex_unlock (&self->lock);
}

AnalysisOnlooker
sae_live_signal_onlooker (SaeLiveSignal *self)
{
  return (AnalysisOnlooker){list, choose, show, self};
}

void
sae_live_signal_reset (SaeLiveSignal *self)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->pending_ids, g_strfreev);
  g_clear_pointer (&self->pending_view, view_free);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->ids, g_strfreev);
  g_clear_pointer (&self->view, view_free);
  g_signal_emit (self, signals[LISTED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *const *
sae_live_signal_get_ids (SaeLiveSignal *self)
{
  return (const char *const *)self->ids;
}

const char *
sae_live_signal_get_chosen (SaeLiveSignal *self)
{
  return self->ids ? self->chosen : NULL;
}

void
sae_live_signal_choose (SaeLiveSignal *self, const char *id)
{
  if (!is_listed (self->ids, id))
    return;
  g_mutex_lock (&self->lock);
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  g_mutex_unlock (&self->lock);
}

const SaeLiveView *
sae_live_signal_get_view (SaeLiveSignal *self)
{
  return self->view;
}
