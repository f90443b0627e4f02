#include "seismic/http-body.h"
#include "seismic/error.h"
#include "support/records.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static void
test_reason (void)
{
  static const struct {
    const char *text, *reason;
  } cases[] = {
      {"Error 400: Bad Request\n\nminmag is no number\n\nUsage details are available "
       "from "
       "http://x/\n\nRequest:\nhttp://x/?minmag=a\n",
       "minmag is no number"},
      {"Error 400: Bad Request\r\n\r\nMore details:\r\nno such network\r\n",
       "no such network"},
      {"Error 413: too many rows\nUsage details are available from http://x/\n",
       "too many rows"},
      {"  starttime is after endtime  \nsecond line", "starttime is after endtime"},
      {"Error 500: Internal Server Error\n\nRequest:\nhttp://x/\n",
       "Internal Server Error"},
      {"\n\n\n", NULL},
      {"", NULL},
      {"Request:\nhttp://x/\n", NULL},
      {"<!DOCTYPE html><html><body>Oops</body></html>", NULL},
      {"bell\a and \xff bytes", "bell  and \xef\xbf\xbd bytes"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *reason =
        seismic_http_body_reason (cases[i].text, strlen (cases[i].text));
    g_assert_cmpstr (reason, ==, cases[i].reason);
  }
  g_assert_null (seismic_http_body_reason (NULL, 0));
}

static void
test_long_reason (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  for (gsize i = 0; i + 1 < 5000; i += 2)
    memcpy (text + i, "\xc3\xa4", 2); /* ä: the cut must not halve one */
  g_autofree char *reason = seismic_http_body_reason (text, 5000);
  g_assert_cmpuint (strlen (reason), <=, 300);
  g_assert_cmpuint (strlen (reason), >=, 296);
  g_assert_true (g_utf8_validate (reason, -1, NULL));
}

static void
test_no_data (void)
{
  static const struct {
    const char *text;
    bool no_data;
  } cases[] = {
      {"Error 404: Not Found\n\nNo data found\n", true},
      {"No data available for the request", true},
      {"404 page not found\n", false},
      {"", false},
      {"<html><head><title>Error 404: no data</title></head></html>", false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (
        seismic_http_body_says_no_data (cases[i].text, strlen (cases[i].text)), ==,
        cases[i].no_data);
  g_assert_false (seismic_http_body_says_no_data (NULL, 0));
}

static void
test_html (void)
{
  static const struct {
    const char *type, *text;
    bool html;
  } cases[] = {
      {"text/html; charset=utf-8", "", true},
      {"Text/HTML", "#EventID|Time", true},
      {"application/xhtml+xml", "", true},
      {"application/octet-stream", "  \n<!DOCTYPE HTML PUBLIC>", true},
      {NULL, "\xef\xbb\xbf<html lang=\"en\">", true},
      {"application/xml", "<?xml version=\"1.0\"?><html xmlns=\"x\">", true},
      {"application/xml", "<?xml version=\"1.0\"?><q:quakeml>", false},
      {"text/plain", "#EventID|Time|<html>", false},
      {NULL, "", false},
      {"application/vnd.fdsn.mseed", "000001D S01  HNE", false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicHttpBody) body = seismic_http_body_new (10000);
    /* Byte by byte, as a slow server may send it. */
    for (const char *p = cases[i].text; *p != '\0'; p++)
      g_assert_true (seismic_http_body_write (body, p, 1, &error));
    g_assert_cmpint (seismic_http_body_is_html (body, cases[i].type), ==, cases[i].html);
  }
}

static void
test_memory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicHttpBody) body = seismic_http_body_new (10);
  g_assert_true (seismic_http_body_write (body, "lost", 4, &error));
  g_assert_true (seismic_http_body_restart (body, &error));
  g_assert_true (seismic_http_body_write (body, "12345", 5, &error));
  g_assert_true (seismic_http_body_write (body, "67890", 5, &error));
  g_assert_false (seismic_http_body_write (body, "1", 1, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==, "more than 10 bytes");
  g_assert_cmpuint (seismic_http_body_get_size (body), ==, 10);
  g_autoptr (GBytes) bytes = seismic_http_body_steal (body);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "1234567890",
                   10);
  g_autoptr (SeismicHttpBody) large = seismic_http_body_new (UINT64_MAX);
  g_assert_cmpuint (seismic_http_body_get_max (large), ==, SEISMIC_HTTP_BODY_MEMORY_MAX);
}

/* Writes of all sizes around the buffer's, a restart between them. */
static void
test_file (void)
{
  static const gsize sizes[] = {1, 100000, 262144, 262143, 2, 700000, 3};
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "body", NULL);
  g_autofree char *data = g_malloc (2000000);
  g_autofree char *read = NULL;
  gsize n_total = 0, n_read = 0;
  for (gsize i = 0; i < 2000000; i++)
    data[i] = (char)(i % 253);
  g_autoptr (SeismicHttpBody) body = seismic_http_body_new_file (path, 100000000, &error);
  g_assert_no_error (error);
  for (int round = 0; round < 2; round++) {
    g_assert_true (seismic_http_body_restart (body, &error));
    n_total = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
      g_assert_true (seismic_http_body_write (body, data + n_total, sizes[i], &error));
      n_total += sizes[i];
    }
  }
  g_assert_true (seismic_http_body_keep (body, &error));
  g_assert_no_error (error);
  g_clear_pointer (&body, seismic_http_body_free);
  g_assert_true (g_file_get_contents (path, &read, &n_read, &error));
  g_assert_cmpmem (read, n_read, data, n_total);
  test_remove_folder (folder);
}

static void
test_file_not_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "body", NULL);
  SeismicHttpBody *body = seismic_http_body_new_file (path, 100, &error);
  g_assert_true (seismic_http_body_write (body, "half", 4, &error));
  seismic_http_body_free (body);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_null (seismic_http_body_new_file (folder, 100, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  test_remove_folder (folder);
}

/* The limit on a file's size stands for a full disk. */
static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "body", NULL);
  g_autofree char *data = g_malloc0 (600000);
  struct rlimit normal;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &normal), ==, 0);
  const struct rlimit small = {100000, normal.rlim_max};
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_autoptr (SeismicHttpBody) body = seismic_http_body_new_file (path, 10000000, &error);
  g_assert_no_error (error);
  const bool written = seismic_http_body_write (body, data, 600000, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &normal), ==, 0);
  g_assert_false (written);
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
  g_assert_true (g_str_has_prefix (error->message, "Cannot write "));
  g_clear_pointer (&body, seismic_http_body_free);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-body/reason", test_reason);
  g_test_add_func ("/http-body/long-reason", test_long_reason);
  g_test_add_func ("/http-body/no-data", test_no_data);
  g_test_add_func ("/http-body/html", test_html);
  g_test_add_func ("/http-body/memory", test_memory);
  g_test_add_func ("/http-body/file", test_file);
  g_test_add_func ("/http-body/file-not-kept", test_file_not_kept);
  g_test_add_func ("/http-body/full-disk", test_full_disk);
  return g_test_run ();
}
