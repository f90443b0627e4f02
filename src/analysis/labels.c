#include "analysis/labels.h"
#include "seismic/library-note.h"

#include <stdlib.h>
#include <string.h>

void
analysis_labels_clear (AnalysisLabels *labels)
{
  g_clear_pointer (&labels->names, g_ptr_array_unref);
  g_clear_pointer (&labels->label, g_free);
  g_clear_pointer (&labels->group, g_free);
  g_clear_pointer (&labels->events, g_strfreev);
}

static int
compare_strings (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* New: the strings of set, sorted; set's values become their places, plus 1. */
static GPtrArray *
number_strings (GHashTable *set)
{
  guint n = 0;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (set, &n);
  if (n > 1)
    qsort (keys, n, sizeof *keys, compare_strings);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (sorted, g_strdup (keys[i]));
    g_hash_table_insert (set, keys[i], GUINT_TO_POINTER (i + 1));
  }
  return sorted;
}

static const char *
label_of (const SeismicSignalInfo *info, GHashTable *by_id)
{
  const char *text =
      by_id != NULL ? g_hash_table_lookup (by_id, info->id) : info->event.type;
  return text != NULL && text[0] != '\0' ? text : NULL;
}

void
analysis_labels_init (AnalysisLabels *labels, const GPtrArray *signals, GHashTable *by_id)
{
  const size_t n = signals->len;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) events = g_hash_table_new (g_str_hash, g_str_equal);
  for (size_t i = 0; i < n; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    const char *text = label_of (info, by_id);
    if (text != NULL)
      g_hash_table_insert (names, (gpointer)text, NULL);
    g_hash_table_insert (events, info->event_id, NULL);
  }
  *labels = (AnalysisLabels){.n = n, .names = number_strings (names)};
  GPtrArray *ids = number_strings (events);
  labels->n_groups = ids->len;
  g_ptr_array_add (ids, NULL);
  labels->events = (char **)g_ptr_array_free (ids, FALSE);
  labels->label = g_new (uint32_t, n);
  labels->group = g_new (uint32_t, n);
  for (size_t i = 0; i < n; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    const char *text = label_of (info, by_id);
    labels->label[i] = text != NULL
                           ? GPOINTER_TO_UINT (g_hash_table_lookup (names, text)) - 1
                           : ANALYSIS_NO_LABEL;
    labels->group[i] =
        GPOINTER_TO_UINT (g_hash_table_lookup (events, info->event_id)) - 1;
  }
}

/* The tags noted under that key, NULL for none. */
static const char *
tags_of (GHashTable *notes, const char *key)
{
  const char *tags = g_hash_table_lookup (notes, key);
  return tags != NULL && tags[0] != '\0' ? tags : NULL;
}

GHashTable *
analysis_labels_of_tags (SeismicLibrary *library, const GPtrArray *signals,
                         GError **error)
{
  g_autoptr (GPtrArray) notes = seismic_library_list_notes (library, error);
  if (notes == NULL)
    return NULL;
  g_autoptr (GHashTable) by_key =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < notes->len; i++) {
    const SeismicNote *note = notes->pdata[i];
    g_hash_table_insert (
        by_key,
        note->instrument_id[0] == '\0'
            ? g_strdup (note->event_id)
            : g_strdup_printf ("%s/%s", note->event_id, note->instrument_id),
        seismic_tags_join (note->tags));
  }
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    const char *own = tags_of (by_key, info->id);
    const char *tags = own != NULL ? own : tags_of (by_key, info->event_id);
    if (tags != NULL)
      g_hash_table_insert (by_id, g_strdup (info->id), g_strdup (tags));
  }
  return by_id;
}

void
analysis_labels_count (const AnalysisLabels *labels, size_t *signals, size_t *events)
{
  const size_t n_classes = labels->names->len;
  g_autofree uint8_t *seen = g_new0 (uint8_t, n_classes * labels->n_groups + 1);
  for (size_t c = 0; c < n_classes; c++) {
    if (signals != NULL)
      signals[c] = 0;
    if (events != NULL)
      events[c] = 0;
  }
  for (size_t i = 0; i < labels->n; i++) {
    const size_t c = labels->label[i];
    if (c == ANALYSIS_NO_LABEL)
      continue;
    if (signals != NULL)
      signals[c]++;
    uint8_t *mark = &seen[c * labels->n_groups + labels->group[i]];
    if (events != NULL)
      events[c] += !*mark;
    *mark = 1;
  }
}

void
analysis_labels_drop_rare (AnalysisLabels *labels, size_t n_events, GPtrArray *dropped)
{
  const size_t n_classes = labels->names->len;
  g_autofree size_t *events = g_new (size_t, n_classes + 1);
  g_autofree uint32_t *becomes = g_new (uint32_t, n_classes + 1);
  analysis_labels_count (labels, NULL, events);
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_free);
  for (size_t c = 0; c < n_classes; c++) {
    const char *name = labels->names->pdata[c];
    becomes[c] = events[c] < n_events ? ANALYSIS_NO_LABEL : kept->len;
    if (events[c] >= n_events)
      g_ptr_array_add (kept, g_strdup (name));
    else if (dropped != NULL)
      g_ptr_array_add (dropped, g_strdup (name));
  }
  for (size_t i = 0; i < labels->n; i++)
    if (labels->label[i] != ANALYSIS_NO_LABEL)
      labels->label[i] = becomes[labels->label[i]];
  g_ptr_array_unref (labels->names);
  labels->names = kept;
}
