/* Small made records, and folders to put them in. */
#pragma once

#include "seismic/miniseed.h"
#include "seismic/time.h"
#include "seismic/trace.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* 2019-10-15T05:33:20Z */
#define TEST_START_NS (INT64_C (1571117600) * SEISMIC_NS_PER_SECOND)

/* Removes a folder with all in it. */
static inline void
test_remove_folder (const char *path)
{
  g_autoptr (GDir) folder =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    test_remove_folder (child);
  }
  g_remove (path);
}

/* A new empty folder of the test's own. Free with g_free after test_remove_folder (). */
static inline char *
test_new_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("sae-test-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

static inline GPtrArray *
test_traces_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
}

/* Adds a trace of n counts that depend on the seed; channels as "HNE". */
static inline void
test_traces_add (GPtrArray *traces, const char *network, const char *station,
                 const char *channel, int64_t start_ns, double rate_hz, size_t n,
                 guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree int32_t *samples = g_new (int32_t, n);
  for (size_t i = 0; i < n; i++)
    samples[i] = g_rand_int_range (rand, -1000, 1000);
  g_ptr_array_add (traces, seismic_trace_new (network, station, "", channel, start_ns,
                                              rate_hz, SEISMIC_SAMPLE_INT32, samples, n));
}

/* Three components at 100 Hz. */
static inline void
test_traces_add_instrument (GPtrArray *traces, const char *network, const char *station,
                            int64_t start_ns, size_t n, guint32 seed)
{
  test_traces_add (traces, network, station, "HNE", start_ns, 100, n, seed);
  test_traces_add (traces, network, station, "HNN", start_ns, 100, n, seed + 1);
  test_traces_add (traces, network, station, "HNZ", start_ns, 100, n, seed + 2);
}

/* The traces as miniSEED; takes them. */
static inline GBytes *
test_record (GPtrArray *traces)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = seismic_miniseed_write (traces, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (traces);
  return bytes;
}

/* Three components of one station at 100 Hz, 1000 samples. */
static inline GBytes *
test_record_of_station (const char *network, const char *station, guint32 seed)
{
  GPtrArray *traces = test_traces_new ();
  test_traces_add_instrument (traces, network, station, TEST_START_NS, 1000, seed);
  return test_record (traces);
}

/* One component of one station at 100 Hz, 1000 samples. */
static inline GBytes *
test_record_of_channel (const char *network, const char *station, const char *channel,
                        guint32 seed)
{
  GPtrArray *traces = test_traces_new ();
  test_traces_add (traces, network, station, channel, TEST_START_NS, 100, 1000, seed);
  return test_record (traces);
}

/* Writes bytes to folder/name, the folders on the way included. */
static inline void
test_write_file (const char *folder, const char *name, const void *data, size_t n_bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_mkdir_with_parents (directory, 0755);
  g_file_set_contents (path, data, (gssize)n_bytes, &error);
  g_assert_no_error (error);
}

/* The same; takes bytes. */
static inline void
test_write_bytes (const char *folder, const char *name, GBytes *bytes)
{
  size_t n_bytes = 0;
  const void *data = g_bytes_get_data (bytes, &n_bytes);
  test_write_file (folder, name, data, n_bytes);
  g_bytes_unref (bytes);
}

/* gzip of bytes; takes them. */
static inline GBytes *
test_packed (GBytes *bytes)
{
  g_autoptr (GBytes) plain = bytes;
  g_autoptr (GZlibCompressor) zlib =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (plain);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (in, G_CONVERTER (zlib));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}
