#include "app/preview-column.h"

#include "app/signal-preview.h"
#include "session/signal-item.h"
#include <glib/gi18n.h>

/* A scroll brings many new rows at once; they are asked for together. */
#define GATHER_MS 20

typedef struct {
  GtkColumnView *view;   /* borrowed; NULL once it is gone */
  SaePreviews *previews; /* owned */
  GHashTable *bound;     /* set of SaeSignalPreview, borrowed */
  GtkAdjustment *scroll; /* owned; NULL until a row is bound */
  guint source;          /* 0 when none is pending */
} PreviewColumn;

/* A picture that is wanted, and how far it is from what is in sight. */
typedef struct {
  const char *id;
  double away, y;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = a, *second = b;

  if (first->away != second->away)
    return first->away < second->away ? -1 : 1;
  return (first->y > second->y) - (first->y < second->y);
}

/* FALSE: it has no place yet. */
static gboolean
append_place (PreviewColumn *self, GtkWidget *preview, GArray *places)
{
  GtkWidget *frame = GTK_WIDGET (self->view);
  double height = gtk_widget_get_height (frame);
  graphene_rect_t bounds;
  Place place = {.id = sae_signal_preview_get_id (SAE_SIGNAL_PREVIEW (preview))};

  if (!gtk_widget_get_mapped (preview))
    return TRUE;
  if (gtk_widget_get_height (preview) == 0 ||
      !gtk_widget_compute_bounds (preview, frame, &bounds))
    return FALSE;
  place.y = bounds.origin.y;
  if (place.y + bounds.size.height < 0)
    place.away = -place.y;
  else if (place.y > height)
    place.away = place.y - height;
  if (place.away <= height)
    g_array_append_val (places, place);
  return TRUE;
}

static void queue_want (PreviewColumn *self);

static gboolean
want_when_idle (gpointer user_data)
{
  PreviewColumn *self = user_data;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer preview;

  self->source = 0;
  if (!self->view)
    return G_SOURCE_REMOVE;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &preview, NULL))
    if (!sae_signal_preview_is_shown (preview) && !append_place (self, preview, places))
      queue_want (self);
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (ids, (gpointer)g_array_index (places, Place, i).id);
  g_ptr_array_add (ids, NULL);
  sae_previews_want (self->previews, (const char *const *)ids->pdata);
  return G_SOURCE_REMOVE;
}

static void
queue_want (PreviewColumn *self)
{
  if (!self->source)
    self->source = g_timeout_add (GATHER_MS, want_when_idle, self);
}

static void
on_ready (PreviewColumn *self, const char *id)
{
  GHashTableIter iter;
  gpointer preview;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &preview, NULL))
    if (g_strcmp0 (sae_signal_preview_get_id (preview), id) == 0)
      sae_signal_preview_show (preview, sae_previews_get (self->previews, id));
}

/* The view is in its scrolled window by the time rows are bound. */
static void
follow_scrolling (PreviewColumn *self)
{
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (self->scroll || !scroll)
    return;
  self->scroll = g_object_ref (scroll);
  g_signal_connect_swapped (scroll, "value-changed", G_CALLBACK (queue_want), self);
  g_signal_connect_swapped (scroll, "changed", G_CALLBACK (queue_want), self);
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer unused)
{
  gtk_list_item_set_child (cell, sae_signal_preview_new ());
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, PreviewColumn *self)
{
  GtkTreeListRow *row = gtk_list_item_get_item (cell);
  g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);
  SaeSignalPreview *preview = SAE_SIGNAL_PREVIEW (gtk_list_item_get_child (cell));
  gboolean is_signal = SAE_IS_SIGNAL_ITEM (item);
  const char *id = is_signal ? sae_signal_item_get_id (SAE_SIGNAL_ITEM (item)) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (preview), is_signal);
  sae_signal_preview_set_id (preview, id);
  if (!id)
    return;
  follow_scrolling (self);
  g_hash_table_add (self->bound, preview);
  sae_signal_preview_show (preview, sae_previews_get (self->previews, id));
  if (!sae_signal_preview_is_shown (preview))
    queue_want (self);
}

static void
unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, PreviewColumn *self)
{
  g_hash_table_remove (self->bound, gtk_list_item_get_child (cell));
}

static void
preview_column_free (gpointer data, GClosure *closure)
{
  PreviewColumn *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->scroll)
    g_signal_handlers_disconnect_by_data (self->scroll, self);
  g_clear_object (&self->scroll);
  if (self->view)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_weak_pointer (&self->view);
  g_signal_handlers_disconnect_by_data (self->previews, self);
  g_object_unref (self->previews);
  g_hash_table_unref (self->bound);
  g_free (self);
}

GtkColumnViewColumn *
sae_preview_column_new (GtkColumnView *view, SaePreviews *previews)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  PreviewColumn *self = g_new0 (PreviewColumn, 1);

  g_set_weak_pointer (&self->view, view);
  self->previews = g_object_ref (previews);
  self->bound = g_hash_table_new (NULL, NULL);
  /* What was bound while nobody could see it, in a folded side. */
  g_signal_connect_swapped (view, "map", G_CALLBACK (queue_want), self);
  g_signal_connect_swapped (previews, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), self);
  /* The factory is the last that knows the column. */
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cell), self,
                         preview_column_free, 0);
  return gtk_column_view_column_new (_ ("Waveform"), factory);
}
