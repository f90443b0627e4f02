#include "session/download-item.h"

struct _SaeDownloadItem {
  GObject parent_instance;

  /* Owned */
  SeismicEvent *event;
  SeismicDownloadState state;
  guint64 n_bytes, n_total;
  GError *reason;
};

G_DEFINE_FINAL_TYPE (SaeDownloadItem, sae_download_item, G_TYPE_OBJECT)

enum { PROP_0, PROP_STATE, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
sae_download_item_get_property (GObject *object, guint id, GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, (int)SAE_DOWNLOAD_ITEM (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_download_item_finalize (GObject *object)
{
  SaeDownloadItem *self = SAE_DOWNLOAD_ITEM (object);

  seismic_event_free (self->event);
  g_clear_error (&self->reason);
  G_OBJECT_CLASS (sae_download_item_parent_class)->finalize (object);
}

static void
sae_download_item_class_init (SaeDownloadItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_download_item_get_property;
  object_class->finalize = sae_download_item_finalize;
  properties[PROP_STATE] = g_param_spec_int (
      "state", NULL, NULL, SEISMIC_DOWNLOAD_WAITING, SEISMIC_DOWNLOAD_FAILED,
      SEISMIC_DOWNLOAD_WAITING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_download_item_init (SaeDownloadItem *self)
{
}

SaeDownloadItem *
sae_download_item_new (const SeismicEvent *event)
{
  SaeDownloadItem *self = g_object_new (SAE_TYPE_DOWNLOAD_ITEM, NULL);

  self->event = seismic_event_copy (event);
  return self;
}

const SeismicEvent *
sae_download_item_get_event (SaeDownloadItem *self)
{
  return self->event;
}

SeismicDownloadState
sae_download_item_get_state (SaeDownloadItem *self)
{
  return self->state;
}

guint64
sae_download_item_get_bytes (SaeDownloadItem *self, guint64 *n_total)
{
  if (n_total)
    *n_total = self->n_total;
  return self->n_bytes;
}

const GError *
sae_download_item_get_reason (SaeDownloadItem *self)
{
  return self->reason;
}

void
sae_download_item_update (SaeDownloadItem *self, SeismicDownloadState state,
                          guint64 n_bytes, guint64 n_total, const GError *reason)
{
  g_autoptr (GError) copy = reason ? g_error_copy (reason) : NULL;

  self->state = state;
  self->n_bytes = n_bytes;
  self->n_total = n_total;
  g_clear_error (&self->reason);
  self->reason = g_steal_pointer (&copy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
