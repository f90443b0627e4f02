#include "seismic/library.h"
#include "seismic/error.h"
#include "support/library.h"

#include <math.h>
#include <string.h>

static void
test_one_signal (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = test_new_skips ();
  test_put_event (library, "72182046", TEST_START_NS);
  test_put_record (library, "72182046", "NC.A", test_record_of_station ("NC", "A", 1),
                   skipped);
  g_assert_cmpuint (skipped->len, ==, 0);
  g_assert_true (test_has_file (library, "72182046/NC.A.mseed"));

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
  test_remove_library (library);
}

/* Components come in files of their own, in any order; nothing is a signal before the
 * third. */
static void
test_spread_components (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = test_new_skips ();
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "z", test_record_of_channel ("NC", "A", "HNZ", 3),
                   skipped);
  test_put_record (library, "e", "e", test_record_of_channel ("NC", "A", "HNE", 1),
                   skipped);
  g_assert_cmpuint (skipped->len, ==, 2);
  const SeismicSkip *skip = skipped->pdata[0];
  g_assert_cmpstr (skip->item, ==, "e/NC.A..HN");
  g_assert_error (skip->reason, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS);
  g_assert_cmpuint (test_count_signals (library), ==, 0);

  test_put_record (library, "e", "n", test_record_of_channel ("NC", "A", "HNN", 2),
                   skipped);
  g_assert_cmpuint (skipped->len, ==, 2);
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (signal->components, ==, "ENZ");
  g_assert_cmpuint (signal->n_samples, ==, 1000);

  /* other instruments are kept, but make none */
  test_put_record (library, "e", "bn", test_record_of_channel ("NC", "A", "BNE", 1),
                   skipped);
  g_assert_cmpuint (skipped->len, ==, 3);
  skip = skipped->pdata[2];
  g_assert_cmpstr (skip->item, ==, "e/NC.A..BN");
  g_assert_error (skip->reason, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED);
  test_remove_library (library);
}

/* In a transaction signals are made once, with the last file. */
static void
test_transaction (void)
{
  static const char *const channels[] = {"HNE", "HNN", "HNZ"};
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = test_new_skips ();
  g_assert_true (seismic_library_begin (library, &error));
  test_put_event (library, "e", 0);
  for (guint i = 0; i < 3; i++)
    test_put_record (library, "e", channels[i],
                     test_record_of_channel ("NC", "A", channels[i], i), skipped);
  test_put_record (library, "e", "b", test_record_of_channel ("NC", "B", "HNE", 7),
                   skipped);
  g_assert_cmpuint (test_count_signals (library), ==, 0);
  g_assert_cmpuint (skipped->len, ==, 0);
  size_t n_made = 99;
  g_assert_true (seismic_library_make_signals (library, &n_made, skipped, &error));
  g_assert_cmpuint (n_made, ==, 1);
  g_assert_cmpuint (skipped->len, ==, 1);
  g_assert_cmpstr (((SeismicSkip *)skipped->pdata[0])->item, ==, "e/NC.B..HN");
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  g_assert_true (seismic_library_make_signals (library, &n_made, NULL, &error));
  g_assert_cmpuint (n_made, ==, 0); /* nothing waits */

  /* a commit makes what waits */
  g_assert_true (seismic_library_begin (library, &error));
  test_put_record (library, "e", "b-n", test_record_of_channel ("NC", "B", "HNN", 8),
                   NULL);
  test_put_record (library, "e", "b-z", test_record_of_channel ("NC", "B", "HNZ", 9),
                   NULL);
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_cmpuint (test_count_signals (library), ==, 2);
  test_remove_library (library);
}

static void
test_rollback (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "kept", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_true (seismic_library_begin (library, &error));
  test_put_event (library, "f", 0);
  test_put_record (library, "e", "kept", test_record_of_station ("NC", "A", 5), NULL);
  test_put_record (library, "f", "gone", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_true (test_has_file (library, "f/gone.mseed"));
  seismic_library_rollback (library);
  seismic_library_rollback (library); /* without one it does nothing */
  g_assert_false (test_has_file (library, "f/gone.mseed"));
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  g_assert_cmpuint (events->len, ==, 1);
  /* the replaced record is back */
  test_assert_readable (library, "e/NC.A..HN");
  g_autofree char *waveforms =
      g_build_filename (seismic_library_get_folder (library), "waveforms", "e", NULL);
  g_assert_cmpuint (test_count_names (waveforms), ==, 1);
  test_remove_library (library);
}

static void
test_duplicate_and_replace (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  test_put_event (library, "e", 0);
  test_put_event (library, "f", 0);
  test_put_record (library, "e", "r", g_bytes_ref (bytes), NULL);
  test_put_record (library, "f", "r", g_bytes_ref (bytes),
                   NULL); /* another event's is its own */
  for (int i = 0; i < 2; i++) {
    g_assert_false (seismic_library_put_record (library, "e", i == 0 ? "r" : "other",
                                                bytes, "test", NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE);
    g_clear_error (&error);
  }
  g_assert_cmpuint (test_count_signals (library), ==, 2);

  /* another content of that name: the old one goes, and with it the signal it made */
  test_put_record (library, "e", "r", test_record_of_station ("NC", "B", 2), NULL);
  g_assert_cmpuint (test_count_signals (library), ==, 2);
  g_assert_null (seismic_library_read_signal (library, "e/NC.A..HN", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.B..HN", &error);
  g_assert_no_error (error);
  g_assert_false (test_has_file (library, "e/r.mseed"));

  /* there and back inside one transaction */
  g_assert_true (seismic_library_begin (library, &error));
  test_put_record (library, "e", "r", test_record_of_station ("NC", "C", 3), NULL);
  test_put_record (library, "e", "r", test_record_of_station ("NC", "B", 2), NULL);
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_no_error (error);
  g_clear_pointer (&signal, seismic_signal_free);
  signal = seismic_library_read_signal (library, "e/NC.B..HN", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_signals (library), ==, 2);
  g_autofree char *source = seismic_library_record_source (library, "e", "r");
  g_assert_cmpstr (source, ==, "test");
  g_assert_null (seismic_library_record_source (library, "e", "none"));
  test_remove_library (library);
}

static void
test_bad_records (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("not a record", 12);
  test_put_event (library, "e", 0);
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
  g_assert_cmpuint (test_count_signals (library), ==, 0);
  g_assert_false (test_has_file (library, "e/r.mseed"));
  test_remove_library (library);
}

/* Ids from outside stay inside. */
static void
test_hostile_ids (void)
{
  static const char *const ids[] = {"../../escape", "..",  "a/b/c", "%2e",
                                    "\xc3\xa9 \n",  "con", "'; --"};
  SeismicLibrary *library = test_new_library ();
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    test_put_event (library, ids[i], i);
    test_put_record (library, ids[i], ids[i], test_record_of_station ("NC", "A", i),
                     NULL);
    g_autofree char *id = g_strconcat (ids[i], "/NC.A..HN", NULL);
    test_assert_readable (library, id);
  }
  const char *folder = seismic_library_get_folder (library);
  g_autofree char *waveforms = g_build_filename (folder, "waveforms", NULL);
  g_assert_cmpuint (test_count_names (waveforms), ==, G_N_ELEMENTS (ids));
  test_remove_library (library);
}

static void
test_lost_and_changed_files (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  g_autofree char *path = g_build_filename (seismic_library_get_folder (library),
                                            "waveforms/e/r.mseed", NULL);
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "r", g_bytes_ref (bytes), NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_null (seismic_library_read_signal (library, "e/NC.A..HN", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "e/r.mseed"));
  g_clear_error (&error);

  /* putting the same content again mends it */
  test_put_record (library, "e", "r", g_bytes_ref (bytes), NULL);
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
  test_put_record (library, "e", "r", g_bytes_ref (bytes), NULL);
  g_clear_pointer (&signal, seismic_signal_free);
  signal = seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  test_remove_library (library);
}

/* One component's file lost: the others still go in, reading says what is gone, and the
 * same record put in again mends it. */
static void
test_put_beside_lost_file (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (seismic_library_get_folder (library),
                                            "waveforms/e/a.mseed", NULL);
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "a", test_record_of_channel ("NC", "A", "HNE", 1), NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  test_put_record (library, "e", "b", test_record_of_channel ("NC", "A", "HNN", 2), NULL);
  test_put_record (library, "e", "c", test_record_of_channel ("NC", "A", "HNZ", 3), NULL);
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  g_assert_null (seismic_library_read_signal (library, "e/NC.A..HN", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "a.mseed"));
  test_put_record (library, "e", "a", test_record_of_channel ("NC", "A", "HNE", 1), NULL);
  test_assert_readable (library, "e/NC.A..HN");
  test_remove_library (library);
}

/* A crash leaves temporary files, and files without a row. */
static void
test_after_crash (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autoptr (GError) error = NULL;
  test_put_event (library, "e", 0);
  seismic_library_close (library);
  test_write_file (folder, "waveforms/e/.r.mseed.part", "half a rec", 10);
  test_write_file (folder, "waveforms/e/r.mseed", "without a row", 13);
  test_write_file (folder, "waveforms/none/r.mseed", "without an event", 16);

  library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_signals (library), ==, 0);
  test_put_record (library, "e", "r", test_record_of_station ("NC", "A", 1), NULL);
  test_assert_readable (library, "e/NC.A..HN");
  g_assert_true (test_has_file (library, "e/r.mseed"));
  g_assert_false (test_has_file (library, "e/.r.mseed.part"));
  test_remove_library (library);
}

/* A file with many instruments, as the event service sends them. */
static void
test_many_instruments_in_a_file (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  GPtrArray *traces = test_traces_new ();
  for (guint i = 0; i < 40; i++) {
    g_autofree char *station = g_strdup_printf ("S%02u", i);
    test_traces_add_instrument (traces, "NC", station, TEST_START_NS, 500, i);
  }
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "all", test_record (traces), NULL);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  g_assert_cmpuint (signals->len, ==, 40);
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (library, info->id, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (signal->station, ==, info->station);
  }
  test_remove_library (library);
}

/* The signal is the longest stretch; the record all of it. */
static void
test_read_record (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = test_new_skips ();
  GPtrArray *traces = test_traces_new ();
  test_put_event (library, "e", 0);
  test_traces_add_instrument (traces, "NC", "A", TEST_START_NS, 300, 1);
  test_traces_add_instrument (traces, "NC", "A",
                              TEST_START_NS + 10 * SEISMIC_NS_PER_SECOND, 900, 5);
  test_put_record (library, "e", "a", test_record (traces), skipped);
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  g_assert_true (signal->has_gaps);
  g_assert_cmpuint (signal->n_samples, ==, 900);
  g_autoptr (SeismicRecord) record =
      seismic_library_read_record (library, "e/NC.A..HN", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (record->signal->n_samples, ==, 1900);
  g_assert_cmpuint (record->spans->len, ==, 3);
  g_assert_cmpmem (record->signal->samples + 1000, 900 * sizeof (double), signal->samples,
                   900 * sizeof (double));
  g_assert_null (seismic_library_read_record (library, "e/NC.B..HN", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  test_remove_library (library);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-record/one-signal", test_one_signal);
  g_test_add_func ("/library-record/spread-components", test_spread_components);
  g_test_add_func ("/library-record/transaction", test_transaction);
  g_test_add_func ("/library-record/rollback", test_rollback);
  g_test_add_func ("/library-record/duplicate-and-replace", test_duplicate_and_replace);
  g_test_add_func ("/library-record/bad-records", test_bad_records);
  g_test_add_func ("/library-record/hostile-ids", test_hostile_ids);
  g_test_add_func ("/library-record/many-instruments-in-a-file",
                   test_many_instruments_in_a_file);
  g_test_add_func ("/library-record/lost-and-changed-files", test_lost_and_changed_files);
  g_test_add_func ("/library-record/put-beside-lost-file", test_put_beside_lost_file);
  g_test_add_func ("/library-record/read-record", test_read_record);
  g_test_add_func ("/library-record/after-crash", test_after_crash);
  return g_test_run ();
}
