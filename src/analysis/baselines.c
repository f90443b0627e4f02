#include "analysis/baselines.h"
#include "analysis/description.h"
#include "analysis/pca.h"
#include "analysis/scaler.h"

#include <gio/gio.h>
#include <math.h>

#define SHARE_OF_NYQUIST 0.8

void
analysis_baselines_clear (AnalysisBaselines *baselines)
{
  analysis_matrix_clear (&baselines->spectra);
  analysis_matrix_clear (&baselines->ratios);
}

/* The highest frequency that all signals hold, and whether all sensitivities are known.
 */
static double
find_common (const GPtrArray *signals, bool *physical)
{
  double slowest = INFINITY;
  *physical = true;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    slowest = fmin (slowest, info->rate_hz);
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
      *physical = *physical && isfinite (info->counts_per_ms2[c]);
  }
  return fmax (SHARE_OF_NYQUIST * slowest / 2, 2 * ANALYSIS_SPECTRUM_LOW_HZ);
}

static bool
tell (SeismicProgressFunc progress, void *user_data, const GPtrArray *signals, guint done,
      GError **error)
{
  const SeismicSignalInfo *info = done < signals->len ? signals->pdata[done] : NULL;
  const SeismicProgress now = {done, signals->len, info != NULL ? info->id : NULL};
  if (progress == NULL || progress (&now, user_data))
    return true;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       "describing the signals was stopped");
  return false;
}

/* spectra (n, ANALYSIS_SPECTRUM_NUMBERS) → baselines->spectra. */
static bool
reduce (AnalysisBaselines *baselines, const AnalysisMatrix *spectra, GError **error)
{
  g_autofree size_t *rows = g_new (size_t, spectra->rows);
  for (size_t i = 0; i < spectra->rows; i++)
    rows[i] = i;
  g_auto (AnalysisScaler) scaler = {0};
  g_auto (AnalysisMatrix) scaled = {0};
  double explained[ANALYSIS_BASELINE_COMPONENTS];
  analysis_scaler_init (&scaler, spectra, rows, spectra->rows);
  analysis_scaler_apply (&scaler, &scaled, spectra, rows, spectra->rows);
  return analysis_pca (&scaled, ANALYSIS_BASELINE_COMPONENTS, &baselines->spectra,
                       explained, error);
}

bool
analysis_baselines_init (AnalysisBaselines *baselines, SeismicLibrary *library,
                         const GPtrArray *signals, SeismicProgressFunc progress,
                         void *user_data, GError **error)
{
  const guint n = signals->len;
  bool physical = false;
  const double high_hz = find_common (signals, &physical);
  g_auto (AnalysisBaselines) new = {0};
  g_auto (AnalysisMatrix) spectra = {0};
  analysis_matrix_init (&spectra, n, ANALYSIS_SPECTRUM_NUMBERS);
  analysis_matrix_init (&new.ratios, n, ANALYSIS_RATIO_BANDS);
  for (guint i = 0; i < n; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    float *spectrum = spectra.data + (size_t)i * ANALYSIS_SPECTRUM_NUMBERS;
    float *ratios = new.ratios.data + (size_t)i *ANALYSIS_RATIO_BANDS;
    if (!tell (progress, user_data, signals, i, error))
      return false;
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (library, info->id, NULL);
    bool known = false;
    for (size_t f = 0; signal == NULL && f < ANALYSIS_SPECTRUM_NUMBERS; f++)
      spectrum[f] = ratios[f % ANALYSIS_RATIO_BANDS] = NAN;
    if (signal != NULL) {
      analysis_describe_spectrum (spectrum, signal, high_hz, physical);
      analysis_describe_ratios (ratios, signal, info);
    }
    for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++)
      known = known || isfinite (ratios[b]);
    new.n_ratios += known;
  }
  if (!tell (progress, user_data, signals, n, error) || !reduce (&new, &spectra, error))
    return false;
  *baselines = new;
  new = (AnalysisBaselines){0};
  return true;
}
