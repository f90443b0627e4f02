#include "app/spectra.h"

#include "plot/spectrogram-plot.h"
#include "seismic/spectrum-amplitude.h"
#include <math.h>

#define LEAST_SAMPLES 8
#define N_SMOOTH 400 /* frequencies at most, evenly spaced on a logarithmic axis */

SaeSpectrograms *
sae_spectrograms_new (SaeRecording *recording, const char *unit,
                      const SeismicSpectrogramSettings *settings)
{
  SaeSpectrograms *self = g_new0 (SaeSpectrograms, 1);

  self->recording = sae_recording_ref (recording);
  self->settings = *settings;
  g_strlcpy (self->unit, unit, sizeof self->unit);
  return self;
}

void
sae_spectrograms_free (gpointer spectrograms)
{
  SaeSpectrograms *self = spectrograms;

  sae_recording_unref (self->recording);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    seismic_spectrogram_clear (&self->results[c]);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeSpectrograms, sae_spectrograms_free)

static gboolean
is_finite (const double *samples, size_t first, size_t end)
{
  for (size_t i = first; i < end; i++)
    if (!isfinite (samples[i]))
      return FALSE;
  return TRUE;
}

/* A window with a gap in it has no spectrum. */
static void
leave_out_gaps (SeismicSpectrogram *result, const double *samples, size_t n,
                double rate_hz)
{
  double half_s = result->first_s + 0.5 / rate_hz;

  for (size_t t = 0; t < result->n_times; t++) {
    double middle_s = result->first_s + (double)t * result->step_s;
    size_t first = (size_t)MAX ((middle_s - half_s) * rate_hz, 0);
    size_t end = MIN ((size_t)ceil ((middle_s + half_s) * rate_hz), n);
    float *db = result->db + t * result->n_frequencies;

    if (!is_finite (samples, first, end))
      for (size_t f = 0; f < result->n_frequencies; f++)
        db[f] = NAN;
  }
}

gboolean
sae_spectrograms_compute (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  const SaeSpectrograms *wanted = input;
  const SeismicSignal *signal = wanted->recording->record->signal;
  g_autoptr (SaeSpectrograms) done =
      sae_spectrograms_new (wanted->recording, wanted->unit, &wanted->settings);

  done->max_db = -INFINITY;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const double *samples = signal->samples + c * signal->n_samples;
    SeismicSpectrogram *spectrogram = &done->results[c];
    double min, max;

    if (g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error) ||
        !seismic_spectrogram_compute (spectrogram, samples, signal->n_samples,
                                      signal->rate_hz, &done->settings, error))
      return FALSE;
    if (done->recording->record->spans->len > 0)
      leave_out_gaps (spectrogram, samples, signal->n_samples, signal->rate_hz);
    plot_spectrogram_fit (&min, &max, spectrogram->db,
                          spectrogram->n_times * spectrogram->n_frequencies);
    done->max_db = MAX (done->max_db, max);
  }
  *result = g_steal_pointer (&done);
  return TRUE;
}

SaeSpectra *
sae_spectra_new (SaeRecording *recording, const char *unit, double begin_s, double end_s,
                 double smoothing)
{
  SaeSpectra *self = g_new0 (SaeSpectra, 1);

  self->recording = sae_recording_ref (recording);
  self->begin_s = begin_s;
  self->end_s = end_s;
  self->smoothing = smoothing;
  g_strlcpy (self->unit, unit, sizeof self->unit);
  return self;
}

void
sae_spectra_free (gpointer spectra)
{
  SaeSpectra *self = spectra;

  sae_recording_unref (self->recording);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    g_free (self->raw[c]);
    g_free (self->smooth[c]);
  }
  g_free (self->frequencies_hz);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeSpectra, sae_spectra_free)

static double *
copy_without_mean (const double *samples, size_t n)
{
  double *copy = g_new (double, n);
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += samples[i];
  for (size_t i = 0; i < n; i++)
    copy[i] = samples[i] - sum / (double)n;
  return copy;
}

static void
choose_frequencies (SaeSpectra *self)
{
  self->frequencies_hz = g_new (double, N_SMOOTH);
  self->n_smooth = seismic_spectrum_centres (self->frequencies_hz, N_SMOOTH,
                                             self->step_hz, self->min_hz, self->max_hz);
}

static void
compute_component (SaeSpectra *self, const double *samples, size_t c, double rate_hz)
{
  g_autofree double *copy = copy_without_mean (samples, self->n_samples);

  self->raw[c] = g_new (double, self->n_raw);
  seismic_spectrum_amplitude (self->raw[c], copy, self->n_samples, rate_hz);
  if (!self->frequencies_hz)
    return;
  self->smooth[c] = g_new (double, self->n_smooth);
  seismic_spectrum_smooth (self->smooth[c], self->frequencies_hz, self->n_smooth,
                           self->raw[c], self->n_raw, self->step_hz, self->smoothing);
}

gboolean
sae_spectra_compute (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  const SaeSpectra *wanted = input;
  const SeismicSignal *signal = wanted->recording->record->signal;
  g_autoptr (SaeSpectra) done = sae_spectra_new (
      wanted->recording, wanted->unit, wanted->begin_s, wanted->end_s, wanted->smoothing);
  size_t first;

  sae_recording_stretch (done->recording, done->begin_s, done->end_s, &first,
                         &done->n_samples);
  done->first_s = (double)first / signal->rate_hz;
  if (done->n_samples >= LEAST_SAMPLES) {
    done->n_raw = done->n_samples / 2 + 1;
    done->step_hz = signal->rate_hz / (double)done->n_samples;
    done->min_hz = done->step_hz;
    done->max_hz = signal->rate_hz / 2;
    if (done->smoothing > 0)
      choose_frequencies (done);
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
      if (g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error))
        return FALSE;
      compute_component (done, signal->samples + c * signal->n_samples + first, c,
                         signal->rate_hz);
    }
  }
  *result = g_steal_pointer (&done);
  return TRUE;
}
