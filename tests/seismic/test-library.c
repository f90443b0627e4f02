#include "seismic/library.h"
#include "seismic/error.h"
#include "support/records.h"

#include <math.h>
#include <string.h>

/* A library in a folder of its own; close with close_and_remove (). */
static SeismicLibrary *
new_library (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autoptr (GError) error = NULL;
  SeismicLibrary *library = seismic_library_open (folder, true, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seismic_library_get_folder (library), ==, folder);
  return library;
}

static void
close_and_remove (SeismicLibrary *library)
{
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  seismic_library_close (library);
  test_remove_folder (folder);
}

static void
put_event (SeismicLibrary *library, const char *id, int64_t time_ns)
{
  g_autoptr (SeismicEvent) event = seismic_event_new (id);
  g_autoptr (GError) error = NULL;
  event->time_ns = time_ns;
  g_assert_true (seismic_library_put_event (library, event, &error));
  g_assert_no_error (error);
}

/* Puts a record; takes bytes. */
static void
put_record (SeismicLibrary *library, const char *event, const char *name, GBytes *bytes,
            GPtrArray *skipped)
{
  g_autoptr (GError) error = NULL;
  seismic_library_put_record (library, event, name, bytes, "test", skipped, &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
}

static guint
count_signals (SeismicLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  g_assert_no_error (error);
  return signals->len;
}

static GPtrArray *
new_skips (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
}

static bool
has_file (SeismicLibrary *library, const char *name)
{
  g_autofree char *path =
      g_build_filename (seismic_library_get_folder (library), "waveforms", name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
test_empty (void)
{
  SeismicLibrary *library = new_library ();
  const char *folder = seismic_library_get_folder (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 0);
  g_assert_cmpuint (count_signals (library), ==, 0);
  g_assert_true (seismic_library_probe (folder));
  g_autofree char *model = seismic_library_model_path (library);
  g_assert_true (g_str_has_prefix (model, folder));
  g_assert_true (g_str_has_suffix (model, "/model.safetensors"));

  g_assert_null (seismic_library_read_signal (library, "a/NC.A..HN", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (seismic_library_read_signal (library, "", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (seismic_library_get_event (library, "a", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  close_and_remove (library);
}

static void
test_open (void)
{
  g_autofree char *top = test_new_folder ();
  g_autofree char *folder = g_build_filename (top, "new", "library", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (seismic_library_open (folder, false, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  g_autoptr (SeismicLibrary) made = seismic_library_open (folder, true, &error);
  g_assert_no_error (error);
  put_event (made, "a", 0);
  g_clear_pointer (&made, seismic_library_close);

  g_autoptr (SeismicLibrary) again = seismic_library_open (folder, true, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) events = seismic_library_list_events (again, &error);
  g_assert_cmpuint (events->len, ==, 1);
  g_clear_pointer (&again, seismic_library_close);
  test_remove_folder (top);
}

static guint
count_names (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

/* A folder that is something else stays exactly as it is. */
static void
test_open_other (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *file = g_build_filename (folder, "notes.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (seismic_library_open (folder, false, &error)); /* empty, not made */
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
  g_clear_error (&error);

  test_write_file (folder, "notes.txt", "mine", 4);
  for (int create = 0; create <= 1; create++) {
    g_assert_null (seismic_library_open (folder, create, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
    g_clear_error (&error);
    g_assert_null (seismic_library_open (file, create, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
    g_clear_error (&error);
  }
  g_assert_cmpuint (count_names (folder), ==, 1);

  test_write_file (folder, "library.sqlite", "no database at all", 18);
  g_assert_null (seismic_library_open (folder, true, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);
  g_clear_error (&error);
  test_write_file (folder, "library.sqlite", "", 0);
  g_assert_null (seismic_library_open (folder, false, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
  g_assert_cmpuint (count_names (folder), ==, 2);
  test_remove_folder (folder);
}

/* Changes 4 bytes in the header of the database of a closed library. */
static void
patch_database (const char *folder, size_t offset, guint32 value)
{
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autofree char *data = NULL;
  size_t n_bytes = 0;
  g_assert_true (g_file_get_contents (path, &data, &n_bytes, NULL));
  guint32 big_endian = GUINT32_TO_BE (value);
  memcpy (data + offset, &big_endian, sizeof big_endian);
  g_assert_true (g_file_set_contents (path, data, (gssize)n_bytes, NULL));
}

static void
test_version (void)
{
  SeismicLibrary *library = new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autoptr (GError) error = NULL;
  seismic_library_close (library);

  patch_database (folder, 60, 2); /* user_version */
  g_assert_null (seismic_library_open (folder, true, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
  g_assert_nonnull (strstr (error->message, "newer"));
  g_clear_error (&error);
  g_assert_cmpuint (count_names (folder), ==, 1);

  patch_database (folder, 60, 1);
  library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  seismic_library_close (library);

  patch_database (folder, 68, 0); /* application_id */
  g_assert_null (seismic_library_open (folder, true, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
  g_assert_cmpuint (count_names (folder), ==, 1);
  test_remove_folder (folder);
}

/* Any page of the database spoilt: an error or an answer, never a crash. */
static void
test_damaged_database (void)
{
  SeismicLibrary *library = new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autofree char *data = NULL;
  size_t n_bytes = 0;
  put_event (library, "a", 0);
  put_record (library, "a", "r", test_record_of_station ("NC", "A", 1), NULL);
  seismic_library_close (library);
  g_assert_true (g_file_get_contents (path, &data, &n_bytes, NULL));

  guint n_errors = 0;
  for (size_t offset = 100; offset < n_bytes; offset += 1021) {
    g_autofree char *spoilt = g_memdup2 (data, n_bytes);
    memset (spoilt + offset, 0xa5, MIN ((size_t)600, n_bytes - offset));
    g_assert_true (g_file_set_contents (path, spoilt, (gssize)n_bytes, NULL));
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicLibrary) opened = seismic_library_open (folder, false, &error);
    g_autoptr (GPtrArray) signals =
        opened != NULL ? seismic_library_list_signals (opened, &error) : NULL;
    g_autoptr (SeismicSignal) signal =
        signals != NULL ? seismic_library_read_signal (opened, "a/NC.A..HN", &error)
                        : NULL;
    g_assert_true ((signal == NULL) == (error != NULL));
    n_errors += error != NULL;
  }
  g_assert_cmpuint (n_errors, >, 0);
  test_remove_folder (folder);
}

static void
test_events (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new ("b");
  event->time_ns = 5;
  event->latitude = -1.5;
  event->longitude = 179.25;
  event->depth_km = 7.125;
  event->magnitude = 4.5;
  g_free (event->magnitude_type);
  event->magnitude_type = g_strdup ("Mw");
  g_free (event->type);
  event->type = g_strdup ("nuclear explosion");
  g_free (event->place);
  event->place = g_strdup ("O'Neill; DROP TABLE events");
  g_assert_true (seismic_library_put_event (library, event, &error));
  g_autoptr (SeismicEvent) found = seismic_library_get_event (library, "b", &error);
  g_assert_no_error (error);
  g_assert_true (seismic_event_equal (event, found));

  put_event (library, "unknown time", SEISMIC_TIME_UNSET);
  put_event (library, "newest", 9);
  put_event (library, "oldest", -9);
  put_event (library, "a", 5);
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  static const char *const order[] = {"newest", "a", "b", "oldest", "unknown time"};
  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < events->len; i++)
    g_assert_cmpstr (((SeismicEvent *)events->pdata[i])->id, ==, order[i]);
  const SeismicEvent *last = events->pdata[4];
  g_assert_true (last->time_ns == SEISMIC_TIME_UNSET && isnan (last->magnitude));

  g_autoptr (SeismicEvent) nameless = seismic_event_new ("");
  g_assert_false (seismic_library_put_event (library, nameless, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  g_clear_error (&error);
  g_autoptr (SeismicEvent) latin1 = seismic_event_new ("\xe9");
  g_assert_false (seismic_library_put_event (library, latin1, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  close_and_remove (library);
}

static void
test_one_signal (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = new_skips ();
  put_event (library, "72182046", TEST_START_NS);
  put_record (library, "72182046", "NC.A", test_record_of_station ("NC", "A", 1),
              skipped);
  g_assert_cmpuint (skipped->len, ==, 0);
  g_assert_true (has_file (library, "72182046/NC.A.mseed"));

  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  g_assert_cmpuint (signals->len, ==, 1);
  g_autoptr (SeismicSignalInfo) info = seismic_signal_info_copy (signals->pdata[0]);
  g_clear_pointer (&signals, g_ptr_array_unref);
  g_assert_cmpstr (info->id, ==, "72182046/NC.A..HN");
  g_assert_cmpstr (info->event_id, ==, "72182046");
  g_assert_cmpstr (info->network, ==, "NC");
  g_assert_cmpstr (info->station, ==, "A");
  g_assert_cmpstr (info->location, ==, "");
  g_assert_cmpstr (info->instrument, ==, "HN");
  g_assert_cmpstr (info->components, ==, "ENZ");
  g_assert_true (info->start_ns == TEST_START_NS);
  g_assert_cmpfloat (info->rate_hz, ==, 100.0);
  g_assert_cmpuint (info->n_samples, ==, 1000);
  g_assert_false (info->has_gaps);
  g_assert_true (isnan (info->distance_km) && isnan (info->latitude));
  g_assert_cmpstr (info->event.id, ==, "72182046");

  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, info->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (signal->n_samples, ==, 1000);
  GPtrArray *expected = test_traces_new ();
  test_traces_add_instrument (expected, "NC", "A", TEST_START_NS, 1000, 1);
  for (size_t i = 0; i < 3000; i++)
    g_assert_cmpfloat (signal->samples[i], ==,
                       seismic_trace_value (expected->pdata[i / 1000], i % 1000));
  g_ptr_array_unref (expected);
  seismic_signal_info_free (NULL);
  close_and_remove (library);
}

/* Components come in files of their own, in any order; nothing is a signal before the
 * third. */
static void
test_spread_components (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = new_skips ();
  put_event (library, "e", 0);
  put_record (library, "e", "z", test_record_of_channel ("NC", "A", "HNZ", 3), skipped);
  put_record (library, "e", "e", test_record_of_channel ("NC", "A", "HNE", 1), skipped);
  g_assert_cmpuint (skipped->len, ==, 2);
  const SeismicSkip *skip = skipped->pdata[0];
  g_assert_cmpstr (skip->item, ==, "e/NC.A..HN");
  g_assert_error (skip->reason, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS);
  g_assert_cmpuint (count_signals (library), ==, 0);

  put_record (library, "e", "n", test_record_of_channel ("NC", "A", "HNN", 2), skipped);
  g_assert_cmpuint (skipped->len, ==, 2);
  g_assert_cmpuint (count_signals (library), ==, 1);
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (signal->components, ==, "ENZ");
  g_assert_cmpuint (signal->n_samples, ==, 1000);

  /* other instruments are kept, but make none */
  put_record (library, "e", "bn", test_record_of_channel ("NC", "A", "BNE", 1), skipped);
  g_assert_cmpuint (skipped->len, ==, 3);
  skip = skipped->pdata[2];
  g_assert_cmpstr (skip->item, ==, "e/NC.A..BN");
  g_assert_error (skip->reason, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED);
  close_and_remove (library);
}

/* In a transaction signals are made once, with the last file. */
static void
test_transaction (void)
{
  static const char *const channels[] = {"HNE", "HNN", "HNZ"};
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = new_skips ();
  g_assert_true (seismic_library_begin (library, &error));
  put_event (library, "e", 0);
  for (guint i = 0; i < 3; i++)
    put_record (library, "e", channels[i],
                test_record_of_channel ("NC", "A", channels[i], i), skipped);
  put_record (library, "e", "b", test_record_of_channel ("NC", "B", "HNE", 7), skipped);
  g_assert_cmpuint (count_signals (library), ==, 0);
  g_assert_cmpuint (skipped->len, ==, 0);
  size_t n_made = 99;
  g_assert_true (seismic_library_make_signals (library, &n_made, skipped, &error));
  g_assert_cmpuint (n_made, ==, 1);
  g_assert_cmpuint (skipped->len, ==, 1);
  g_assert_cmpstr (((SeismicSkip *)skipped->pdata[0])->item, ==, "e/NC.B..HN");
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_signals (library), ==, 1);
  g_assert_true (seismic_library_make_signals (library, &n_made, NULL, &error));
  g_assert_cmpuint (n_made, ==, 0); /* nothing waits */

  /* a commit makes what waits */
  g_assert_true (seismic_library_begin (library, &error));
  put_record (library, "e", "b-n", test_record_of_channel ("NC", "B", "HNN", 8), NULL);
  put_record (library, "e", "b-z", test_record_of_channel ("NC", "B", "HNZ", 9), NULL);
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_cmpuint (count_signals (library), ==, 2);
  close_and_remove (library);
}

static void
test_rollback (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  put_event (library, "e", 0);
  put_record (library, "e", "kept", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_true (seismic_library_begin (library, &error));
  put_event (library, "f", 0);
  put_record (library, "e", "kept", test_record_of_station ("NC", "A", 5), NULL);
  put_record (library, "f", "gone", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_true (has_file (library, "f/gone.mseed"));
  seismic_library_rollback (library);
  seismic_library_rollback (library); /* without one it does nothing */
  g_assert_false (has_file (library, "f/gone.mseed"));
  g_assert_cmpuint (count_signals (library), ==, 1);
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  g_assert_cmpuint (events->len, ==, 1);
  /* the replaced record is back */
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  g_autofree char *waveforms =
      g_build_filename (seismic_library_get_folder (library), "waveforms", "e", NULL);
  g_assert_cmpuint (count_names (waveforms), ==, 1);
  close_and_remove (library);
}

static void
test_duplicate_and_replace (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  put_event (library, "e", 0);
  put_event (library, "f", 0);
  put_record (library, "e", "r", g_bytes_ref (bytes), NULL);
  put_record (library, "f", "r", g_bytes_ref (bytes),
              NULL); /* another event's is its own */
  for (int i = 0; i < 2; i++) {
    g_assert_false (seismic_library_put_record (library, "e", i == 0 ? "r" : "other",
                                                bytes, "test", NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE);
    g_clear_error (&error);
  }
  g_assert_cmpuint (count_signals (library), ==, 2);

  /* another content of that name: the old one goes, and with it the signal it made */
  put_record (library, "e", "r", test_record_of_station ("NC", "B", 2), NULL);
  g_assert_cmpuint (count_signals (library), ==, 2);
  g_assert_null (seismic_library_read_signal (library, "e/NC.A..HN", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.B..HN", &error);
  g_assert_no_error (error);
  g_assert_false (has_file (library, "e/r.mseed"));

  /* there and back inside one transaction */
  g_assert_true (seismic_library_begin (library, &error));
  put_record (library, "e", "r", test_record_of_station ("NC", "C", 3), NULL);
  put_record (library, "e", "r", test_record_of_station ("NC", "B", 2), NULL);
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_no_error (error);
  g_clear_pointer (&signal, seismic_signal_free);
  signal = seismic_library_read_signal (library, "e/NC.B..HN", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_signals (library), ==, 2);
  g_autofree char *source = seismic_library_record_source (library, "e", "r");
  g_assert_cmpstr (source, ==, "test");
  g_assert_null (seismic_library_record_source (library, "e", "none"));
  close_and_remove (library);
}

static void
test_bad_records (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("not a record", 12);
  put_event (library, "e", 0);
  g_assert_false (
      seismic_library_put_record (library, "none", "r", bytes, "", NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (
      seismic_library_put_record (library, "e", "r", nothing, "", NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_false (seismic_library_put_record (library, "e", "r", text, "", NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED);
  g_assert_cmpuint (count_signals (library), ==, 0);
  g_assert_false (has_file (library, "e/r.mseed"));
  close_and_remove (library);
}

/* Ids from outside stay inside. */
static void
test_hostile_ids (void)
{
  static const char *const ids[] = {"../../escape", "..",  "a/b/c", "%2e",
                                    "\xc3\xa9 \n",  "con", "'; --"};
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    put_event (library, ids[i], i);
    put_record (library, ids[i], ids[i], test_record_of_station ("NC", "A", i), NULL);
    g_autofree char *id = g_strconcat (ids[i], "/NC.A..HN", NULL);
    g_autoptr (SeismicSignal) signal = seismic_library_read_signal (library, id, &error);
    g_assert_no_error (error);
  }
  const char *folder = seismic_library_get_folder (library);
  g_autofree char *waveforms = g_build_filename (folder, "waveforms", NULL);
  g_assert_cmpuint (count_names (waveforms), ==, G_N_ELEMENTS (ids));
  close_and_remove (library);
}

static void
test_order_and_distance (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new ("located");
  event->time_ns = 7;
  event->latitude = 38.0;
  event->longitude = -122.0;
  g_assert_true (seismic_library_put_event (library, event, &error));
  put_event (library, "newest", 8);
  put_event (library, "unknown", SEISMIC_TIME_UNSET);
  static const char *const stations[] = {"A", "B", "FAR", "NEAR"};
  for (guint i = 0; i < G_N_ELEMENTS (stations); i++)
    put_record (library, "located", stations[i],
                test_record_of_station ("NC", stations[i], i), NULL);
  put_record (library, "unknown", "r", test_record_of_station ("NC", "A", 1), NULL);
  put_record (library, "newest", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_true (
      seismic_library_put_station (library, "NC", "FAR", 48.0, -122.0, &error));
  g_assert_true (seismic_library_put_station (library, "NC", "NEAR", 0.0, 0.0, &error));
  g_assert_true (
      seismic_library_put_station (library, "NC", "NEAR", 39.0, -122.0, &error));

  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  g_assert_no_error (error);
  static const char *const order[] = {"newest/NC.A..HN",    "located/NC.NEAR..HN",
                                      "located/NC.FAR..HN", "located/NC.A..HN",
                                      "located/NC.B..HN",   "unknown/NC.A..HN"};
  g_assert_cmpuint (signals->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < signals->len; i++)
    g_assert_cmpstr (((SeismicSignalInfo *)signals->pdata[i])->id, ==, order[i]);
  const SeismicSignalInfo *near = signals->pdata[1], *last = signals->pdata[5];
  g_assert_cmpfloat_with_epsilon (near->distance_km, 111.19, 0.01);
  g_assert_cmpfloat (near->latitude, ==, 39.0);
  g_assert_true (isnan (last->distance_km));
  close_and_remove (library);
}

static void
test_lost_and_changed_files (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  g_autofree char *path = g_build_filename (seismic_library_get_folder (library),
                                            "waveforms/e/r.mseed", NULL);
  put_event (library, "e", 0);
  put_record (library, "e", "r", g_bytes_ref (bytes), NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_null (seismic_library_read_signal (library, "e/NC.A..HN", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "e/r.mseed"));
  g_clear_error (&error);

  /* putting the same content again mends it */
  put_record (library, "e", "r", g_bytes_ref (bytes), NULL);
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);

  g_autofree char *data =
      g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  data[g_bytes_get_size (bytes) / 2] ^= 1;
  g_assert_true (
      g_file_set_contents (path, data, (gssize)g_bytes_get_size (bytes), NULL));
  g_assert_null (seismic_library_read_signal (library, "e/NC.A..HN", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);
  g_clear_error (&error);
  put_record (library, "e", "r", g_bytes_ref (bytes), NULL);
  g_clear_pointer (&signal, seismic_signal_free);
  signal = seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  close_and_remove (library);
}

/* One component's file lost: the other stations still go in, and this one says why. */
static void
test_put_beside_lost_file (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = new_skips ();
  g_autofree char *path = g_build_filename (seismic_library_get_folder (library),
                                            "waveforms/e/a.mseed", NULL);
  put_event (library, "e", 0);
  put_record (library, "e", "a", test_record_of_channel ("NC", "A", "HNE", 1), NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  put_record (library, "e", "b", test_record_of_channel ("NC", "A", "HNN", 2), skipped);
  g_assert_cmpuint (skipped->len, ==, 1);
  g_assert_error (((SeismicSkip *)skipped->pdata[0])->reason, G_IO_ERROR,
                  G_IO_ERROR_NOT_FOUND);
  close_and_remove (library);
}

/* A crash leaves temporary files, and files without a row. */
static void
test_after_crash (void)
{
  SeismicLibrary *library = new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autoptr (GError) error = NULL;
  put_event (library, "e", 0);
  seismic_library_close (library);
  test_write_file (folder, "waveforms/e/.r.mseed.part", "half a rec", 10);
  test_write_file (folder, "waveforms/e/r.mseed", "without a row", 13);
  test_write_file (folder, "waveforms/none/r.mseed", "without an event", 16);

  library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_signals (library), ==, 0);
  put_record (library, "e", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  g_assert_true (has_file (library, "e/r.mseed"));
  g_assert_false (has_file (library, "e/.r.mseed.part"));
  close_and_remove (library);
}

static void
test_two_handles (void)
{
  SeismicLibrary *library = new_library ();
  const char *folder = seismic_library_get_folder (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicLibrary) other = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_assert_true (seismic_library_begin (library, &error));
  put_event (library, "e", 0);
  put_record (library, "e", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_cmpuint (count_signals (other), ==, 0); /* reads, and sees the state before */
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_cmpuint (count_signals (other), ==, 1);
  put_event (other, "f", 0);
  put_record (other, "f", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_cmpuint (count_signals (library), ==, 2);
  g_clear_pointer (&other, seismic_library_close);
  close_and_remove (library);
}

static gpointer
put_many (gpointer folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, true, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf ("r%u-%p", i, (void *)library);
    g_autofree char *station = g_strdup_printf ("S%u", i);
    put_event (library, "e", i);
    g_autoptr (GBytes) bytes = test_record_of_station ("NC", station, i);
    if (!seismic_library_put_record (library, "e", name, bytes, "", NULL, &error))
      g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE);
    g_clear_error (&error);
  }
  return NULL;
}

/* Two writers at once, from the making of the library on. */
static void
test_two_writers (void)
{
  g_autofree char *folder = test_new_folder ();
  GThread *threads[2];
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("writer", put_many, folder);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_autoptr (GError) error = NULL;
  SeismicLibrary *library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_signals (library), ==, 20);
  close_and_remove (library);
}

/* A file with many instruments, as the event service sends them. */
static void
test_many_instruments_in_a_file (void)
{
  SeismicLibrary *library = new_library ();
  g_autoptr (GError) error = NULL;
  GPtrArray *traces = test_traces_new ();
  for (guint i = 0; i < 40; i++) {
    g_autofree char *station = g_strdup_printf ("S%02u", i);
    test_traces_add_instrument (traces, "NC", station, TEST_START_NS, 500, i);
  }
  put_event (library, "e", 0);
  put_record (library, "e", "all", test_record (traces), NULL);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  g_assert_cmpuint (signals->len, ==, 40);
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (library, info->id, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (signal->station, ==, info->station);
  }
  close_and_remove (library);
}

static void
test_read_only (void)
{
  SeismicLibrary *library = new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  put_event (library, "e", 0);
  put_record (library, "e", "r", test_record_of_station ("NC", "A", 1), NULL);
  seismic_library_close (library);
  g_chmod (path, 0400);
  g_chmod (folder, 0500);
  if (g_access (path, W_OK) == 0) {
    g_test_skip ("this user may write anything");
  } else {
    library = seismic_library_open (folder, false, &error);
    g_assert_no_error (error);
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (library, "e/NC.A..HN", &error);
    g_assert_no_error (error);
    g_autoptr (SeismicEvent) event = seismic_event_new ("f");
    g_assert_false (seismic_library_put_event (library, event, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY);
    seismic_library_close (library);
  }
  g_chmod (folder, 0700);
  test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/empty", test_empty);
  g_test_add_func ("/library/open", test_open);
  g_test_add_func ("/library/open-other", test_open_other);
  g_test_add_func ("/library/version", test_version);
  g_test_add_func ("/library/damaged-database", test_damaged_database);
  g_test_add_func ("/library/events", test_events);
  g_test_add_func ("/library/one-signal", test_one_signal);
  g_test_add_func ("/library/spread-components", test_spread_components);
  g_test_add_func ("/library/transaction", test_transaction);
  g_test_add_func ("/library/rollback", test_rollback);
  g_test_add_func ("/library/duplicate-and-replace", test_duplicate_and_replace);
  g_test_add_func ("/library/bad-records", test_bad_records);
  g_test_add_func ("/library/hostile-ids", test_hostile_ids);
  g_test_add_func ("/library/order-and-distance", test_order_and_distance);
  g_test_add_func ("/library/lost-and-changed-files", test_lost_and_changed_files);
  g_test_add_func ("/library/put-beside-lost-file", test_put_beside_lost_file);
  g_test_add_func ("/library/after-crash", test_after_crash);
  g_test_add_func ("/library/two-handles", test_two_handles);
  g_test_add_func ("/library/two-writers", test_two_writers);
  g_test_add_func ("/library/many-instruments-in-a-file",
                   test_many_instruments_in_a_file);
  g_test_add_func ("/library/read-only", test_read_only);
  return g_test_run ();
}
