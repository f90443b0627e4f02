#include "app/event-table-columns.h"

#include "app/format.h"
#include "session/event-item.h"
#include <glib/gi18n.h>
#include <math.h>

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
  return sae_format_event_place (sae_event_item_get_event (item));
}

/* What is on disk, or why nothing is. */
static char *
records_text (SaeEventItem *item)
{
  if (sae_event_item_get_bytes (item) > 0)
    return g_format_size (sae_event_item_get_bytes (item));
  switch (sae_event_item_get_state (item)) {
  case SEISMIC_DOWNLOAD_NO_DATA:
    return g_strdup (_ ("None there"));
  case SEISMIC_DOWNLOAD_FAILED:
    return g_strdup (_ ("Failed"));
  case SEISMIC_DOWNLOAD_WAITING:
  case SEISMIC_DOWNLOAD_RUNNING:
  case SEISMIC_DOWNLOAD_DONE:
  default:
    return g_strdup ("–");
  }
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
  g_autofree char *first = sae_format_event_place (sae_event_item_get_event (a));
  g_autofree char *second = sae_format_event_place (sae_event_item_get_event (b));

  return g_utf8_collate (first, second);
}

static int
compare_n_signals (SaeEventItem *a, SaeEventItem *b)
{
  return compare_numbers (sae_event_item_get_n_signals (a),
                          sae_event_item_get_n_signals (b));
}

static int
compare_records (SaeEventItem *a, SaeEventItem *b)
{
  int by_size = compare_numbers ((double)sae_event_item_get_bytes (a),
                                 (double)sae_event_item_get_bytes (b));

  return by_size ? by_size
                 : (int)sae_event_item_get_state (a) - (int)sae_event_item_get_state (b);
}

/* In a narrow window the last is the first that is scrolled to. */
static const Column columns[] = {
    {N_ ("Time (UTC)"), FALSE, FALSE, FALSE, time_text, compare_times},
    /* Translators: short for magnitude */
    {N_ ("M"), TRUE, FALSE, FALSE, magnitude_text, compare_magnitudes},
    {N_ ("Type"), FALSE, FALSE, FALSE, type_text, compare_types},
    {N_ ("Place"), FALSE, TRUE, TRUE, place_text, compare_places},
    {N_ ("On disk"), TRUE, FALSE, FALSE, records_text, compare_records},
    {N_ ("Signals"), TRUE, FALSE, FALSE, n_signals_text, compare_n_signals},
    {N_ ("Depth (km)"), TRUE, FALSE, FALSE, depth_text, compare_depths},
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
  if (column->expand)
    gtk_label_set_width_chars (GTK_LABEL (label), 16);
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
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (cell)), "list-item", cell);
  if (badge)
    gtk_widget_set_visible (badge, sae_event_item_get_synthetic (item));
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer column)
{
  return ((const Column *)column)->compare ((SaeEventItem *)a, (SaeEventItem *)b);
}

void
sae_event_table_add_columns (GtkColumnView *table)
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
    gtk_column_view_append_column (table, column);
    if (i == 0)
      gtk_column_view_sort_by_column (table, column, GTK_SORT_DESCENDING);
  }
}

/* The list item of a cell's child, which is widget, or the first below it. */
static GtkListItem *
list_item_at (GtkWidget *widget)
{
  for (int depth = 0; widget && depth < 3; depth++) {
    GtkListItem *cell = g_object_get_data (G_OBJECT (widget), "list-item");

    if (cell)
      return cell;
    widget = gtk_widget_get_first_child (widget);
  }
  return NULL;
}

GtkWidget *
sae_event_table_get_list (GtkColumnView *table)
{
  return gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (table)));
}

guint
sae_event_table_row_at (GtkColumnView *table, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (table), x, y, GTK_PICK_DEFAULT);
  GtkWidget *rows = sae_event_table_get_list (table);

  for (; widget && widget != rows && widget != GTK_WIDGET (table);
       widget = gtk_widget_get_parent (widget)) {
    GtkListItem *cell = list_item_at (widget);

    if (cell)
      return gtk_list_item_get_position (cell);
  }
  return GTK_INVALID_LIST_POSITION;
}
