#include "session/download.h"

#include <math.h>

/* What a worker last told of one event. */
typedef struct {
  SeismicDownloadState state;
  guint64 n_bytes, n_total;
  GError *reason; /* owned */
} Update;

struct _SaeDownload {
  GObject parent_instance;

  /* Owned, main thread */
  SaeJob *job;
  char *server;
  GListStore *items;
  GHashTable *items_by_id; /* id, borrowed of the item → SaeDownloadItem, borrowed */
  SaeDownloadTotals totals;

  /* Atomic */
  int paused;

  /* Under lock */
  GMutex lock;
  GPtrArray *pending_plan;     /* SeismicEvent; or NULL */
  GHashTable *pending_updates; /* id → Update */
  SaeDownloadTotals pending_totals;
  gboolean is_pending;
};

G_DEFINE_FINAL_TYPE (SaeDownload, sae_download, G_TYPE_OBJECT)

enum { PROP_0, PROP_PAUSED, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
update_free (gpointer data)
{
  Update *update = data;

  g_clear_error (&update->reason);
  g_free (update);
}

static GHashTable *
new_updates (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, update_free);
}

static void
sae_download_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PAUSED)
    g_value_set_boolean (value, sae_download_get_paused (SAE_DOWNLOAD (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_download_set_property (GObject *object, guint id, const GValue *value,
                           GParamSpec *pspec)
{
  if (id == PROP_PAUSED)
    sae_download_set_paused (SAE_DOWNLOAD (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_download_finalize (GObject *object)
{
  SaeDownload *self = SAE_DOWNLOAD (object);

  g_clear_object (&self->job);
  g_free (self->server);
  g_hash_table_unref (self->items_by_id);
  g_object_unref (self->items);
  g_clear_pointer (&self->pending_plan, g_ptr_array_unref);
  g_hash_table_unref (self->pending_updates);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (sae_download_parent_class)->finalize (object);
}

static void
sae_download_class_init (SaeDownloadClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_download_get_property;
  object_class->set_property = sae_download_set_property;
  object_class->finalize = sae_download_finalize;
  properties[PROP_PAUSED] = g_param_spec_boolean (
      "paused", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_DOWNLOAD, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_download_init (SaeDownload *self)
{
  g_mutex_init (&self->lock);
  self->items = g_list_store_new (SAE_TYPE_DOWNLOAD_ITEM);
  self->items_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->pending_updates = new_updates ();
  self->totals.bytes_per_second = self->totals.seconds_left = NAN;
  self->pending_totals = self->totals;
}

SaeDownload *
sae_download_new (const char *server)
{
  SaeDownload *self = g_object_new (SAE_TYPE_DOWNLOAD, NULL);

  self->server = g_strdup (server);
  return self;
}

SaeJob *
sae_download_get_job (SaeDownload *self)
{
  return self->job;
}

static void
on_job_state (SaeDownload *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
sae_download_set_job (SaeDownload *self, SaeJob *job)
{
  g_set_object (&self->job, job);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (on_job_state), self,
                           G_CONNECT_SWAPPED);
}

gboolean
sae_download_is_running (SaeDownload *self)
{
  return sae_job_get_state (self->job) == SAE_JOB_RUNNING;
}

GListModel *
sae_download_get_items (SaeDownload *self)
{
  return G_LIST_MODEL (self->items);
}

const char *
sae_download_get_server (SaeDownload *self)
{
  return self->server;
}

gboolean
sae_download_get_paused (SaeDownload *self)
{
  return g_atomic_int_get (&self->paused) != 0;
}

void
sae_download_set_paused (SaeDownload *self, gboolean paused)
{
  if (sae_download_get_paused (self) == !!paused)
    return;
  g_atomic_int_set (&self->paused, !!paused);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  g_signal_emit (self, signals[CHANGED], 0);
}

const int *
sae_download_get_pause_flag (SaeDownload *self)
{
  return &self->paused;
}

SaeDownloadTotals
sae_download_get_totals (SaeDownload *self)
{
  return self->totals;
}

static void
show_plan (SaeDownload *self, GPtrArray *plan)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < plan->len; i++) {
    SaeDownloadItem *item = sae_download_item_new (g_ptr_array_index (plan, i));

    g_ptr_array_add (items, item);
    g_hash_table_insert (self->items_by_id, sae_download_item_get_event (item)->id, item);
  }
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
}

void
sae_download_flush (SaeDownload *self)
{
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GHashTable) updates = NULL;
  GHashTableIter iter;
  gpointer id, value;

  g_mutex_lock (&self->lock);
  if (!self->is_pending) {
    g_mutex_unlock (&self->lock);
    return;
  }
  self->is_pending = FALSE;
  plan = g_steal_pointer (&self->pending_plan);
  updates = self->pending_updates;
  self->pending_updates = new_updates ();
  self->totals = self->pending_totals;
  g_mutex_unlock (&self->lock);

  if (plan)
    show_plan (self, plan);
  g_hash_table_iter_init (&iter, updates);
  while (g_hash_table_iter_next (&iter, &id, &value)) {
    SaeDownloadItem *item = g_hash_table_lookup (self->items_by_id, id);
    const Update *update = value;

    if (item)
      sae_download_item_update (item, update->state, update->n_bytes, update->n_total,
                                update->reason);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
flush_in_main (gpointer self)
{
  sae_download_flush (self);
  return G_SOURCE_REMOVE;
}

/* To be called with the lock held; at most one idle is pending. */
static void
queue_flush (SaeDownload *self)
{
  if (!self->is_pending)
    g_idle_add_full (G_PRIORITY_LOW, flush_in_main, g_object_ref (self), g_object_unref);
  self->is_pending = TRUE;
}

void
sae_download_post_plan (SaeDownload *self, GPtrArray *events)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->pending_plan, g_ptr_array_unref);
  self->pending_plan = events;
  self->pending_totals.n_events = events->len;
  queue_flush (self);
  g_mutex_unlock (&self->lock);
}

void
sae_download_post (SaeDownload *self, const SeismicDownloadProgress *progress)
{
  Update *update = g_new0 (Update, 1);

  update->state = progress->state;
  update->n_bytes = progress->n_bytes;
  update->n_total = progress->n_total;
  update->reason = progress->reason ? g_error_copy (progress->reason) : NULL;
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->pending_updates, g_strdup (progress->event_id), update);
  self->pending_totals = (SaeDownloadTotals){
      .n_done = progress->n_done,
      .n_no_data = progress->n_no_data,
      .n_failed = progress->n_failed,
      .n_events = progress->n_events,
      .n_bytes = progress->n_bytes_all,
      .bytes_per_second = progress->bytes_per_second,
      .seconds_left = progress->seconds_left,
  };
  queue_flush (self);
  g_mutex_unlock (&self->lock);
}
