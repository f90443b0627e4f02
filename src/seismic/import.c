#include "seismic/import.h"
#include "seismic/document.h"
#include "seismic/error.h"
#include "seismic/gzip.h"
#include "seismic/import-scan.h"
#include "seismic/library-download.h"
#include "seismic/library-file.h"
#include "seismic/library-note.h"
#include "seismic/library-pick.h"
#include "seismic/sac.h"
#include "seismic/station.h"
#include "seismic/time.h"
#include "seismic/waveform.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_LEAD_NS (600 * SEISMIC_NS_PER_SECOND) /* of the origin before the record */

typedef struct {
  /* Owned */
  GHashTable *named; /* event id → path of the folder that gave it its name */
  /* Borrowed */
  SeismicLibrary *library;
  SeismicProgressFunc progress;
  void *user_data;

  size_t n_done, n_total; /* files */
} Import;

/* The files of one folder on their way: one transaction. */
typedef struct {
  /* Owned */
  GPtrArray *records;  /* char *, paths that are no documents */
  GPtrArray *stations; /* SeismicStation */
  GPtrArray *picks;    /* SeismicPick */
  GPtrArray *notes;    /* SeismicNote */
  GHashTable *told;    /* items of skipped instruments: each is told once */
  char *own_event_id;  /* of records without an event, NULL until there is one */
  SeismicImportReport report;
  /* Borrowed */
  Import *import;
  SeismicImportFolder *folder;
} Group;

static void
report_init (SeismicImportReport *report)
{
  *report = (SeismicImportReport){0};
  report->skipped = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
}

void
seismic_import_report_clear (SeismicImportReport *report)
{
  g_clear_pointer (&report->skipped, g_ptr_array_unref);
  *report = (SeismicImportReport){0};
}

/* Adds what was taken and left out, and empties addend. */
static void
report_merge (SeismicImportReport *report, SeismicImportReport *addend)
{
  report->n_events += addend->n_events;
  report->n_files += addend->n_files;
  report->n_signals += addend->n_signals;
  report->n_duplicates += addend->n_duplicates;
  report->n_picks += addend->n_picks;
  report->n_notes += addend->n_notes;
  g_ptr_array_extend_and_steal (report->skipped, g_steal_pointer (&addend->skipped));
}

static void
group_clear (Group *group)
{
  g_ptr_array_unref (group->records);
  g_ptr_array_unref (group->stations);
  g_ptr_array_unref (group->picks);
  g_ptr_array_unref (group->notes);
  g_hash_table_unref (group->told);
  g_free (group->own_event_id);
  seismic_import_report_clear (&group->report);
}

static void
skip_path (Group *group, const char *path, GError *reason)
{
  g_autofree char *name = g_filename_display_name (path);
  g_ptr_array_add (group->report.skipped, seismic_skip_new (name, reason));
}

/* Skips of a document's parts, as "path: part". Empties skipped. */
static void
skip_parts (Group *group, const char *path, GPtrArray *skipped)
{
  g_autofree char *name = g_filename_display_name (path);
  for (guint i = 0; i < skipped->len; i++) {
    SeismicSkip *skip = skipped->pdata[i];
    g_autofree char *item = g_strconcat (name, ": ", skip->item, NULL);
    g_ptr_array_add (group->report.skipped,
                     seismic_skip_new (item, g_steal_pointer (&skip->reason)));
  }
}

/* Tells the next file. FALSE if the user wants to stop. */
static bool
step (Import *import, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  const SeismicProgress progress = {import->n_done, import->n_total, name};
  if (import->progress != NULL && !import->progress (&progress, import->user_data)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The import was stopped");
    return false;
  }
  import->n_done++;
  return true;
}

static SeismicDocument
find_document (const char *path)
{
  uint8_t head[SEISMIC_DOCUMENT_HEAD_BYTES];
  return seismic_document_probe (head,
                                 seismic_library_read_head (path, head, sizeof head));
}

static void
read_document (Group *group, const char *path, SeismicDocument kind)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GBytes) bytes = seismic_library_read_file (path, &reason);
  size_t n_bytes = 0;
  const uint8_t *data = bytes != NULL ? g_bytes_get_data (bytes, &n_bytes) : NULL;
  if (bytes == NULL ||
      !seismic_document_read (kind, data, n_bytes, &items, &skipped, &reason)) {
    skip_path (group, path, g_steal_pointer (&reason));
    return;
  }
  skip_parts (group, path, skipped);
  GPtrArray *const targets[] = {[SEISMIC_CONTENT_EVENTS] = group->folder->events,
                                [SEISMIC_CONTENT_STATIONS] = group->stations,
                                [SEISMIC_CONTENT_PICKS] = group->picks,
                                [SEISMIC_CONTENT_NOTES] = group->notes};
  g_ptr_array_extend_and_steal (targets[seismic_document_content (kind)],
                                g_steal_pointer (&items));
}

/* Reads the folder's documents and lists its other files. */
static bool
read_documents (Group *group, GError **error)
{
  GPtrArray *files = group->folder->files;
  for (guint i = 0; i < files->len; i++) {
    const char *path = files->pdata[i];
    SeismicDocument kind = find_document (path);
    if (kind == SEISMIC_DOCUMENT_NONE) {
      g_ptr_array_add (group->records, g_strdup (path));
      continue;
    }
    if (!step (group->import, path, error))
      return false;
    read_document (group, path, kind);
  }
  return true;
}

/* Puts an event that is new or says something new. */
static bool
put_event (Group *group, const SeismicEvent *event, GError **error)
{
  SeismicLibrary *library = group->import->library;
  g_autoptr (GError) reason = NULL;
  g_autoptr (SeismicEvent) known =
      seismic_library_get_event (library, event->id, &reason);
  if (known != NULL && seismic_event_equal (known, event))
    return true;
  if (known == NULL &&
      !g_error_matches (reason, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return false;
  }
  group->report.n_events++;
  return seismic_library_put_event (library, event, error);
}

static bool
put_documents (Group *group, GError **error)
{
  for (guint i = 0; i < group->folder->events->len; i++) {
    if (!put_event (group, group->folder->events->pdata[i], error))
      return false;
  }
  for (guint i = 0; i < group->stations->len; i++) {
    if (!seismic_library_learn_station (group->import->library, group->stations->pdata[i],
                                        error))
      return false;
  }
  return true;
}

/* A record file: its traces, and its bytes or, of a long one, the index that has them
 * without samples. */
typedef struct {
  GPtrArray *traces;
  GBytes *bytes;               /* or NULL */
  SeismicMiniseedIndex *index; /* or NULL */
  SeismicMiniseedReport found;
} Record;

static void
record_clear (Record *record)
{
  g_clear_pointer (&record->traces, g_ptr_array_unref);
  g_clear_pointer (&record->bytes, g_bytes_unref);
  g_clear_pointer (&record->index, seismic_miniseed_index_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

/* Long miniSEED is never in memory as a whole; the other formats have to be. */
static bool
is_long (const char *path, const uint8_t *head, size_t n_head)
{
  GStatBuf status;
  return g_stat (path, &status) == 0 &&
         status.st_size > (goffset)SEISMIC_LIBRARY_LONG_FILE &&
         !seismic_gzip_probe (head, n_head) && !seismic_sac_probe (head, n_head);
}

static bool
read_long (const char *path, Record *record, GError **error)
{
  record->index = seismic_miniseed_index_new (path, &record->found, error);
  if (record->index == NULL)
    return false;
  record->traces = g_ptr_array_ref (seismic_miniseed_index_get_traces (record->index));
  return true;
}

static bool
read_short (const char *path, Record *record, GError **error)
{
  record->bytes = seismic_library_read_file (path, error);
  if (record->bytes == NULL)
    return false;
  size_t n_bytes = 0;
  const uint8_t *data = g_bytes_get_data (record->bytes, &n_bytes);
  return seismic_waveform_read (data, n_bytes, &record->traces, &record->found, error);
}

static bool
read_record (const char *path, Record *record, GError **error)
{
  uint8_t head[SEISMIC_DOCUMENT_HEAD_BYTES];
  const size_t n_head = seismic_library_read_head (path, head, sizeof head);
  g_autoptr (GError) reason = NULL;
  bool done = is_long (path, head, n_head) ? read_long (path, record, &reason)
                                           : read_short (path, record, &reason);
  if (done && record->traces->len == 0)
    g_set_error (&reason, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY,
                 "No samples, only records of text or without data");
  if (g_error_matches (reason, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED) &&
      !seismic_gzip_probe (head, n_head)) {
    g_propagate_error (error, seismic_document_refuse (head, n_head));
    return false;
  }
  if (reason == NULL)
    return true;
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

static int64_t
earliest_start (GPtrArray *traces)
{
  int64_t start_ns = INT64_MAX;
  for (guint i = 0; i < traces->len; i++)
    start_ns = MIN (start_ns, ((SeismicTrace *)traces->pdata[i])->start_ns);
  return start_ns;
}

static int64_t
latest_end (GPtrArray *traces)
{
  int64_t end_ns = INT64_MIN;
  for (guint i = 0; i < traces->len; i++)
    end_ns = MAX (end_ns, seismic_trace_end_ns (traces->pdata[i]));
  return end_ns;
}

/* The event with the last origin before the record's end, if that lies no more than
 * MAX_LEAD_NS before its start. */
static const SeismicEvent *
find_event_by_time (GPtrArray *events, GPtrArray *traces)
{
  int64_t start_ns = earliest_start (traces), end_ns = latest_end (traces);
  int64_t since_ns =
      start_ns < INT64_MIN + MAX_LEAD_NS ? INT64_MIN : start_ns - MAX_LEAD_NS;
  const SeismicEvent *best = NULL;
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    bool fits = event->time_ns != SEISMIC_TIME_UNSET && event->time_ns >= since_ns &&
                event->time_ns <= end_ns;
    if (fits && (best == NULL || event->time_ns > best->time_ns))
      best = event;
  }
  return best;
}

/* The event of the documents that a record belongs to, NULL if there is none. */
static const SeismicEvent *
find_event (const SeismicImportFolder *folder, GPtrArray *traces)
{
  if (folder->events->len == 1)
    return folder->events->pdata[0];
  while (folder != NULL && folder->events->len == 0)
    folder = folder->parent; /* a catalogue above the folders of its events */
  return folder == NULL ? NULL : find_event_by_time (folder->events, traces);
}

/* The folder's name; with its parent's before it where another folder of the same name
 * gave its own in this import ("event1_raw", "event2_raw"). */
static char *
name_after_folder (Import *import, const char *path)
{
  g_autofree char *display = g_filename_display_name (path);
  g_auto (GStrv) parts = g_strsplit (display, G_DIR_SEPARATOR_S, -1);
  guint first = g_strv_length (parts);
  g_autofree char *id = NULL;
  while (first > 0) {
    if (*parts[--first] == '\0')
      continue;
    char *longer =
        id == NULL ? g_strdup (parts[first]) : g_strconcat (parts[first], "_", id, NULL);
    g_free (id);
    id = longer;
    const char *owner = g_hash_table_lookup (import->named, id);
    if (owner == NULL || g_str_equal (owner, path))
      break;
  }
  if (id == NULL)
    id = g_strdup ("records"); /* of the root folder */
  g_hash_table_insert (import->named, g_strdup (id), g_strdup (path));
  return g_steal_pointer (&id);
}

/* "2019-10-15T05:33:12Z": when the first of the loose records begins. */
static char *
name_after_start (Group *group)
{
  int64_t start_ns = INT64_MAX;
  for (guint i = 0; i < group->records->len; i++) {
    g_auto (Record) record = {0};
    if (read_record (group->records->pdata[i], &record, NULL) &&
        find_event (group->folder, record.traces) == NULL)
      start_ns = MIN (start_ns, earliest_start (record.traces));
  }
  return seismic_time_format (start_ns, 0);
}

/* The event of records that no document tells of; an event the library knows already
 * stays as it is. */
static bool
put_own_event (Group *group, GError **error)
{
  if (group->own_event_id != NULL)
    return true;
  g_autofree char *id = group->folder->path != NULL
                            ? name_after_folder (group->import, group->folder->path)
                            : name_after_start (group);
  g_autoptr (GError) reason = NULL;
  g_autoptr (SeismicEvent) known =
      seismic_library_get_event (group->import->library, id, &reason);
  g_autoptr (SeismicEvent) event = seismic_event_new (id);
  if (known == NULL && !put_event (group, event, error))
    return false;
  group->own_event_id = g_steal_pointer (&id);
  return true;
}

/* Cuts the suffix off, in capitals or not; FALSE if name does not end in it. */
static bool
cut_suffix (char *name, const char *suffix)
{
  size_t n = strlen (name), n_suffix = strlen (suffix);
  if (n <= n_suffix || g_ascii_strcasecmp (name + n - n_suffix, suffix) != 0)
    return false;
  name[n - n_suffix] = '\0';
  return true;
}

/* The file's name without what tells of its format. */
static char *
record_stem (const char *path)
{
  static const char *const suffixes[] = {".mseed", ".mseed2", ".miniseed", ".mseed3",
                                         ".msd",   ".ms",     ".seed",     ".sac"};
  char *name = g_path_get_basename (path);
  cut_suffix (name, ".gz");
  for (size_t i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    if (cut_suffix (name, suffixes[i]))
      break;
  }
  return name;
}

/* The name of a record in the library: the file's, with a piece of its path's hash where
 * a file from elsewhere has that name, so that a file can replace only what it gave
 * itself. */
static char *
record_name (Group *group, const char *event_id, const char *path, const char *source)
{
  g_autofree char *stem = record_stem (path);
  g_autofree char *owner =
      seismic_library_record_source (group->import->library, event_id, stem);
  if (owner == NULL || g_str_equal (owner, source))
    return g_steal_pointer (&stem);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, source, -1);
  return g_strdup_printf ("%s-%.8s", stem, hash);
}

/* What of a file that was taken was left out. */
static void
skip_damage (Group *group, const char *path, const SeismicMiniseedReport *found)
{
  static const char *const names[] = {"record(s) that cannot be decoded",
                                      "byte(s) that belong to no record",
                                      "byte(s) of a cut-off last record",
                                      "record(s) of text", "record(s) without samples"};
  const size_t counts[] = {found->n_bad_records, found->n_noise_bytes,
                           found->n_tail_bytes, found->n_text_records,
                           found->n_empty_records};
  g_autoptr (GString) list = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (counts); i++) {
    if (counts[i] > 0)
      g_string_append_printf (list, "%s%" G_GSIZE_FORMAT " %s", list->len > 0 ? ", " : "",
                              counts[i], names[i]);
  }
  if (list->len == 0)
    return;
  bool is_damaged = counts[0] + counts[1] + counts[2] > 0;
  skip_path (group, path,
             g_error_new (SEISMIC_ERROR,
                          is_damaged ? SEISMIC_ERROR_DAMAGED : SEISMIC_ERROR_EMPTY,
                          "Taken without %s", list->str));
}

/* TRUE for an error of the file at hand, which the import survives. */
static bool
is_skip (const GError *error)
{
  return g_error_matches (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY) ||
         g_error_matches (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE);
}

/* Skips of instruments; several files of one say the same. Empties skipped. */
static void
skip_instruments (Group *group, GPtrArray *skipped)
{
  for (guint i = 0; i < skipped->len; i++) {
    SeismicSkip *skip = skipped->pdata[i];
    if (g_hash_table_add (group->told, g_strdup (skip->item)))
      g_ptr_array_add (group->report.skipped,
                       seismic_skip_new (skip->item, g_steal_pointer (&skip->reason)));
  }
}

/* Its file into the library. */
static bool
store (SeismicLibrary *library, const char *path, const char *event_id, const char *name,
       const char *source, const Record *record, GPtrArray *skipped, GError **error)
{
  return record->index != NULL
             ? seismic_library_put_index (library, event_id, name, path, record->index,
                                          source, skipped, error)
             : seismic_library_put_traces (library, event_id, name, record->bytes,
                                           record->traces, source, skipped, error);
}

static bool
put_record (Group *group, const char *path, const char *event_id, const Record *record,
            GError **error)
{
  g_autofree char *source = g_filename_display_name (path);
  g_autofree char *name = record_name (group, event_id, path, source);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  if (store (group->import->library, path, event_id, name, source, record, skipped,
             &reason)) {
    group->report.n_files++;
    skip_instruments (group, skipped);
    skip_damage (group, path, &record->found);
  } else if (g_error_matches (reason, SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE)) {
    group->report.n_duplicates++;
  } else if (is_skip (reason)) {
    skip_path (group, path, g_steal_pointer (&reason));
  } else {
    g_propagate_prefixed_error (error, g_steal_pointer (&reason), "%s: ", source);
    return false;
  }
  return true;
}

/* FALSE only when the library fails. */
static bool
take_record (Group *group, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_auto (Record) record = {0};
  if (!read_record (path, &record, &reason)) {
    skip_path (group, path, g_steal_pointer (&reason));
    return true;
  }
  const SeismicEvent *event = find_event (group->folder, record.traces);
  if (event == NULL && !put_own_event (group, error))
    return false;
  return put_record (group, path, event != NULL ? event->id : group->own_event_id,
                     &record, error);
}

static bool
take_records (Group *group, GError **error)
{
  for (guint i = 0; i < group->records->len; i++) {
    const char *path = group->records->pdata[i];
    if (!step (group->import, path, error) || !take_record (group, path, error))
      return false;
  }
  return true;
}

/* What is about an event that is not in the library is a skip. */
static bool
note_done (Group *group, bool done, const char *event_id, const char *what,
           size_t *n_done, GError *reason, GError **error)
{
  if (done) {
    ++*n_done;
    return true;
  }
  if (reason->domain != SEISMIC_ERROR) {
    g_propagate_error (error, reason);
    return false;
  }
  g_autofree char *item = g_strdup_printf ("%s: %s", event_id, what);
  g_ptr_array_add (group->report.skipped, seismic_skip_new (item, reason));
  return true;
}

/* Last, when the events of records without one are there too. */
static bool
put_picks_and_notes (Group *group, GError **error)
{
  SeismicLibrary *library = group->import->library;
  for (guint i = 0; i < group->picks->len; i++) {
    const SeismicPick *pick = group->picks->pdata[i];
    GError *reason = NULL;
    const bool done = seismic_library_put_pick (library, pick, &reason);
    if (!note_done (group, done, pick->event_id, "pick", &group->report.n_picks, reason,
                    error))
      return false;
  }
  for (guint i = 0; i < group->notes->len; i++) {
    const SeismicNote *note = group->notes->pdata[i];
    GError *reason = NULL;
    const bool done = seismic_library_put_note (library, note, &reason);
    if (!note_done (group, done, note->event_id, "tags", &group->report.n_notes, reason,
                    error))
      return false;
  }
  return true;
}

static bool
take_group (Group *group, GError **error)
{
  SeismicLibrary *library = group->import->library;
  if (!read_documents (group, error) || !seismic_library_begin (library, error))
    return false;
  if (put_documents (group, error) && take_records (group, error) &&
      put_picks_and_notes (group, error) &&
      seismic_library_make_signals (library, &group->report.n_signals,
                                    group->report.skipped, error))
    return seismic_library_commit (library, error);
  seismic_library_rollback (library);
  return false;
}

static bool
take_folders (Import *import, GPtrArray *folders, SeismicImportReport *report,
              GError **error)
{
  for (guint i = 0; i < folders->len; i++) {
    Group group = {.import = import, .folder = folders->pdata[i]};
    if (group.folder->files->len == 0)
      continue;
    group.records = g_ptr_array_new_with_free_func (g_free);
    group.stations =
        g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_station_free);
    group.picks = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_pick_free);
    group.notes = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_note_free);
    group.told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    report_init (&group.report);
    bool done = take_group (&group, error);
    if (done)
      report_merge (report, &group.report);
    group_clear (&group);
    if (!done)
      return false;
  }
  return true;
}

bool
seismic_import (SeismicLibrary *library, const char *const *paths,
                SeismicProgressFunc progress, void *user_data,
                SeismicImportReport *report, GError **error)
{
  report_init (report);
  g_autoptr (GPtrArray) folders =
      seismic_import_scan (paths, seismic_library_get_folder (library), report->skipped);
  Import import = {.library = library, .progress = progress, .user_data = user_data};
  for (guint i = 0; i < folders->len; i++)
    import.n_total += ((SeismicImportFolder *)folders->pdata[i])->files->len;
  import.named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  bool done = take_folders (&import, folders, report, error);
  g_hash_table_unref (import.named);
  const SeismicProgress end = {import.n_done, import.n_total, NULL};
  if (done && progress != NULL)
    progress (&end, user_data); /* nothing is left to stop */
  return done;
}
