#include "seismic/processing.h"
#include "seismic/error.h"
#include "seismic/filter.h"
#include "seismic/rotate.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define MAX_SAMPLES ((size_t)1 << 27)
#define CM_PER_M 100.0

SeismicUnit
seismic_processing_unit (const SeismicProcessing *processing)
{
  static const SeismicUnit units[2][4] = {
      {SEISMIC_UNIT_COUNTS, SEISMIC_UNIT_COUNTS_PER_SAMPLE, SEISMIC_UNIT_COUNT_SECONDS,
       SEISMIC_UNIT_COUNT_SECONDS_SQUARED},
      {SEISMIC_UNIT_CM_PER_S2, SEISMIC_UNIT_CM_PER_S2_PER_SAMPLE, SEISMIC_UNIT_CM_PER_S,
       SEISMIC_UNIT_CM}};

  return processing->normalise ? SEISMIC_UNIT_NORMALISED
                               : units[processing->physical][processing->motion];
}

bool
seismic_processing_is_identity (const SeismicProcessing *processing)
{
  return processing->resample_hz == 0.0 && !processing->physical && !processing->demean &&
         !processing->detrend && processing->taper == 0.0 &&
         processing->filter.kind == SEISMIC_BUTTERWORTH_NONE &&
         processing->motion == SEISMIC_MOTION_AS_RECORDED &&
         processing->rotation == SEISMIC_ROTATION_NONE && !processing->normalise;
}

/* Not for a rate that differs by rounding alone; for NaN, which is then refused. */
static bool
resamples (const SeismicProcessing *processing, const SeismicSignal *signal)
{
  return processing->resample_hz != 0.0 &&
         !(fabs (processing->resample_hz - signal->rate_hz) <= 1e-9 * signal->rate_hz);
}

static bool
check_length (const SeismicProcessing *processing, const SeismicSignal *signal,
              GError **error)
{
  const double rate_hz = processing->resample_hz;
  size_t n = signal->n_samples;

  if (resamples (processing, signal)) {
    if (!(rate_hz > 0.0 && isfinite (rate_hz))) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                   "%.9g samples a second is no sampling rate", rate_hz);
      return false;
    }
    n = seismic_filter_resampled_length (n, signal->rate_hz, rate_hz);
  }
  if (n > MAX_SAMPLES && n > signal->n_samples) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%zu samples at %.9g Hz are too many to resample to %.9g Hz",
                 signal->n_samples, signal->rate_hz, rate_hz);
    return false;
  }
  if (processing->motion == SEISMIC_MOTION_DIFFERENCE && n < 2) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_SHORT,
                 "%zu samples at %.9g Hz leave no difference", signal->n_samples,
                 signal->rate_hz);
    return false;
  }
  return true;
}

static bool
check_numbers (const SeismicProcessing *processing, const SeismicSignal *signal,
               GError **error)
{
  const double rate_hz =
      resamples (processing, signal) ? processing->resample_hz : signal->rate_hz;

  if (!(processing->taper >= 0.0 && processing->taper <= 0.5)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the taper %.9g is not 0 to 0.5 of the length", processing->taper);
    return false;
  }
  for (size_t c = 0; processing->normalise && c < SEISMIC_N_COMPONENTS; c++)
    if (!(isfinite (processing->mean[c]) && isfinite (processing->scale[c]) &&
          processing->scale[c] > 0.0)) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                   "mean %.9g and scale %.9g of component %c do not normalise",
                   processing->mean[c], processing->scale[c], signal->components[c]);
      return false;
    }
  return seismic_butterworth_check (&processing->filter, rate_hz, error);
}

/* Where the horizontal component c points; NAN if it is not known. */
static double
component_azimuth (const SeismicSignal *signal, size_t c)
{
  if (!isnan (signal->azimuths[c]))
    return signal->azimuths[c];
  return signal->components[c] == 'E' ? 90.0 : signal->components[c] == 'N' ? 0.0 : NAN;
}

static bool
check_rotation (const SeismicProcessing *processing, const SeismicSignal *signal,
                double back_azimuth, GError **error)
{
  const double azimuth_x = component_azimuth (signal, 0);
  const double azimuth_y = component_azimuth (signal, 1);
  double x = 0.0, y = 0.0;

  if (processing->rotation == SEISMIC_ROTATION_NONE)
    return true;
  if (signal->components[2] != 'Z') {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the components %s are not two horizontal ones and a vertical one",
                 signal->components);
    return false;
  }
  if (!seismic_rotate_to_east_north (&x, &y, 1, azimuth_x, azimuth_y)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "it is not known where the components %c and %c point",
                 signal->components[0], signal->components[1]);
    return false;
  }
  if (processing->rotation == SEISMIC_ROTATION_RADIAL_TRANSVERSE &&
      !isfinite (back_azimuth)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the direction from the station to the event is not known");
    return false;
  }
  return true;
}

static bool
check_sensitivities (const SeismicProcessing *processing, const SeismicSignal *signal,
                     GError **error)
{
  for (size_t c = 0; processing->physical && c < SEISMIC_N_COMPONENTS; c++) {
    const double sensitivity = signal->counts_per_ms2[c];

    if (isfinite (sensitivity) && sensitivity != 0.0)
      continue;
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the sensitivity of component %c is not known", signal->components[c]);
    return false;
  }
  return true;
}

bool
seismic_processing_check (const SeismicProcessing *processing,
                          const SeismicSignal *signal, double back_azimuth,
                          GError **error)
{
  return check_length (processing, signal, error) &&
         check_numbers (processing, signal, error) &&
         check_sensitivities (processing, signal, error) &&
         check_rotation (processing, signal, back_azimuth, error);
}

/* The signal at the processing's rate: a new one. */
static SeismicSignal *
resample (const SeismicProcessing *processing, const SeismicSignal *signal)
{
  SeismicSignal *result = seismic_signal_copy (signal);

  if (!resamples (processing, signal))
    return result;
  const size_t n_in = signal->n_samples;
  const size_t n =
      seismic_filter_resampled_length (n_in, signal->rate_hz, processing->resample_hz);
  g_free (result->samples);
  result->samples = g_malloc_n (n, SEISMIC_N_COMPONENTS * sizeof (double));
  result->n_samples = n;
  result->rate_hz = processing->resample_hz;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    seismic_filter_resample (result->samples + c * n, signal->samples + c * n_in, n_in,
                             signal->rate_hz, result->rate_hz);
  return result;
}

/* All that leaves a component's length as it is. */
static void
process_component (double *samples, size_t n, double rate_hz,
                   const SeismicProcessing *processing, double factor)
{
  for (size_t i = 0; factor != 1.0 && i < n; i++)
    samples[i] *= factor;
  if (processing->demean)
    seismic_filter_demean (samples, n);
  if (processing->detrend)
    seismic_filter_detrend (samples, n);
  if (processing->taper > 0.0)
    seismic_filter_taper (samples, n, processing->taper);
  seismic_butterworth_apply (samples, n, &processing->filter, rate_hz);
  if (processing->motion == SEISMIC_MOTION_INTEGRAL ||
      processing->motion == SEISMIC_MOTION_DOUBLE_INTEGRAL)
    seismic_filter_integrate (samples, n, rate_hz);
  if (processing->motion == SEISMIC_MOTION_DOUBLE_INTEGRAL)
    seismic_filter_integrate (samples, n, rate_hz);
}

static void
difference (SeismicSignal *signal)
{
  const size_t n = signal->n_samples;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    double *component = signal->samples + c * n;

    seismic_filter_difference (component, component, n);
    memmove (signal->samples + c * (n - 1), component, (n - 1) * sizeof *component);
  }
  signal->n_samples = n - 1;
  signal->start_ns += seismic_time_of_sample (1, signal->rate_hz);
}

static void
rotate (SeismicSignal *signal, const SeismicProcessing *processing, double back_azimuth)
{
  const size_t n = signal->n_samples;
  double *x = signal->samples, *y = signal->samples + n;

  seismic_rotate_to_east_north (x, y, n, component_azimuth (signal, 0),
                                component_azimuth (signal, 1));
  g_strlcpy (signal->components, "ENZ", sizeof signal->components);
  signal->azimuths[0] = 90.0;
  signal->azimuths[1] = 0.0;
  if (processing->rotation == SEISMIC_ROTATION_RADIAL_TRANSVERSE) {
    seismic_rotate_to_radial_transverse (x, y, n, back_azimuth);
    g_strlcpy (signal->components, "RTZ", sizeof signal->components);
    signal->azimuths[0] = fmod (back_azimuth + 180.0, 360.0);
    signal->azimuths[1] = fmod (back_azimuth + 270.0, 360.0);
  }
}

static void
normalise (SeismicSignal *signal, const SeismicProcessing *processing)
{
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    double *component = signal->samples + c * signal->n_samples;

    for (size_t i = 0; i < signal->n_samples; i++)
      component[i] = (component[i] - processing->mean[c]) / processing->scale[c];
  }
}

SeismicSignal *
seismic_processing_apply (const SeismicProcessing *processing,
                          const SeismicSignal *signal, double back_azimuth,
                          GError **error)
{
  if (!seismic_processing_check (processing, signal, back_azimuth, error))
    return NULL;

  SeismicSignal *result = resample (processing, signal);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    process_component (result->samples + c * result->n_samples, result->n_samples,
                       result->rate_hz, processing,
                       processing->physical ? CM_PER_M / signal->counts_per_ms2[c] : 1.0);
  if (processing->motion == SEISMIC_MOTION_DIFFERENCE)
    difference (result);
  if (processing->rotation != SEISMIC_ROTATION_NONE)
    rotate (result, processing, back_azimuth);
  if (processing->normalise)
    normalise (result, processing);
  return result;
}
