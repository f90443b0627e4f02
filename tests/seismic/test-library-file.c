#include "seismic/library-file.h"
#include "seismic/error.h"
#include "support/records.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_safe_name (void)
{
  static const struct {
    const char *text, *name;
  } cases[] = {
      {"72182046", "72182046"}, {"CI.CLC..HNE-1_a", "CI.CLC..HNE-1_a"},
      {"a/b", "a%2Fb"},         {"a\\b:c*", "a%5Cb%3Ac%2A"},
      {"..", "%2E."},           {".", "%2E"},
      {".hidden", "%2Ehidden"}, {"", "%"},
      {"%2F", "%252F"},         {"caf\xc3\xa9", "caf%C3%A9"},
      {"a\nb c", "a%0Ab%20c"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = seismic_library_safe_name (cases[i].text);
    g_autofree char *path = g_strconcat (name, "/", name, ".mseed", NULL);
    g_assert_cmpstr (name, ==, cases[i].name);
    g_assert_true (seismic_library_is_safe_path (path));
  }
}

static void
test_long_name (void)
{
  g_autofree char *text = g_strnfill (4000, '/');
  g_autofree char *name = seismic_library_safe_name (text);
  text[3999] = '.'; /* beyond what is kept of it */
  g_autofree char *other = seismic_library_safe_name (text);
  g_assert_cmpuint (strlen (name), ==, 100);
  g_assert_cmpuint (strlen (other), ==, 100);
  g_assert_cmpstr (name, !=, other);
}

static void
test_unsafe_path (void)
{
  static const char *const paths[] = {"a",    "/a",          "a/",       "../a", "a/..",
                                      "a/.b", "a/b/c",       "a//b",     "",     "a/b c",
                                      "./a",  "/etc/passwd", "a/../../b"};
  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_false (seismic_library_is_safe_path (paths[i]));
}

static void
test_write_and_read (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "event/name.mseed", NULL);
  g_autofree char *part = g_build_filename (folder, "event/.name.mseed.part", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (seismic_library_stamp_file (path));

  const size_t sizes[] = {0, 1, 100000, 10};
  g_autofree char *last_stamp = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree uint8_t *data = g_malloc (sizes[i] + 1);
    memset (data, (int)i, sizes[i]);
    g_autoptr (GBytes) bytes = g_bytes_new (data, sizes[i]);
    /* what a crash left behind is written over */
    test_write_file (folder, "event/.name.mseed.part", "half", 4);
    g_assert_true (
        seismic_library_write_file (folder, "event/name.mseed", bytes, &error));
    g_assert_no_error (error);
    g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
    g_autoptr (GBytes) found = seismic_library_read_file (path, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (found, bytes));
    char *stamp = seismic_library_stamp_file (path);
    g_assert_cmpstr (stamp, !=, last_stamp);
    g_free (last_stamp);
    last_stamp = stamp;
  }
  uint8_t head[4];
  g_assert_cmpuint (seismic_library_read_head (path, head, sizeof head), ==, 4);
  g_assert_cmpuint (head[3], ==, 3);
  test_remove_folder (folder);
}

static void
test_failures (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_assert_null (seismic_library_read_file (missing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, missing));
  g_clear_error (&error);

  g_assert_null (seismic_library_read_file (folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);

  /* a pipe without a writer must not block */
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  uint8_t head[4];
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (seismic_library_read_file (pipe, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);
  g_assert_cmpuint (seismic_library_read_head (pipe, head, sizeof head), ==, 0);

  /* a file where the folder should be */
  test_write_file (folder, "event", "x", 1);
  g_assert_false (seismic_library_write_file (folder, "event/name", bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_clear_error (&error);

  /* a folder where the file should be: nothing is left behind */
  test_write_file (folder, "other/name/x", "x", 1);
  g_assert_false (seismic_library_write_file (folder, "other/name", bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_autofree char *part = g_build_filename (folder, "other/.name.part", NULL);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  test_remove_folder (folder);
}

static void
test_too_large (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "large", NULL);
  g_autoptr (GError) error = NULL;
  test_write_file (folder, "large", "x", 1);
  if (truncate (path, (off_t)SEISMIC_FILE_MAX_BYTES + 1) != 0) {
    g_test_skip ("no sparse files here");
  } else {
    g_assert_null (seismic_library_read_file (path, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE);
  }
  test_remove_folder (folder);
}

static void
test_move_and_hash (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *part = g_build_filename (folder, ".part", NULL);
  g_autofree char *place = g_build_filename (folder, "e", "r", NULL);
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;
  uint64_t n_bytes = 0;
  test_write_file (folder, ".part", "abc", 3);
  seismic_library_set_origin (part, "http://127.0.0.1/x");
  g_autofree char *before = seismic_library_get_origin (part);
  g_assert_true (seismic_library_move_file (part, folder, "e/r", &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_autofree char *after = seismic_library_get_origin (place);
  g_assert_cmpstr (after, ==, before);
  if (before != NULL) /* the file system has attributes */
    g_assert_cmpstr (after, ==, "http://127.0.0.1/x");

  g_assert_true (seismic_library_hash_file (place, &sha256, &n_bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, ==, 3);
  g_assert_cmpstr (sha256, ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_false (seismic_library_hash_file (folder, &sha256, &n_bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);
  g_assert_false (seismic_library_hash_file (part, &sha256, &n_bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (seismic_library_move_file (part, folder, "e/r", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  test_remove_folder (folder);
}

static void
test_lock (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *below = g_build_filename (folder, "new", NULL);
  g_autoptr (GError) error = NULL;
  int fd = seismic_library_lock_folder (below, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seismic_library_lock_folder (below, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  g_close (fd, NULL);
  fd = seismic_library_lock_folder (below, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-file/safe-name", test_safe_name);
  g_test_add_func ("/library-file/long-name", test_long_name);
  g_test_add_func ("/library-file/unsafe-path", test_unsafe_path);
  g_test_add_func ("/library-file/write-and-read", test_write_and_read);
  g_test_add_func ("/library-file/failures", test_failures);
  g_test_add_func ("/library-file/too-large", test_too_large);
  g_test_add_func ("/library-file/move-and-hash", test_move_and_hash);
  g_test_add_func ("/library-file/lock", test_lock);
  return g_test_run ();
}
