#include "seismic/library-cache.h"

typedef struct {
  char *key;
  GPtrArray *traces;
  size_t n_bytes;
} Entry;

struct SeismicTraceCache {
  GQueue entries; /* of Entry, newest first; few, so searched one by one */
  size_t n_bytes, max_bytes;
};

static void
entry_free (Entry *entry)
{
  g_free (entry->key);
  g_ptr_array_unref (entry->traces);
  g_free (entry);
}

SeismicTraceCache *
seismic_trace_cache_new (size_t max_bytes)
{
  SeismicTraceCache *cache = g_new0 (SeismicTraceCache, 1);
  g_queue_init (&cache->entries);
  cache->max_bytes = max_bytes;
  return cache;
}

void
seismic_trace_cache_clear (SeismicTraceCache *cache)
{
  g_queue_clear_full (&cache->entries, (GDestroyNotify)entry_free);
  cache->n_bytes = 0;
}

void
seismic_trace_cache_free (SeismicTraceCache *cache)
{
  if (cache == NULL)
    return;
  seismic_trace_cache_clear (cache);
  g_free (cache);
}

static GList *
find_entry (SeismicTraceCache *cache, const char *key)
{
  for (GList *link = cache->entries.head; link != NULL; link = link->next) {
    if (g_str_equal (((Entry *)link->data)->key, key))
      return link;
  }
  return NULL;
}

static void
drop_entry (SeismicTraceCache *cache, GList *link)
{
  cache->n_bytes -= ((Entry *)link->data)->n_bytes;
  entry_free (link->data);
  g_queue_delete_link (&cache->entries, link);
}

static size_t
size_of_traces (GPtrArray *traces)
{
  size_t n_bytes = sizeof (GPtrArray);
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];
    n_bytes += sizeof *trace + trace->n_samples * seismic_sample_size (trace->type);
  }
  return n_bytes;
}

void
seismic_trace_cache_put (SeismicTraceCache *cache, const char *key, GPtrArray *traces)
{
  GList *old = find_entry (cache, key);
  if (old != NULL)
    drop_entry (cache, old);
  size_t n_bytes = size_of_traces (traces);
  if (n_bytes > cache->max_bytes)
    return;
  while (cache->n_bytes + n_bytes > cache->max_bytes)
    drop_entry (cache, cache->entries.tail);

  Entry *entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->traces = g_ptr_array_ref (traces);
  entry->n_bytes = n_bytes;
  g_queue_push_head (&cache->entries, entry);
  cache->n_bytes += n_bytes;
}

GPtrArray *
seismic_trace_cache_get (SeismicTraceCache *cache, const char *key)
{
  GList *link = find_entry (cache, key);
  if (link == NULL)
    return NULL;
  g_queue_unlink (&cache->entries, link);
  g_queue_push_head_link (&cache->entries, link);
  return g_ptr_array_ref (((Entry *)link->data)->traces);
}
