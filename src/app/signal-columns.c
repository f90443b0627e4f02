#include "app/signal-columns.h"

#include "app/format.h"
#include "app/preview-column.h"
#include "app/quality-text.h"
#include "app/signal-row.h"
#include "session/event-item.h"
#include "session/signal-item.h"
#include <glib/gi18n.h>
#include <math.h>

/* One column: what a cell says of a signal, and how signals compare. */
typedef struct {
  const char *name, *title;
  int width;         /* px at first; -1: as its cells need */
  gboolean at_first; /* FALSE: hidden until it is asked for */
  char *(*text) (SaeSignalItem *item);
  char *(*event_text) (const SeismicEvent *event); /* where all signals of one agree */
  int (*compare) (SaeSignalItem *a, SaeSignalItem *b);
} Column;

/* Unknown numbers before all others. */
static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (b) - isnan (a);
  return (a > b) - (a < b);
}

static int
compare_records (SaeSignalItem *a, SaeSignalItem *b)
{
  return g_strcmp0 (sae_signal_item_get_instrument (a),
                    sae_signal_item_get_instrument (b));
}

static char *
distance_text (SaeSignalItem *item)
{
  return sae_format_number (sae_signal_item_get_info (item)->distance_km, 0);
}

static int
compare_distances (SaeSignalItem *a, SaeSignalItem *b)
{
  return compare_numbers (sae_signal_item_get_info (a)->distance_km,
                          sae_signal_item_get_info (b)->distance_km);
}

/* With its unit, as some are in cm/s² and others, of unknown sensitivity, in counts. */
static char *
peak_text (SaeSignalItem *item)
{
  gboolean physical = FALSE;
  double peak = sae_signal_item_get_peak (item, &physical);
  g_autofree char *number = isfinite (peak) ? sae_format_significant (peak, 3) : NULL;

  if (!number)
    return g_strdup ("–");
  return g_strdup_printf ("%s\u202f%s", number, physical ? _ ("cm/s²") : _ ("counts"));
}

static int
compare_peaks (SaeSignalItem *a, SaeSignalItem *b)
{
  gboolean is_physical_a = FALSE, is_physical_b = FALSE;
  double peak_a = sae_signal_item_get_peak (a, &is_physical_a);
  double peak_b = sae_signal_item_get_peak (b, &is_physical_b);

  if (is_physical_a != is_physical_b)
    return is_physical_a - is_physical_b;
  return compare_numbers (peak_a, peak_b);
}

static char *
snr_text (SaeSignalItem *item)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);

  return sae_format_number (seismic_quality_least_snr_db (&info->quality), 0);
}

static int
compare_snr (SaeSignalItem *a, SaeSignalItem *b)
{
  return compare_numbers (
      seismic_quality_least_snr_db (&sae_signal_item_get_info (a)->quality),
      seismic_quality_least_snr_db (&sae_signal_item_get_info (b)->quality));
}

static char *
quality_text (SaeSignalItem *item)
{
  return sae_quality_list (
      seismic_quality_flags (&sae_signal_item_get_info (item)->quality));
}

static int
compare_qualities (SaeSignalItem *a, SaeSignalItem *b)
{
  unsigned flags_a = seismic_quality_flags (&sae_signal_item_get_info (a)->quality);
  unsigned flags_b = seismic_quality_flags (&sae_signal_item_get_info (b)->quality);

  return (flags_a > flags_b) - (flags_a < flags_b);
}

static char *
tags_text (SaeSignalItem *item)
{
  char **tags = sae_signal_item_get_info (item)->tags;

  return tags ? g_strjoinv (", ", tags) : g_strdup ("");
}

static int
compare_tags (SaeSignalItem *a, SaeSignalItem *b)
{
  g_autofree char *text_a = tags_text (a);
  g_autofree char *text_b = tags_text (b);

  return g_utf8_collate (text_a, text_b);
}

static char *
error_text (SaeSignalItem *item)
{
  return sae_format_significant (sae_signal_item_get_error (item), 2);
}

static int
compare_errors (SaeSignalItem *a, SaeSignalItem *b)
{
  return compare_numbers (sae_signal_item_get_error (a), sae_signal_item_get_error (b));
}

static char *
magnitude_text (const SeismicEvent *event)
{
  return sae_format_number (event->magnitude, 1);
}

static int
compare_magnitudes (SaeSignalItem *a, SaeSignalItem *b)
{
  return compare_numbers (sae_signal_item_get_info (a)->event.magnitude,
                          sae_signal_item_get_info (b)->event.magnitude);
}

static char *
time_text (const SeismicEvent *event)
{
  return sae_format_time (event->time_ns, 0);
}

static int
compare_times (SaeSignalItem *a, SaeSignalItem *b)
{
  int64_t first = sae_signal_item_get_info (a)->event.time_ns;
  int64_t second = sae_signal_item_get_info (b)->event.time_ns;

  return (first > second) - (first < second);
}

static const Column columns[] = {
    {"record", N_ ("Record"), 190, TRUE, NULL, NULL, compare_records},
    {"waveform", N_ ("Waveform"), 76, TRUE, NULL, NULL, NULL},
    /* Translators: the distance from the epicentre in km */
    {"distance", N_ ("km"), -1, TRUE, distance_text, NULL, compare_distances},
    {"peak", N_ ("Peak"), -1, TRUE, peak_text, NULL, compare_peaks},
    /* Translators: short for signal-to-noise ratio, in decibels */
    {"snr", N_ ("SNR (dB)"), -1, TRUE, snr_text, NULL, compare_snr},
    {"error", N_ ("Error"), -1, FALSE, error_text, NULL, compare_errors},
    /* Translators: short for magnitude */
    {"magnitude", N_ ("M"), -1, TRUE, NULL, magnitude_text, compare_magnitudes},
    {"time", N_ ("Time (UTC)"), -1, TRUE, NULL, time_text, compare_times},
    {"tags", N_ ("Tags"), -1, TRUE, tags_text, NULL, compare_tags},
    {"quality", N_ ("Quality"), -1, FALSE, quality_text, NULL, compare_qualities},
};

const char *
sae_signal_columns_get_name (guint index)
{
  return columns[index].name;
}

const char *
sae_signal_columns_get_title (guint index)
{
  return _ (columns[index].title);
}

gboolean
sae_signal_columns_can_sort (guint index)
{
  return columns[index].compare != NULL;
}

gboolean
sae_signal_columns_can_hide (guint index)
{
  return index > 0;
}

guint
sae_signal_columns_get_n (void)
{
  return G_N_ELEMENTS (columns);
}

guint
sae_signal_columns_find (const char *name)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (columns) && !g_str_equal (columns[i].name, name))
    i++;
  return i;
}

static void
setup_record (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer unused)
{
  GtkWidget *expander = gtk_tree_expander_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), sae_signal_row_new ());
  gtk_list_item_set_child (cell, expander);
}

static void
bind_record (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer unused)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (cell));
  GtkTreeListRow *row = gtk_list_item_get_item (cell);
  g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  sae_signal_row_set_item (SAE_SIGNAL_ROW (gtk_tree_expander_get_child (expander)), item);
}

static void
unbind_record (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer unused)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (cell)),
                                  NULL);
}

static void
setup_number (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (cell, label);
}

/* What all signals of an event agree in stands in its row alone. */
static char *
cell_text (GtkTreeListRow *row, const Column *column)
{
  g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);
  gboolean is_event = SAE_IS_EVENT_ITEM (item);

  if (column->text && !is_event)
    return column->text (SAE_SIGNAL_ITEM (item));
  if (column->event_text && is_event)
    return column->event_text (sae_event_item_get_event (SAE_EVENT_ITEM (item)));
  if (column->event_text && gtk_tree_list_row_get_depth (row) == 0)
    return column->event_text (&sae_signal_item_get_info (SAE_SIGNAL_ITEM (item))->event);
  return g_strdup ("");
}

static void
bind_number (GtkSignalListItemFactory *factory, GtkListItem *cell, const Column *column)
{
  g_autofree char *text = cell_text (gtk_list_item_get_item (cell), column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (cell)), text);
}

/* Two signals that are unlike in everything: which column is the first to compare them
 * tells what a view is sorted by; GTK says so from 4.10 on. */
static struct {
  SaeSignalItem *low, *high;
  const Column *asked;
} probe;

static SaeSignalItem *
new_probe (const char *id, double value)
{
  SeismicSignalInfo info = {.id = (char *)id,
                            .event_id = (char *)"",
                            .distance_km = value,
                            .event = {.id = (char *)"",
                                      .time_ns = (int64_t)value,
                                      .magnitude = value,
                                      .magnitude_type = (char *)"",
                                      .type = (char *)"",
                                      .place = (char *)""}};
  SaeSignalItem *item = NULL;

  seismic_quality_init (&info.quality);
  info.quality.version = 1;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    info.quality.peak[c] = info.quality.snr_db[c] = info.counts_per_ms2[c] = value;
    info.quality.flags[c] = (unsigned)value;
  }
  info.quality.peak[0] = value * value * value;
  item = sae_signal_item_new (&info);
  sae_signal_item_set_error (item, value);
  sae_signal_item_set_tag (item, id, TRUE);
  return item;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;

  if (a == probe.low && !probe.asked)
    probe.asked = column;
  return column->compare ((SaeSignalItem *)a, (SaeSignalItem *)b);
}

void
sae_signal_columns_show (GtkColumnView *view, const char *name)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (view), sae_signal_columns_find (name));

  gtk_column_view_column_set_visible (column, TRUE);
}

guint
sae_signal_columns_get_sort (GtkColumnView *view, gboolean *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (view);

  if (!probe.low) {
    probe.low = new_probe ("a/a", 1);
    probe.high = new_probe ("b/b", 2);
  }
  probe.asked = NULL;
  *descending = gtk_sorter_compare (sorter, probe.low, probe.high) == GTK_ORDERING_LARGER;
  return probe.asked ? (guint)(probe.asked - columns) : G_N_ELEMENTS (columns);
}

static GtkColumnViewColumn *
new_column (const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  if (column->text || column->event_text) {
    g_signal_connect (factory, "setup", G_CALLBACK (setup_number), (gpointer)column);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_number), (gpointer)column);
  } else {
    g_signal_connect (factory, "setup", G_CALLBACK (setup_record), NULL);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_record), NULL);
    g_signal_connect (factory, "unbind", G_CALLBACK (unbind_record), NULL);
  }
  return gtk_column_view_column_new (_ (column->title), factory);
}

void
sae_signal_columns_add (GtkColumnView *view, SaePreviews *previews)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    const Column *row = &columns[i];
    g_autoptr (GtkColumnViewColumn) column =
        row->compare ? new_column (row) : sae_preview_column_new (view, previews);

    if (row->compare) {
      g_autoptr (GtkSorter) sorter =
          GTK_SORTER (gtk_custom_sorter_new (compare_items, (gpointer)row, NULL));

      gtk_column_view_column_set_sorter (column, sorter);
    }
    gtk_column_view_column_set_fixed_width (column, row->width);
    gtk_column_view_column_set_visible (column, row->at_first);
    gtk_column_view_column_set_expand (column, i == 0);
    gtk_column_view_column_set_resizable (column, TRUE);
    gtk_column_view_append_column (view, column);
  }
}
