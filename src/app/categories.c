#include "app/categories.h"

#include "app/format.h"
#include "plot/embedding-plot.h"
#include "seismic/library.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  guint rank; /* of sae_categories_rank () */
  gboolean synthetic;
  const char *type; /* borrowed */
} Kind;

guint
sae_categories_rank (const char *type)
{
  if (strcmp (type, "earthquake") == 0)
    return 0;
  return strstr (type, "explosion") || strcmp (type, "quarry blast") == 0 ? 1 : 2;
}

static Kind
kind_of (const SeismicSignalInfo *info)
{
  const char *type = info->event.type;

  return (Kind){sae_categories_rank (type), seismic_network_is_synthetic (info->network),
                type};
}

static int
compare_kinds (gconstpointer a, gconstpointer b)
{
  const Kind *left = a, *right = b;

  if (left->rank != right->rank)
    return left->rank < right->rank ? -1 : 1;
  if (left->synthetic != right->synthetic)
    return left->synthetic - right->synthetic;
  return strcmp (left->type, right->type);
}

static GArray *
list_kinds (GPtrArray *signals)
{
  GArray *kinds = g_array_new (FALSE, FALSE, sizeof (Kind));

  for (guint i = 0; i < signals->len; i++) {
    Kind kind = kind_of (g_ptr_array_index (signals, i));
    gboolean known = FALSE;

    for (guint j = 0; j < kinds->len && !known; j++)
      known = compare_kinds (&kind, &g_array_index (kinds, Kind, j)) == 0;
    if (!known)
      g_array_append_val (kinds, kind);
  }
  g_array_sort (kinds, compare_kinds);
  return kinds;
}

void
sae_categories_init (SaeCategories *self, GPtrArray *signals)
{
  static const uint8_t shapes[] = {PLOT_SHAPE_CIRCLE, PLOT_SHAPE_TRIANGLE,
                                   PLOT_SHAPE_SQUARE};
  g_autoptr (GArray) kinds = list_kinds (signals);

  self->category = g_new (uint16_t, MAX (signals->len, 1));
  self->labels = g_new0 (char *, kinds->len + 1);
  self->shapes = g_new (uint8_t, MAX (kinds->len, 1));
  for (guint i = 0; i < kinds->len; i++) {
    const Kind *kind = &g_array_index (kinds, Kind, i);
    const char *type = sae_format_event_type (kind->type);

    self->shapes[i] = shapes[kind->rank];
    /* Translators: an event type, such as "earthquake" */
    self->labels[i] =
        kind->synthetic ? g_strdup_printf (_ ("%s, synthetic"), type) : g_strdup (type);
  }
  for (guint i = 0; i < signals->len; i++) {
    Kind kind = kind_of (g_ptr_array_index (signals, i));
    guint j = 0;

    while (compare_kinds (&kind, &g_array_index (kinds, Kind, j)) != 0)
      j++;
    self->category[i] = (uint16_t)j;
  }
}

void
sae_categories_clear (SaeCategories *self)
{
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->shapes, g_free);
}
