#include "analysis/window.h"
#include "analysis/error.h"
#include "analysis/training.h"
#include "seismic/library-pick.h"
#include "seismic/time.h"
#include "support/tiny-library.h"

#include <math.h>
#include <string.h>

#define SECOND_NS SEISMIC_NS_PER_SECOND

static void
test_check (void)
{
  const struct {
    AnalysisWindow window;
    bool right;
  } cases[] = {
      {ANALYSIS_WINDOW_DEFAULT, true},         {{0}, true}, /* the whole has no length */
      {{ANALYSIS_WINDOW_P, 30, 5}, true},      {{ANALYSIS_WINDOW_P, 30, 0}, true},
      {{ANALYSIS_WINDOW_P, 30, 30}, false},    {{ANALYSIS_WINDOW_P, 30, -1}, false},
      {{ANALYSIS_WINDOW_PEAK, 0, 0}, false},   {{ANALYSIS_WINDOW_PEAK, 3601, 0}, false},
      {{ANALYSIS_WINDOW_PEAK, NAN, 0}, false}, {{ANALYSIS_WINDOW_PEAK, 3, NAN}, false},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_true (analysis_window_check (&cases[i].window, &error) == cases[i].right);
    if (!cases[i].right)
      g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  }
}

/* 100 s at 10 Hz whose samples are their numbers, but for a peak of one component. */
static void
fill (SeismicSignal *signal, double samples[3000], size_t peak)
{
  *signal = (SeismicSignal){.start_ns = 1000 * SECOND_NS, .rate_hz = 10};
  signal->n_samples = 1000;
  signal->samples = samples;
  memset (samples, 0, 3000 * sizeof *samples);
  samples[1000 + peak] = -500; /* the largest one is below zero */
  for (size_t i = 0; i < 1000; i++)
    samples[2000 + i] = 1e6; /* an offset is no motion */
}

static void
test_find (void)
{
  static const struct {
    AnalysisWindow window;
    double arrival_s;      /* since the start */
    size_t peak, first, n; /* n 0: an error */
  } cases[] = {
      {ANALYSIS_WINDOW_DEFAULT, 20, 0, 0, 1000},
      {{ANALYSIS_WINDOW_P, 30, 5}, 20, 0, 150, 300},
      {{ANALYSIS_WINDOW_P, 30, 0}, 20.04, 0, 200, 300},
      {{ANALYSIS_WINDOW_P, 30, 5}, 0, 0, 0, 250},    /* begins before the record */
      {{ANALYSIS_WINDOW_P, 30, 5}, -10, 0, 0, 150},  /* half of it, just */
      {{ANALYSIS_WINDOW_P, 30, 5}, -10.1, 0, 0, 0},  /* less */
      {{ANALYSIS_WINDOW_P, 30, 5}, 90, 0, 850, 150}, /* ends after it */
      {{ANALYSIS_WINDOW_P, 30, 5}, 90.1, 0, 0, 0},
      {{ANALYSIS_WINDOW_P, 30, 5}, 1e6, 0, 0, 0},
      {{ANALYSIS_WINDOW_P, 30, 5}, -1e6, 0, 0, 0},
      {{ANALYSIS_WINDOW_P, 300, 5}, 20, 0, 0, 0}, /* longer than the record twice */
      {{ANALYSIS_WINDOW_PEAK, 20, 5}, 0, 400, 350, 200},
      {{ANALYSIS_WINDOW_PEAK, 20, 5}, 0, 999, 949, 0},
      {{ANALYSIS_WINDOW_PEAK, 20, 12}, 0, 999, 879, 121},
      {{ANALYSIS_WINDOW_PEAK, 20, 5}, 0, 0, 0, 150},
  };
  double samples[3000];
  SeismicSignal signal;
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    size_t first = 77, n = 77;
    g_autoptr (GError) error = NULL;
    fill (&signal, samples, cases[i].peak);
    const int64_t arrival_ns =
        signal.start_ns + (int64_t)(cases[i].arrival_s * (double)SECOND_NS);
    const bool found =
        analysis_window_find (&cases[i].window, &signal, arrival_ns, &first, &n, &error);
    g_test_message ("%zu: %zu + %zu %s", i, first, n, error ? error->message : "");
    g_assert_true (found == (cases[i].n > 0));
    if (found) {
      g_assert_cmpuint (first, ==, cases[i].first);
      g_assert_cmpuint (n, ==, cases[i].n);
    } else {
      g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
      g_assert_cmpuint (n, ==, 77);
    }
  }
}

/* Of an event in the model's region and a station 60 km north of it. */
static void
place (TinyLibrary *tiny)
{
  g_autoptr (SeismicEvent) event = seismic_library_get_event (tiny->library, "ev0", NULL);
  event->latitude = 37.5;
  event->longitude = -122;
  event->depth_km = 8;
  g_assert_true (seismic_library_put_event (tiny->library, event, NULL));
  g_assert_true (
      seismic_library_put_station (tiny->library, "XX", "S0", 38.04, -122, NULL));
}

static void
put_pick (TinyLibrary *tiny, const char *phase, const char *channel, int64_t time_ns)
{
  g_autoptr (SeismicPick) pick =
      seismic_pick_new ("ev0", "XX.S0..HN", channel, phase, time_ns);
  g_assert_true (seismic_library_put_pick (tiny->library, pick, NULL));
}

static bool
arrival (TinyLibrary *tiny, int64_t *arrival_ns, GError **error)
{
  g_autoptr (SeismicSignalInfo) info =
      seismic_library_get_signal (tiny->library, "ev0/XX.S0..HN", error);
  return info != NULL && analysis_window_arrival (tiny->library, info, arrival_ns, error);
}

/* Nothing known; predicted; picked, where what is no P does not count. */
static void
test_arrival (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  g_autoptr (GError) error = NULL;
  int64_t found_ns = 0;
  g_assert_false (arrival (&tiny, &found_ns, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
  place (&tiny);
  g_autoptr (SeismicSignalInfo) info =
      seismic_library_get_signal (tiny.library, "ev0/XX.S0..HN", NULL);
  const double predicted_s = seismic_signal_info_arrival_s (info, SEISMIC_PHASE_P);
  g_assert_cmpfloat (predicted_s, >, 9);
  g_assert_cmpfloat (predicted_s, <, 12);
  g_assert_true (arrival (&tiny, &found_ns, NULL));
  g_assert_cmpint (
      ABS (found_ns - info->event.time_ns - (int64_t)(predicted_s * (double)SECOND_NS)),
      <=, 2);
  put_pick (&tiny, "S", "HNE", info->start_ns + SECOND_NS);
  g_assert_true (arrival (&tiny, &found_ns, NULL));
  g_assert_cmpint (found_ns, >, info->event.time_ns + 9 * SECOND_NS);
  put_pick (&tiny, "P", "HNZ", info->start_ns + 3 * SECOND_NS);
  put_pick (&tiny, "Pn", "HNE", info->start_ns + 2 * SECOND_NS);
  g_assert_true (arrival (&tiny, &found_ns, NULL));
  g_assert_cmpint (found_ns, ==, info->start_ns + 2 * SECOND_NS);
}

/* The signal that is left is the samples of the window, on its time. */
static void
test_cut (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  g_autoptr (SeismicSignal) whole =
      seismic_library_read_signal (tiny.library, "ev0/XX.S0..HN", NULL);
  g_autoptr (SeismicSignal) cut =
      seismic_library_read_signal (tiny.library, "ev0/XX.S0..HN", NULL);
  const AnalysisWindow window = {ANALYSIS_WINDOW_P, 2, 0.5};
  g_autoptr (GError) error = NULL;
  g_assert_false (
      analysis_window_cut (&window, tiny.library, "ev0/XX.S0..HN", cut, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
  g_clear_error (&error);
  g_assert_cmpuint (cut->n_samples, ==, whole->n_samples);
  put_pick (&tiny, "P", "HNZ", whole->start_ns + SECOND_NS);
  analysis_window_cut (&window, tiny.library, "ev0/XX.S0..HN", cut, &error);
  g_assert_no_error (error);
  const size_t n = (size_t)(2 * whole->rate_hz), first = (size_t)(0.5 * whole->rate_hz);
  g_assert_cmpuint (cut->n_samples, ==, n);
  g_assert_cmpint (cut->start_ns, ==, whole->start_ns + SECOND_NS / 2);
  for (size_t c = 0; c < 3; c++)
    g_assert_cmpmem (cut->samples + c * n, n * sizeof (double),
                     whole->samples + c * whole->n_samples + first, n * sizeof (double));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/window/check", test_check);
  g_test_add_func ("/analysis/window/find", test_find);
  g_test_add_func ("/analysis/window/arrival", test_arrival);
  g_test_add_func ("/analysis/window/cut", test_cut);
  return g_test_run ();
}
