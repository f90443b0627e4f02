#include "seismic/library.h"
#include "seismic/error.h"
#include "seismic/library-schema.h"
#include "support/library.h"

#include <math.h>
#include <string.h>

static void
test_empty (void)
{
  SeismicLibrary *library = test_new_library ();
  const char *folder = seismic_library_get_folder (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 0);
  g_assert_cmpuint (test_count_signals (library), ==, 0);
  g_assert_true (seismic_library_probe (folder));

  g_assert_null (seismic_library_read_signal (library, "a/NC.A..HN", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (seismic_library_read_signal (library, "", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (seismic_library_get_event (library, "a", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  test_remove_library (library);
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
  test_put_event (made, "a", 0);
  g_clear_pointer (&made, seismic_library_close);

  g_autoptr (SeismicLibrary) again = seismic_library_open (folder, true, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) events = seismic_library_list_events (again, &error);
  g_assert_cmpuint (events->len, ==, 1);
  g_clear_pointer (&again, seismic_library_close);
  test_remove_folder (top);
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
  g_assert_cmpuint (test_count_names (folder), ==, 1);

  test_write_file (folder, "library.sqlite", "no database at all", 18);
  g_assert_null (seismic_library_open (folder, true, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);
  g_clear_error (&error);
  test_write_file (folder, "library.sqlite", "", 0);
  g_assert_null (seismic_library_open (folder, false, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
  g_assert_cmpuint (test_count_names (folder), ==, 2);
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
  SeismicLibrary *library = test_new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autoptr (GError) error = NULL;
  seismic_library_close (library);

  patch_database (folder, 60, SEISMIC_SCHEMA_VERSION + 1); /* user_version */
  g_assert_null (seismic_library_open (folder, true, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
  g_assert_nonnull (strstr (error->message, "newer"));
  g_clear_error (&error);
  g_assert_cmpuint (test_count_names (folder), ==, 1);

  patch_database (folder, 60, SEISMIC_SCHEMA_VERSION);
  library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  seismic_library_close (library);

  patch_database (folder, 68, 0); /* application_id */
  g_assert_null (seismic_library_open (folder, true, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY);
  g_assert_cmpuint (test_count_names (folder), ==, 1);
  test_remove_folder (folder);
}

/* Any page of the database spoilt: an error or an answer, never a crash. */
static void
test_damaged_database (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autofree char *data = NULL;
  size_t n_bytes = 0;
  test_put_event (library, "a", 0);
  test_put_record (library, "a", "r", test_record_of_station ("NC", "A", 1), NULL);
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
  SeismicLibrary *library = test_new_library ();
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

  test_put_event (library, "unknown time", SEISMIC_TIME_UNSET);
  test_put_event (library, "newest", 9);
  test_put_event (library, "oldest", -9);
  test_put_event (library, "a", 5);
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
  test_remove_library (library);
}

static void
test_order_and_distance (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new ("located");
  event->time_ns = 7;
  event->latitude = 38.0;
  event->longitude = -122.0;
  g_assert_true (seismic_library_put_event (library, event, &error));
  test_put_event (library, "newest", 8);
  test_put_event (library, "unknown", SEISMIC_TIME_UNSET);
  static const char *const stations[] = {"A", "B", "FAR", "NEAR"};
  for (guint i = 0; i < G_N_ELEMENTS (stations); i++)
    test_put_record (library, "located", stations[i],
                     test_record_of_station ("NC", stations[i], i), NULL);
  test_put_record (library, "unknown", "r", test_record_of_station ("NC", "A", 1), NULL);
  test_put_record (library, "newest", "r", test_record_of_station ("NC", "A", 1), NULL);
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
  test_remove_library (library);
}

static void
test_two_handles (void)
{
  SeismicLibrary *library = test_new_library ();
  const char *folder = seismic_library_get_folder (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicLibrary) other = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_assert_true (seismic_library_begin (library, &error));
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_cmpuint (test_count_signals (other), ==,
                    0); /* reads, and sees the state before */
  g_assert_true (seismic_library_commit (library, &error));
  g_assert_cmpuint (test_count_signals (other), ==, 1);
  test_put_event (other, "f", 0);
  test_put_record (other, "f", "r", test_record_of_station ("NC", "A", 1), NULL);
  g_assert_cmpuint (test_count_signals (library), ==, 2);
  g_clear_pointer (&other, seismic_library_close);
  test_remove_library (library);
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
    test_put_event (library, "e", i);
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
  g_assert_cmpuint (test_count_signals (library), ==, 20);
  test_remove_library (library);
}

static void
test_read_only (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "r", test_record_of_station ("NC", "A", 1), NULL);
  seismic_library_close (library);
  g_chmod (path, 0400);
  g_chmod (folder, 0500);
  if (g_access (path, W_OK) == 0) {
    g_test_skip ("this user may write anything");
  } else {
    library = seismic_library_open (folder, false, &error);
    g_assert_no_error (error);
    test_assert_readable (library, "e/NC.A..HN");
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
  g_test_add_func ("/library/order-and-distance", test_order_and_distance);
  g_test_add_func ("/library/two-handles", test_two_handles);
  g_test_add_func ("/library/two-writers", test_two_writers);
  g_test_add_func ("/library/read-only", test_read_only);
  return g_test_run ();
}
