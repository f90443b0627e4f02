/* From data to pixels and back along one axis, linear or logarithmic. */
#pragma once

#include <stdbool.h>

typedef struct {
  double data_0, data_1; /* different; both > 0 when logarithmic */
  double px_0, px_1;     /* where they stand, px */
  bool logarithmic;      /* log10 between the two */
} PlotScale;

/* Linear; data_0 == data_1 or an end that is not finite gives the range 0 … 1 around. */
PlotScale plot_scale_linear (double data_0, double data_1, double px_0, double px_1);
/* Logarithmic; ends that are not finite and positive give the range 0.1 … 1. */
PlotScale plot_scale_log (double data_0, double data_1, double px_0, double px_1);

/* px of value, kept within ±16 000 px so that Cairo's 24.8 fixed point cannot overflow.
 * NAN gives NAN, as does a value ≤ 0 on a logarithmic scale. */
double plot_scale_px (const PlotScale *scale, double value);
/* The inverse, without limits. */
double plot_scale_value (const PlotScale *scale, double px);
/* px for one unit of data; 0 on a logarithmic scale. Negative when upside down. */
double plot_scale_slope (const PlotScale *scale);

/* Widens *min … *max of data by `margin` times the span on either side. A constant (or
 * one up to rounding) is given a range around itself; NAN or min > max (no data) gives
 * 0 … 1. */
void plot_scale_widen (double *min, double *max, double margin);
