#include "session/event-item.h"

struct _SaeEventItem {
  GObject parent_instance;

  /* Owned */
  SeismicEvent *event;
  guint n_signals;
  gboolean synthetic;
  guint64 n_bytes;
  SeismicDownloadNote *note; /* or NULL */
};

G_DEFINE_FINAL_TYPE (SaeEventItem, sae_event_item, G_TYPE_OBJECT)

static void
sae_event_item_finalize (GObject *object)
{
  seismic_event_free (SAE_EVENT_ITEM (object)->event);
  seismic_download_note_free (SAE_EVENT_ITEM (object)->note);
  G_OBJECT_CLASS (sae_event_item_parent_class)->finalize (object);
}

static void
sae_event_item_class_init (SaeEventItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_event_item_finalize;
}

static void
sae_event_item_init (SaeEventItem *self)
{
}

SaeEventItem *
sae_event_item_new (const SeismicEvent *event, guint n_signals, gboolean synthetic)
{
  SaeEventItem *self = g_object_new (SAE_TYPE_EVENT_ITEM, NULL);

  self->event = seismic_event_copy (event);
  self->n_signals = n_signals;
  self->synthetic = synthetic;
  return self;
}

const SeismicEvent *
sae_event_item_get_event (SaeEventItem *self)
{
  return self->event;
}

guint
sae_event_item_get_n_signals (SaeEventItem *self)
{
  return self->n_signals;
}

gboolean
sae_event_item_get_synthetic (SaeEventItem *self)
{
  return self->synthetic;
}

void
sae_event_item_set_records (SaeEventItem *self, guint64 n_bytes,
                            const SeismicDownloadNote *note)
{
  self->n_bytes = n_bytes;
  seismic_download_note_free (self->note);
  self->note = note ? seismic_download_note_copy (note) : NULL;
}

guint64
sae_event_item_get_bytes (SaeEventItem *self)
{
  return self->n_bytes;
}

SeismicDownloadState
sae_event_item_get_state (SaeEventItem *self)
{
  return self->note ? self->note->state : SEISMIC_DOWNLOAD_WAITING;
}

gboolean
sae_event_item_is_open (SaeEventItem *self, const char *server)
{
  return !self->synthetic &&
         (!self->note || seismic_download_asks_again (self->note, server));
}
