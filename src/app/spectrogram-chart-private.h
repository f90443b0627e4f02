/* What spectrogram-chart.c and spectrogram-chart-*.c share. */
#pragma once

#include "app/spectra.h"
#include "app/spectrogram-chart.h"
#include "plot/spectrogram-plot.h"
#include "session/latest.h"

struct _SaeSpectrogramChart {
  SaeChart parent_instance;

  /* Owned */
  SaeWave *wave; /* for its labels and times */
  SaeRecording *recording;
  SaeSpectrograms *done; /* what is drawn, of the recording or the one before */
  SaeLatest *latest;

  SaeSpectrogramSettings settings;
  gboolean is_stale;
  double view_begin_s, view_end_s;
  double cursor_s, cursor_hz; /* NAN without one */
  size_t cursor_component;
};

/* What is to be drawn; there is a wave. */
void sae_spectrogram_chart_fill_plots (SaeSpectrogramChart *self,
                                       PlotSpectrogram plots[SEISMIC_N_COMPONENTS]);
/* By the user. */
void sae_spectrogram_chart_view_changed (SaeSpectrogramChart *self);

/* spectrogram-chart-input.c: pointer and keys, the cursor and what it reads out. */
void sae_spectrogram_chart_class_init_input (SaeSpectrogramChartClass *class);
void sae_spectrogram_chart_set_cursor (SaeSpectrogramChart *self, double time_s,
                                       double hz);
