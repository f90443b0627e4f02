/* What the charts of spectra show, computed from a recording in threads. */
#pragma once

#include "app/signal-view.h"
#include "seismic/spectrogram.h"

typedef struct {
  SaeRecording *recording; /* owned */
  SeismicSpectrogramSettings settings;
  char unit[32];                                    /* of the samples */
  SeismicSpectrogram results[SEISMIC_N_COMPONENTS]; /* NAN where a window has a gap */
  double max_db;                                    /* of all three */
} SaeSpectrograms;

/* A request has no results yet. recording: a new reference. */
SaeSpectrograms *sae_spectrograms_new (SaeRecording *recording, const char *unit,
                                       const SeismicSpectrogramSettings *settings);
void sae_spectrograms_free (gpointer spectrograms);
/* SaeJobFunc: SaeSpectrograms to another, with its results. */
gboolean sae_spectrograms_compute (SaeJob *job, gpointer input, gpointer *result,
                                   GError **error);

typedef struct {
  SaeRecording *recording; /* owned */
  double begin_s, end_s;   /* of the window that is looked at */
  double smoothing;        /* Konno and Ohmachi's bandwidth; 0: none */
  char unit[32];           /* of the samples */
  /* The results: of the longest stretch without a gap. */
  double first_s;                       /* when it begins */
  size_t n_samples;                     /* of it */
  double *raw[SEISMIC_N_COMPONENTS];    /* (n_raw), owned; amplitudes in unit × s */
  double *smooth[SEISMIC_N_COMPONENTS]; /* (n_smooth), owned, or NULL */
  double *frequencies_hz;               /* (n_smooth), owned */
  double step_hz, min_hz, max_hz;
  size_t n_raw, n_smooth;
} SaeSpectra;

SaeSpectra *sae_spectra_new (SaeRecording *recording, const char *unit, double begin_s,
                             double end_s, double smoothing);
void sae_spectra_free (gpointer spectra);
/* SaeJobFunc, likewise. Each component without its mean in the stretch. A stretch of
 * under 8 samples has no spectrum: n_raw is 0. */
gboolean sae_spectra_compute (SaeJob *job, gpointer input, gpointer *result,
                              GError **error);
