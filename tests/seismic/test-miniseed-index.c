#include "seismic/error.h"
#include "seismic/library-file.h"
#include "seismic/miniseed.h"
#include "support/library.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sae-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "records", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_records (Fixture *fixture, const char *bytes, size_t n_bytes)
{
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize)n_bytes, NULL));
}

static bool
takes (const SeismicTrace *trace, void *station)
{
  return station == NULL || g_str_equal (trace->station, station);
}

static void
assert_same_traces (GPtrArray *one, GPtrArray *other, bool with_samples)
{
  g_assert_cmpuint (one->len, ==, other->len);
  for (guint i = 0; i < one->len; i++) {
    const SeismicTrace *a = one->pdata[i], *b = other->pdata[i];
    g_assert_cmpstr (a->station, ==, b->station);
    g_assert_cmpstr (a->channel, ==, b->channel);
    g_assert_cmpint (a->start_ns, ==, b->start_ns);
    g_assert_cmpfloat (a->rate_hz, ==, b->rate_hz);
    g_assert_cmpuint (a->n_samples, ==, b->n_samples);
    g_assert_cmpint (a->type, ==, b->type);
    if (with_samples)
      g_assert_cmpuint (seismic_trace_checksum (a), ==, seismic_trace_checksum (b));
    else
      g_assert_null (a->samples);
  }
}

/* Two stations, one of them with a gap in its third component, their records mixed, with
 * noise between and half a record at the end; 9 MB, so that pages are given back. */
static GByteArray *
make_records (void)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  test_traces_add_instrument (traces, "NC", "A", TEST_START_NS, 900000, 1);
  test_traces_add_instrument (traces, "NC", "B", TEST_START_NS, 900000, 5);
  test_traces_add (traces, "NC", "B", "HNZ", TEST_START_NS + INT64_C (20000000000000),
                   100, 5000, 9);
  g_autoptr (GBytes) bytes = seismic_miniseed_write (traces, NULL);
  gsize n_bytes = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n_bytes);
  GByteArray *mixed = g_byte_array_new ();
  const gsize half = n_bytes / 1024 * 512;
  for (gsize at = 0; at < half; at += 512) {
    g_byte_array_append (mixed, data + at, 512);
    g_byte_array_append (mixed, data + half + at, 512);
  }
  g_byte_array_append (mixed, data + 2 * half, (guint)(n_bytes - 2 * half));
  g_byte_array_append (mixed, (const guint8 *)"seven..", 7);
  g_byte_array_append (mixed, data, 512); /* of what is there already */
  g_byte_array_append (mixed, data, 100);
  return mixed;
}

/* The index is what the reader of bytes says, and a channel read by it is the same. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) records = make_records ();
  g_autoptr (GPtrArray) expected = NULL;
  SeismicMiniseedReport whole = {0}, indexed = {0};
  g_assert_cmpuint (records->len, >, 4 << 20);
  write_records (fixture, (const char *)records->data, records->len);
  g_assert_true (
      seismic_miniseed_read (records->data, records->len, &expected, &whole, &error));
  g_autoptr (SeismicMiniseedIndex) index =
      seismic_miniseed_index_new (fixture->path, &indexed, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (&whole, sizeof whole, &indexed, sizeof indexed);
  g_assert_cmpuint (indexed.n_tail_bytes, ==, 100);
  assert_same_traces (seismic_miniseed_index_get_traces (index), expected, false);

  g_autoptr (GPtrArray) all = seismic_miniseed_index_read (index, takes, NULL, &error);
  g_assert_no_error (error);
  assert_same_traces (all, expected, true);

  char station[] = "B";
  g_autoptr (GPtrArray) one = seismic_miniseed_index_read (index, takes, station, &error);
  g_assert_no_error (error);
  for (guint i = expected->len; i > 0; i--) {
    if (!takes (expected->pdata[i - 1], station))
      g_ptr_array_remove_index (expected, i - 1);
  }
  g_assert_cmpuint (one->len, >, 3);
  assert_same_traces (one, expected, true);
  char nobody[] = "X";
  g_autoptr (GPtrArray) none = seismic_miniseed_index_read (index, takes, nobody, &error);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Files whose end is the end of a page leave no zeros of their own behind. */
static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  static const size_t sizes[] = {512, 4096, 8192, 8192 - 512, 8192 + 512};
  g_autoptr (GByteArray) records = make_records ();
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) expected = NULL;
    write_records (fixture, (const char *)records->data, sizes[i]);
    g_assert_true (
        seismic_miniseed_read (records->data, sizes[i], &expected, NULL, NULL));
    g_autoptr (SeismicMiniseedIndex) index =
        seismic_miniseed_index_new (fixture->path, NULL, &error);
    g_assert_no_error (error);
    assert_same_traces (seismic_miniseed_index_get_traces (index), expected, false);
  }
}

static void
test_faults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) records = make_records ();
  g_assert_null (seismic_miniseed_index_new (fixture->path, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (seismic_miniseed_index_new (fixture->folder, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  write_records (fixture, "", 0);
  g_assert_null (seismic_miniseed_index_new (fixture->path, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY);
  g_clear_error (&error);
  write_records (fixture, "no records at all, whatever the name says", 41);
  g_assert_null (seismic_miniseed_index_new (fixture->path, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED);
  g_clear_error (&error);

  write_records (fixture, (const char *)records->data, 8192);
  g_autoptr (SeismicMiniseedIndex) index =
      seismic_miniseed_index_new (fixture->path, NULL, &error);
  g_assert_no_error (error);
  write_records (fixture, (const char *)records->data, 1024); /* another, shorter file */
  g_assert_null (seismic_miniseed_index_read (index, takes, NULL, &error));
  g_assert_true (error != NULL && error->domain == G_IO_ERROR);
  g_clear_error (&error);
  g_unlink (fixture->path);
  g_assert_null (seismic_miniseed_index_read (index, takes, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                              \
  g_test_add ("/miniseed-index/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("same", test_same);
  ADD ("sizes", test_sizes);
  ADD ("faults", test_faults);
  return g_test_run ();
}
