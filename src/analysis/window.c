#include "analysis/window.h"
#include "analysis/error.h"
#include "seismic/library-pick.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

bool
analysis_window_check (const AnalysisWindow *window, GError **error)
{
  const double length_s = window->length_s, lead_s = window->lead_s;
  if (window->kind == ANALYSIS_WINDOW_WHOLE)
    return true;
  if (!(length_s >= ANALYSIS_WINDOW_LEAST_S && length_s <= ANALYSIS_WINDOW_MOST_S))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "a window of %g s is not within %g to %g s", length_s,
                 ANALYSIS_WINDOW_LEAST_S, ANALYSIS_WINDOW_MOST_S);
  else if (!(lead_s >= 0 && lead_s < length_s))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "a lead of %g s is not within the window of %g s", lead_s, length_s);
  else
    return true;
  return false;
}

static bool
is_p (const char *phase)
{
  return strcmp (phase, "P") == 0 || strcmp (phase, "Pg") == 0 ||
         strcmp (phase, "Pn") == 0;
}

bool
analysis_window_arrival (SeismicLibrary *library, const SeismicSignalInfo *info,
                         int64_t *arrival_ns, GError **error)
{
  int64_t picked_ns = INT64_MAX;
  if (info->n_picks > 0) {
    g_autoptr (GPtrArray) picks = seismic_library_list_picks (
        library, info->event_id, seismic_signal_info_instrument_id (info), error);
    if (picks == NULL)
      return false;
    for (guint i = 0; i < picks->len; i++) {
      const SeismicPick *pick = picks->pdata[i];
      if (is_p (pick->phase))
        picked_ns = MIN (picked_ns, pick->time_ns);
    }
  }
  const double predicted_s = seismic_signal_info_arrival_s (info, SEISMIC_PHASE_P);
  const bool predicted =
      info->event.time_ns != SEISMIC_TIME_UNSET && isfinite (predicted_s);
  if (picked_ns < INT64_MAX) {
    *arrival_ns = picked_ns;
    return true;
  }
  if (predicted) {
    *arrival_ns =
        info->event.time_ns + (int64_t)llround (predicted_s * SEISMIC_NS_PER_SECOND);
    return true;
  }
  g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                       "no P wave was picked, and where or when the event or the station "
                       "is leaves none to predict");
  return false;
}

/* Sample number of the largest departure from its component's mean; what is not a number
 * is passed over. */
static size_t
find_peak (const SeismicSignal *signal)
{
  size_t peak = 0;
  double largest = -1;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const double *samples = signal->samples + c * signal->n_samples;
    double sum = 0;
    for (size_t i = 0; i < signal->n_samples; i++)
      sum += samples[i];
    const double mean = sum / (double)signal->n_samples;
    for (size_t i = 0; i < signal->n_samples; i++)
      if (fabs (samples[i] - mean) > largest) {
        largest = fabs (samples[i] - mean);
        peak = i;
      }
  }
  return peak;
}

bool
analysis_window_find (const AnalysisWindow *window, const SeismicSignal *signal,
                      int64_t arrival_ns, size_t *first, size_t *n, GError **error)
{
  const double rate_hz = signal->rate_hz, n_samples = (double)signal->n_samples;
  if (window->kind == ANALYSIS_WINDOW_WHOLE) {
    *first = 0;
    *n = signal->n_samples;
    return true;
  }
  const double center =
      window->kind == ANALYSIS_WINDOW_PEAK
          ? (double)find_peak (signal)
          : (double)(arrival_ns - signal->start_ns) / SEISMIC_NS_PER_SECOND * rate_hz;
  const double length = fmax (round (window->length_s * rate_hz), 1);
  const double begin = round (center - window->lead_s * rate_hz);
  const double from = fmin (fmax (begin, 0), n_samples);
  const double to = fmin (fmax (begin + length, 0), n_samples);
  if (!(to - from >= ANALYSIS_WINDOW_THERE * length)) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                 "the record holds %.3g s of the %g s around the %s",
                 fmax (to - from, 0) / rate_hz, window->length_s,
                 window->kind == ANALYSIS_WINDOW_PEAK ? "peak" : "P wave");
    return false;
  }
  *first = (size_t)from;
  *n = (size_t)(to - from);
  return true;
}

bool
analysis_window_cut (const AnalysisWindow *window, SeismicLibrary *library,
                     const char *signal_id, SeismicSignal *signal, GError **error)
{
  if (window->kind == ANALYSIS_WINDOW_WHOLE)
    return true;
  int64_t arrival_ns = 0;
  if (window->kind == ANALYSIS_WINDOW_P) {
    g_autoptr (SeismicSignalInfo) info =
        seismic_library_get_signal (library, signal_id, error);
    if (info == NULL || !analysis_window_arrival (library, info, &arrival_ns, error))
      return false;
  }
  size_t first, n;
  if (!analysis_window_find (window, signal, arrival_ns, &first, &n, error))
    return false;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    memmove (signal->samples + c * n, signal->samples + c * signal->n_samples + first,
             n * sizeof *signal->samples);
  signal->start_ns += seismic_time_of_sample (first, signal->rate_hz);
  signal->n_samples = n;
  return true;
}
