#include "seismic/filter.h"

#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Kaiser's design (Oppenheim and Schafer, Discrete-time signal processing, eq. 7.75): 76
 * dB, transition from 0.8 to 1.0 of the lower Nyquist frequency, the cutoff midway. */
#define ATTENUATION_DB 76.0
#define CUTOFF 0.9
#define TRANSITION 0.2
/* Half the kernel's length in samples of the slower rate. */
#define HALF_WIDTH ((ATTENUATION_DB - 7.95) / (2.0 * 2.285 * G_PI * TRANSITION))
/* The kernel is tabulated this often a sample of the slower rate and interpolated
 * linearly, to about −115 dB. */
#define TABLE_STEPS 1024
/* Rates whose ratio needs more phases than this are resampled row by row. */
#define MAX_PHASES 2048

void
seismic_filter_difference (double *out, const double *in, size_t n)
{
  for (size_t i = 0; i + 1 < n; i++)
    out[i] = in[i + 1] - in[i];
}

static double
mean_of (const double *samples, size_t n)
{
  const double origin = n > 0 ? samples[0] : 0.0;
  double sum = 0.0;

  for (size_t i = 0; i < n; i++)
    sum += samples[i] - origin;
  return n > 0 ? origin + sum / (double)n : 0.0;
}

void
seismic_filter_demean (double *samples, size_t n)
{
  const double mean = mean_of (samples, n);

  for (size_t i = 0; i < n; i++)
    samples[i] -= mean;
}

void
seismic_filter_detrend (double *samples, size_t n)
{
  const double middle = ((double)n - 1.0) / 2.0;
  double sum = 0.0;

  seismic_filter_demean (samples, n);
  if (n < 2)
    return;
  for (size_t i = 0; i < n; i++)
    sum += ((double)i - middle) * samples[i];
  /* Σ (i − middle)² = n (n² − 1) / 12 */
  const double slope = sum * 12.0 / ((double)n * ((double)n * (double)n - 1.0));
  for (size_t i = 0; i < n; i++)
    samples[i] -= slope * ((double)i - middle);
}

void
seismic_filter_taper (double *samples, size_t n, double fraction)
{
  const double width = fraction * ((double)n - 1.0);

  for (size_t i = 0; i < n && (double)i < width; i++) {
    const double weight = 0.5 - 0.5 * cos (G_PI * (double)i / width);

    samples[i] *= weight;
    samples[n - 1 - i] *= weight;
  }
}

void
seismic_filter_integrate (double *samples, size_t n, double rate_hz)
{
  double sum = 0.0, before = 0.0;

  for (size_t i = 0; i < n; i++) {
    if (i > 0)
      sum += (before + samples[i]) / 2.0;
    before = samples[i];
    samples[i] = sum / rate_hz;
  }
}

size_t
seismic_filter_resampled_length (size_t n, double rate_hz, double new_rate_hz)
{
  if (n == 0)
    return 0;

  /* The tolerance keeps a last sample that falls on the end but for rounding. */
  double last = (double)(n - 1) * (new_rate_hz / rate_hz);
  last = floor (last + 1e-9 * fmax (1.0, last));

  return last < (double)(SIZE_MAX / 2) ? (size_t)last + 1 : SIZE_MAX;
}

/* Modified Bessel function of the first kind, order 0, by its power series. */
static double
bessel_i0 (double x)
{
  double sum = 1.0, term = 1.0;
  for (int k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2.0 * k)) * (x / (2.0 * k));
    sum += term;
  }
  return sum;
}

typedef struct {
  double *table; /* (n_table): the kernel at i / TABLE_STEPS slower samples; owned */
  size_t n_table;
  double density; /* slower samples an input sample, ≤ 1 */
  size_t half;    /* input samples each side that the kernel reaches */
} Kernel;

static void
kernel_init (Kernel *kernel, double rate_hz, double new_rate_hz)
{
  kernel->density = fmin (1.0, new_rate_hz / rate_hz);
  kernel->half = (size_t)ceil (HALF_WIDTH / kernel->density);
  kernel->n_table = (size_t)ceil (HALF_WIDTH * TABLE_STEPS) + 2;
  kernel->table = g_new0 (double, kernel->n_table);

  double beta = 0.1102 * (ATTENUATION_DB - 8.7);
  for (size_t i = 0; i < kernel->n_table; i++) {
    double u = (double)i / TABLE_STEPS, r = u / HALF_WIDTH, x = G_PI * CUTOFF * u;
    if (r < 1.0)
      kernel->table[i] =
          (i == 0 ? 1.0 : sin (x) / x) * bessel_i0 (beta * sqrt (1.0 - r * r));
  }
}

/* row (2 half + 1): the coefficients of input samples base − half … base + half for an
 * output `fraction` (0 … 1) of an input sample after base. Their sum is 1: a constant
 * stays what it is at every phase. */
static void
kernel_row (const Kernel *kernel, double *row, double fraction)
{
  size_t n_row = 2 * kernel->half + 1;
  double sum = 0.0;

  for (size_t j = 0; j < n_row; j++) {
    double u = fabs ((double)j - (double)kernel->half - fraction) * kernel->density;
    double place = u * TABLE_STEPS;
    size_t i = (size_t)place;
    row[j] = 0.0;
    if (i + 1 < kernel->n_table)
      row[j] = kernel->table[i] +
               (place - (double)i) * (kernel->table[i + 1] - kernel->table[i]);
    sum += row[j];
  }
  for (size_t j = 0; j < n_row; j++)
    row[j] /= sum;
}

/* One output: row over the input around base, whose ends are continued. Works on the
 * differences to in[base], so that a constant is exact and an offset costs no digits. */
static double
apply_row (const Kernel *kernel, const double *row, const double *in, size_t n,
           size_t base)
{
  double origin = in[base], sum = 0.0;
  size_t half = kernel->half;

  if (base >= half && base + half < n) {
    const double *x = in + (base - half);
    for (size_t j = 0; j <= 2 * half; j++)
      sum += row[j] * (x[j] - origin);
    return origin + sum;
  }
  for (size_t j = 0; j <= 2 * half; j++) {
    size_t i = base + j < half ? 0 : MIN (base + j - half, n - 1);
    sum += row[j] * (in[i] - origin);
  }
  return origin + sum;
}

/* Finds the smallest step / phases = ratio by continued fractions; FALSE if it takes more
 * than MAX_PHASES. */
static bool
find_rational (double ratio, uint64_t *step, uint64_t *phases)
{
  uint64_t p0 = 0, q0 = 1, p1 = 1, q1 = 0;
  double x = ratio;

  for (int i = 0; i < 24 && x < 1e9; i++) {
    uint64_t a = (uint64_t)x;
    uint64_t p2 = a * p1 + p0, q2 = a * q1 + q0;
    if (q2 > MAX_PHASES || p2 > UINT32_MAX)
      return false;
    if (fabs ((double)p2 / (double)q2 - ratio) <= 1e-13 * ratio) {
      *step = p2;
      *phases = q2;
      return true;
    }
    p0 = p1, q0 = q1, p1 = p2, q1 = q2;
    x = 1.0 / (x - (double)a);
  }
  return false;
}

static void
resample_polyphase (const Kernel *kernel, double *out, size_t n_out, const double *in,
                    size_t n, uint64_t step, uint64_t phases)
{
  size_t n_row = 2 * kernel->half + 1;
  g_autofree double *rows = g_new (double, phases *n_row);
  for (uint64_t phase = 0; phase < phases; phase++)
    kernel_row (kernel, rows + phase * n_row, (double)phase / (double)phases);

  uint64_t base = 0, phase = 0;
  for (size_t k = 0; k < n_out; k++) {
    out[k] = apply_row (kernel, rows + phase * n_row, in, n, MIN (base, n - 1));
    phase += step;
    base += phase / phases;
    phase %= phases;
  }
}

static void
resample_any (const Kernel *kernel, double *out, size_t n_out, const double *in, size_t n,
              double ratio)
{
  g_autofree double *row = g_new (double, 2 * kernel->half + 1);
  for (size_t k = 0; k < n_out; k++) {
    double place = (double)k * ratio;
    size_t base = MIN ((size_t)place, n - 1);
    kernel_row (kernel, row, fmin (place - (double)base, 1.0));
    out[k] = apply_row (kernel, row, in, n, base);
  }
}

void
seismic_filter_resample (double *out, const double *in, size_t n, double rate_hz,
                         double new_rate_hz)
{
  size_t n_out = seismic_filter_resampled_length (n, rate_hz, new_rate_hz);
  double ratio = rate_hz / new_rate_hz;
  uint64_t step, phases;

  if (n_out == 0)
    return;
  if (rate_hz == new_rate_hz) {
    memcpy (out, in, n * sizeof *out);
    return;
  }

  Kernel kernel;
  kernel_init (&kernel, rate_hz, new_rate_hz);
  if (find_rational (ratio, &step, &phases) && phases <= n_out)
    resample_polyphase (&kernel, out, n_out, in, n, step, phases);
  else
    resample_any (&kernel, out, n_out, in, n, ratio);
  g_free (kernel.table);
}
