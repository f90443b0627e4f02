#include "seismic/spectrogram.h"
#include "seismic/error.h"
#include "seismic/filter.h"
#include "seismic/spectrum.h"

#include <math.h>
#include <string.h>

#define MIN_WINDOW 4
#define MAX_OVERLAP 0.99
#define MAX_VALUES ((size_t)1 << 28)

void
seismic_spectrogram_clear (SeismicSpectrogram *spectrogram)
{
  g_clear_pointer (&spectrogram->db, g_free);
  spectrogram->n_times = spectrogram->n_frequencies = 0;
}

/* How the record is cut. */
typedef struct {
  size_t n_window, hop, n_times; /* samples, samples, windows */
} Cut;

static bool
choose_cut (Cut *cut, size_t n, double rate_hz,
            const SeismicSpectrogramSettings *settings, GError **error)
{
  const double n_window = round (settings->window_s * rate_hz);

  if (!(n_window >= MIN_WINDOW)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "a window of %.9g s has fewer than %d samples at %.9g Hz",
                 settings->window_s, MIN_WINDOW, rate_hz);
    return false;
  }
  if (!(settings->overlap >= 0.0 && settings->overlap <= MAX_OVERLAP)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                 "the overlap %.9g is not 0 to %.9g of the window", settings->overlap,
                 MAX_OVERLAP);
    return false;
  }
  if (n < MIN_WINDOW) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_SHORT,
                 "%zu samples have no spectrogram", n);
    return false;
  }
  cut->n_window = n_window < (double)n ? (size_t)n_window : n;
  cut->hop = cut->n_window - (size_t)(settings->overlap * (double)cut->n_window);
  if (settings->max_columns > 0) {
    const size_t n_starts = n - cut->n_window + 1; /* places where a window can begin */
    cut->hop =
        MAX (cut->hop, (n_starts + settings->max_columns - 1) / settings->max_columns);
  }
  cut->n_times = 1 + (n - cut->n_window) / cut->hop;
  if (cut->n_times > MAX_VALUES / (cut->n_window / 2 + 1)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%zu windows of %zu samples are too many", cut->n_times, cut->n_window);
    return false;
  }
  return true;
}

/* window (n), Hann's, periodic; its power Σ w² is returned. */
static double
fill_window (double *window, size_t n)
{
  double power = 0.0;

  for (size_t i = 0; i < n; i++) {
    window[i] = 0.5 - 0.5 * cos (2.0 * G_PI * (double)i / (double)n);
    power += window[i] * window[i];
  }
  return power;
}

/* db (n / 2 + 1) of spectrum (n / 2 + 1, 2); factor: Δt / Σ w². */
static void
to_db (float *db, const double *spectrum, size_t n, double factor)
{
  for (size_t k = 0; k <= n / 2; k++) {
    const double re = spectrum[2 * k], im = spectrum[2 * k + 1];
    const double sides = k == 0 || 2 * k == n ? 1.0 : 2.0;
    const double power = sides * factor * (re * re + im * im);

    db[k] = fmaxf ((float)(10.0 * log10 (power)), SEISMIC_SPECTROGRAM_FLOOR_DB);
  }
}

bool
seismic_spectrogram_compute (SeismicSpectrogram *spectrogram, const double *samples,
                             size_t n, double rate_hz,
                             const SeismicSpectrogramSettings *settings, GError **error)
{
  Cut cut;
  if (!choose_cut (&cut, n, rate_hz, settings, error))
    return false;

  const size_t m = cut.n_window, n_frequencies = m / 2 + 1;
  g_autoptr (SeismicSpectrumPlan) plan = seismic_spectrum_plan_new (m);
  g_autofree double *window = g_new (double, m);
  g_autofree double *piece = g_new (double, m);
  g_autofree double *spectrum = g_new (double, 2 * n_frequencies);
  const double factor = 1.0 / (rate_hz * fill_window (window, m));

  spectrogram->n_times = cut.n_times;
  spectrogram->n_frequencies = n_frequencies;
  spectrogram->first_s = (double)m / 2.0 / rate_hz;
  spectrogram->step_s = (double)cut.hop / rate_hz;
  spectrogram->step_hz = rate_hz / (double)m;
  spectrogram->db = g_new (float, cut.n_times *n_frequencies);
  for (size_t t = 0; t < cut.n_times; t++) {
    memcpy (piece, samples + t * cut.hop, m * sizeof *piece);
    seismic_filter_demean (piece, m);
    for (size_t i = 0; i < m; i++)
      piece[i] *= window[i];
    seismic_spectrum_plan_forward (plan, spectrum, piece);
    to_db (spectrogram->db + t * n_frequencies, spectrum, m, factor);
  }
  return true;
}
