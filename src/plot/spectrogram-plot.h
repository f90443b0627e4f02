/* Spectrogram: how much of a record lies at each frequency at each time, in decibels. */
#pragma once

#include "plot/frame.h"
#include "plot/heatmap.h"
#include <cairo.h>
#include <stdbool.h>

typedef struct {
  const char *title, *subtitle; /* of exports; NULL for none */
  const char *label;            /* the seed id, above the area */
  PlotHeatmap map;              /* x: s after start_ns; y: Hz; values and ends: dB */
  int64_t start_ns;
  double view_begin_s, view_end_s; /* begin < end */
  double max_hz;                   /* > 0: of the axis */
  bool logarithmic;                /* the axis of frequencies */
  const char *frequency_label;     /* "Frequency (Hz)" */
  const char *unit;                /* of the key: "dB" */
  /* px from rect to the area, to share another figure's time axis; 0: as needed. */
  double left, right;
  bool is_bare; /* no times below: another one underneath has them */
} PlotSpectrogram;

/* Draws into rect. Without values the axes alone. */
void plot_spectrogram_draw (cairo_t *cr, PlotRectangle rect,
                            const PlotSpectrogram *spectrogram, const PlotStyle *style);
/* The frame it is drawn in, for the pointer. FALSE if rect is too small. */
bool plot_spectrogram_frame (PlotFrame *frame, PlotRectangle rect,
                             const PlotSpectrogram *spectrogram, const PlotStyle *style);

/* The n ≥ 1 below each other, their areas equally large on one time axis, which is told
 * below the last. Their is_bare is not looked at, nor the title of any but the first. */
void plot_spectrogram_draw_stack (cairo_t *cr, PlotRectangle rect,
                                  const PlotSpectrogram *spectrograms, size_t n,
                                  const PlotStyle *style);
/* The frame of number i < n of them. */
bool plot_spectrogram_stack_frame (PlotFrame *frame, PlotRectangle rect,
                                   const PlotSpectrogram *spectrograms, size_t n,
                                   size_t i, const PlotStyle *style);

/* Ends for the palette: from the median of the values (n) to their highest, the floor of
 * silence left out, at most 80 dB apart. *min < *max always. */
void plot_spectrogram_fit (double *min, double *max, const float *values, size_t n);
