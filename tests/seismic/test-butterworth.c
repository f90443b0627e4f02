#include "seismic/butterworth.h"
#include "seismic/error.h"
#include "support/scipy.h"

#include <math.h>

#define LOW SEISMIC_BUTTERWORTH_LOWPASS
#define HIGH SEISMIC_BUTTERWORTH_HIGHPASS
#define BAND SEISMIC_BUTTERWORTH_BANDPASS

static SeismicButterworthKind
kind_of (const char *name)
{
  return g_str_equal (name, "lowpass")    ? LOW
         : g_str_equal (name, "highpass") ? HIGH
                                          : BAND;
}

/* Every kind, both parities of the order, both ways, against SciPy. */
static void
test_scipy (void)
{
  g_autoptr (GPtrArray) rows = test_scipy_read ("filters.tsv");
  g_autoptr (GArray) input = test_scipy_values (rows, "input");

  g_assert_cmpuint (rows->len, ==, 71);
  for (guint i = 1; i < rows->len; i++) {
    GHashTable *row = rows->pdata[i];
    const char *name = test_tsv_field (row, "name");
    g_autoptr (GArray) wanted = test_scipy_numbers (row, "values");
    g_autoptr (GError) error = NULL;
    g_autofree double *samples = g_memdup2 (input->data, input->len * sizeof (double));
    const SeismicButterworth filter = {
        kind_of (name), (size_t)test_scipy_number (row, "order"),
        test_scipy_number (row, "low_hz"), test_scipy_number (row, "high_hz"),
        test_scipy_number (row, "zero_phase") != 0};
    const double rate_hz = test_scipy_number (row, "rate_hz");

    g_assert_true (seismic_butterworth_check (&filter, rate_hz, &error));
    g_assert_no_error (error);
    seismic_butterworth_apply (samples, input->len, &filter, rate_hz);
    g_autofree char *what =
        g_strdup_printf ("%s %zu %d", name, filter.order, filter.zero_phase);
    /* SciPy's own low-pass of 0.4 Hz and order 7 has lost 6 digits. */
    test_scipy_compare (what, samples, wanted, filter.high_hz == 0.4 ? 1e-6 : 1e-9);
  }
}

/* |H|² = 1 / (1 + (Ω / Ωc)^2N) with Ω = tan (π f / rate); the band-pass by the
 * transformed variable: exact, whatever the order. */
static double
ideal_gain (const SeismicButterworth *filter, double rate_hz, double frequency_hz)
{
  const double x = tan (G_PI * frequency_hz / rate_hz);
  const double low = tan (G_PI * filter->low_hz / rate_hz);
  const double high = tan (G_PI * filter->high_hz / rate_hz);
  const double ratio = filter->kind == LOW    ? x / high
                       : filter->kind == HIGH ? low / x
                                              : (x * x - low * high) / (x * (high - low));

  return 1.0 / sqrt (1.0 + pow (ratio, 2.0 * (double)filter->order));
}

static void
test_gain (void)
{
  const double rates[] = {40.0, 99.9987, 200.0, 1000.0};

  for (size_t r = 0; r < G_N_ELEMENTS (rates); r++)
    for (SeismicButterworthKind kind = LOW; kind <= BAND; kind++)
      for (size_t order = 1; order <= SEISMIC_BUTTERWORTH_MAX_ORDER; order++) {
        SeismicButterworth filter = {kind, order, 1.5, 12.0, false};

        for (double f = 0.1; f < rates[r] / 2; f += 0.37) {
          const double ideal = ideal_gain (&filter, rates[r], f);
          const double gain = seismic_butterworth_gain (&filter, rates[r], f);

          g_assert_cmpfloat_with_epsilon (gain, ideal, 1e-9);
          filter.zero_phase = true;
          g_assert_cmpfloat_with_epsilon (seismic_butterworth_gain (&filter, rates[r], f),
                                          ideal * ideal, 1e-9);
          filter.zero_phase = false;
        }
        if (kind != HIGH)
          g_assert_cmpfloat_with_epsilon (
              seismic_butterworth_gain (&filter, rates[r], 12.0), G_SQRT2 / 2, 1e-9);
        if (kind != LOW)
          g_assert_cmpfloat_with_epsilon (
              seismic_butterworth_gain (&filter, rates[r], 1.5), G_SQRT2 / 2, 1e-9);
      }
}

/* The samples of a sine come out as the gain says, in phase when filtered both ways. */
static void
test_sine (void)
{
  const size_t n = 20000;
  const double rate_hz = 100.0;
  const SeismicButterworth filters[] = {
      {LOW, 4, 0, 5.0, true}, {HIGH, 3, 5.0, 0, true}, {BAND, 2, 2.0, 8.0, true}};

  for (size_t k = 0; k < G_N_ELEMENTS (filters); k++)
    for (double f = 1.0; f < 30.0; f += 3.7) {
      g_autofree double *x = g_new (double, n);
      const double gain = seismic_butterworth_gain (&filters[k], rate_hz, f);

      for (size_t i = 0; i < n; i++)
        x[i] = sin (2.0 * G_PI * f * (double)i / rate_hz);
      seismic_butterworth_apply (x, n, &filters[k], rate_hz);
      for (size_t i = n / 3; i < 2 * n / 3; i++)
        g_assert_cmpfloat_with_epsilon (
            x[i], gain * sin (2.0 * G_PI * f * (double)i / rate_hz), 1e-9);
    }
}

/* An offset has no beginning: it stays what it is below a low-pass, and is nothing behind
 * the others, from the first sample on. */
static void
test_offset (void)
{
  for (SeismicButterworthKind kind = LOW; kind <= BAND; kind++)
    for (size_t order = 1; order <= SEISMIC_BUTTERWORTH_MAX_ORDER; order++)
      for (int zero_phase = 0; zero_phase <= 1; zero_phase++)
        for (size_t n = 0; n <= 200; n = 2 * n + 1) {
          const SeismicButterworth filter = {kind, order, 0.5, 20.0, zero_phase};
          double x[200];

          for (size_t i = 0; i < n; i++)
            x[i] = 3e6;
          seismic_butterworth_apply (x, n, &filter, 100.0);
          for (size_t i = 0; i < n; i++)
            g_assert_cmpfloat_with_epsilon (x[i], kind == LOW ? 3e6 : 0.0, 1e-2);
        }
}

static void
test_nothing (void)
{
  const SeismicButterworth none = {SEISMIC_BUTTERWORTH_NONE, 99, -1, -1, true};
  SeismicSections sections = {.n = 5};
  double x[] = {1, -2, 3};

  g_assert_true (seismic_butterworth_check (&none, 100.0, NULL));
  seismic_butterworth_design (&sections, &none, 100.0);
  g_assert_cmpuint (sections.n, ==, 0);
  seismic_butterworth_apply (x, 3, &none, 100.0);
  g_assert_cmpfloat (x[1], ==, -2.0);
  g_assert_cmpfloat (seismic_butterworth_gain (&none, 100.0, 3.0), ==, 1.0);
}

static void
test_check (void)
{
  static const struct {
    SeismicButterworth filter;
    const char *says; /* NULL: it is good */
  } cases[] = {
      {{LOW, 4, -7, 49.999, false}, NULL},
      {{LOW, 4, 0, 50, false}, "50 Hz is not below 50 Hz, the Nyquist frequency of 100"},
      {{LOW, 4, 0, 51, false}, "not below 50 Hz"},
      {{LOW, 4, 0, 0, false}, "0 Hz is not above 0 Hz"},
      {{LOW, 4, 0, NAN, false}, "nan Hz is not above"},
      {{LOW, 4, 0, INFINITY, false}, "inf Hz is not below"},
      {{LOW, 0, 0, 5, false}, "order 0 is not 1 to 8"},
      {{LOW, 9, 0, 5, false}, "order 9 is not 1 to 8"},
      {{HIGH, 4, 1, -7, true}, NULL},
      {{HIGH, 4, -1, 5, true}, "-1 Hz is not above 0 Hz"},
      {{BAND, 8, 1, 5, true}, NULL},
      {{BAND, 8, 5, 5, true}, "the band from 5 Hz to 5 Hz is empty"},
      {{BAND, 8, 5, 1, true}, "the band from 5 Hz to 1 Hz is empty"},
      {{BAND, 8, 5, 60, true}, "60 Hz is not below 50 Hz"},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    const bool good = seismic_butterworth_check (&cases[i].filter, 100.0, &error);

    g_assert_true (good == (cases[i].says == NULL));
    if (good)
      continue;
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, cases[i].says));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/butterworth/scipy", test_scipy);
  g_test_add_func ("/butterworth/gain", test_gain);
  g_test_add_func ("/butterworth/sine", test_sine);
  g_test_add_func ("/butterworth/offset", test_offset);
  g_test_add_func ("/butterworth/nothing", test_nothing);
  g_test_add_func ("/butterworth/check", test_check);
  return g_test_run ();
}
