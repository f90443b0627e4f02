#include "analysis/series.h"
#include "analysis/error.h"
#include "seismic/error.h"
#include "support/tiny-library.h"

#include <math.h>

/* A signal over samples (3, n), which stay the caller's. */
static SeismicSignal
signal_of (double *samples, size_t n, double rate_hz)
{
  return (SeismicSignal){.components = "ENZ",
                         .instrument = "HN",
                         .start_ns = INT64_C (1000000000),
                         .rate_hz = rate_hz,
                         .n_samples = n,
                         .samples = samples};
}

static void
test_difference (void)
{
  double samples[] = {1, 4, 2, 0, 10, 10, -5, -5, -7};
  const SeismicSignal signal = signal_of (samples, 3, 2);
  g_auto (AnalysisSeries) series = {0};
  g_autoptr (GError) error = NULL;
  analysis_preprocess (&signal, 0, &series, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (series.n_samples, ==, 2);
  g_assert_cmpfloat (series.rate_hz, ==, 2);
  g_assert_cmpint (series.start_ns, ==, INT64_C (1500000000));
  const float expected[] = {3, -2, 10, 0, 0, -2};
  for (size_t i = 0; i < 6; i++)
    g_assert_cmpfloat (series.samples[i], ==, expected[i]);
}

/* The difference of int32 extremes needs 33 bits. */
static void
test_extremes (void)
{
  double samples[] = {INT32_MIN, INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN,
                      INT32_MAX, 0,         0,         0};
  const SeismicSignal signal = signal_of (samples, 3, 100);
  g_auto (AnalysisSeries) series = {0};
  g_assert_true (analysis_preprocess (&signal, 0, &series, NULL));
  g_assert_cmpfloat (series.samples[0], ==, 4294967296.0f);
  g_assert_cmpfloat (series.samples[1], ==, -4294967296.0f);
  g_assert_cmpfloat (series.samples[4], ==, 0);
}

/* A slow wave has the same differences at 20 Hz, whatever rate it was recorded at. */
static void
test_rates (void)
{
  static const double rates[] = {20, 40, 100, 200, 250, 99.998};
  for (size_t r = 0; r < G_N_ELEMENTS (rates); r++) {
    const size_t n = (size_t)(30 * rates[r]);
    g_autofree double *samples = g_new (double, 3 * n);
    for (size_t i = 0; i < 3 * n; i++)
      samples[i] = 5e5 + 1000 * sin (2 * G_PI * 0.7 * (double)(i % n) / rates[r] +
                                     (double)(i / n));
    const SeismicSignal signal = signal_of (samples, n, rates[r]);
    g_auto (AnalysisSeries) series = {0};
    g_autoptr (GError) error = NULL;
    analysis_preprocess (&signal, 20, &series, &error);
    g_assert_no_error (error);
    g_assert_cmpfloat (series.rate_hz, ==, 20);
    g_assert_cmpuint (series.n_samples, >=, 30 * 20 - 2);
    g_assert_cmpuint (series.n_samples, <=, 30 * 20);
    g_assert_cmpint (series.start_ns, ==, INT64_C (1050000000));
    for (size_t c = 0; c < 3; c++)
      for (size_t t = 60; t < 30 * 20 - 60; t++) {
        const double a = 2 * G_PI * 0.7 * (double)t / 20 + (double)c;
        const double b = 2 * G_PI * 0.7 * (double)(t + 1) / 20 + (double)c;
        const double expected = 1000 * (sin (b) - sin (a));
        g_assert_cmpfloat_with_epsilon (series.samples[c * series.n_samples + t],
                                        expected, 3);
      }
  }
}

static void
test_errors (void)
{
  static const struct {
    double last, rate_hz, new_rate_hz;
    size_t n;
    int code;
    bool seismic;
  } cases[] = {
      {NAN, 100, 0, 3, SEISMIC_ERROR_NOT_FINITE, true},
      {INFINITY, 100, 20, 3, SEISMIC_ERROR_NOT_FINITE, true},
      {1e300, 100, 0, 3, SEISMIC_ERROR_NOT_FINITE, true},
      {1, 1e-6, 1000, 3, SEISMIC_ERROR_TOO_LARGE, true},
      {1, 100, 0, 1, ANALYSIS_ERROR_TOO_FEW, false},
      {1, 100, 0, 0, ANALYSIS_ERROR_TOO_FEW, false},
      {1, 100, 20, 0, ANALYSIS_ERROR_TOO_FEW, false},
      {1, 100, 1, 3, ANALYSIS_ERROR_TOO_FEW, false},
      {1, 100, -1, 3, ANALYSIS_ERROR_SETTINGS, false},
      {1, 100, NAN, 3, ANALYSIS_ERROR_SETTINGS, false},
      {1, 100, 1e9, 3, ANALYSIS_ERROR_SETTINGS, false},
      {1, 100, 1e-3, 3, ANALYSIS_ERROR_SETTINGS, false},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    double samples[9] = {0};
    const SeismicSignal signal = signal_of (samples, cases[i].n, cases[i].rate_hz);
    if (cases[i].n > 0)
      samples[3 * cases[i].n - 1] = cases[i].last;
    g_auto (AnalysisSeries) series = {0};
    g_autoptr (GError) error = NULL;
    g_assert_false (analysis_preprocess (&signal, cases[i].new_rate_hz, &series, &error));
    g_assert_error (error, (cases[i].seismic ? SEISMIC_ERROR : ANALYSIS_ERROR),
                    cases[i].code);
    g_assert_null (series.samples);
  }
}

static void
test_normalise (void)
{
  float samples[] = {1, 2, 3, 4, 5, 6};
  const AnalysisSeries series = {.n_samples = 2, .samples = samples};
  const double mean[] = {1, 1, 1}, scale[] = {1, 2, 4};
  g_auto (NnBatch) batch = {0};
  nn_batch_resize (&batch, 2, 3, 3);
  analysis_series_normalise (&series, mean, scale, &batch, 1);
  const nn_real expected[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1.5, 1.25, 0, 0, 0};
  for (size_t i = 0; i < 18; i++)
    g_assert_cmpfloat (batch.data[i], ==, expected[i]);
  g_assert_cmpuint (batch.lengths[1], ==, 2);
}

static void
test_read (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 2);
  g_auto (AnalysisSeries) own = {0}, common = {0};
  const AnalysisPreparation at_20 = {.rate_hz = 20};
  g_autoptr (GError) error = NULL;
  analysis_series_read (tiny.library, "ev0/XX.S1..HN", &(AnalysisPreparation){0}, &own,
                        &error);
  g_assert_no_error (error);
  g_assert_cmpuint (own.n_samples, ==, 120);
  g_assert_cmpfloat (own.rate_hz, ==, 40);
  analysis_series_read (tiny.library, "ev0/XX.S1..HN", &at_20, &common, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (common.rate_hz, ==, 20);
  g_assert_cmpuint (common.n_samples, >=, 59);
  g_assert_cmpuint (common.n_samples, <=, 60);

  g_auto (AnalysisSeries) none = {0};
  g_assert_false (
      analysis_series_read (tiny.library, "ev9/XX.S1..HN", &at_20, &none, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/series/difference", test_difference);
  g_test_add_func ("/analysis/series/extremes", test_extremes);
  g_test_add_func ("/analysis/series/rates", test_rates);
  g_test_add_func ("/analysis/series/errors", test_errors);
  g_test_add_func ("/analysis/series/normalise", test_normalise);
  g_test_add_func ("/analysis/series/read", test_read);
  return g_test_run ();
}
