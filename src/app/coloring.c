#include "app/coloring.h"

#include "app/categories.h"
#include "app/format.h"
#include "plot/scatter.h"
#include "seismic/library.h"
#include "seismic/time.h"
#include <glib/gi18n.h>
#include <math.h>

/* As many as there are colours, the last for the others. */
#define MAX_CATEGORIES 8

static const char *const names[SAE_N_COLORS] = {
    [SAE_COLOR_TYPE] = N_ ("Event type"),
    [SAE_COLOR_MAGNITUDE] = N_ ("Magnitude"),
    [SAE_COLOR_DISTANCE] = N_ ("Distance"),
    [SAE_COLOR_DEPTH] = N_ ("Depth"),
    [SAE_COLOR_DATE] = N_ ("Date"),
    [SAE_COLOR_STATION] = N_ ("Station"),
    [SAE_COLOR_NETWORK] = N_ ("Network"),
    [SAE_COLOR_ERROR] = N_ ("Reconstruction error"),
};

const char *
sae_color_by_name (SaeColorBy by)
{
  return _ (names[by]);
}

typedef struct {
  const char *name; /* borrowed */
  guint count;
} Named;

static int
compare_named (gconstpointer a, gconstpointer b)
{
  const Named *left = a, *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return g_strcmp0 (left->name, right->name);
}

static char *
name_of (const SeismicSignalInfo *info, SaeColorBy by)
{
  return by == SAE_COLOR_STATION ? g_strconcat (info->network, ".", info->station, NULL)
                                 : g_strdup (info->network);
}

/* The commonest names first. */
static GArray *
rank_names (GPtrArray *texts)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Named));
  GHashTableIter iter;
  gpointer name, count;

  for (guint i = 0; i < texts->len; i++) {
    count = g_hash_table_lookup (counts, g_ptr_array_index (texts, i));
    g_hash_table_insert (counts, g_ptr_array_index (texts, i),
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &count)) {
    Named named = {name, GPOINTER_TO_UINT (count)};

    g_array_append_val (ranked, named);
  }
  g_array_sort (ranked, compare_named);
  return ranked;
}

static void
init_names (SaeColoring *self, SaeColorBy by, GPtrArray *signals)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) ranked = NULL;
  guint n_own, n_labels;

  for (guint i = 0; i < signals->len; i++)
    g_ptr_array_add (texts, name_of (g_ptr_array_index (signals, i), by));
  ranked = rank_names (texts);
  n_own = ranked->len > MAX_CATEGORIES ? MAX_CATEGORIES - 1 : ranked->len;
  n_labels = ranked->len > n_own ? n_own + 1 : n_own;
  self->labels = g_new0 (char *, n_labels + 1);
  self->shapes = g_new (uint8_t, MAX (n_labels, 1));
  for (guint c = 0; c < n_labels; c++)
    self->shapes[c] = (uint8_t)(c % PLOT_SHAPE_COUNT);
  for (guint c = 0; c < n_own; c++) {
    const Named *named = &g_array_index (ranked, Named, c);

    self->labels[c] = g_strdup (named->name);
    g_hash_table_insert (places, (char *)named->name, GUINT_TO_POINTER (c + 1));
  }
  if (n_labels > n_own)
    self->labels[n_own] =
        /* Translators: other stations or networks */
        g_strdup_printf (ngettext ("%u other", "%u others", ranked->len - n_own),
                         ranked->len - n_own);
  self->category = g_new (uint16_t, MAX (signals->len, 1));
  for (guint i = 0; i < signals->len; i++) {
    guint place =
        GPOINTER_TO_UINT (g_hash_table_lookup (places, g_ptr_array_index (texts, i)));

    self->category[i] = (uint16_t)(place > 0 ? place - 1 : n_own);
  }
}

/* Years since 1970 hold a date to the hour in a float. */
#define NS_A_YEAR (365.25 * 86400e9)

static double
value_of (const SeismicSignalInfo *info, SaeColorBy by, double error)
{
  switch (by) {
  case SAE_COLOR_MAGNITUDE:
    return info->event.magnitude;
  case SAE_COLOR_DISTANCE:
    return info->distance_km;
  case SAE_COLOR_DEPTH:
    return info->event.depth_km;
  case SAE_COLOR_DATE:
    return info->event.time_ns == SEISMIC_TIME_UNSET
               ? NAN
               : (double)info->event.time_ns / NS_A_YEAR;
  case SAE_COLOR_ERROR:
    return error;
  case SAE_COLOR_TYPE:
  case SAE_COLOR_STATION:
  case SAE_COLOR_NETWORK:
  case SAE_N_COLORS:
  default:
    return NAN;
  }
}

static char *
format_value (SaeColorBy by, double value)
{
  switch (by) {
  case SAE_COLOR_DISTANCE:
  case SAE_COLOR_DEPTH:
    return sae_format_quantity (value, 0, _ ("km"));
  case SAE_COLOR_DATE:
    /* A second more, so that midnight is not rounded to the day before. */
    return sae_format_date ((int64_t)(value * NS_A_YEAR + 1e9));
  case SAE_COLOR_MAGNITUDE:
    return sae_format_number (value, 1);
  case SAE_COLOR_ERROR:
  case SAE_COLOR_TYPE:
  case SAE_COLOR_STATION:
  case SAE_COLOR_NETWORK:
  case SAE_N_COLORS:
  default:
    return sae_format_significant (value, 2);
  }
}

static void
init_numbers (SaeColoring *self, SaeColorBy by, GPtrArray *signals, const float *errors)
{
  self->value = g_new (float, MAX (signals->len, 1));
  self->min = INFINITY;
  self->max = -INFINITY;
  for (guint i = 0; i < signals->len; i++) {
    double value =
        value_of (g_ptr_array_index (signals, i), by, errors ? errors[i] : NAN);

    self->value[i] = isfinite (value) ? (float)value : NAN;
    if (isfinite (value)) {
      self->min = MIN (self->min, value);
      self->max = MAX (self->max, value);
    }
  }
  self->label = g_strdup (sae_color_by_name (by));
  if (self->min > self->max) { /* nothing is known */
    self->min = self->max = 0;
    self->low = g_strdup ("");
    self->high = g_strdup ("");
    return;
  }
  self->low = format_value (by, self->min);
  self->high = format_value (by, self->max);
}

void
sae_coloring_init (SaeColoring *self, SaeColorBy by, GPtrArray *signals,
                   const float *errors)
{
  *self = (SaeColoring){0};
  if (by == SAE_COLOR_TYPE) {
    g_auto (SaeCategories) categories = {0};

    sae_categories_init (&categories, signals);
    self->category = g_steal_pointer (&categories.category);
    self->labels = g_steal_pointer (&categories.labels);
    self->shapes = g_steal_pointer (&categories.shapes);
  } else if (by == SAE_COLOR_STATION || by == SAE_COLOR_NETWORK) {
    init_names (self, by, signals);
  } else {
    init_numbers (self, by, signals, errors);
  }
}

void
sae_coloring_clear (SaeColoring *self)
{
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->shapes, g_free);
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->low, g_free);
  g_clear_pointer (&self->high, g_free);
}
