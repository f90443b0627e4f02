#include "app/coloring.h"

#include "app/categories.h"
#include "app/format.h"
#include "analysis/silhouette.h"
#include "plot/scatter.h"
#include "seismic/library-note.h"
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
    [SAE_COLOR_SNR] = N_ ("Signal to noise"),
    [SAE_COLOR_QUALITY] = N_ ("Quality"),
    [SAE_COLOR_TAG] = N_ ("Tag"),
    [SAE_COLOR_CLUSTER] = N_ ("Cluster"),
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

/* What is wrong with a record; several flaws are not told apart. */
static const char *
quality_name (const SeismicQuality *quality)
{
  static const char *const flaws[SEISMIC_QUALITY_N_FLAGS] = {
      N_ ("clipped"), N_ ("noisy"),  N_ ("short"), N_ ("with gaps"),
      N_ ("flat"),    N_ ("spikes"), N_ ("offset")};
  unsigned flags = 0;
  const char *name = NULL;

  for (gsize c = 0; c < SEISMIC_N_COMPONENTS; c++)
    flags |= quality->flags[c];
  if (quality->version == 0)
    return _ ("not checked");
  for (gsize i = 0; i < G_N_ELEMENTS (flaws); i++)
    if (flags & (1u << i)) {
      if (name)
        return _ ("several flaws");
      name = _ (flaws[i]);
    }
  return name ? name : _ ("no flaw found");
}

/* The signal's own tags, else its event's. */
static char *
tags_text (const SeismicSignalInfo *info)
{
  char **tags = info->tags && info->tags[0] ? info->tags : info->event_tags;

  return tags && tags[0] ? seismic_tags_join (tags) : g_strdup (_ ("no tag"));
}

static char *
cluster_text (const uint32_t *cluster, guint i)
{
  if (!cluster || cluster[i] == ANALYSIS_NO_CLUSTER)
    return g_strdup (_ ("in no cluster"));
  return g_strdup_printf (_ ("Cluster %u"), cluster[i] + 1);
}

static char *
name_of (const SaeColorSource *source, guint i, SaeColorBy by)
{
  const SeismicSignalInfo *info = g_ptr_array_index (source->signals, i);

  switch (by) {
  case SAE_COLOR_STATION:
    return g_strconcat (info->network, ".", info->station, NULL);
  case SAE_COLOR_QUALITY:
    return g_strdup (quality_name (&info->quality));
  case SAE_COLOR_TAG:
    return tags_text (info);
  case SAE_COLOR_CLUSTER:
    return cluster_text (source->cluster, i);
  case SAE_COLOR_TYPE:
  case SAE_COLOR_MAGNITUDE:
  case SAE_COLOR_DISTANCE:
  case SAE_COLOR_DEPTH:
  case SAE_COLOR_DATE:
  case SAE_COLOR_NETWORK:
  case SAE_COLOR_ERROR:
  case SAE_COLOR_SNR:
  case SAE_N_COLORS:
  default:
    return g_strdup (info->network);
  }
}

static gboolean
is_named (SaeColorBy by)
{
  return by == SAE_COLOR_STATION || by == SAE_COLOR_NETWORK || by == SAE_COLOR_QUALITY ||
         by == SAE_COLOR_TAG || by == SAE_COLOR_CLUSTER;
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
init_names (SaeColoring *self, SaeColorBy by, const SaeColorSource *source)
{
  GPtrArray *signals = source->signals;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) ranked = NULL;
  guint n_own, n_labels;

  for (guint i = 0; i < signals->len; i++)
    g_ptr_array_add (texts, name_of (source, i, by));
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

/* Of the worst component. */
static double
least_snr_db (const SeismicQuality *quality)
{
  double least = INFINITY;

  for (gsize c = 0; c < SEISMIC_N_COMPONENTS; c++)
    least = quality->snr_db[c] < least ? quality->snr_db[c] : least;
  return quality->version > 0 && isfinite (least) ? least : NAN;
}

/* Years since 1970 hold a date to the hour in a float. */
#define NS_A_YEAR (365.25 * 86400e9)

static double
value_of (const SeismicSignalInfo *info, SaeColorBy by, double error)
{
  switch (by) {
  case SAE_COLOR_SNR:
    return least_snr_db (&info->quality);
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
  case SAE_COLOR_QUALITY:
  case SAE_COLOR_TAG:
  case SAE_COLOR_CLUSTER:
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
  case SAE_COLOR_SNR:
    return sae_format_quantity (value, 0, "dB");
  case SAE_COLOR_ERROR:
  case SAE_COLOR_TYPE:
  case SAE_COLOR_STATION:
  case SAE_COLOR_NETWORK:
  case SAE_COLOR_QUALITY:
  case SAE_COLOR_TAG:
  case SAE_COLOR_CLUSTER:
  case SAE_N_COLORS:
  default:
    return sae_format_significant (value, 2);
  }
}

static void
init_numbers (SaeColoring *self, SaeColorBy by, const SaeColorSource *source)
{
  GPtrArray *signals = source->signals;
  const float *errors = source->errors;

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
sae_coloring_init (SaeColoring *self, SaeColorBy by, const SaeColorSource *source)
{
  *self = (SaeColoring){0};
  if (by == SAE_COLOR_TYPE) {
    g_auto (SaeCategories) categories = {0};

    sae_categories_init (&categories, source->signals);
    self->category = g_steal_pointer (&categories.category);
    self->labels = g_steal_pointer (&categories.labels);
    self->shapes = g_steal_pointer (&categories.shapes);
  } else if (is_named (by)) {
    init_names (self, by, source);
  } else {
    init_numbers (self, by, source);
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
