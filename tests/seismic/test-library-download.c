#include "seismic/library-download.h"
#include "seismic/error.h"
#include "seismic/library-file.h"
#include "seismic/library-schema.h"
#include "seismic/miniseed.h"
#include "support/library.h"

#include <string.h>

static void
put_note (SeismicLibrary *library, const char *event, SeismicDownloadState state,
          GError *reason)
{
  g_autoptr (SeismicDownloadNote) note = seismic_download_note_new (event);
  g_autoptr (GError) error = NULL;
  note->state = state;
  note->reason = reason;
  note->worth_retry = reason != NULL;
  note->n_bytes = 12345678901;
  g_free (note->server);
  note->server = g_strdup ("http://127.0.0.1:1");
  g_free (note->url);
  note->url = g_strdup ("http://127.0.0.1:1/x?eventid=a");
  g_assert_true (seismic_library_put_download (library, note, &error));
  g_assert_no_error (error);
}

static GHashTable *
list_notes (SeismicLibrary *library)
{
  g_autoptr (GError) error = NULL;
  GHashTable *notes = seismic_library_list_downloads (library, &error);
  g_assert_no_error (error);
  return notes;
}

static void
test_notes (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  test_put_event (library, "a", 1);
  test_put_event (library, "b", 2);
  test_put_event (library, "c", 3);
  put_note (library, "a", SEISMIC_DOWNLOAD_DONE, NULL);
  put_note (library, "b", SEISMIC_DOWNLOAD_FAILED,
            g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_BUSY, "too busy"));

  g_autoptr (GHashTable) notes = list_notes (library);
  g_assert_cmpuint (g_hash_table_size (notes), ==, 2);
  const SeismicDownloadNote *a = g_hash_table_lookup (notes, "a");
  g_assert_cmpint (a->state, ==, SEISMIC_DOWNLOAD_DONE);
  g_assert_null (a->reason);
  g_assert_cmpuint (a->n_bytes, ==, 12345678901);
  g_assert_cmpstr (a->server, ==, "http://127.0.0.1:1");
  g_assert_cmpstr (a->url, ==, "http://127.0.0.1:1/x?eventid=a");
  g_assert_cmpint (g_get_real_time () * 1000 - a->time_ns, <,
                   G_GINT64_CONSTANT (60000000000));
  const SeismicDownloadNote *b = g_hash_table_lookup (notes, "b");
  g_assert_error (b->reason, SEISMIC_ERROR, SEISMIC_ERROR_BUSY);
  g_assert_cmpstr (b->reason->message, ==, "too busy");
  g_assert_true (b->worth_retry);

  put_note (library, "b", SEISMIC_DOWNLOAD_NO_DATA, NULL);
  put_note (library, "a", SEISMIC_DOWNLOAD_WAITING, NULL);
  g_autoptr (GHashTable) later = list_notes (library);
  g_assert_cmpuint (g_hash_table_size (later), ==, 1);
  b = g_hash_table_lookup (later, "b");
  g_assert_cmpint (b->state, ==, SEISMIC_DOWNLOAD_NO_DATA);

  g_autoptr (SeismicDownloadNote) stray = seismic_download_note_new ("nobody");
  stray->state = SEISMIC_DOWNLOAD_DONE;
  g_assert_false (seismic_library_put_download (library, stray, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  test_remove_library (library);
}

/* What stands at its place before the catalogue knows of it. */
static void
place_file (SeismicLibrary *library, const char *event, GBytes *bytes)
{
  g_autofree char *path =
      seismic_library_record_path (library, event, SEISMIC_DOWNLOAD_NAME);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                       (gssize)g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

static bool
adopt (SeismicLibrary *library, const char *event, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) traces = NULL;
  g_assert_true (seismic_miniseed_read (g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), &traces, NULL, NULL));
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return seismic_library_adopt_file (library, event, SEISMIC_DOWNLOAD_NAME, traces,
                                     sha256, g_bytes_get_size (bytes), "url", error);
}

static void
test_adopt (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  test_put_event (library, "e", 0);
  place_file (library, "e", bytes);
  for (guint i = 0; i < 2; i++) { /* the second time all is known */
    g_assert_true (adopt (library, "e", bytes, &error));
    g_assert_no_error (error);
    test_assert_readable (library, "e/NC.A..HN");
    g_assert_cmpuint (test_count_signals (library), ==, 1);
  }
  g_autofree char *source =
      seismic_library_record_source (library, "e", SEISMIC_DOWNLOAD_NAME);
  g_assert_cmpstr (source, ==, "url");

  /* Another content in its place. */
  g_autoptr (GBytes) other = test_record_of_station ("NC", "B", 2);
  place_file (library, "e", other);
  g_assert_true (adopt (library, "e", other, &error));
  g_assert_no_error (error);
  test_assert_readable (library, "e/NC.B..HN");
  g_assert_cmpuint (test_count_signals (library), ==, 1);

  place_file (library, "nobody", other);
  g_assert_false (adopt (library, "nobody", other, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_assert_true (test_has_file (library, "nobody/downloaded.mseed"));
  test_remove_library (library);
}

/* What was imported before is not kept twice, but mended where it was lost. */
static void
test_adopt_known (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  test_put_event (library, "e", 0);
  test_put_record (library, "e", "mine", g_bytes_ref (bytes), NULL);
  for (guint lost = 0; lost < 2; lost++) {
    g_autofree char *mine = seismic_library_record_path (library, "e", "mine");
    if (lost == 1)
      g_unlink (mine);
    place_file (library, "e", bytes);
    g_assert_true (adopt (library, "e", bytes, &error));
    g_assert_no_error (error);
    g_assert_true (test_has_file (library, "e/mine.mseed"));
    g_assert_false (test_has_file (library, "e/downloaded.mseed"));
    test_assert_readable (library, "e/NC.A..HN");
  }
  test_remove_library (library);
}

/* A file that is taken back with its transaction stays to be adopted later. */
static void
test_adopt_rollback (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  test_put_event (library, "e", 0);
  place_file (library, "e", bytes);
  g_assert_true (seismic_library_begin (library, &error));
  g_assert_true (adopt (library, "e", bytes, &error));
  seismic_library_rollback (library);
  g_assert_cmpuint (test_count_signals (library), ==, 0);
  g_assert_true (test_has_file (library, "e/downloaded.mseed"));
  g_assert_true (adopt (library, "e", bytes, &error));
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  test_remove_library (library);
}

static void
test_holdings (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_record_of_station ("NC", "A", 1);
  test_put_event (library, "e", 0);
  test_put_event (library, "f", 0);
  test_put_event (library, "none", 0);
  place_file (library, "e", bytes);
  g_assert_true (adopt (library, "e", bytes, &error));
  test_put_record (library, "f", "r", test_record_of_station ("NC", "A", 1), NULL);
  test_put_record (library, "f", "s", test_record_of_station ("NC", "B", 1), NULL);

  g_autoptr (GHashTable) holdings = seismic_library_list_holdings (library, &error);
  g_assert_cmpuint (g_hash_table_size (holdings), ==, 2);
  const SeismicLibraryHolding *e = g_hash_table_lookup (holdings, "e");
  g_assert_cmpuint (e->n_records, ==, 1);
  g_assert_cmpuint (e->n_signals, ==, 1);
  g_assert_cmpuint (e->n_bytes, ==, g_bytes_get_size (bytes));
  g_assert_true (e->is_whole);
  const SeismicLibraryHolding *f = g_hash_table_lookup (holdings, "f");
  g_assert_cmpuint (f->n_records, ==, 2);
  g_assert_cmpuint (f->n_signals, ==, 2);
  g_assert_true (f->is_whole);

  g_autofree char *path = seismic_library_record_path (library, "e", "downloaded");
  g_unlink (path);
  g_autoptr (GHashTable) later = seismic_library_list_holdings (library, &error);
  e = g_hash_table_lookup (later, "e");
  g_assert_false (e->is_whole);
  test_remove_library (library);
}

static void
test_remove_event (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autofree char *waveforms =
      g_build_filename (seismic_library_get_folder (library), "waveforms", NULL);
  test_put_event (library, "a/b", 0);
  test_put_event (library, "f", 0);
  test_put_record (library, "a/b", "r", test_record_of_station ("NC", "A", 1), NULL);
  test_put_record (library, "f", "r", test_record_of_station ("NC", "A", 1), NULL);
  put_note (library, "a/b", SEISMIC_DOWNLOAD_DONE, NULL);
  g_autoptr (GBytes) stray = test_record_of_station ("NC", "B", 1);
  place_file (library, "a/b", stray); /* as after a crash */

  g_assert_true (seismic_library_remove_event (library, "a/b", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  g_assert_cmpuint (test_count_names (waveforms), ==, 1);
  g_assert_true (test_has_file (library, "f/r.mseed"));
  g_autoptr (GHashTable) notes = list_notes (library);
  g_assert_cmpuint (g_hash_table_size (notes), ==, 0);
  g_assert_null (seismic_library_get_event (library, "a/b", NULL));

  g_assert_false (seismic_library_remove_event (library, "a/b", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Taken back, nothing is gone. */
  g_assert_true (seismic_library_begin (library, &error));
  g_assert_true (seismic_library_remove_event (library, "f", &error));
  seismic_library_rollback (library);
  test_assert_readable (library, "f/NC.A..HN");
  test_remove_library (library);
}

static bool
stop_at_second (const SeismicProgress *progress, void *user_data)
{
  return progress->done < 1;
}

static void
test_check (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  static const char *const names[] = {"a", "b", "c"};
  test_put_event (library, "e", 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    test_put_record (library, "e", names[i], test_record_of_station ("NC", names[i], i),
                     NULL);
  g_autoptr (GPtrArray) none = seismic_library_check (library, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  g_autofree char *lost = seismic_library_record_path (library, "e", "a");
  g_autofree char *changed = seismic_library_record_path (library, "e", "c");
  g_autofree char *content = NULL;
  gsize n_bytes = 0;
  g_unlink (lost);
  g_assert_true (g_file_get_contents (changed, &content, &n_bytes, NULL));
  content[n_bytes / 2] ^= 1; /* the same size */
  g_assert_true (g_file_set_contents (changed, content, (gssize)n_bytes, NULL));
  g_autoptr (GPtrArray) faults = seismic_library_check (library, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 2);
  const SeismicSkip *first = faults->pdata[0], *second = faults->pdata[1];
  g_assert_cmpstr (first->item, ==, "e/a.mseed");
  g_assert_error (first->reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpstr (second->item, ==, "e/c.mseed");
  g_assert_error (second->reason, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);

  g_assert_null (seismic_library_check (library, stop_at_second, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_remove_library (library);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *folder = g_path_get_dirname (to);
  g_autofree char *content = NULL;
  gsize n_bytes = 0;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (from, &content, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (to, content, (gssize)n_bytes, NULL));
}

/* A library as version 1 of the schema made it. */
static void
test_migration (void)
{
  static const char *const files[] = {"library.sqlite",
                                      "waveforms/sy0001/SY.CAL08.00.HN.mseed",
                                      "waveforms/sy0002/SY.CAL06.00.HN.mseed"};
  g_autofree char *folder = test_new_folder ();
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *from =
        g_test_build_filename (G_TEST_DIST, "fixtures", "library-1", files[i], NULL);
    g_autofree char *to = g_build_filename (folder, files[i], NULL);
    copy_file (from, to);
  }
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  uint8_t header[100] = {0};
  g_assert_cmpuint (seismic_library_read_head (path, header, sizeof header), ==, 100);
  g_assert_cmpuint (header[63], ==, 1); /* user_version */

  SeismicLibrary *library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpuint (test_count_signals (library), ==, 2);
  test_assert_readable (library, "sy0001/SY.CAL08.00.HN");
  g_autoptr (GPtrArray) faults = seismic_library_check (library, NULL, NULL, &error);
  g_assert_cmpuint (faults->len, ==, 0);
  g_autoptr (GHashTable) before = list_notes (library);
  g_assert_cmpuint (g_hash_table_size (before), ==, 0);
  put_note (library, "sy0001", SEISMIC_DOWNLOAD_DONE, NULL);
  seismic_library_close (library);

  library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_autoptr (GHashTable) after = list_notes (library);
  g_assert_cmpuint (g_hash_table_size (after), ==, 1);
  g_assert_cmpuint (seismic_library_read_head (path, header, sizeof header), ==, 100);
  test_remove_library (library);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-download/notes", test_notes);
  g_test_add_func ("/library-download/adopt", test_adopt);
  g_test_add_func ("/library-download/adopt-known", test_adopt_known);
  g_test_add_func ("/library-download/adopt-rollback", test_adopt_rollback);
  g_test_add_func ("/library-download/holdings", test_holdings);
  g_test_add_func ("/library-download/remove-event", test_remove_event);
  g_test_add_func ("/library-download/check", test_check);
  g_test_add_func ("/library-download/migration", test_migration);
  return g_test_run ();
}
