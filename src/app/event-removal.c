#include "app/event-removal.h"

#include "session/tasks.h"
#include <glib/gi18n.h>

struct _SaeEventRemoval {
  GObject parent_instance;

  /* Owned */
  SaeSession *session;
  SaeEventTable *table;
  GPtrArray *pending; /* of Removal, borrowed from their toasts; the latest last */
};

G_DEFINE_FINAL_TYPE (SaeEventRemoval, sae_event_removal, G_TYPE_OBJECT)

enum { PROP_0, PROP_CAN_UNDO, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

/* Belongs to its toast. */
typedef struct {
  SaeEventRemoval *self; /* owned */
  char **ids;            /* owned */
  char *folder;          /* owned; of the library they are in */
  AdwToast *toast;       /* borrowed */
  gboolean undone;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_ptr_array_remove (removal->self->pending, removal);
  g_object_notify_by_pspec (G_OBJECT (removal->self), properties[PROP_CAN_UNDO]);
  g_object_unref (removal->self);
  g_strfreev (removal->ids);
  g_free (removal->folder);
  g_free (removal);
}

static void
list_again (SaeEventTable *table, char **ids)
{
  sae_event_table_set_hidden (table, (const char *const *)ids, FALSE);
}

static void
undo (AdwToast *toast, Removal *removal)
{
  removal->undone = TRUE;
  list_again (removal->self->table, removal->ids);
}

static gboolean
is_downloading (SaeSession *session, char **ids)
{
  SaeDownload *download = sae_session_get_download (session);
  GListModel *items = NULL;

  if (!download || !sae_download_is_running (download))
    return FALSE;
  items = sae_download_get_items (download);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeDownloadItem) item = g_list_model_get_item (items, i);

    if (g_strv_contains ((const char *const *)ids,
                         sae_download_item_get_event (item)->id))
      return TRUE;
  }
  return FALSE;
}

/* Why those events cannot be removed now, or NULL. */
static const char *
find_hindrance (SaeEventRemoval *self, char **ids)
{
  if (sae_session_get_training (self->session))
    return _ ("Nothing can be removed while the network trains on it: stop the training "
              "first");
  if (is_downloading (self->session, ids))
    return _ ("What is being downloaded cannot be removed: cancel the download first");
  return NULL;
}

static void
show_toast (SaeEventRemoval *self, AdwToast *toast)
{
  GtkWidget *overlay =
      gtk_widget_get_ancestor (GTK_WIDGET (self->table), ADW_TYPE_TOAST_OVERLAY);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* Removed or not, what the library still has is listed, now or when it is found again. */
static void
on_removed (SaeJob *job, GParamSpec *pspec, SaeEventTable *table)
{
  list_again (table, g_object_get_data (G_OBJECT (job), "removed-ids"));
}

static void
finish (AdwToast *toast, Removal *removal)
{
  SaeEventRemoval *self = removal->self;
  const char *hindrance = NULL;
  SaeJob *job;

  if (removal->undone)
    return;
  if (!gtk_widget_get_root (GTK_WIDGET (self->table)) ||
      g_strcmp0 (removal->folder, sae_session_get_folder (self->session)) != 0) {
    list_again (self->table, removal->ids);
    return;
  }
  hindrance = find_hindrance (self, removal->ids);
  if (hindrance) {
    list_again (self->table, removal->ids);
    show_toast (self, adw_toast_new (hindrance));
    return;
  }
  job = sae_tasks_remove_events (self->session, (const char *const *)removal->ids);
  g_object_set_data_full (G_OBJECT (job), "removed-ids", g_steal_pointer (&removal->ids),
                          (GDestroyNotify)g_strfreev);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (on_removed), self->table, 0);
}

void
sae_event_removal_start (SaeEventRemoval *self)
{
  g_auto (GStrv) ids = sae_event_table_dup_chosen (self->table);
  const char *hindrance = find_hindrance (self, ids);
  guint n = g_strv_length (ids);
  g_autofree char *text = NULL;
  Removal *removal;

  if (n == 0)
    return;
  if (hindrance) {
    show_toast (self, adw_toast_new (hindrance));
    return;
  }
  text = g_strdup_printf (ngettext ("%u event removed", "%u events removed", n), n);
  removal = g_new0 (Removal, 1);
  removal->self = g_object_ref (self);
  removal->ids = g_steal_pointer (&ids);
  removal->folder = g_strdup (sae_session_get_folder (self->session));
  removal->toast = adw_toast_new (text);
  adw_toast_set_button_label (removal->toast, _ ("_Undo"));
  g_signal_connect (removal->toast, "button-clicked", G_CALLBACK (undo), removal);
  g_signal_connect_data (removal->toast, "dismissed", G_CALLBACK (finish), removal,
                         removal_free, 0);
  g_ptr_array_add (self->pending, removal);
  sae_event_table_set_hidden (self->table, (const char *const *)removal->ids, TRUE);
  show_toast (self, removal->toast);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
}

gboolean
sae_event_removal_get_can_undo (SaeEventRemoval *self)
{
  return self->pending->len > 0;
}

void
sae_event_removal_undo (SaeEventRemoval *self)
{
  Removal *removal = NULL;

  if (self->pending->len == 0)
    return;
  removal = self->pending->pdata[self->pending->len - 1];
  undo (removal->toast, removal);
  adw_toast_dismiss (removal->toast); /* which frees the removal */
}

SaeEventRemoval *
sae_event_removal_new (SaeSession *session, SaeEventTable *table)
{
  SaeEventRemoval *self = g_object_new (SAE_TYPE_EVENT_REMOVAL, NULL);

  self->session = g_object_ref (session);
  self->table = g_object_ref (table);
  return self;
}

static void
sae_event_removal_get_property (GObject *object, guint id, GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_CAN_UNDO)
    g_value_set_boolean (value,
                         sae_event_removal_get_can_undo (SAE_EVENT_REMOVAL (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_event_removal_finalize (GObject *object)
{
  SaeEventRemoval *self = SAE_EVENT_REMOVAL (object);

  g_clear_object (&self->session);
  g_clear_object (&self->table);
  g_ptr_array_unref (self->pending);
  G_OBJECT_CLASS (sae_event_removal_parent_class)->finalize (object);
}

static void
sae_event_removal_class_init (SaeEventRemovalClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_event_removal_get_property;
  object_class->finalize = sae_event_removal_finalize;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean (
      "can-undo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_event_removal_init (SaeEventRemoval *self)
{
  self->pending = g_ptr_array_new ();
}
