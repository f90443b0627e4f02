#include "analysis/series.h"
#include "analysis/error.h"
#include "seismic/error.h"
#include "seismic/filter.h"
#include "seismic/time.h"

#include <math.h>

#define N_CHANNELS SEISMIC_N_COMPONENTS
#define MAX_SAMPLES ((size_t)1 << 27)

void
analysis_series_clear (AnalysisSeries *series)
{
  g_clear_pointer (&series->samples, g_free);
  series->n_samples = 0;
}

bool
analysis_rate_is_valid (double rate_hz)
{
  return rate_hz == 0 || (rate_hz >= ANALYSIS_RATE_MIN && rate_hz <= ANALYSIS_RATE_MAX);
}

/* Whether n samples can become *n_resampled at rate_hz, and then n − 1 differences. */
static bool
check (const SeismicSignal *signal, double rate_hz, bool resample, size_t *n_resampled,
       GError **error)
{
  if (!analysis_rate_is_valid (rate_hz)) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "sampling rate %g Hz is not 0 or %g to %g Hz", rate_hz,
                 ANALYSIS_RATE_MIN, ANALYSIS_RATE_MAX);
    return false;
  }
  for (size_t i = 0; i < N_CHANNELS * signal->n_samples; i++)
    if (!isfinite (signal->samples[i])) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FINITE,
                   "sample %zu of component %c is not finite", i % signal->n_samples,
                   signal->components[i / signal->n_samples]);
      return false;
    }

  const double expected = (double)signal->n_samples * rate_hz / signal->rate_hz;
  if (resample && !(expected <= (double)MAX_SAMPLES)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%zu samples at %g Hz are too many to resample to %g Hz",
                 signal->n_samples, signal->rate_hz, rate_hz);
    return false;
  }
  const size_t n =
      resample && signal->n_samples > 0
          ? seismic_filter_resampled_length (signal->n_samples, signal->rate_hz, rate_hz)
          : signal->n_samples;
  if (n < 2) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "%zu samples at %g Hz leave no difference at %g Hz", signal->n_samples,
                 signal->rate_hz, rate_hz);
    return false;
  }
  *n_resampled = n;
  return true;
}

bool
analysis_preprocess (const SeismicSignal *signal, double rate_hz, AnalysisSeries *series,
                     GError **error)
{
  const bool resample =
      rate_hz > 0 && fabs (rate_hz - signal->rate_hz) > 1e-9 * signal->rate_hz;
  size_t n;
  if (!check (signal, rate_hz, resample, &n, error))
    return false;

  g_autofree double *resampled = resample ? g_new (double, n) : NULL;
  g_autofree double *difference = g_new (double, n - 1);
  g_autofree float *samples = g_new (float, N_CHANNELS *(n - 1));
  for (size_t c = 0; c < N_CHANNELS; c++) {
    const double *counts = signal->samples + c * signal->n_samples;
    if (resample) {
      seismic_filter_resample (resampled, counts, signal->n_samples, signal->rate_hz,
                               rate_hz);
      counts = resampled;
    }
    seismic_filter_difference (difference, counts, n);
    for (size_t t = 0; t < n - 1; t++) {
      const float value = (float)difference[t];
      if (!isfinite (value)) {
        g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FINITE,
                     "difference %zu of component %c is beyond single precision", t,
                     signal->components[c]);
        return false;
      }
      samples[c * (n - 1) + t] = value;
    }
  }

  series->rate_hz = resample ? rate_hz : signal->rate_hz;
  series->start_ns = signal->start_ns + seismic_time_of_sample (1, series->rate_hz);
  series->n_samples = n - 1;
  series->samples = g_steal_pointer (&samples);
  return true;
}

bool
analysis_series_read (SeismicLibrary *library, const char *signal_id,
                      const AnalysisPreparation *preparation, AnalysisSeries *series,
                      GError **error)
{
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, signal_id, error);
  return signal != NULL &&
         analysis_window_cut (&preparation->window, library, signal_id, signal, error) &&
         analysis_preprocess (signal, preparation->rate_hz, series, error);
}

void
analysis_series_normalise (const AnalysisSeries *series, const double *mean,
                           const double *scale, NnBatch *batch, size_t row)
{
  nn_real *out = batch->data + row * batch->max_length * N_CHANNELS;
  for (size_t c = 0; c < N_CHANNELS; c++) {
    const float *in = series->samples + c * series->n_samples;
    for (size_t t = 0; t < series->n_samples; t++)
      out[t * N_CHANNELS + c] = (nn_real)(((double)in[t] - mean[c]) / scale[c]);
  }
  batch->lengths[row] = series->n_samples;
}
