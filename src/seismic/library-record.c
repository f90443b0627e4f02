/* The record files of a library: put them in, read them again. */
#include "seismic/error.h"
#include "seismic/hash.h"
#include "seismic/library-download.h"
#include "seismic/library-file.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"
#include "seismic/waveform.h"

#include <string.h>

#define INSTRUMENT_CODE "HN" /* strong motion: high-rate accelerometers */
#define FILE_HASH_LETTERS 16

/* One file on its way into the library. */
typedef struct {
  /* Borrowed */
  const char *event_id, *source;
  GBytes *bytes;    /* or NULL: the file is long, and elsewhere or already in its place */
  const char *path; /* of a long file elsewhere, else NULL */
  GPtrArray *traces;
  uint64_t n_bytes;
  const char *suffix, *name, *sha256; /* of its file; what it is called; of its content */
} NewRecord;

/* A code as the catalogue writes it: the id's own separators and what is no printable
 * ASCII become question marks. Free with g_free. */
static char *
printable_code (const char *code)
{
  char *printable = g_strdup (code);
  for (char *letter = printable; *letter != '\0'; letter++) {
    if (!g_ascii_isgraph (*letter) || *letter == '.' || *letter == '/')
      *letter = '?';
  }
  return printable;
}

char *
seismic_library_instrument_id (const SeismicTrace *trace)
{
  g_autofree char *network = printable_code (trace->network);
  g_autofree char *station = printable_code (trace->station);
  g_autofree char *location = printable_code (trace->location);
  g_autofree char *channel = printable_code (trace->channel);
  return g_strdup_printf ("%s.%s.%s.%.2s", network, station, location, channel);
}

bool
seismic_library_makes_signal (const SeismicTrace *trace)
{
  return strncmp (trace->channel, INSTRUMENT_CODE, strlen (INSTRUMENT_CODE)) == 0;
}

static char *
record_path (SeismicLibrary *library, const char *file)
{
  return g_build_filename (library->waveforms, file, NULL);
}

static bool
insert_segment (SeismicLibrary *library, int64_t record_id, const SeismicTrace *trace,
                GError **error)
{
  g_autofree char *instrument = seismic_library_instrument_id (trace);
  g_autofree char *channel = printable_code (trace->channel);
  char type[] = {(char)trace->type, '\0'};
  return seismic_sql_run (library->db, error,
                          "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?)", "issidzs",
                          record_id, instrument, channel, trace->start_ns, trace->rate_hz,
                          trace->n_samples, type);
}

static void
wait_for_traces (SeismicLibrary *library, const NewRecord *record)
{
  for (guint i = 0; i < record->traces->len; i++) {
    const SeismicTrace *trace = record->traces->pdata[i];
    g_autofree char *instrument = seismic_library_instrument_id (trace);
    if (seismic_library_makes_signal (trace))
      seismic_library_pending_add (library, record->event_id, instrument);
  }
}

static bool
insert_record (SeismicLibrary *library, const NewRecord *record, const char *file,
               GError **error)
{
  g_autofree char *source = g_utf8_make_valid (record->source, -1);
  if (!seismic_sql_run (
          library->db, error, "INSERT INTO records VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
          "ssszssi", record->event_id, record->name, file, (size_t)record->n_bytes,
          record->sha256, source, g_get_real_time () * INT64_C (1000)))
    return false;
  int64_t id = sqlite3_last_insert_rowid (library->db);
  for (guint i = 0; i < record->traces->len; i++) {
    if (!insert_segment (library, id, record->traces->pdata[i], error))
      return false;
  }
  return true;
}

/* 1 if a file must not be written: it has a row, or this transaction may yet bring its
 * row back. 0 if not, -1 on error. */
static int
is_taken (SeismicLibrary *library, const char *file, GError **error)
{
  if (g_ptr_array_find_with_equal_func (library->old_files, file, g_str_equal, NULL))
    return 1;
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, "SELECT 1 FROM records WHERE file = ?", "s", file);
  return row == NULL ? -1 : seismic_sql_step (library->db, row, error);
}

/* EVENT/NAME.mseed below waveforms/. Free with g_free. */
static char *
own_file (const char *event_id, const char *safe_name, const char *suffix)
{
  g_autofree char *folder = seismic_library_safe_name (event_id);
  return g_strconcat (folder, "/", safe_name, suffix, NULL);
}

/* own_file (), with a piece of the hash and a number where that is taken. NULL on
 * error. */
static char *
choose_file (SeismicLibrary *library, const NewRecord *record, GError **error)
{
  g_autofree char *folder = seismic_library_safe_name (record->event_id);
  g_autofree char *file = own_file (record->event_id, record->name, record->suffix);
  int taken = is_taken (library, file, error);
  for (guint number = 1; taken == 1; number++) {
    g_free (file);
    file = g_strdup_printf ("%s/%s-%.*s-%u%s", folder, record->name, FILE_HASH_LETTERS,
                            record->sha256, number, record->suffix);
    taken = is_taken (library, file, error);
  }
  return taken == 0 ? g_steal_pointer (&file) : NULL;
}

/* Takes the row of that name out, its file after the commit. */
static bool
remove_namesake (SeismicLibrary *library, const NewRecord *record, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      seismic_sql_query (library->db, error,
                         "SELECT r.file, s.instrument, s.channel FROM records r"
                         " LEFT JOIN segments s ON s.record_id = r.id"
                         " WHERE r.event_id = ? AND r.name = ?",
                         "ss", record->event_id, record->name);
  if (row == NULL)
    return false;
  g_autofree char *file = NULL;
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    if (file == NULL)
      file = g_strdup (seismic_sql_text (row, 0));
    if (g_str_has_prefix (seismic_sql_text (row, 2), INSTRUMENT_CODE))
      seismic_library_pending_add (library, record->event_id, seismic_sql_text (row, 1));
  }
  if (step < 0)
    return false;
  if (file == NULL)
    return true;
  if (seismic_library_is_safe_path (file))
    g_ptr_array_add (library->old_files, g_steal_pointer (&file));
  return seismic_sql_run (library->db, error,
                          "DELETE FROM records WHERE event_id = ? AND name = ?", "ss",
                          record->event_id, record->name);
}

/* *file: of the event's record with the same content, NULL if there is none. */
static bool
find_same (SeismicLibrary *library, const NewRecord *record, char **file, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, "SELECT file FROM records WHERE event_id = ? AND sha256 = ?",
      "ss", record->event_id, record->sha256);
  int step = row == NULL ? -1 : seismic_sql_step (library->db, row, error);
  if (step == 1)
    *file = g_strdup (seismic_sql_text (row, 0));
  return step >= 0;
}

/* Its content to file, from wherever it is. */
static bool
write_record (SeismicLibrary *library, const NewRecord *record, const char *file,
              GError **error)
{
  if (record->bytes != NULL)
    return seismic_library_write_file (library->waveforms, file, record->bytes, error);
  g_autofree char *own = own_file (record->event_id, record->name, record->suffix);
  g_autofree char *path = record_path (library, own);
  return seismic_library_copy_file (library->waveforms, file,
                                    record->path != NULL ? record->path : path, error);
}

/* The content is known: a duplicate, unless its file was lost or spoilt, which this
 * mends. */
static bool
mend_or_refuse (SeismicLibrary *library, const NewRecord *record, const char *file,
                GError **error)
{
  if (!seismic_library_is_safe_path (file)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "library.sqlite names the file %s, which cannot be", file);
    return false;
  }
  g_autofree char *path = record_path (library, file);
  g_autofree char *stored = NULL;
  uint64_t n_stored;
  if (!seismic_library_hash_file (path, &stored, &n_stored, NULL) ||
      !g_str_equal (stored, record->sha256)) {
    wait_for_traces (library, record);
    return write_record (library, record, file, error);
  }
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE,
               "The event %s has the same content already (%s)", record->event_id, file);
  return false;
}

/* Another text once the file is another. NULL if it is gone. */
static char *
cache_key (SeismicLibrary *library, const char *file)
{
  g_autofree char *path = record_path (library, file);
  g_autofree char *stamp = seismic_library_stamp_file (path);
  return stamp == NULL ? NULL : g_strconcat (file, " ", stamp, NULL);
}

void
seismic_library_clear_indexes (SeismicLibrary *library)
{
  for (guint i = 0; i < SEISMIC_LIBRARY_N_INDEXES; i++) {
    g_clear_pointer (&library->indexes[i].key, g_free);
    g_clear_pointer (&library->indexes[i].index, seismic_miniseed_index_free);
  }
}

/* Takes index, in the place of the oldest. */
static void
keep_index (SeismicLibrary *library, const char *file, SeismicMiniseedIndex *index)
{
  SeismicLibraryIndex *kept = &library->indexes[library->next_index];
  g_free (kept->key);
  g_clear_pointer (&kept->index, seismic_miniseed_index_free);
  kept->key = cache_key (library, file);
  kept->index = index;
  library->next_index = (library->next_index + 1) % SEISMIC_LIBRARY_N_INDEXES;
}

static bool
store_record (SeismicLibrary *library, const NewRecord *record, GError **error)
{
  g_autofree char *same = NULL;
  if (!seismic_library_check_event (library, record->event_id, error) ||
      !find_same (library, record, &same, error))
    return false;
  if (same != NULL)
    return mend_or_refuse (library, record, same, error);

  g_autofree char *file = choose_file (library, record, error);
  if (file == NULL || !remove_namesake (library, record, error))
    return false;
  if (!write_record (library, record, file, error))
    return false;
  g_ptr_array_add (library->new_files, g_strdup (file));
  if (!insert_record (library, record, file, error))
    return false;
  wait_for_traces (library, record);
  if (record->path == NULL) /* else the traces have no samples */
    seismic_library_keep_traces (library, file, record->traces);
  return true;
}

/* The same for what stands in its place already: no file is written or removed, but one
 * that the event has under another name is not kept twice. */
static bool
adopt_record (SeismicLibrary *library, const NewRecord *record, GError **error)
{
  g_autofree char *file = own_file (record->event_id, record->name, record->suffix);
  g_autofree char *same = NULL;
  if (!seismic_library_check_event (library, record->event_id, error) ||
      !find_same (library, record, &same, error))
    return false;
  if (same != NULL && !g_str_equal (same, file)) {
    g_autoptr (GError) reason = NULL;
    if (!mend_or_refuse (library, record, same, &reason) &&
        !g_error_matches (reason, SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE)) {
      g_propagate_error (error, g_steal_pointer (&reason));
      return false;
    }
    g_ptr_array_add (library->old_files, g_steal_pointer (&file));
    return true;
  }
  if (same == NULL) {
    guint index;
    if (!remove_namesake (library, record, error))
      return false;
    if (g_ptr_array_find_with_equal_func (library->old_files, file, g_str_equal, &index))
      g_ptr_array_remove_index (library->old_files, index);
    if (!insert_record (library, record, file, error))
      return false;
  }
  wait_for_traces (library, record);
  return true;
}

/* A skip for each instrument that never makes a signal. */
static void
skip_other_instruments (const NewRecord *record, GPtrArray *skipped)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < record->traces->len; i++) {
    const SeismicTrace *trace = record->traces->pdata[i];
    if (seismic_library_makes_signal (trace))
      continue;
    char *instrument = seismic_library_instrument_id (trace);
    if (!g_hash_table_add (seen, instrument))
      continue;
    g_autofree char *item = g_strconcat (record->event_id, "/", instrument, NULL);
    GError *reason = g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED,
                                  "Only the instrument code " INSTRUMENT_CODE
                                  " (strong motion) makes signals");
    g_ptr_array_add (skipped, seismic_skip_new (item, reason));
  }
}

/* How a record comes into the catalogue. */
typedef bool (*Step) (SeismicLibrary *library, const NewRecord *record, GError **error);

static bool
check_content (const NewRecord *record, GError **error)
{
  if (record->n_bytes > SEISMIC_FILE_MAX_BYTES) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%s has more than the limit of 2 GiB", record->name);
    return false;
  }
  if (record->traces->len == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY, "%s holds no samples",
                 record->name);
    return false;
  }
  return true;
}

static bool
take_record (SeismicLibrary *library, const NewRecord *record, Step step,
             GPtrArray *skipped, GError **error)
{
  if (!check_content (record, error))
    return false;
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  SeismicLibraryMark mark;
  if (!seismic_library_enter (library, &mark, error))
    return false;
  bool done = step (library, record, error);
  if (done && !library->in_transaction)
    done = seismic_library_make_signals (library, NULL, left_out, error);
  if (!seismic_library_leave (library, &mark, done, error))
    return false;
  if (skipped != NULL) {
    skip_other_instruments (record, skipped);
    g_ptr_array_extend_and_steal (skipped, g_steal_pointer (&left_out));
  }
  return true;
}

static const char *
suffix_of (GBytes *bytes)
{
  size_t n_bytes = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n_bytes);
  return seismic_waveform_suffix (data, n_bytes);
}

bool
seismic_library_put_traces (SeismicLibrary *library, const char *event_id,
                            const char *name, GBytes *bytes, GPtrArray *traces,
                            const char *source, GPtrArray *skipped, GError **error)
{
  g_autofree char *safe_name = seismic_library_safe_name (name);
  g_autofree char *sha256 =
      seismic_hash_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const NewRecord record = {.event_id = event_id,
                            .source = source,
                            .bytes = bytes,
                            .traces = traces,
                            .n_bytes = g_bytes_get_size (bytes),
                            .suffix = suffix_of (bytes),
                            .name = safe_name,
                            .sha256 = sha256};
  return take_record (library, &record, store_record, skipped, error);
}

bool
seismic_library_put_index (SeismicLibrary *library, const char *event_id,
                           const char *name, const char *path,
                           SeismicMiniseedIndex *index, const char *source,
                           GPtrArray *skipped, GError **error)
{
  g_autofree char *safe_name = seismic_library_safe_name (name);
  g_autofree char *sha256 = NULL;
  NewRecord record = {.event_id = event_id,
                      .source = source,
                      .path = path,
                      .traces = seismic_miniseed_index_get_traces (index),
                      .suffix = SEISMIC_LIBRARY_FILE_SUFFIX,
                      .name = safe_name};
  if (!seismic_library_hash_file (path, &sha256, &record.n_bytes, error))
    return false;
  record.sha256 = sha256;
  return take_record (library, &record, store_record, skipped, error);
}

bool
seismic_library_adopt_file (SeismicLibrary *library, const char *event_id,
                            const char *name, GPtrArray *traces, const char *sha256,
                            uint64_t n_bytes, const char *source, GError **error)
{
  g_autofree char *safe_name = seismic_library_safe_name (name);
  const NewRecord record = {.event_id = event_id,
                            .source = source,
                            .traces = traces,
                            .n_bytes = n_bytes,
                            .suffix = SEISMIC_LIBRARY_FILE_SUFFIX,
                            .name = safe_name,
                            .sha256 = sha256};
  return take_record (library, &record, adopt_record, NULL, error);
}

char *
seismic_library_record_path (SeismicLibrary *library, const char *event_id,
                             const char *name)
{
  g_autofree char *safe_name = seismic_library_safe_name (name);
  g_autofree char *file = own_file (event_id, safe_name, SEISMIC_LIBRARY_FILE_SUFFIX);
  return record_path (library, file);
}

bool
seismic_library_put_record (SeismicLibrary *library, const char *event_id,
                            const char *name, GBytes *bytes, const char *source,
                            GPtrArray *skipped, GError **error)
{
  g_autoptr (GPtrArray) traces = NULL;
  size_t n_bytes = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n_bytes);
  if (!seismic_waveform_read (data, n_bytes, &traces, NULL, error))
    return false;
  return seismic_library_put_traces (library, event_id, name, bytes, traces, source,
                                     skipped, error);
}

char *
seismic_library_record_source (SeismicLibrary *library, const char *event_id,
                               const char *name)
{
  g_autofree char *safe_name = seismic_library_safe_name (name);
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, NULL, "SELECT source FROM records WHERE event_id = ? AND name = ?",
      "ss", event_id, safe_name);
  if (row == NULL || seismic_sql_step (library->db, row, NULL) != 1)
    return NULL;
  return g_strdup (seismic_sql_text (row, 0));
}

void
seismic_library_keep_traces (SeismicLibrary *library, const char *file, GPtrArray *traces)
{
  g_autofree char *key = cache_key (library, file);
  if (key != NULL)
    seismic_trace_cache_put (library->cache, key, traces);
}

static bool
has_several_instruments (GPtrArray *traces)
{
  for (guint i = 1; i < traces->len; i++) {
    g_autofree char *first = seismic_library_instrument_id (traces->pdata[0]);
    g_autofree char *other = seismic_library_instrument_id (traces->pdata[i]);
    if (!g_str_equal (first, other))
      return true;
  }
  return false;
}

static bool
check_unchanged (const char *path, bool is_unchanged, GError **error)
{
  if (!is_unchanged)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "%s was changed since it was put into the library", path);
  return is_unchanged;
}

/* The index of a long file that is as it was; the library's. */
static SeismicMiniseedIndex *
find_index (SeismicLibrary *library, const char *file, const char *key, int64_t size,
            const char *sha256, GError **error)
{
  for (guint i = 0; i < SEISMIC_LIBRARY_N_INDEXES; i++) {
    if (key != NULL && g_strcmp0 (library->indexes[i].key, key) == 0)
      return library->indexes[i].index;
  }
  g_autofree char *path = record_path (library, file);
  g_autofree char *found = NULL;
  uint64_t n_bytes = 0;
  if (!seismic_library_hash_file (path, &found, &n_bytes, error) ||
      !check_unchanged (path, (int64_t)n_bytes == size && g_str_equal (found, sha256),
                        error))
    return NULL;
  SeismicMiniseedIndex *index = seismic_miniseed_index_new (path, NULL, error);
  if (index == NULL)
    g_prefix_error (error, "%s: ", path);
  else
    keep_index (library, file, index);
  return index;
}

static bool
is_of_instrument (const SeismicTrace *trace, void *instrument_id)
{
  g_autofree char *id = seismic_library_instrument_id (trace);
  return g_str_equal (id, instrument_id);
}

static GPtrArray *
load_some (SeismicLibrary *library, const char *file, const char *key, int64_t size,
           const char *sha256, const char *instrument_id, GError **error)
{
  SeismicMiniseedIndex *index = find_index (library, file, key, size, sha256, error);
  return index == NULL ? NULL
                       : seismic_miniseed_index_read (index, is_of_instrument,
                                                      (char *)instrument_id, error);
}

GPtrArray *
seismic_library_load_traces (SeismicLibrary *library, const char *file, int64_t size,
                             const char *sha256, const char *instrument_id,
                             GError **error)
{
  if (!seismic_library_is_safe_path (file)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "library.sqlite names the file %s, which cannot be", file);
    return NULL;
  }
  g_autofree char *key = cache_key (library, file);
  GPtrArray *kept = key != NULL ? seismic_trace_cache_get (library->cache, key) : NULL;
  if (kept != NULL)
    return kept;

  g_autofree char *path = record_path (library, file);
  if (size > (int64_t)SEISMIC_LIBRARY_LONG_FILE &&
      g_str_has_suffix (file, SEISMIC_LIBRARY_FILE_SUFFIX)) /* miniSEED, not packed */
    return load_some (library, file, key, size, sha256, instrument_id, error);
  g_autoptr (GBytes) bytes = seismic_library_read_file (path, error);
  if (bytes == NULL)
    return NULL;
  size_t n_bytes = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n_bytes);
  g_autofree char *found = seismic_hash_bytes (data, n_bytes);
  if (!check_unchanged (path, (int64_t)n_bytes == size && g_str_equal (found, sha256),
                        error))
    return NULL;
  g_autoptr (GPtrArray) traces = NULL;
  if (!seismic_waveform_read (data, n_bytes, &traces, NULL, error)) {
    g_prefix_error (error, "%s: ", path);
    return NULL;
  }
  if (has_several_instruments (traces))
    seismic_trace_cache_put (library->cache, key != NULL ? key : file, traces);
  return g_steal_pointer (&traces);
}
