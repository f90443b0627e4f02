/* The signals of a library: made from the segments of its records, and read. */
#include "seismic/error.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"
#include "seismic/time.h"

#include <string.h>

/* Whose signal is to be made. */
typedef struct {
  char *event_id, *id;
} Instrument;

static void
instrument_free (Instrument *instrument)
{
  g_free (instrument->event_id);
  g_free (instrument->id);
  g_free (instrument);
}

static guint
instrument_hash (gconstpointer key)
{
  const Instrument *instrument = key;
  return g_str_hash (instrument->event_id) * 31u + g_str_hash (instrument->id);
}

static gboolean
instrument_equal (gconstpointer a, gconstpointer b)
{
  const Instrument *one = a, *other = b;
  return g_str_equal (one->event_id, other->event_id) && g_str_equal (one->id, other->id);
}

static int
compare_instruments (gconstpointer a, gconstpointer b)
{
  const Instrument *one = *(Instrument *const *)a, *other = *(Instrument *const *)b;
  int order = strcmp (one->event_id, other->event_id);
  return order != 0 ? order : strcmp (one->id, other->id);
}

GHashTable *
seismic_library_pending_new (void)
{
  return g_hash_table_new_full (instrument_hash, instrument_equal,
                                (GDestroyNotify)instrument_free, NULL);
}

void
seismic_library_pending_add (SeismicLibrary *library, const char *event_id,
                             const char *instrument_id)
{
  Instrument *instrument = g_new0 (Instrument, 1);
  instrument->event_id = g_strdup (event_id);
  instrument->id = g_strdup (instrument_id);
  g_hash_table_add (library->pending, instrument);
}

/* A file that holds channels of an instrument. */
typedef struct {
  char *file, *sha256;
  int64_t size;
} RecordFile;

static void
record_file_free (RecordFile *record)
{
  g_free (record->file);
  g_free (record->sha256);
  g_free (record);
}

static GPtrArray *
list_files (SeismicLibrary *library, const Instrument *instrument, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error,
      "SELECT file, sha256, size FROM records WHERE event_id = ?1 AND id IN"
      " (SELECT record_id FROM segments WHERE instrument = ?2) ORDER BY id",
      "ss", instrument->event_id, instrument->id);
  if (row == NULL)
    return NULL;
  g_autoptr (GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify)record_file_free);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    RecordFile *record = g_new0 (RecordFile, 1);
    record->file = g_strdup (seismic_sql_text (row, 0));
    record->sha256 = g_strdup (seismic_sql_text (row, 1));
    record->size = sqlite3_column_int64 (row, 2);
    g_ptr_array_add (files, record);
  }
  return step == 0 ? g_steal_pointer (&files) : NULL;
}

/* The traces of the instrument in the files, borrowed from *loaded, which is a new array
 * of those of each file. NULL on error. */
static GPtrArray *
load_own (SeismicLibrary *library, GPtrArray *files, const char *instrument_id,
          GPtrArray **loaded, GError **error)
{
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  for (guint i = 0; i < files->len; i++) {
    const RecordFile *record = files->pdata[i];
    GPtrArray *traces = seismic_library_load_traces (
        library, record->file, record->size, record->sha256, instrument_id, error);
    if (traces == NULL)
      return NULL;
    g_ptr_array_add (all, traces);
    for (guint k = 0; k < traces->len; k++) {
      g_autofree char *id = seismic_library_instrument_id (traces->pdata[k]);
      if (g_str_equal (id, instrument_id))
        g_ptr_array_add (own, traces->pdata[k]);
    }
  }
  *loaded = g_steal_pointer (&all);
  return g_steal_pointer (&own);
}

/* Reads the files and makes the instrument's signal of the traces that are its own, and
 * the record around it where whole is not NULL. */
static SeismicSignal *
assemble (SeismicLibrary *library, GPtrArray *files, const char *instrument_id,
          SeismicRecord **whole, GError **error)
{
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GPtrArray) own = load_own (library, files, instrument_id, &loaded, error);
  SeismicSignal *signal = own != NULL ? seismic_signal_from_traces (own, error) : NULL;
  if (signal != NULL && whole != NULL)
    *whole = seismic_record_new (signal, own);
  return signal;
}

/* The instrument's traces as the catalogue knows them, without samples. NULL on error. */
static GPtrArray *
list_spans (SeismicLibrary *library, const Instrument *instrument, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error,
      "SELECT s.channel, s.start_ns, s.rate_hz, s.n_samples, s.type FROM segments s"
      " JOIN records r ON r.id = s.record_id WHERE r.event_id = ?1 AND s.instrument = ?2"
      " ORDER BY r.id, s.rowid",
      "ss", instrument->event_id, instrument->id);
  g_auto (GStrv) codes = g_strsplit (instrument->id, ".", 4);
  if (row == NULL)
    return NULL;
  g_autoptr (GPtrArray) spans =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1)
    g_ptr_array_add (
        spans,
        seismic_trace_new (codes[0], codes[1], codes[2], seismic_sql_text (row, 0),
                           sqlite3_column_int64 (row, 1), seismic_sql_double (row, 2),
                           (SeismicSampleType)*seismic_sql_text (row, 4), NULL,
                           (size_t)MAX (sqlite3_column_int64 (row, 3), 0)));
  return step == 0 ? g_steal_pointer (&spans) : NULL;
}

static bool
are_whole_numbers (GPtrArray *spans)
{
  for (guint i = 0; i < spans->len; i++) {
    const SeismicTrace *span = spans->pdata[i];
    if (span->type != SEISMIC_SAMPLE_INT32)
      return false;
  }
  return true;
}

/* The instrument's signal as its row needs it. The samples of numbers that may not be
 * finite are read to see; of whole numbers, the spans tell all. */
static SeismicSignal *
find_signal_of_files (SeismicLibrary *library, GPtrArray *files, GPtrArray *spans,
                      const char *instrument_id, GError **error)
{
  return are_whole_numbers (spans)
             ? seismic_signal_from_spans (spans, error)
             : assemble (library, files, instrument_id, NULL, error);
}

static bool
insert_signal (SeismicLibrary *library, const Instrument *instrument,
               const SeismicSignal *signal, GError **error)
{
  /* The codes as the id has them, printable. */
  g_auto (GStrv) codes = g_strsplit (instrument->id, ".", 4);
  if (g_strv_length (codes) != 4) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED, "%s is no instrument",
                 instrument->id);
    return false;
  }
  return seismic_sql_run (
      library->db, error,
      "INSERT OR REPLACE INTO signals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sssssssidzi", instrument->event_id, instrument->id, codes[0], codes[1], codes[2],
      codes[3], signal->components, signal->start_ns, signal->rate_hz, signal->n_samples,
      (int64_t)signal->has_gaps);
}

static void
skip_instrument (GPtrArray *skipped, const Instrument *instrument, GError *reason)
{
  g_autofree char *item = g_strconcat (instrument->event_id, "/", instrument->id, NULL);
  g_ptr_array_add (skipped, seismic_skip_new (item, reason));
}

static bool
make_signal (SeismicLibrary *library, const Instrument *instrument, bool *is_made,
             GPtrArray *skipped, GError **error)
{
  *is_made = false;
  g_autoptr (GPtrArray) files = list_files (library, instrument, error);
  if (files == NULL)
    return false;
  if (!seismic_sql_run (library->db, error,
                        "DELETE FROM signals WHERE event_id = ? AND instrument_id = ?",
                        "ss", instrument->event_id, instrument->id))
    return false;
  if (files->len == 0) /* its last record was replaced by one of others */
    return true;

  g_autoptr (GPtrArray) spans = list_spans (library, instrument, error);
  if (spans == NULL)
    return false;
  g_autoptr (GError) reason = NULL;
  g_autoptr (SeismicSignal) signal =
      find_signal_of_files (library, files, spans, instrument->id, &reason);
  if (signal == NULL) {
    skip_instrument (skipped, instrument, g_steal_pointer (&reason));
    return true;
  }
  *is_made = insert_signal (library, instrument, signal, error);
  return *is_made;
}

bool
seismic_library_make_signals (SeismicLibrary *library, size_t *n_made, GPtrArray *skipped,
                              GError **error)
{
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GPtrArray) instruments = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, library->pending);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (instruments, key);
  g_ptr_array_sort (instruments, compare_instruments);

  size_t n = 0;
  for (guint i = 0; i < instruments->len; i++) {
    bool is_made;
    if (!make_signal (library, instruments->pdata[i], &is_made, left_out, error))
      return false;
    n += is_made;
  }
  g_hash_table_remove_all (library->pending);
  seismic_trace_cache_clear (library->cache);
  seismic_library_clear_indexes (library);
  if (n_made != NULL)
    *n_made = n;
  if (skipped != NULL)
    g_ptr_array_extend_and_steal (skipped, g_steal_pointer (&left_out));
  return true;
}

static bool
set_no_signal (const char *signal_id, GError **error)
{
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
               "There is no signal %s in the library", signal_id);
  return false;
}

/* What the catalogue says of a signal, to hold against what is read. */
static bool
find_signal (SeismicLibrary *library, const Instrument *instrument, int64_t *event_ns,
             int64_t *start_ns, int64_t *n_samples, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      seismic_sql_query (library->db, error,
                         "SELECT s.start_ns, s.n_samples, e.time_ns FROM signals s"
                         " JOIN events e ON e.id = s.event_id"
                         " WHERE s.event_id = ? AND s.instrument_id = ?",
                         "ss", instrument->event_id, instrument->id);
  int step = row == NULL ? -1 : seismic_sql_step (library->db, row, error);
  if (step == 1) {
    *start_ns = sqlite3_column_int64 (row, 0);
    *n_samples = sqlite3_column_int64 (row, 1);
    *event_ns = seismic_sql_time (row, 2);
  }
  return step == 1 || (step == 0 && set_no_signal (instrument->id, error));
}

/* record may be NULL. */
static SeismicSignal *
read_signal (SeismicLibrary *library, const char *signal_id, SeismicRecord **record,
             GError **error)
{
  const char *slash = strrchr (signal_id, '/'); /* an instrument id has none */
  if (slash == NULL) {
    set_no_signal (signal_id, error);
    return NULL;
  }
  g_autofree char *event_id = g_strndup (signal_id, (size_t)(slash - signal_id));
  g_autofree char *instrument_id = g_strdup (slash + 1);
  const Instrument instrument = {event_id, instrument_id};
  int64_t event_ns, start_ns, n_samples;
  if (!find_signal (library, &instrument, &event_ns, &start_ns, &n_samples, error))
    return NULL;
  g_autoptr (GPtrArray) files = list_files (library, &instrument, error);
  if (files == NULL)
    return NULL;
  g_autoptr (SeismicRecord) whole = NULL;
  g_autoptr (SeismicSignal) signal =
      assemble (library, files, instrument_id, record != NULL ? &whole : NULL, error);
  if (signal == NULL)
    return NULL;
  if (signal->start_ns != start_ns || (int64_t)signal->n_samples != n_samples) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "The catalogue and the records disagree on the signal %s", signal_id);
    return NULL;
  }
  g_autoptr (GHashTable) sensitivities =
      seismic_library_load_sensitivities (library, instrument_id, error);
  if (sensitivities == NULL)
    return NULL;
  seismic_library_find_sensitivity (sensitivities, instrument_id, signal->components,
                                    seismic_library_time_of_motion (event_ns, start_ns),
                                    signal->counts_per_ms2, signal->azimuths);
  if (record != NULL) {
    memcpy (whole->signal->counts_per_ms2, signal->counts_per_ms2,
            sizeof signal->counts_per_ms2);
    memcpy (whole->signal->azimuths, signal->azimuths, sizeof signal->azimuths);
    *record = g_steal_pointer (&whole);
  }
  return g_steal_pointer (&signal);
}

SeismicSignal *
seismic_library_read_signal (SeismicLibrary *library, const char *signal_id,
                             GError **error)
{
  return read_signal (library, signal_id, NULL, error);
}

SeismicRecord *
seismic_library_read_record (SeismicLibrary *library, const char *signal_id,
                             GError **error)
{
  SeismicRecord *record = NULL;
  g_autoptr (SeismicSignal) signal = read_signal (library, signal_id, &record, error);
  return signal != NULL ? record : NULL;
}

GPtrArray *
seismic_library_read_traces (SeismicLibrary *library, const char *signal_id,
                             GError **error)
{
  const char *slash = strrchr (signal_id, '/');
  if (slash == NULL) {
    set_no_signal (signal_id, error);
    return NULL;
  }
  g_autofree char *event_id = g_strndup (signal_id, (size_t)(slash - signal_id));
  g_autofree char *instrument_id = g_strdup (slash + 1);
  const Instrument instrument = {event_id, instrument_id};
  int64_t event_ns, start_ns, n_samples;
  if (!find_signal (library, &instrument, &event_ns, &start_ns, &n_samples, error))
    return NULL;
  g_autoptr (GPtrArray) files = list_files (library, &instrument, error);
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GPtrArray) own =
      files != NULL ? load_own (library, files, instrument_id, &loaded, error) : NULL;
  if (own == NULL)
    return NULL;
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  for (guint i = 0; i < own->len; i++) {
    const SeismicTrace *trace = own->pdata[i];
    g_ptr_array_add (copies,
                     seismic_trace_new (trace->network, trace->station, trace->location,
                                        trace->channel, trace->start_ns, trace->rate_hz,
                                        trace->type, trace->samples, trace->n_samples));
  }
  return copies;
}
