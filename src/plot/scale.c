#include "plot/scale.h"

#include <math.h>

#define PX_LIMIT 16000.0

PlotScale
plot_scale_linear (double data_0, double data_1, double px_0, double px_1)
{
  if (!isfinite (data_0) || !isfinite (data_1)) {
    data_0 = 0.0;
    data_1 = 1.0;
  } else if (!(data_0 < data_1) && !(data_0 > data_1)) {
    double half = fmax (0.5, fabs (data_0) * 1e-6);
    data_0 -= half;
    data_1 += half;
  }
  return (PlotScale){data_0, data_1, px_0, px_1, false};
}

PlotScale
plot_scale_log (double data_0, double data_1, double px_0, double px_1)
{
  if (!isfinite (data_0) || !isfinite (data_1) || data_0 <= 0 || data_1 <= 0) {
    data_0 = 0.1;
    data_1 = 1.0;
  } else if (!(data_0 < data_1) && !(data_0 > data_1)) {
    data_0 /= 2.0;
    data_1 *= 2.0;
  }
  return (PlotScale){data_0, data_1, px_0, px_1, true};
}

double
plot_scale_px (const PlotScale *scale, double value)
{
  double part;
  if (scale->logarithmic) {
    if (!(value > 0))
      return NAN;
    part = log10 (value / scale->data_0) / log10 (scale->data_1 / scale->data_0);
  } else {
    part = (value - scale->data_0) / (scale->data_1 - scale->data_0);
  }
  double px = scale->px_0 + part * (scale->px_1 - scale->px_0);
  return px > PX_LIMIT ? PX_LIMIT : px < -PX_LIMIT ? -PX_LIMIT : px;
}

double
plot_scale_value (const PlotScale *scale, double px)
{
  double part = (px - scale->px_0) / (scale->px_1 - scale->px_0);
  if (scale->logarithmic)
    return scale->data_0 * pow (scale->data_1 / scale->data_0, part);
  return scale->data_0 + part * (scale->data_1 - scale->data_0);
}

double
plot_scale_slope (const PlotScale *scale)
{
  if (scale->logarithmic)
    return 0.0;
  return (scale->px_1 - scale->px_0) / (scale->data_1 - scale->data_0);
}

void
plot_scale_widen (double *min, double *max, double margin)
{
  if (!isfinite (*min) || !isfinite (*max) || *min > *max) {
    *min = 0.0;
    *max = 1.0;
    return;
  }
  double largest = fmax (fabs (*min), fabs (*max));
  double span = *max - *min;
  if (!isfinite (span)) { /* ±DBL_MAX: halves suffice for a picture */
    *min /= 4.0;
    *max /= 4.0;
    return;
  }
  /* Below 1e-12 of the value it is rounding, and ticks could not tell it apart. */
  double pad =
      span <= largest * 1e-12 ? (largest > 0 ? largest * 0.1 : 1.0) : span * margin;
  *min -= pad;
  *max += pad;
}
