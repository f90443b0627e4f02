/* Amplitude spectra of up to three components, both axes logarithmic: smoothed, over the
 * raw ones in a lighter tone. */
#pragma once

#include "plot/frame.h"
#include <cairo.h>
#include <stddef.h>

#define PLOT_SPECTRUM_MAX 3

typedef struct {
  const char *title, *subtitle;          /* of exports; NULL for none */
  size_t n_lines;                        /* 0 … PLOT_SPECTRUM_MAX */
  const char *labels[PLOT_SPECTRUM_MAX]; /* "HNE": for the legend */
  const double *raw[PLOT_SPECTRUM_MAX]; /* (n_raw): at 0, step_hz, 2 step_hz …, or NULL */
  size_t n_raw;
  double step_hz;
  const double *frequencies_hz;            /* (n_smooth), ascending */
  const double *smooth[PLOT_SPECTRUM_MAX]; /* (n_smooth), or NULL */
  size_t n_smooth;
  double min_hz, max_hz; /* of the axis, 0 < min < max */
  const char *frequency_label, *amplitude_label;
  double cursor_hz; /* a line with a dot on each component; NAN for none */
} PlotSpectrum;

/* Draws into rect. */
void plot_spectrum_draw (cairo_t *cr, PlotRectangle rect, const PlotSpectrum *spectrum,
                         const PlotStyle *style);
bool plot_spectrum_frame (PlotFrame *frame, PlotRectangle rect,
                          const PlotSpectrum *spectrum, const PlotStyle *style);
/* The colour of component i: E, N and Z are told apart by label first. */
PlotColor plot_spectrum_color (const PlotStyle *style, size_t i);
