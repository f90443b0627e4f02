#include "analysis/fidelity.h"

#include <math.h>

static double
mean_of (const double *x, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += x[i];
  return n > 0 ? sum / (double)n : 0;
}

void
analysis_fidelity (AnalysisFidelity *fidelity, const double *x, const double *y, size_t n)
{
  const double x_mean = mean_of (x, n), y_mean = mean_of (y, n);
  double xx = 0, yy = 0, xy = 0, residual = 0, distance = 0;
  for (size_t i = 0; i < n; i++) {
    const double a = x[i] - x_mean, b = y[i] - y_mean, d = x[i] - y[i];
    xx += a * a;
    yy += b * b;
    xy += a * b;
    residual += d * d;
    distance += fabs (d);
  }
  *fidelity = (AnalysisFidelity){NAN, NAN, NAN};
  if (!(xx > 0))
    return;
  fidelity->normalized_error = distance / (double)n / sqrt (xx / (double)n);
  fidelity->ratio_db = residual > 0 ? 10 * log10 (xx / residual) : INFINITY;
  if (yy > 0)
    fidelity->correlation = xy / sqrt (xx) / sqrt (yy);
}

void
analysis_integrate (double *x, size_t n, double step)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    x[i] = sum += x[i] * step;
  const double mean = mean_of (x, n);
  for (size_t i = 0; i < n; i++)
    x[i] -= mean;
}
