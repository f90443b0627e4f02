#include "support/tiny-library.h"

#include "seismic/miniseed.h"
#include "seismic/time.h"

#include <glib/gstdio.h>
#include <math.h>

void
tiny_library_init (TinyLibrary *tiny)
{
  g_autoptr (GError) error = NULL;
  tiny->folder = g_dir_make_tmp ("sae-tiny-XXXXXX", &error);
  g_assert_no_error (error);
  tiny->library = seismic_library_open (tiny->folder, true, &error);
  g_assert_no_error (error);
  g_assert_nonnull (tiny->library);
}

void
tiny_library_remove (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) &&
      !g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *child = g_build_filename (path, name, NULL);
      tiny_library_remove (child);
    }
  }
  g_remove (path);
}

void
tiny_library_clear (TinyLibrary *tiny)
{
  g_clear_pointer (&tiny->library, seismic_library_close);
  if (tiny->folder != NULL)
    tiny_library_remove (tiny->folder);
  g_clear_pointer (&tiny->folder, g_free);
}

static int64_t
day_ns (int day)
{
  int64_t start = 0;
  g_assert_true (seismic_time_parse ("2020-01-01", &start));
  return start + (int64_t)day * 86400 * SEISMIC_NS_PER_SECOND;
}

void
tiny_library_put_event (TinyLibrary *tiny, const char *event_id, int day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new (event_id);
  event->time_ns = day_ns (day);
  g_free (event->type);
  event->type = g_strdup ("earthquake");
  seismic_library_put_event (tiny->library, event, &error);
  g_assert_no_error (error);
}

void
tiny_library_put_samples (TinyLibrary *tiny, const char *event_id, const char *station,
                          double rate_hz, const int32_t *samples, size_t n)
{
  static const char *const channels[] = {"HNE", "HNN", "HNZ"};
  g_autoptr (GPtrArray) traces =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  for (size_t c = 0; c < 3; c++)
    g_ptr_array_add (traces, seismic_trace_new ("XX", station, "", channels[c],
                                                day_ns (0), rate_hz, SEISMIC_SAMPLE_INT32,
                                                samples + c * n, n));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = seismic_miniseed_write (traces, &error);
  g_assert_no_error (error);
  g_autofree char *name = g_strdup_printf ("XX.%s", station);
  seismic_library_put_record (tiny->library, event_id, name, bytes, "test", NULL, &error);
  g_assert_no_error (error);
}

void
tiny_library_put_record (TinyLibrary *tiny, const char *event_id, const char *station,
                         double rate_hz, size_t n, uint32_t seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree int32_t *samples = g_new (int32_t, 3 * n);
  for (size_t c = 0; c < 3; c++) {
    const double amplitude = g_rand_double_range (rand, 500, 1500);
    const double frequency_hz = g_rand_double_range (rand, 0.5, 2);
    const double offset = g_rand_double_range (rand, -1e5, 1e5);
    for (size_t t = 0; t < n; t++) {
      const double s = (double)t / rate_hz;
      const double wave = exp (-s / 3) * sin (2 * G_PI * frequency_hz * s);
      samples[c * n + t] =
          (int32_t)(offset + amplitude * wave + g_rand_double_range (rand, -20, 20));
    }
  }
  tiny_library_put_samples (tiny, event_id, station, rate_hz, samples, n);
}

void
tiny_library_fill (TinyLibrary *tiny, size_t n_events, size_t n_stations)
{
  size_t seed = 0;
  for (size_t i = 0; i < n_events; i++) {
    g_autofree char *event = g_strdup_printf ("ev%zu", i);
    tiny_library_put_event (tiny, event, (int)i);
    for (size_t j = 0; j < n_stations; j++) {
      g_autofree char *station = g_strdup_printf ("S%zu", j);
      tiny_library_put_record (tiny, event, station, j % 2 == 0 ? 20 : 40, 120 + seed,
                               (uint32_t)seed + 1);
      seed++;
    }
  }
}

char *
tiny_library_record_path (const TinyLibrary *tiny, const char *event_id,
                          const char *station)
{
  g_autofree char *name = g_strdup_printf ("XX.%s.mseed", station);
  return g_build_filename (tiny->folder, "waveforms", event_id, name, NULL);
}
