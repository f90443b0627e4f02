/* status: how far a library is, and whether its files are what they were. */
#include "cli/json.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "seismic/library-download.h"

#include <glib/gi18n.h>

typedef struct {
  size_t n_events, n_done, n_no_data, n_failed, n_own, n_waiting;
  size_t n_records, n_signals;
  uint64_t n_bytes;
  GPtrArray *failed, *faults; /* SeismicSkip; owned */
} Status;

static void
status_clear (Status *status)
{
  g_clear_pointer (&status->failed, g_ptr_array_unref);
  g_clear_pointer (&status->faults, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

static void
count_event (Status *status, const char *event_id, const SeismicDownloadNote *note,
             const SeismicLibraryHolding *holding)
{
  SeismicDownloadState state = note ? note->state : SEISMIC_DOWNLOAD_WAITING;
  bool has_records = holding && holding->n_records > 0;

  status->n_events++;
  status->n_done += state == SEISMIC_DOWNLOAD_DONE;
  status->n_no_data += state == SEISMIC_DOWNLOAD_NO_DATA;
  status->n_failed += state == SEISMIC_DOWNLOAD_FAILED;
  status->n_own += state == SEISMIC_DOWNLOAD_WAITING && has_records;
  status->n_waiting += state == SEISMIC_DOWNLOAD_WAITING && !has_records;
  if (state == SEISMIC_DOWNLOAD_FAILED)
    g_ptr_array_add (status->failed,
                     seismic_skip_new (event_id, g_error_copy (note->reason)));
  if (!holding)
    return;
  status->n_records += holding->n_records;
  status->n_signals += holding->n_signals;
  status->n_bytes += holding->n_bytes;
}

static bool
read_status (SeismicLibrary *library, Status *status, GError **error)
{
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, error);
  g_autoptr (GHashTable) notes =
      events ? seismic_library_list_downloads (library, error) : NULL;
  g_autoptr (GHashTable) holdings =
      notes ? seismic_library_list_holdings (library, error) : NULL;
  CliProgress progress;

  if (!holdings)
    return false;
  status->failed = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  for (guint i = 0; i < events->len; i++) {
    const char *id = ((const SeismicEvent *)events->pdata[i])->id;
    count_event (status, id, g_hash_table_lookup (notes, id),
                 g_hash_table_lookup (holdings, id));
  }
  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Checking"));
  status->faults = seismic_library_check (library, cli_progress_items, &progress, error);
  cli_progress_end (&progress);
  return status->faults != NULL;
}

static void
print_json (const Status *status)
{
  g_autoptr (GString) json = g_string_new (NULL);

  cli_json_open (json, NULL, '{');
  cli_json_count (json, "events", status->n_events);
  cli_json_count (json, "done", status->n_done);
  cli_json_count (json, "no_data", status->n_no_data);
  cli_json_count (json, "imported", status->n_own);
  cli_json_count (json, "not_asked", status->n_waiting);
  cli_json_count (json, "records", status->n_records);
  cli_json_count (json, "bytes", status->n_bytes);
  cli_json_count (json, "signals", status->n_signals);
  cli_json_skips (json, "failed", status->failed);
  cli_json_skips (json, "missing_or_changed", status->faults);
  cli_json_close (json, '}');
  cli_json_print (json);
}

static void
print_text (const Status *status)
{
  g_autofree char *size = g_format_size (status->n_bytes);

  g_print (_ ("events: %zu (%zu downloaded, %zu without data, %zu failed, %zu imported, "
              "%zu not asked for)\n"),
           status->n_events, status->n_done, status->n_no_data, status->n_failed,
           status->n_own, status->n_waiting);
  g_print (_ ("records: %zu files, %s\n"), status->n_records, size);
  g_print (_ ("signals: %zu\n"), status->n_signals);
  for (guint i = 0; i < status->failed->len; i++) {
    const SeismicSkip *skip = status->failed->pdata[i];
    g_print (_ ("failed: %s: %s\n"), skip->item, skip->reason->message);
  }
  for (guint i = 0; i < status->faults->len; i++) {
    const SeismicSkip *skip = status->faults->pdata[i];
    g_print (_ ("missing or changed: %s: %s\n"), skip->item, skip->reason->message);
  }
}

int
cli_status (const CliCommand *self, char **arguments)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Write JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_auto (Status) status = {0};
  if (!read_status (library, &status, &error))
    return cli_fail (error);
  if (json)
    print_json (&status);
  else
    print_text (&status);
  return CLI_DONE;
}
