#include "seismic/library-quality.h"
#include "seismic/error.h"
#include "seismic/library-note.h"
#include "seismic/library-pick.h"
#include "support/library.h"

#include <math.h>
#include <sqlite3.h>

#define INSTRUMENT "NC.A..HN"

/* The library's only signal; free with seismic_signal_info_free. */
static SeismicSignalInfo *
only_signal (SeismicLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (signals->len, ==, 1);
  return seismic_signal_info_copy (signals->pdata[0]);
}

static size_t
count_unjudged (SeismicLibrary *library)
{
  g_autoptr (GError) error = NULL;
  size_t n = 99;
  seismic_library_count_unjudged (library, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
update (SeismicLibrary *library, guint n_skips)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = test_new_skips ();
  seismic_library_update_quality (library, NULL, NULL, skipped, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (skipped->len, ==, n_skips);
}

static void
execute (SeismicLibrary *library, const char *sql)
{
  g_autofree char *path =
      g_build_filename (seismic_library_get_folder (library), "library.sqlite", NULL);
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Not on the way in, but when it is asked for: random counts are noise and nothing else.
 */
static void
test_new_signal (void)
{
  SeismicLibrary *library = test_new_library ();
  test_put_event (library, "a", TEST_START_NS);
  test_put_record (library, "a", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_autoptr (SeismicSignalInfo) before = only_signal (library);
  g_assert_cmpint (before->quality.version, ==, 0);
  g_assert_cmpuint (count_unjudged (library), ==, 1);
  update (library, 0);
  g_autoptr (SeismicSignalInfo) info = only_signal (library);
  g_assert_cmpint (info->quality.version, ==, SEISMIC_QUALITY_VERSION);
  g_assert_cmpuint (seismic_quality_flags (&info->quality), ==, SEISMIC_QUALITY_NOISY);
  g_assert_cmpfloat (info->quality.peak[0], >, 900);
  g_assert_cmpfloat (info->quality.snr_db[2], <, 2);
  g_assert_true (isnan (info->quality.arrival_s));
  g_assert_cmpuint (count_unjudged (library), ==, 0);
  g_assert_cmpstr (info->comment, ==, "");
  g_assert_cmpuint (g_strv_length (info->tags) + g_strv_length (info->event_tags), ==, 0);
  test_remove_library (library);
}

static void
test_gaps (void)
{
  SeismicLibrary *library = test_new_library ();
  GPtrArray *traces = test_traces_new ();
  const int64_t later_ns = TEST_START_NS + 30 * SEISMIC_NS_PER_SECOND;
  test_traces_add_instrument (traces, "NC", "A", TEST_START_NS, 1000, 1);
  test_traces_add_instrument (traces, "NC", "A", later_ns, 500, 5);
  test_put_event (library, "a", TEST_START_NS);
  test_put_record (library, "a", "r", test_record (traces), NULL);
  update (library, 0);
  g_autoptr (SeismicSignalInfo) info = only_signal (library);
  g_assert_cmpuint (info->quality.n_gaps, ==, 3);
  g_assert_true (info->quality.flags[0] & SEISMIC_QUALITY_GAPS);
  test_remove_library (library);
}

/* What was computed by another version, or with another arrival, is computed anew. */
static void
test_update (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new ("a");
  event->time_ns = TEST_START_NS - SEISMIC_NS_PER_SECOND;
  event->latitude = 37.0;
  event->longitude = -122.0;
  event->depth_km = 8.0;
  g_assert_true (seismic_library_put_event (library, event, &error));
  test_put_record (library, "a", "r", test_record_of_station ("NC", "A", 1), NULL);
  update (library, 0);
  g_assert_cmpuint (count_unjudged (library), ==, 0);

  execute (library, "UPDATE quality SET version = 0, peak_0 = 7");
  g_assert_cmpuint (count_unjudged (library), ==, 1);
  update (library, 0);
  g_assert_cmpuint (count_unjudged (library), ==, 0);
  g_autoptr (SeismicSignalInfo) info = only_signal (library);
  g_assert_cmpfloat (info->quality.peak[0], >, 900);

  g_assert_true (seismic_library_put_station (library, "NC", "A", 37.2, -122.0, &error));
  g_assert_cmpuint (count_unjudged (library), ==, 1);
  update (library, 0);
  g_autoptr (SeismicSignalInfo) located = only_signal (library);
  const double travel_s = seismic_travel_time_s (SEISMIC_PHASE_P, info->distance_km, 8.0);
  g_assert_true (isnan (travel_s)); /* of the station that was unknown then */
  g_assert_cmpfloat_with_epsilon (
      located->quality.arrival_s,
      seismic_travel_time_s (SEISMIC_PHASE_P, located->distance_km, 8.0) - 1.0, 1e-6);
  g_assert_cmpuint (count_unjudged (library), ==, 0);

  event->depth_km = 12.0;
  g_assert_true (seismic_library_put_event (library, event, &error));
  g_assert_cmpuint (count_unjudged (library), ==, 1);

  /* A file that is gone is told, and the rest done. */
  g_autofree char *path = g_build_filename (seismic_library_get_folder (library),
                                            "waveforms", "a", "r.mseed", NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  update (library, 1);
  test_remove_library (library);
}

static bool
stop (const SeismicProgress *progress, void *user_data)
{
  return progress->done < *(size_t *)user_data;
}

static void
test_stop (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  size_t n_wanted = 1;
  test_put_event (library, "a", 0);
  test_put_record (library, "a", "1", test_record_of_station ("NC", "A", 1), NULL);
  test_put_record (library, "a", "2", test_record_of_station ("NC", "B", 1), NULL);
  g_assert_cmpuint (count_unjudged (library), ==, 2);
  g_assert_false (
      seismic_library_update_quality (library, stop, &n_wanted, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_unjudged (library), ==, 1);
  test_remove_library (library);
}

/* Tags, comment and picks come with the list. */
static void
test_info (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  test_put_event (library, "a", 0);
  test_put_record (library, "a", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_true (seismic_library_put_tag (library, "a", INSTRUMENT, "own", &error));
  g_assert_true (seismic_library_put_tag (library, "a", NULL, "event's", &error));
  g_assert_true (seismic_library_put_comment (library, "a", INSTRUMENT, "odd", &error));
  g_autoptr (SeismicPick) pick =
      seismic_pick_new ("a", INSTRUMENT, "HNZ", "P", TEST_START_NS);
  g_assert_true (seismic_library_put_pick (library, pick, &error));
  g_autoptr (SeismicSignalInfo) info = only_signal (library);
  g_assert_cmpstr (info->tags[0], ==, "own");
  g_assert_null (info->tags[1]);
  g_assert_cmpstr (info->event_tags[0], ==, "event's");
  g_assert_cmpstr (info->comment, ==, "odd");
  g_assert_cmpuint (info->n_picks, ==, 1);
  g_assert_cmpstr (seismic_signal_info_instrument_id (info), ==, INSTRUMENT);
  test_remove_library (library);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-quality/new-signal", test_new_signal);
  g_test_add_func ("/library-quality/gaps", test_gaps);
  g_test_add_func ("/library-quality/update", test_update);
  g_test_add_func ("/library-quality/stop", test_stop);
  g_test_add_func ("/library-quality/info", test_info);
  return g_test_run ();
}
