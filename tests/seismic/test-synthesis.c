#include "seismic/synthesis.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
remove_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_tree (path);
    else
      g_remove (path);
  }
  g_rmdir (folder);
}

typedef struct {
  char *folder;
  SeismicLibrary *library;
} Fixture;

static Fixture
open_fixture (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  fixture.folder = g_dir_make_tmp ("synthesis-XXXXXX", &error);
  g_assert_no_error (error);
  fixture.library = seismic_library_open (fixture.folder, true, &error);
  g_assert_no_error (error);
  return fixture;
}

static void
close_fixture (Fixture *fixture)
{
  seismic_library_close (fixture->library);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
fill (Fixture *fixture, size_t n_events, size_t n_stations, uint64_t seed)
{
  g_autoptr (GError) error = NULL;
  SeismicSynthesisSettings settings = seismic_synthesis_default ();
  settings.n_events = n_events;
  settings.n_stations = n_stations;
  settings.seed = seed;
  g_assert_true (
      seismic_synthesis_fill (fixture->library, &settings, NULL, NULL, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list_signals (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *signals = seismic_library_list_signals (fixture->library, &error);
  g_assert_no_error (error);
  return signals;
}

static SeismicSignal *
read_signal (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  SeismicSignal *signal = seismic_library_read_signal (fixture->library, id, &error);
  g_assert_no_error (error);
  return signal;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The bytes of all files below folder, as one checksum over names and contents. */
static void
checksum_tree (GChecksum *checksum, const char *folder, goffset *size)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    g_checksum_update (checksum, names->pdata[i], -1);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      checksum_tree (checksum, path, size);
    else if (g_file_get_contents (path, &bytes, &n, NULL)) {
      g_checksum_update (checksum, (const guchar *)bytes, (gssize)n);
      *size += (goffset)n;
    }
  }
}

static char *
record_checksum (Fixture *fixture, goffset *size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *folder = g_build_filename (fixture->folder, "waveforms", NULL);
  *size = 0;
  checksum_tree (checksum, folder, size);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_repeatable (void)
{
  Fixture a = open_fixture (), b = open_fixture (), c = open_fixture ();
  goffset size = 0;

  fill (&a, 4, 2, 5);
  fill (&b, 4, 2, 5);
  fill (&c, 4, 2, 6);
  g_autofree char *of_a = record_checksum (&a, &size);
  g_autofree char *of_b = record_checksum (&b, &size);
  g_autofree char *of_c = record_checksum (&c, &size);
  g_assert_cmpint (size, >, 0);
  g_assert_cmpstr (of_a, ==, of_b);
  g_assert_cmpstr (of_a, !=, of_c);
  close_fixture (&a);
  close_fixture (&b);
  close_fixture (&c);
}

/* The sample: its size, and that everything in it is a signal of a labelled event. */
static void
test_sample (void)
{
  Fixture fixture = open_fixture ();
  SeismicSynthesisSettings settings = seismic_synthesis_default ();
  size_t n_explosions = 0;
  goffset size = 0;

  fill (&fixture, settings.n_events, settings.n_stations, settings.seed);
  g_free (record_checksum (&fixture, &size));
  g_assert_cmpint (size, <, 8 * 1024 * 1024);

  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = seismic_library_list_events (fixture.library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 40);
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    bool explosion = strcmp (event->type, "explosion") == 0;
    n_explosions += explosion;
    g_assert_true (explosion || strcmp (event->type, "earthquake") == 0);
    g_assert_true (g_str_has_prefix (event->place, "Synthetic"));
    g_assert_cmpfloat (event->magnitude, >=, explosion ? 3.5 : 5.0);
    g_assert_cmpfloat (event->magnitude, <=, explosion ? 5.5 : 7.5);
    g_assert_cmpfloat (event->depth_km, <, explosion ? 1.0 : 15.0);
  }
  g_assert_cmpuint (n_explosions, ==, 10);

  g_autoptr (GPtrArray) signals = list_signals (&fixture);
  g_assert_cmpuint (signals->len, ==, 120);
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_assert_true (seismic_network_is_synthetic (info->network));
    g_assert_cmpstr (info->components, ==, "ENZ");
    g_assert_cmpfloat (info->rate_hz, ==, 100.0);
    g_assert_cmpuint (info->n_samples, >=, 4400);
    g_assert_cmpuint (info->n_samples, <=, 7000);
    g_assert_cmpfloat (info->distance_km, >, 0.0);
    g_assert_false (info->has_gaps);
  }
  close_fixture (&fixture);
}

/* The first sample of component c, from `from` on, that exceeds `times` the largest
 * deviation from the mean of the first 7 s; n if there is none. */
static size_t
onset (const SeismicSignal *signal, size_t c, size_t from, double times)
{
  const double *x = signal->samples + c * signal->n_samples;
  const size_t quiet = 700;
  double mean = 0.0, noise = 0.0;

  for (size_t i = 0; i < quiet; i++)
    mean += x[i] / (double)quiet;
  for (size_t i = 0; i < quiet; i++)
    noise = fmax (noise, fabs (x[i] - mean));
  for (size_t i = from; i < signal->n_samples; i++)
    if (fabs (x[i] - mean) > times * noise)
      return i;
  return signal->n_samples;
}

static double
largest (const SeismicSignal *signal, size_t c, size_t from, size_t to)
{
  const double *x = signal->samples + c * signal->n_samples;
  double mean = 0.0, peak = 0.0;

  for (size_t i = 0; i < 700; i++)
    mean += x[i] / 700.0;
  for (size_t i = from; i < MIN (to, signal->n_samples); i++)
    peak = fmax (peak, fabs (x[i] - mean));
  return peak;
}

/* Every record begins with some 10 s of quiet, its counts fit 24 bits around a small
 * offset, and its peak acceleration is one that was seen in nature. */
static void
test_records (void)
{
  Fixture fixture = open_fixture ();
  fill (&fixture, 12, 3, 2);
  g_autoptr (GPtrArray) signals = list_signals (&fixture);

  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_autoptr (SeismicSignal) signal = read_signal (&fixture, info->id);
    size_t first = onset (signal, 2, 0, 4.0);
    double peak = 0.0;

    for (size_t k = 0; k < 3 * signal->n_samples; k++) {
      g_assert_cmpfloat (fabs (signal->samples[k]), <=, 8388608.0);
      g_assert_cmpfloat (signal->samples[k], ==, rint (signal->samples[k]));
    }
    g_assert_cmpfloat (fabs (signal->samples[0]), <, 50000.0);
    g_assert_cmpuint (first, >, 800);
    g_assert_cmpuint (first, <, 2500);
    for (size_t c = 0; c < 2; c++)
      peak = fmax (peak, largest (signal, c, 0, signal->n_samples));
    double g = peak / SEISMIC_SYNTHESIS_COUNTS_PER_MS2 / 9.80665;
    g_assert_cmpfloat (g, >, 2e-4);
    g_assert_cmpfloat (g, <, 1.5);
    /* An M 5 at 100 km does not shake as an M 7 at 5 km does. */
    if (info->distance_km > 80.0 && info->event.magnitude < 5.5)
      g_assert_cmpfloat (g, <, 0.03);
  }
  close_fixture (&fixture);
}

/* S as the strongest horizontal shaking: it follows P later the farther the event is. */
static void
test_s_minus_p (void)
{
  Fixture fixture = open_fixture ();
  double near = 0.0, far = 0.0;
  size_t n_near = 0, n_far = 0;
  fill (&fixture, 12, 6, 3);
  g_autoptr (GPtrArray) signals = list_signals (&fixture);

  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    if (strcmp (info->event.type, "earthquake") != 0)
      continue;
    g_autoptr (SeismicSignal) signal = read_signal (&fixture, info->id);
    size_t p = onset (signal, 2, 0, 4.0), s = p;
    double half = 0.5 * largest (signal, 0, 0, signal->n_samples);
    while (largest (signal, 0, s, s + 1) < half)
      s++;
    double delay = (double)(s - p) / signal->rate_hz;
    if (info->distance_km < 25.0)
      near += delay, n_near++;
    else if (info->distance_km > 60.0)
      far += delay, n_far++;
  }
  g_assert_cmpuint (n_near, >, 3);
  g_assert_cmpuint (n_far, >, 3);
  near /= (double)n_near;
  far /= (double)n_far;
  g_test_message ("S - P: %.1f s near, %.1f s far", near, far);
  g_assert_cmpfloat (near, <, 5.0);
  g_assert_cmpfloat (far, >, near + 4.0);
  close_fixture (&fixture);
}

/* Peak of the vertical in the first 2 s of P over that of the horizontals after it. */
static void
test_types (void)
{
  Fixture fixture = open_fixture ();
  double sum[2] = {0};
  size_t n[2] = {0};
  fill (&fixture, 16, 4, 4);
  g_autoptr (GPtrArray) signals = list_signals (&fixture);

  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    if (info->distance_km < 20.0)
      continue;
    g_autoptr (SeismicSignal) signal = read_signal (&fixture, info->id);
    size_t p = onset (signal, 2, 0, 4.0), end = signal->n_samples;
    double horizontal =
        fmax (largest (signal, 0, p + 200, end), largest (signal, 1, p + 200, end));
    size_t type = strcmp (info->event.type, "explosion") == 0;
    sum[type] += log (largest (signal, 2, p, p + 200) / horizontal);
    n[type]++;
  }
  double earthquake = exp (sum[0] / (double)n[0]),
         explosion = exp (sum[1] / (double)n[1]);
  g_test_message ("P/S: %.2f of earthquakes, %.2f of explosions", earthquake, explosion);
  g_assert_cmpuint (n[0], >, 10);
  g_assert_cmpuint (n[1], >, 5);
  g_assert_cmpfloat (explosion, >, 2.5 * earthquake);
  close_fixture (&fixture);
}

static void
test_refused (void)
{
  Fixture fixture = open_fixture ();
  const SeismicSynthesisSettings bad[] = {
      {0, 3, 100.0, 1},  {10000, 3, 100.0, 1}, {1, 0, 100.0, 1},
      {1, 27, 100.0, 1}, {1, 1, 0.0, 1},       {1, 1, NAN, 1},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (
        seismic_synthesis_fill (fixture.library, &bad[i], NULL, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  }
  fill (&fixture, 1, 26, 1);
  g_autoptr (GError) error = NULL;
  SeismicSynthesisSettings settings = seismic_synthesis_default ();
  g_assert_false (
      seismic_synthesis_fill (fixture.library, &settings, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  close_fixture (&fixture);
}

static bool
stop_at_third (const SeismicProgress *progress, void *user_data)
{
  g_assert_cmpuint (progress->total, ==, 6);
  return progress->done < 3;
}

static void
test_stopped (void)
{
  Fixture fixture = open_fixture ();
  g_autoptr (GError) error = NULL;
  SeismicSynthesisSettings settings = {3, 2, 100.0, 1};

  g_assert_false (
      seismic_synthesis_fill (fixture.library, &settings, stop_at_third, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (GPtrArray) signals = list_signals (&fixture);
  g_assert_cmpuint (signals->len, ==, 0);
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/synthesis/repeatable", test_repeatable);
  g_test_add_func ("/synthesis/sample", test_sample);
  g_test_add_func ("/synthesis/records", test_records);
  g_test_add_func ("/synthesis/s-minus-p", test_s_minus_p);
  g_test_add_func ("/synthesis/types", test_types);
  g_test_add_func ("/synthesis/refused", test_refused);
  g_test_add_func ("/synthesis/stopped", test_stopped);
  return g_test_run ();
}
