/* A library of the test's own, with little ado. */
#pragma once

#include "seismic/library.h"
#include "support/records.h"

/* A library in a folder of its own; close with test_remove_library (). */
static inline SeismicLibrary *
test_new_library (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autoptr (GError) error = NULL;
  SeismicLibrary *library = seismic_library_open (folder, true, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seismic_library_get_folder (library), ==, folder);
  return library;
}

static inline void
test_remove_library (SeismicLibrary *library)
{
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  seismic_library_close (library);
  test_remove_folder (folder);
}

static inline void
test_put_event (SeismicLibrary *library, const char *id, int64_t time_ns)
{
  g_autoptr (SeismicEvent) event = seismic_event_new (id);
  g_autoptr (GError) error = NULL;
  event->time_ns = time_ns;
  g_assert_true (seismic_library_put_event (library, event, &error));
  g_assert_no_error (error);
}

/* Puts a record; takes bytes. */
static inline void
test_put_record (SeismicLibrary *library, const char *event, const char *name,
                 GBytes *bytes, GPtrArray *skipped)
{
  g_autoptr (GError) error = NULL;
  seismic_library_put_record (library, event, name, bytes, "test", skipped, &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
}

static inline guint
test_count_signals (SeismicLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  g_assert_no_error (error);
  return signals->len;
}

static inline GPtrArray *
test_new_skips (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
}

static inline bool
test_has_file (SeismicLibrary *library, const char *name)
{
  g_autofree char *path =
      g_build_filename (seismic_library_get_folder (library), "waveforms", name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static inline guint
test_count_names (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

/* The signal can be read. */
static inline void
test_assert_readable (SeismicLibrary *library, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicSignal) signal = seismic_library_read_signal (library, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (signal->n_samples, >, 0);
}
