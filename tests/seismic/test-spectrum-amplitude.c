#include "seismic/spectrum-amplitude.h"
#include "support/scipy.h"

#include <math.h>

static const double *
numbers (const GArray *array)
{
  return (const double *)(const void *)array->data;
}

static void
test_amplitude (void)
{
  g_autoptr (GPtrArray) rows = test_scipy_read ("spectra.tsv");
  g_autoptr (GArray) input = test_scipy_values (rows, "input");
  g_autoptr (GArray) wanted = test_scipy_values (rows, "amplitude");
  g_autofree double *amplitudes = g_new (double, wanted->len);

  g_assert_cmpuint (wanted->len, ==, input->len / 2 + 1);
  seismic_spectrum_amplitude (amplitudes, numbers (input), input->len, 50.0);
  test_scipy_compare ("amplitude", amplitudes, wanted, 1e-12);
}

/* Of a pulse of area A it is A at all frequencies, whatever the rate; and Parseval's
 * theorem in the units told: Σ x² Δt = Δf (A₀² + 2 Σ A² + A_N²). */
static void
test_units (void)
{
  const double rates[] = {1.0, 40.0, 250.0};

  for (size_t r = 0; r < G_N_ELEMENTS (rates); r++)
    for (size_t n = 1; n <= 33; n++) {
      double x[33] = {0}, amplitudes[17], energy = 0.0, sum = 0.0;

      x[n / 3] = 2.5 * rates[r];
      seismic_spectrum_amplitude (amplitudes, x, n, rates[r]);
      for (size_t k = 0; k <= n / 2; k++)
        g_assert_cmpfloat_with_epsilon (amplitudes[k], 2.5, 1e-12);

      for (size_t i = 0; i < n; i++) {
        x[i] = sin (1.7 * (double)(i * i)) + 0.3;
        energy += x[i] * x[i] / rates[r];
      }
      seismic_spectrum_amplitude (amplitudes, x, n, rates[r]);
      for (size_t k = 0; k <= n / 2; k++)
        sum += amplitudes[k] * amplitudes[k] * (k == 0 || 2 * k == n ? 1 : 2);
      g_assert_cmpfloat_with_epsilon (sum * rates[r] / (double)n, energy, 1e-12);
    }
}

/* Against the definition in NumPy. */
static void
test_smooth (void)
{
  g_autoptr (GPtrArray) rows = test_scipy_read ("spectra.tsv");
  g_autoptr (GArray) amplitude = test_scipy_values (rows, "amplitude");
  g_autoptr (GArray) centres = test_scipy_values (rows, "centres");
  const double bandwidths[] = {20.0, 40.0};

  for (size_t b = 0; b < 2; b++) {
    g_autofree char *name = g_strdup_printf ("smooth %g", bandwidths[b]);
    g_autoptr (GArray) wanted = test_scipy_values (rows, name);
    g_autofree double *smooth = g_new (double, centres->len);

    seismic_spectrum_smooth (smooth, numbers (centres), centres->len, numbers (amplitude),
                             amplitude->len, 50.0 / 400, bandwidths[b]);
    test_scipy_compare (name, smooth, wanted, 1e-11);
  }
}

/* A constant stays; a spike becomes the window, half of it at sin x / x = 2^−¼. */
static void
test_smooth_laws (void)
{
  const size_t n = 20001;
  g_autofree double *amplitudes = g_new (double, n);
  double frequencies[60], smooth[60];

  for (size_t i = 0; i < 60; i++)
    frequencies[i] = 0.003 * pow (10.0, (double)i / 11.0);
  for (size_t k = 0; k < n; k++)
    amplitudes[k] = 7.0;
  amplitudes[0] = 1e9; /* not looked at */
  seismic_spectrum_smooth (smooth, frequencies, 60, amplitudes, n, 0.01, 40.0);
  for (size_t i = 0; i < 60; i++)
    g_assert_cmpfloat_with_epsilon (smooth[i], 7.0, 1e-12);

  for (size_t k = 0; k < n; k++)
    amplitudes[k] = k == 10000 ? 1.0 : 0.0; /* 100 Hz */
  const double half_x = 1.0019;             /* (sin x / x)⁴ = ½ */
  const double at[] = {100.0, 100.0 / pow (10.0, half_x / 40.0)};
  seismic_spectrum_smooth (smooth, at, 2, amplitudes, n, 0.01, 40.0);
  /* The weights' sum grows with fc. */
  g_assert_cmpfloat_with_epsilon (smooth[1] / smooth[0] * at[1] / at[0], 0.5, 1e-3);
  seismic_spectrum_smooth (smooth, frequencies, 0, amplitudes, n, 0.01, 40.0);
}

/* Of the spectrum's own frequencies, each once: what is smoothed there is never far from
 * what it was, though much lies elsewhere. */
static void
test_centres (void)
{
  const double step = 0.01;
  double amplitudes[5001], centres[400], smooth[400];
  size_t n = seismic_spectrum_centres (centres, 400, step, step, 50.0);

  g_assert_cmpuint (n, >, 200);
  g_assert_cmpuint (n, <, 400);
  g_assert_cmpfloat_with_epsilon (centres[0], step, 1e-12);
  g_assert_cmpfloat_with_epsilon (centres[n - 1], 50.0, 1e-9);
  for (size_t i = 0; i < n; i++) {
    g_assert_cmpfloat_with_epsilon (centres[i] / step, round (centres[i] / step), 1e-9);
    g_assert_true (i == 0 || centres[i] > centres[i - 1]);
  }
  for (size_t k = 0; k < 5001; k++)
    amplitudes[k] = k < 100 ? 1.0 : 1e4;
  seismic_spectrum_smooth (smooth, centres, n, amplitudes, 5001, step, 40.0);
  for (size_t i = 0; i < n && centres[i] < 0.3; i++)
    g_assert_cmpfloat (smooth[i], <, 10.0);
  g_assert_cmpuint (seismic_spectrum_centres (centres, 400, 1.0, 0.05, 0.4), ==, 1);
}

static void
test_peak (void)
{
  double x[600];

  for (double f = 0.5; f < 48.0; f += 1.83) {
    for (size_t i = 0; i < 600; i++)
      x[i] = 5e5 + 30.0 * (double)i + sin (2 * G_PI * f * (double)i / 100.0);
    g_assert_cmpfloat_with_epsilon (seismic_spectrum_peak_hz (x, 600, 100.0), f,
                                    0.51 * 100.0 / 600);
  }
  for (size_t i = 0; i < 600; i++)
    x[i] = -3e6;
  for (size_t n = 0; n <= 600; n = 2 * n + 1)
    g_assert_cmpfloat (seismic_spectrum_peak_hz (x, n, 100.0), ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrum-amplitude/amplitude", test_amplitude);
  g_test_add_func ("/spectrum-amplitude/units", test_units);
  g_test_add_func ("/spectrum-amplitude/smooth", test_smooth);
  g_test_add_func ("/spectrum-amplitude/smooth-laws", test_smooth_laws);
  g_test_add_func ("/spectrum-amplitude/centres", test_centres);
  g_test_add_func ("/spectrum-amplitude/peak", test_peak);
  return g_test_run ();
}
