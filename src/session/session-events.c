/* The rows of a library's events. */
#include "session/session-private.h"

#include "seismic/download.h"
#include "session/event-item.h"

/* Event id → number of its signals, and whether they are synthetic. */
static GHashTable *
count_signals (GPtrArray *infos, GHashTable *synthetic)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < infos->len; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (infos, i);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, info->event_id));

    g_hash_table_insert (counts, info->event_id, GUINT_TO_POINTER (n + 1));
    if (seismic_network_is_synthetic (info->network))
      g_hash_table_add (synthetic, info->event_id);
  }
  return counts;
}

static gpointer
look_up (GHashTable *table, const char *id)
{
  return table ? g_hash_table_lookup (table, id) : NULL;
}

double
sae_session_measure_events (const SaeLibraryContents *contents)
{
  GHashTable *downloads = contents->downloads;
  guint64 n_bytes = 0;
  gsize n_asked = 0;
  GHashTableIter iter;
  gpointer value;

  if (downloads)
    g_hash_table_iter_init (&iter, downloads);
  while (downloads && g_hash_table_iter_next (&iter, NULL, &value))
    seismic_download_count_note (value, &n_bytes, &n_asked);
  return seismic_download_bytes_per_event (n_bytes, n_asked);
}

GPtrArray *
sae_session_make_events (const SaeLibraryContents *contents)
{
  g_autoptr (GHashTable) synthetic = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) counts = count_signals (contents->signals, synthetic);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < contents->events->len; i++) {
    const SeismicEvent *event = g_ptr_array_index (contents->events, i);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, event->id));

    SaeEventItem *item =
        sae_event_item_new (event, n, g_hash_table_contains (synthetic, event->id));
    const SeismicLibraryHolding *holding = look_up (contents->holdings, event->id);
    const SeismicDownloadNote *note = look_up (contents->downloads, event->id);

    sae_event_item_set_records (item, holding ? holding->n_bytes : 0, note);
    g_ptr_array_add (items, item);
  }
  return items;
}
