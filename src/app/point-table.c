#include "app/point-table.h"

#include "app/format.h"
#include "app/point-row.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaePointTable {
  AdwBin parent_instance;

  /* Borrowed, of the child */
  GtkColumnView *view;
  GtkColumnViewColumn *value_column;

  /* Owned */
  GListStore *rows;
  GtkSingleSelection *selection;

  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SaePointTable, sae_point_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_CURRENT, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

typedef struct {
  const char *title;
  gboolean numeric, expand;
  char *(*text) (SaePointRow *row);
  int (*compare) (SaePointRow *a, SaePointRow *b);
} Column;

static char *
instrument_text (SaePointRow *row)
{
  return g_strdup (sae_point_row_get_instrument (row));
}

static char *
magnitude_text (SaePointRow *row)
{
  return sae_format_number (sae_point_row_get_info (row)->event.magnitude, 1);
}

static char *
type_text (SaePointRow *row)
{
  return g_strdup (sae_format_event_type (sae_point_row_get_info (row)->event.type));
}

static char *
date_text (SaePointRow *row)
{
  return sae_format_date (sae_point_row_get_info (row)->event.time_ns);
}

static char *
distance_text (SaePointRow *row)
{
  return sae_format_number (sae_point_row_get_info (row)->distance_km, 0);
}

static char *
value_text (SaePointRow *row)
{
  return sae_format_significant (sae_point_row_get_value (row), 3);
}

/* NAN after every number. */
static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static int
compare_instruments (SaePointRow *a, SaePointRow *b)
{
  return g_strcmp0 (sae_point_row_get_instrument (a), sae_point_row_get_instrument (b));
}

static int
compare_magnitudes (SaePointRow *a, SaePointRow *b)
{
  return compare_numbers (sae_point_row_get_info (a)->event.magnitude,
                          sae_point_row_get_info (b)->event.magnitude);
}

static int
compare_types (SaePointRow *a, SaePointRow *b)
{
  return g_utf8_collate (sae_format_event_type (sae_point_row_get_info (a)->event.type),
                         sae_format_event_type (sae_point_row_get_info (b)->event.type));
}

static int
compare_dates (SaePointRow *a, SaePointRow *b)
{
  int64_t left = sae_point_row_get_info (a)->event.time_ns;
  int64_t right = sae_point_row_get_info (b)->event.time_ns;

  return (left > right) - (left < right);
}

static int
compare_distances (SaePointRow *a, SaePointRow *b)
{
  return compare_numbers (sae_point_row_get_info (a)->distance_km,
                          sae_point_row_get_info (b)->distance_km);
}

static int
compare_values (SaePointRow *a, SaePointRow *b)
{
  return compare_numbers (sae_point_row_get_value (a), sae_point_row_get_value (b));
}

/* The last is that of the values. */
static const Column columns[] = {
    {N_ ("Signal"), FALSE, TRUE, instrument_text, compare_instruments},
    /* Translators: short for magnitude */
    {N_ ("M"), TRUE, FALSE, magnitude_text, compare_magnitudes},
    {N_ ("Type"), FALSE, FALSE, type_text, compare_types},
    {N_ ("Date"), TRUE, FALSE, date_text, compare_dates},
    {N_ ("km"), TRUE, FALSE, distance_text, compare_distances},
    {"", TRUE, FALSE, value_text, compare_values},
};

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->numeric ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (column->numeric) {
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
    gtk_widget_add_css_class (label, "numeric");
  }
  gtk_list_item_set_child (cell, label);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  g_autofree char *text = column->text (gtk_list_item_get_item (cell));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (cell)), text);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer column)
{
  return ((const Column *)column)->compare ((SaePointRow *)a, (SaePointRow *)b);
}

static GtkColumnViewColumn *
add_column (SaePointTable *self, const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *added =
      gtk_column_view_column_new (*column->title ? _ (column->title) : NULL, factory);
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_rows, (gpointer)column, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), (gpointer)column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), (gpointer)column);
  gtk_column_view_column_set_sorter (added, sorter);
  gtk_column_view_column_set_expand (added, column->expand);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_append_column (self->view, added);
  g_object_unref (added);
  return added;
}

static guint
point_at (SaePointTable *self, guint position)
{
  g_autoptr (SaePointRow) row =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return row ? sae_point_row_get_point (row) : SAE_POINT_TABLE_NONE;
}

guint
sae_point_table_get_current (SaePointTable *self)
{
  return point_at (self, gtk_single_selection_get_selected (self->selection));
}

void
sae_point_table_set_current (SaePointTable *self, guint point)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position = GTK_INVALID_LIST_POSITION;

  if (point == sae_point_table_get_current (self))
    return;
  for (guint i = 0; i < n && point != SAE_POINT_TABLE_NONE; i++)
    if (point_at (self, i) == point) {
      position = i;
      break;
    }
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                                "list.scroll-to-item", "u", position);
}

guint
sae_point_table_find (SaePointTable *self, int step)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return SAE_POINT_TABLE_NONE;
  if (position == GTK_INVALID_LIST_POSITION)
    return point_at (self, step > 0 ? 0 : n - 1);
  return point_at (self, (guint)CLAMP ((gint64)position + step, 0, (gint64)n - 1));
}

guint
sae_point_table_get_n (SaePointTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

void
sae_point_table_show (SaePointTable *self, SaeSession *session, const guint *points,
                      const double *values, guint n, const char *title)
{
  const SaeProjection *projection = sae_session_get_projection (session);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; projection && i < n; i++) {
    const SeismicSignalInfo *info =
        g_ptr_array_index (projection->embedding->signals, points[i]);
    SaeSignalItem *item = sae_session_find_signal (session, info->id);

    if (item)
      g_ptr_array_add (rows,
                       sae_point_row_new (points[i], item, values ? values[i] : NAN));
  }
  gtk_column_view_column_set_visible (self->value_column, values != NULL);
  gtk_column_view_column_set_title (self->value_column, title);
  self->is_filling = TRUE;
  g_list_store_splice (self->rows, 0, sae_point_table_get_n (self), rows->pdata,
                       rows->len);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->is_filling = FALSE;
}

static void
on_selected (SaePointTable *self)
{
  if (!self->is_filling)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
sae_point_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    g_value_set_uint (value, sae_point_table_get_current (SAE_POINT_TABLE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_point_table_set_property (GObject *object, guint id, const GValue *value,
                              GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    sae_point_table_set_current (SAE_POINT_TABLE (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_point_table_dispose (GObject *object)
{
  SaePointTable *self = SAE_POINT_TABLE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (sae_point_table_parent_class)->dispose (object);
}

static void
sae_point_table_class_init (SaePointTableClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_point_table_get_property;
  object_class->set_property = sae_point_table_set_property;
  object_class->dispose = sae_point_table_dispose;
  properties[PROP_CURRENT] = g_param_spec_uint (
      "current", NULL, NULL, 0, G_MAXUINT, SAE_POINT_TABLE_NONE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_point_table_init (SaePointTable *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkSortListModel *sorted;

  self->rows = g_list_store_new (SAE_TYPE_POINT_ROW);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    self->value_column = add_column (self, &columns[i]);
  sorted =
      gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                               g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self, NULL, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), window);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
sae_point_table_new (void)
{
  return g_object_new (SAE_TYPE_POINT_TABLE, NULL);
}
