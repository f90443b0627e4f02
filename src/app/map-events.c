#include "app/map-events.h"

#include "app/categories.h"
#include "session/signal-item.h"
#include <math.h>

void
sae_map_events_init (SaeMapEvents *self)
{
  *self = (SaeMapEvents){.items = g_ptr_array_new_with_free_func (g_object_unref)};
}

void
sae_map_events_clear (SaeMapEvents *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->lonlat, g_free);
  g_clear_pointer (&self->magnitude, g_free);
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->selected, g_free);
}

void
sae_map_events_read (SaeMapEvents *self, GListModel *list)
{
  guint n = list ? g_list_model_get_n_items (list) : 0;

  sae_map_events_clear (self);
  sae_map_events_init (self);
  self->lonlat = g_new (double, 2 * (gsize)n + 1);
  self->magnitude = g_new (double, (gsize)n + 1);
  self->category = g_new (uint8_t, (gsize)n + 1);
  self->selected = g_new0 (uint8_t, (gsize)n + 1);
  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeEventItem) item = g_list_model_get_item (list, i);
    const SeismicEvent *event = sae_event_item_get_event (item);
    gsize at = self->items->len;

    if (!isfinite (event->latitude) || !isfinite (event->longitude))
      continue;
    self->lonlat[2 * at] = event->longitude;
    self->lonlat[2 * at + 1] = event->latitude;
    self->magnitude[at] = event->magnitude;
    self->category[at] = (uint8_t)sae_categories_rank (event->type);
    g_ptr_array_add (self->items, g_steal_pointer (&item));
  }
}

guint
sae_map_events_select (SaeMapEvents *self, const char *const *ids)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (const char *const *id = ids; *id; id++)
    g_hash_table_add (set, (char *)*id);
  for (guint i = 0; i < self->items->len; i++) {
    self->selected[i] = g_hash_table_contains (set, sae_map_events_get (self, i)->id);
    n += self->selected[i];
  }
  return n;
}

const SeismicEvent *
sae_map_events_get (const SaeMapEvents *self, size_t i)
{
  return sae_event_item_get_event (g_ptr_array_index (self->items, i));
}

GArray *
sae_map_events_stations (GListModel *signals)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *lonlat = g_array_new (FALSE, FALSE, sizeof (double));
  guint n = g_list_model_get_n_items (signals);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (signals, i);
    const SeismicSignalInfo *info = sae_signal_item_get_info (item);
    double place[2] = {info->longitude, info->latitude};

    if (isfinite (place[0]) && isfinite (place[1]) &&
        g_hash_table_add (seen, g_strconcat (info->network, ".", info->station, NULL)))
      g_array_append_vals (lonlat, place, 2);
  }
  return lonlat;
}
