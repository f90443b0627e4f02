#include "seismic/spectrum.h"

#include <glib.h>
#include <math.h>

static void
fill (double *samples, size_t n)
{
  for (size_t i = 0; i < n; i++)
    samples[i] = sin (1.3 * (double)(i * i)) + 0.25;
}

/* Against the definition, for even and odd lengths. */
static void
test_definition (void)
{
  for (size_t n = 1; n <= 31; n++) {
    double samples[31], spectrum[32];
    fill (samples, n);
    seismic_spectrum_forward (spectrum, samples, n);
    for (size_t k = 0; k <= n / 2; k++) {
      double real = 0, imaginary = 0;
      for (size_t j = 0; j < n; j++) {
        double angle = 2 * G_PI * (double)(j * k) / (double)n;
        real += samples[j] * cos (angle);
        imaginary -= samples[j] * sin (angle);
      }
      g_assert_cmpfloat_with_epsilon (spectrum[2 * k], real, 1e-12 * 31);
      g_assert_cmpfloat_with_epsilon (spectrum[2 * k + 1], imaginary, 1e-12 * 31);
    }
  }
}

static void
test_inverse (void)
{
  const size_t lengths[] = {1, 2, 3, 8, 1000, 4097};

  for (size_t l = 0; l < G_N_ELEMENTS (lengths); l++) {
    size_t n = lengths[l];
    g_autofree double *samples = g_new (double, n), *back = g_new (double, n);
    g_autofree double *spectrum = g_new (double, 2 * (n / 2 + 1));
    fill (samples, n);
    seismic_spectrum_forward (spectrum, samples, n);
    seismic_spectrum_inverse (back, spectrum, n);
    for (size_t i = 0; i < n; i++)
      g_assert_cmpfloat_with_epsilon (back[i], samples[i], 1e-12);
  }
}

static gpointer
transform_often (gpointer data)
{
  double samples[100], spectrum[102];
  fill (samples, 100);
  for (int i = 0; i < 200; i++) {
    size_t n = 2 + (size_t)i % 99;
    seismic_spectrum_forward (spectrum, samples, n);
    seismic_spectrum_inverse (samples, spectrum, n);
  }
  fill (samples, 100);
  seismic_spectrum_forward (spectrum, samples, 100);
  *(double *)data = spectrum[7];
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];
  double values[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("transform", transform_often, &values[i]);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  for (int i = 1; i < 4; i++)
    g_assert_cmpfloat (values[i], ==, values[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrum/definition", test_definition);
  g_test_add_func ("/spectrum/inverse", test_inverse);
  g_test_add_func ("/spectrum/threads", test_threads);
  return g_test_run ();
}
