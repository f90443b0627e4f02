/* Which events a download asks for. */
#include "seismic/download.h"
#include "seismic/error.h"

#include <string.h>

typedef struct {
  GHashTable *named; /* event ids asked for by name, NULL: all */
  GHashTable *notes, *holdings;
  const SeismicDownloadSettings *settings;
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->named, g_hash_table_unref);
  g_clear_pointer (&plan->notes, g_hash_table_unref);
  g_clear_pointer (&plan->holdings, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* Two addresses that differ in a slash at their end are one. */
static bool
is_same_server (const char *a, const char *b)
{
  size_t n_a = strlen (a), n_b = strlen (b);
  while (n_a > 0 && a[n_a - 1] == '/')
    n_a--;
  while (n_b > 0 && b[n_b - 1] == '/')
    n_b--;
  return n_a == n_b && strncmp (a, b, n_a) == 0;
}

bool
seismic_download_asks_again (const SeismicDownloadNote *note, const char *base)
{
  return note->state != SEISMIC_DOWNLOAD_DONE &&
         (note->worth_retry || !is_same_server (note->server, base));
}

static bool
is_wanted (const Plan *plan, const SeismicEvent *event)
{
  const SeismicDownloadNote *note = g_hash_table_lookup (plan->notes, event->id);
  const SeismicLibraryHolding *holding = g_hash_table_lookup (plan->holdings, event->id);
  bool has_records = holding != NULL && holding->n_records > 0;
  if (note == NULL)
    return plan->named != NULL || !has_records;
  if (note->state == SEISMIC_DOWNLOAD_DONE)
    return !has_records || !holding->is_whole;
  return plan->settings->retry_failed ||
         seismic_download_asks_again (note, plan->settings->server.base);
}

/* The ids as a set; each must be in the library. */
static bool
check_names (SeismicLibrary *library, const char *const *ids, GHashTable *named,
             GError **error)
{
  for (size_t i = 0; ids[i] != NULL; i++) {
    g_autoptr (SeismicEvent) event = seismic_library_get_event (library, ids[i], error);
    if (event == NULL)
      return false;
    g_hash_table_add (named, (char *)ids[i]);
  }
  return true;
}

GPtrArray *
seismic_download_plan (SeismicLibrary *library, const SeismicDownloadSettings *settings,
                       size_t *n_already, GError **error)
{
  g_auto (Plan) plan = {.settings = settings};
  if (settings->event_ids != NULL) {
    plan.named = g_hash_table_new (g_str_hash, g_str_equal);
    if (!check_names (library, settings->event_ids, plan.named, error))
      return NULL;
  }
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, error);
  if (events == NULL ||
      (plan.notes = seismic_library_list_downloads (library, error)) == NULL ||
      (plan.holdings = seismic_library_list_holdings (library, error)) == NULL)
    return NULL;

  g_autoptr (GPtrArray) wanted =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  size_t n_others = 0;
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    if (plan.named != NULL && !g_hash_table_contains (plan.named, event->id))
      continue;
    if (!is_wanted (&plan, event))
      n_others++;
    else if (settings->limit == 0 || wanted->len < settings->limit)
      g_ptr_array_add (wanted, seismic_event_copy (event));
  }
  if (n_already != NULL)
    *n_already = n_others;
  return g_steal_pointer (&wanted);
}

double
seismic_download_bytes_per_event (uint64_t n_bytes, size_t n_asked)
{
  return n_bytes > 0 ? (double)n_bytes / (double)n_asked
                     : SEISMIC_DOWNLOAD_BYTES_PER_EVENT;
}

void
seismic_download_count_note (const SeismicDownloadNote *note, uint64_t *n_bytes,
                             size_t *n_asked)
{
  *n_bytes += note->state == SEISMIC_DOWNLOAD_DONE ? note->n_bytes : 0;
  *n_asked += note->state != SEISMIC_DOWNLOAD_FAILED;
}

bool
seismic_download_estimate (SeismicLibrary *library,
                           const SeismicDownloadSettings *settings,
                           SeismicDownloadEstimate *estimate, GError **error)
{
  size_t n_already = 0, n_asked = 0;
  uint64_t n_bytes = 0;
  g_autoptr (GPtrArray) wanted =
      seismic_download_plan (library, settings, &n_already, error);
  g_autoptr (GHashTable) notes =
      wanted != NULL ? seismic_library_list_downloads (library, error) : NULL;
  if (notes == NULL)
    return false;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, notes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    seismic_download_count_note (value, &n_bytes, &n_asked);
  *estimate = (SeismicDownloadEstimate){
      .n_events = wanted->len,
      .n_already = n_already,
      .n_bytes =
          (uint64_t)(seismic_download_bytes_per_event (n_bytes, n_asked) * wanted->len),
      .is_measured = n_bytes > 0};
  return true;
}
