#include "seismic/filter.h"
#include "support/scipy.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

static void
test_difference (void)
{
  const double in[] = {INT32_MIN, INT32_MAX, 3.0, 3.0};
  double out[3];

  seismic_filter_difference (out, in, 4);
  g_assert_cmpfloat (out[0], ==, 4294967295.0);
  g_assert_cmpfloat (out[1], ==, 3.0 - INT32_MAX);
  g_assert_cmpfloat (out[2], ==, 0.0);

  double untouched = 7.0;
  seismic_filter_difference (&untouched, in, 1);
  seismic_filter_difference (&untouched, in, 0);
  g_assert_cmpfloat (untouched, ==, 7.0);
}

static void
test_length (void)
{
  g_assert_cmpuint (seismic_filter_resampled_length (0, 100, 20), ==, 0);
  g_assert_cmpuint (seismic_filter_resampled_length (1, 100, 20), ==, 1);
  g_assert_cmpuint (seismic_filter_resampled_length (5, 100, 20), ==, 1);
  g_assert_cmpuint (seismic_filter_resampled_length (6, 100, 20), ==, 2);
  g_assert_cmpuint (seismic_filter_resampled_length (251, 250, 20), ==, 21);
  g_assert_cmpuint (seismic_filter_resampled_length (101, 100, 200), ==, 201);
  g_assert_cmpuint (seismic_filter_resampled_length (777, 99.998, 99.998), ==, 777);
  g_assert_cmpuint (seismic_filter_resampled_length (SIZE_MAX, 1e-3, 1e3), ==, SIZE_MAX);
  /* 0.1 has no exact binary value; the last sample must not be lost to that. */
  g_assert_cmpuint (seismic_filter_resampled_length (3001, 0.3, 0.1), ==, 1001);
}

/* Demean, detrend, tapers and integral against NumPy and SciPy. */
static void
test_baselines (void)
{
  g_autoptr (GPtrArray) rows = test_scipy_read ("baselines.tsv");
  g_autoptr (GArray) input = test_scipy_values (rows, "input");
  const size_t n = input->len;

  g_assert_cmpuint (rows->len, ==, 7);
  for (guint i = 1; i < rows->len; i++) {
    const char *name = test_tsv_field (rows->pdata[i], "name");
    g_autoptr (GArray) wanted = test_scipy_numbers (rows->pdata[i], "values");
    g_autofree double *x = g_memdup2 (input->data, n * sizeof *x);

    if (g_str_equal (name, "demean"))
      seismic_filter_demean (x, n);
    else if (g_str_equal (name, "detrend"))
      seismic_filter_detrend (x, n);
    else if (g_str_equal (name, "integrate"))
      seismic_filter_integrate (x, n, 40.0);
    else if (g_str_has_prefix (name, "taper "))
      seismic_filter_taper (x, n, g_ascii_strtod (name + strlen ("taper "), NULL));
    else
      g_assert_not_reached ();
    test_scipy_compare (name, x, wanted, 1e-11);
  }
}

/* A constant becomes 0 exactly, a line nearly so, whatever their size. */
static void
test_baselines_exact (void)
{
  double x[1001];

  for (size_t n = 0; n <= 1001; n = 2 * n + 1) {
    for (size_t i = 0; i < n; i++)
      x[i] = 8388607.3;
    seismic_filter_demean (x, n);
    for (size_t i = 0; i < n; i++)
      g_assert_cmpfloat (x[i], ==, 0.0);

    for (size_t i = 0; i < n; i++)
      x[i] = 1e6 - 3.0 * (double)i;
    seismic_filter_detrend (x, n);
    for (size_t i = 0; i < n; i++)
      g_assert_cmpfloat_with_epsilon (x[i], 0.0, 1e-8);
  }
}

/* The integral of a cosine is its sine, times what trapezoids make of it:
 * (ωh / 2) / tan (ωh / 2). Of nothing, nothing. */
static void
test_integrate (void)
{
  const double rate_hz = 250.0, omega = 2 * G_PI * 1.5, half = omega / rate_hz / 2;
  double x[500];

  for (size_t i = 0; i < 500; i++)
    x[i] = cos (omega * (double)i / rate_hz);
  seismic_filter_integrate (x, 500, rate_hz);
  for (size_t i = 0; i < 500; i++)
    g_assert_cmpfloat_with_epsilon (
        x[i], sin (omega * (double)i / rate_hz) / omega * half / tan (half), 1e-13);
  x[0] = 5.0;
  seismic_filter_integrate (x, 0, rate_hz);
  g_assert_cmpfloat (x[0], ==, 5.0);
  seismic_filter_integrate (x, 1, rate_hz);
  g_assert_cmpfloat (x[0], ==, 0.0);
}

/* Symmetric, 0 at the ends, 1 between the tapers; each end by itself. */
static void
test_taper (void)
{
  for (size_t n = 0; n <= 64; n++)
    for (double fraction = 0.0; fraction <= 0.5; fraction += 0.05) {
      double x[64];

      for (size_t i = 0; i < n; i++)
        x[i] = 1.0;
      seismic_filter_taper (x, n, fraction);
      for (size_t i = 0; i < n; i++) {
        const double width = fraction * ((double)n - 1.0);
        const double near_end = (double)MIN (i, n - 1 - i);

        g_assert_cmpfloat (x[i], ==, x[n - 1 - i]);
        if (near_end >= width)
          g_assert_cmpfloat (x[i], ==, 1.0);
        else
          g_assert_cmpfloat_with_epsilon (
              x[i], pow (sin (G_PI / 2 * near_end / width), 2), 1e-12);
      }
    }
}

typedef struct {
  double rate_hz, new_rate_hz;
} Rates;

/* The last needs no polyphase table: its ratio is not a small fraction. */
static const Rates all_rates[] = {
    {250, 20},  {200, 20}, {100, 20},   {40, 20},          {100, 40},
    {80, 50},   {20, 100}, {125, 200},  {199.9987, 20},    {20, 33.333333},
    {200, 1.0}, {1, 20},   {100, 99.5}, {100.0123456, 40},
};

static double *
resampled_sine (Rates rates, double frequency_hz, size_t n, size_t *n_out)
{
  g_autofree double *in = g_new (double, n);
  *n_out = seismic_filter_resampled_length (n, rates.rate_hz, rates.new_rate_hz);
  double *out = g_new (double, *n_out);

  for (size_t i = 0; i < n; i++)
    in[i] = sin (2 * G_PI * frequency_hz * (double)i / rates.rate_hz + 0.3);
  seismic_filter_resample (out, in, n, rates.rate_hz, rates.new_rate_hz);
  return out;
}

/* Outputs that the continued ends cannot have touched: those over 40 samples of the
 * slower rate from either end. */
static bool
is_inner (Rates rates, size_t k, size_t n_out)
{
  double edge = 40.0 / fmin (rates.rate_hz, rates.new_rate_hz);
  double t = (double)k / rates.new_rate_hz;
  return t > edge && t < (double)(n_out - 1) / rates.new_rate_hz - edge;
}

static void
test_passband (void)
{
  for (size_t r = 0; r < G_N_ELEMENTS (all_rates); r++) {
    Rates rates = all_rates[r];
    double slow = fmin (rates.rate_hz, rates.new_rate_hz);
    const double shares[] = {0.05, 0.4, 0.79};

    for (size_t s = 0; s < G_N_ELEMENTS (shares); s++) {
      double frequency = shares[s] * slow / 2;
      size_t n = (size_t)(200 * rates.rate_hz / slow), n_out, n_inner = 0;
      g_autofree double *out = resampled_sine (rates, frequency, n, &n_out);
      /* 0.1 dB is 1.2 %; the design is far better, in amplitude and in phase. */
      for (size_t k = 0; k < n_out; k++) {
        if (!is_inner (rates, k, n_out))
          continue;
        double t = (double)k / rates.new_rate_hz;
        g_assert_cmpfloat_with_epsilon (out[k], sin (2 * G_PI * frequency * t + 0.3),
                                        1e-3);
        n_inner++;
      }
      g_assert_cmpuint (n_inner, >, 50);
    }
  }
}

static void
test_stopband (void)
{
  for (size_t r = 0; r < G_N_ELEMENTS (all_rates); r++) {
    Rates rates = all_rates[r];
    if (rates.new_rate_hz >= rates.rate_hz)
      continue;
    double lowest = rates.new_rate_hz / 2, highest = rates.rate_hz / 2;

    for (int s = 0; s <= 20; s++) {
      double frequency = lowest * 1.001 + (highest * 0.999 - lowest * 1.001) * s / 20.0;
      size_t n = (size_t)(200 * rates.rate_hz / rates.new_rate_hz), n_out;
      if (frequency > highest)
        continue;
      g_autofree double *out = resampled_sine (rates, frequency, n, &n_out);
      for (size_t k = 0; k < n_out; k++)
        if (is_inner (rates, k, n_out))
          g_assert_cmpfloat (fabs (out[k]), <, 1e-3);
    }
  }
}

static void
test_constant (void)
{
  for (size_t r = 0; r < G_N_ELEMENTS (all_rates); r++) {
    Rates rates = all_rates[r];
    double in[300];
    for (size_t i = 0; i < 300; i++)
      in[i] = -123456.7;
    size_t n_out =
        seismic_filter_resampled_length (300, rates.rate_hz, rates.new_rate_hz);
    g_autofree double *out = g_new0 (double, n_out);
    seismic_filter_resample (out, in, 300, rates.rate_hz, rates.new_rate_hz);
    for (size_t k = 0; k < n_out; k++)
      g_assert_cmpfloat (out[k], ==, -123456.7);
  }
}

static void
test_identity (void)
{
  double in[50], out[50];
  for (size_t i = 0; i < 50; i++)
    in[i] = cos ((double)(i * i));
  seismic_filter_resample (out, in, 50, 99.97, 99.97);
  for (size_t i = 0; i < 50; i++)
    g_assert_cmpfloat (out[i], ==, in[i]);
}

static void
test_small (void)
{
  double one = 42.0, out[16] = {0};

  seismic_filter_resample (out, &one, 0, 100, 20);
  g_assert_cmpfloat (out[0], ==, 0.0);
  seismic_filter_resample (out, &one, 1, 100, 20);
  g_assert_cmpfloat (out[0], ==, 42.0);
  seismic_filter_resample (out, &one, 1, 20, 100);
  g_assert_cmpfloat (out[0], ==, 42.0);

  const double two[] = {1.0, 2.0};
  g_assert_cmpuint (seismic_filter_resampled_length (2, 1, 4), ==, 5);
  seismic_filter_resample (out, two, 2, 1, 4);
  for (size_t i = 1; i < 5; i++)
    g_assert_cmpfloat (out[i], >, out[i - 1]);
}

/* Up and down again gives the band-limited record back. */
static void
test_round_trip (void)
{
  enum { N = 400 };
  double in[N], up[4 * N], back[N];

  for (size_t i = 0; i < N; i++)
    in[i] = sin (0.3 * (double)i) + 0.5 * cos (1.1 * (double)i);
  g_assert_cmpuint (seismic_filter_resampled_length (N, 50, 200), ==, 4 * N - 3);
  seismic_filter_resample (up, in, N, 50, 200);
  seismic_filter_resample (back, up, 4 * N - 3, 200, 50);
  for (size_t i = 60; i < N - 60; i++)
    g_assert_cmpfloat_with_epsilon (back[i], in[i], 2e-3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/difference", test_difference);
  g_test_add_func ("/filter/baselines", test_baselines);
  g_test_add_func ("/filter/baselines-exact", test_baselines_exact);
  g_test_add_func ("/filter/integrate", test_integrate);
  g_test_add_func ("/filter/taper", test_taper);
  g_test_add_func ("/filter/length", test_length);
  g_test_add_func ("/filter/resample/passband", test_passband);
  g_test_add_func ("/filter/resample/stopband", test_stopband);
  g_test_add_func ("/filter/resample/constant", test_constant);
  g_test_add_func ("/filter/resample/identity", test_identity);
  g_test_add_func ("/filter/resample/small", test_small);
  g_test_add_func ("/filter/resample/round-trip", test_round_trip);
  return g_test_run ();
}
