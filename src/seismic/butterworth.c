#include "seismic/butterworth.h"
#include "seismic/error.h"

#include <complex.h>
#include <math.h>
#include <string.h>

/* Of the bilinear transform: rates are scaled to 1 Hz. */
#define BILINEAR 2.0

static bool
uses_low (SeismicButterworthKind kind)
{
  return kind == SEISMIC_BUTTERWORTH_HIGHPASS || kind == SEISMIC_BUTTERWORTH_BANDPASS;
}

static bool
uses_high (SeismicButterworthKind kind)
{
  return kind == SEISMIC_BUTTERWORTH_LOWPASS || kind == SEISMIC_BUTTERWORTH_BANDPASS;
}

/* Written so that NaN fails as well. */
static bool
check_corner (double corner_hz, double rate_hz, GError **error)
{
  if (!(corner_hz > 0.0)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the corner frequency %.9g Hz is not above 0 Hz", corner_hz);
    return false;
  }
  if (!(corner_hz < rate_hz / 2.0)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the corner frequency %.9g Hz is not below %.9g Hz, the Nyquist "
                 "frequency of %.9g samples a second",
                 corner_hz, rate_hz / 2.0, rate_hz);
    return false;
  }
  return true;
}

bool
seismic_butterworth_check (const SeismicButterworth *filter, double rate_hz,
                           GError **error)
{
  if (filter->kind == SEISMIC_BUTTERWORTH_NONE)
    return true;
  if (filter->order < 1 || filter->order > SEISMIC_BUTTERWORTH_MAX_ORDER) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the filter's order %zu is not 1 to %d", filter->order,
                 SEISMIC_BUTTERWORTH_MAX_ORDER);
    return false;
  }
  if ((uses_low (filter->kind) && !check_corner (filter->low_hz, rate_hz, error)) ||
      (uses_high (filter->kind) && !check_corner (filter->high_hz, rate_hz, error)))
    return false;
  if (filter->kind == SEISMIC_BUTTERWORTH_BANDPASS &&
      !(filter->low_hz < filter->high_hz)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the band from %.9g Hz to %.9g Hz is empty", filter->low_hz,
                 filter->high_hz);
    return false;
  }
  return true;
}

static double
warp (double frequency_hz, double rate_hz)
{
  return BILINEAR * tan (G_PI * frequency_hz / rate_hz);
}

static double complex
bilinear (double complex s)
{
  return (BILINEAR + s) / (BILINEAR - s);
}

static double complex
section_response (const SeismicSection *section, double complex z)
{
  const double complex w = 1.0 / z;

  return (section->b[0] + w * (section->b[1] + w * section->b[2])) /
         (1.0 + w * (section->a[0] + w * section->a[1]));
}

/* Adds a section of the digital poles p and q, which are conjugates or both real (q = 0:
 * one real pole alone), the filter's kind of zeros, and gain 1 at z. */
static void
add_section (SeismicSections *sections, SeismicButterworthKind kind, double complex p,
             double complex q, double complex z)
{
  const bool is_single = q == 0.0;
  const double sign = kind == SEISMIC_BUTTERWORTH_HIGHPASS ? -1.0 : 1.0;
  SeismicSection section = {.a = {-creal (p + q), creal (p * q)}};

  section.b[0] = 1.0;
  if (kind == SEISMIC_BUTTERWORTH_BANDPASS) { /* zeros at 1 and −1 */
    section.b[2] = -1.0;
  } else { /* both at −1, or at 1 */
    section.b[1] = is_single ? sign : 2.0 * sign;
    section.b[2] = is_single ? 0.0 : 1.0;
  }
  const double gain = cabs (section_response (&section, z));
  for (size_t i = 0; i < 3; i++)
    section.b[i] /= gain;
  sections->sections[sections->n++] = section;
}

/* Of one pole of the prototype in the upper half of the plane, or on the real axis. */
static void
add_band_sections (SeismicSections *sections, const SeismicButterworth *filter,
                   double complex pole, double rate_hz)
{
  const double low = warp (filter->low_hz, rate_hz);
  const double high = warp (filter->high_hz, rate_hz);
  const double complex half = pole * (high - low) / 2.0;
  const double complex root = csqrt (half * half - low * high);
  const double complex p = bilinear (half + root), q = bilinear (half - root);
  /* Of the centre, where the prototype's gain at 0 comes to lie. */
  const double complex z = bilinear (I * sqrt (low * high));

  if (cimag (pole) == 0.0) {
    add_section (sections, filter->kind, p, q, z);
  } else {
    add_section (sections, filter->kind, p, conj (p), z);
    add_section (sections, filter->kind, q, conj (q), z);
  }
}

void
seismic_butterworth_design (SeismicSections *sections, const SeismicButterworth *filter,
                            double rate_hz)
{
  const size_t order = filter->order;

  sections->n = 0;
  for (size_t k = 0; filter->kind != SEISMIC_BUTTERWORTH_NONE && 2 * k < order; k++) {
    const bool is_real = 2 * k + 1 == order;
    const double angle = G_PI * (double)(2 * k + 1 + order) / (double)(2 * order);
    const double complex pole = is_real ? -1.0 : cexp (I * angle);

    if (filter->kind == SEISMIC_BUTTERWORTH_BANDPASS) {
      add_band_sections (sections, filter, pole, rate_hz);
      continue;
    }
    const bool is_low = filter->kind == SEISMIC_BUTTERWORTH_LOWPASS;
    const double corner = warp (is_low ? filter->high_hz : filter->low_hz, rate_hz);
    const double complex p = bilinear (is_low ? pole * corner : corner / pole);
    add_section (sections, filter->kind, p, is_real ? 0.0 : conj (p),
                 is_low ? 1.0 : -1.0);
  }
}

double
seismic_butterworth_gain (const SeismicButterworth *filter, double rate_hz,
                          double frequency_hz)
{
  const double complex z = cexp (2.0 * I * G_PI * frequency_hz / rate_hz);
  SeismicSections sections;
  double gain = 1.0;

  seismic_butterworth_design (&sections, filter, rate_hz);
  for (size_t i = 0; i < sections.n; i++)
    gain *= cabs (section_response (&sections.sections[i], z));
  return filter->zero_phase ? gain * gain : gain;
}

/* Direct form II transposed, begun as if value had always been there. */
static void
run_section (double *samples, size_t n, const SeismicSection *section, double value)
{
  const double *b = section->b, *a = section->a;
  const double steady = value * (b[0] + b[1] + b[2]) / (1.0 + a[0] + a[1]);
  double second = b[2] * value - a[1] * steady;
  double first = b[1] * value - a[0] * steady + second;

  for (size_t i = 0; i < n; i++) {
    const double x = samples[i], y = b[0] * x + first;

    first = b[1] * x - a[0] * y + second;
    second = b[2] * x - a[1] * y;
    samples[i] = y;
  }
}

static void
run_forward (double *samples, size_t n, const SeismicSections *sections)
{
  double value = n > 0 ? samples[0] : 0.0;

  for (size_t i = 0; i < sections->n; i++) {
    const SeismicSection *section = &sections->sections[i];

    run_section (samples, n, section, value);
    value *= (section->b[0] + section->b[1] + section->b[2]) /
             (1.0 + section->a[0] + section->a[1]);
  }
}

static void
reverse (double *samples, size_t n)
{
  for (size_t i = 0; i < n / 2; i++) {
    const double x = samples[i];

    samples[i] = samples[n - 1 - i];
    samples[n - 1 - i] = x;
  }
}

/* SciPy's default: 3 times the taps, a first-order section counting for one. */
static size_t
padding (const SeismicSections *sections, size_t n)
{
  size_t n_taps = 2 * sections->n + 1;

  for (size_t i = 0; i < sections->n; i++)
    n_taps -= sections->sections[i].b[2] == 0.0;
  return MIN (3 * n_taps, n - 1);
}

static void
run_both_ways (double *samples, size_t n, const SeismicSections *sections)
{
  const size_t n_pad = padding (sections, n), n_all = n + 2 * n_pad;
  g_autofree double *padded = g_new (double, n_all);

  for (size_t i = 0; i < n_pad; i++) {
    padded[i] = 2.0 * samples[0] - samples[n_pad - i];
    padded[n_pad + n + i] = 2.0 * samples[n - 1] - samples[n - 2 - i];
  }
  memcpy (padded + n_pad, samples, n * sizeof *samples);
  for (int pass = 0; pass < 2; pass++) {
    run_forward (padded, n_all, sections);
    reverse (padded, n_all);
  }
  memcpy (samples, padded + n_pad, n * sizeof *samples);
}

void
seismic_butterworth_apply (double *samples, size_t n, const SeismicButterworth *filter,
                           double rate_hz)
{
  SeismicSections sections;

  if (n == 0)
    return;
  seismic_butterworth_design (&sections, filter, rate_hz);
  if (sections.n == 0)
    return;
  if (filter->zero_phase)
    run_both_ways (samples, n, &sections);
  else
    run_forward (samples, n, &sections);
}
