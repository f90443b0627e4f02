#include "app/catalog-page.h"

#include "app/format.h"
#include "session/event-item.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeCatalogPage {
  SaePage parent_instance;

  /* Template widgets */
  GtkColumnView *table;
  GtkSingleSelection *selection;
  GtkSortListModel *sorted;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (SaeCatalogPage, sae_catalog_page, SAE_TYPE_PAGE)

/* One column: what a cell says, and how rows compare. */
typedef struct {
  const char *title;
  gboolean numeric, expand, with_badge;
  char *(*text) (SaeEventItem *item);
  int (*compare) (SaeEventItem *a, SaeEventItem *b);
} Column;

static char *
time_text (SaeEventItem *item)
{
  return sae_format_time (sae_event_item_get_event (item)->time_ns, 0);
}

static char *
magnitude_text (SaeEventItem *item)
{
  return sae_format_number (sae_event_item_get_event (item)->magnitude, 1);
}

static char *
type_text (SaeEventItem *item)
{
  return g_strdup (sae_format_event_type (sae_event_item_get_event (item)->type));
}

static char *
depth_text (SaeEventItem *item)
{
  return sae_format_number (sae_event_item_get_event (item)->depth_km, 1);
}

static char *
place_text (SaeEventItem *item)
{
  return g_strdup (sae_format_event_place (sae_event_item_get_event (item)));
}

static char *
n_signals_text (SaeEventItem *item)
{
  return sae_format_number (sae_event_item_get_n_signals (item), 0);
}

/* NAN before every number. */
static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (b) - isnan (a);
  return (a > b) - (a < b);
}

static int
compare_times (SaeEventItem *a, SaeEventItem *b)
{
  int64_t time_a = sae_event_item_get_event (a)->time_ns;
  int64_t time_b = sae_event_item_get_event (b)->time_ns;

  return (time_a > time_b) - (time_a < time_b);
}

static int
compare_magnitudes (SaeEventItem *a, SaeEventItem *b)
{
  return compare_numbers (sae_event_item_get_event (a)->magnitude,
                          sae_event_item_get_event (b)->magnitude);
}

static int
compare_types (SaeEventItem *a, SaeEventItem *b)
{
  return g_utf8_collate (sae_format_event_type (sae_event_item_get_event (a)->type),
                         sae_format_event_type (sae_event_item_get_event (b)->type));
}

static int
compare_depths (SaeEventItem *a, SaeEventItem *b)
{
  return compare_numbers (sae_event_item_get_event (a)->depth_km,
                          sae_event_item_get_event (b)->depth_km);
}

static int
compare_places (SaeEventItem *a, SaeEventItem *b)
{
  return g_utf8_collate (sae_format_event_place (sae_event_item_get_event (a)),
                         sae_format_event_place (sae_event_item_get_event (b)));
}

static int
compare_n_signals (SaeEventItem *a, SaeEventItem *b)
{
  return compare_numbers (sae_event_item_get_n_signals (a),
                          sae_event_item_get_n_signals (b));
}

static const Column columns[] = {
    {N_ ("Time (UTC)"), FALSE, FALSE, FALSE, time_text, compare_times},
    {N_ ("Magnitude"), TRUE, FALSE, FALSE, magnitude_text, compare_magnitudes},
    {N_ ("Type"), FALSE, FALSE, FALSE, type_text, compare_types},
    {N_ ("Depth (km)"), TRUE, FALSE, FALSE, depth_text, compare_depths},
    {N_ ("Place"), FALSE, TRUE, TRUE, place_text, compare_places},
    {N_ ("Signals"), TRUE, FALSE, FALSE, n_signals_text, compare_n_signals},
};

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *badge;

  gtk_label_set_xalign (GTK_LABEL (label), column->numeric ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column->expand ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (label, column->numeric);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  if (column->with_badge) {
    badge = gtk_label_new (_ ("Synthetic"));
    gtk_widget_add_css_class (badge, "badge");
    gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), badge);
  }
  gtk_list_item_set_child (cell, box);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  SaeEventItem *item = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (cell));
  GtkWidget *badge = gtk_widget_get_next_sibling (label);
  g_autofree char *text = column->text (item);

  gtk_label_set_label (GTK_LABEL (label), text);
  if (badge)
    gtk_widget_set_visible (badge, sae_event_item_get_synthetic (item));
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer column)
{
  return ((const Column *)column)->compare ((SaeEventItem *)a, (SaeEventItem *)b);
}

static void
add_columns (SaeCatalogPage *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = NULL;
    g_autoptr (GtkSorter) sorter =
        GTK_SORTER (gtk_custom_sorter_new (compare_items, (gpointer)&columns[i], NULL));

    g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), (gpointer)&columns[i]);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), (gpointer)&columns[i]);
    column = gtk_column_view_column_new (_ (columns[i].title), factory);
    gtk_column_view_column_set_sorter (column, sorter);
    gtk_column_view_column_set_expand (column, columns[i].expand);
    gtk_column_view_column_set_resizable (column, TRUE);
    gtk_column_view_append_column (self->table, column);
    if (i == 0)
      gtk_column_view_sort_by_column (self->table, column, GTK_SORT_DESCENDING);
  }
}

static void
show_records (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeCatalogPage *self = SAE_CATALOG_PAGE (widget);
  SaeEventItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item && sae_event_item_get_n_signals (item) > 0)
    gtk_widget_activate_action (widget, "win.show-event", "s",
                                sae_event_item_get_event (item)->id);
}

static void
on_activate (SaeCatalogPage *self)
{
  show_records (GTK_WIDGET (self), NULL, NULL);
}

static void
on_selected (SaeCatalogPage *self)
{
  SaeEventItem *item = gtk_single_selection_get_selected_item (self->selection);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.show-records",
                                 item && sae_event_item_get_n_signals (item) > 0);
}

static void
update_count (SaeCatalogPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  guint n_events = g_list_model_get_n_items (sae_session_get_events (session));
  guint n_signals = g_list_model_get_n_items (sae_session_get_signals (session));
  g_autofree char *events =
      g_strdup_printf (ngettext ("%'u event", "%'u events", n_events), n_events);
  g_autofree char *signals =
      g_strdup_printf (ngettext ("%'u signal", "%'u signals", n_signals), n_signals);
  /* Translators: "40 events, 120 signals" */
  g_autofree char *text = g_strdup_printf (_ ("%s, %s"), events, signals);

  gtk_label_set_label (self->count, text);
}

static GtkWidget *
sae_catalog_page_get_focus (SaePage *page)
{
  /* Its rows, not its header. */
  return gtk_widget_get_last_child (GTK_WIDGET (SAE_CATALOG_PAGE (page)->table));
}

static GListModel *
sae_catalog_page_get_items (SaeSession *session)
{
  return sae_session_get_events (session);
}

static void
sae_catalog_page_session_set (SaePage *page, SaeSession *session)
{
  SaeCatalogPage *self = SAE_CATALOG_PAGE (page);
  GListModel *events = sae_session_get_events (session);
  GListModel *signals = sae_session_get_signals (session);

  gtk_sort_list_model_set_model (self->sorted, events);
  g_signal_connect_object (events, "items-changed", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (signals, "items-changed", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  update_count (self);
}

static void
sae_catalog_page_class_init (SaeCatalogPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  SAE_PAGE_CLASS (class)->get_focus = sae_catalog_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_catalog_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_catalog_page_session_set;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/catalog-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeCatalogPage, table);
  gtk_widget_class_bind_template_child (widget_class, SaeCatalogPage, selection);
  gtk_widget_class_bind_template_child (widget_class, SaeCatalogPage, sorted);
  gtk_widget_class_bind_template_child (widget_class, SaeCatalogPage, count);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_install_action (widget_class, "catalog.show-records", NULL,
                                   show_records);
}

static void
sae_catalog_page_init (SaeCatalogPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->table));
  on_selected (self);
}
