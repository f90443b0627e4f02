#include "seismic/statistics.h"

#include <math.h>

#define ARIAS_BEGIN 0.05
#define ARIAS_END 0.95

/* The first index at which the sum of the squares about mean reaches level. */
static size_t
index_of_energy (const double *samples, size_t n, double mean, double level)
{
  double sum = 0.0;

  for (size_t i = 0; i < n; i++) {
    const double x = samples[i] - mean;

    sum += x * x;
    if (sum >= level)
      return i;
  }
  return n - 1;
}

void
seismic_statistics_compute (SeismicStatistics *statistics, const double *samples,
                            size_t n, double rate_hz)
{
  double sum = 0.0, energy = 0.0;

  *statistics = (SeismicStatistics){0};
  if (n == 0)
    return;
  const double origin = samples[0];
  statistics->min = statistics->max = origin;
  for (size_t i = 0; i < n; i++) {
    statistics->min = fmin (statistics->min, samples[i]);
    statistics->max = fmax (statistics->max, samples[i]);
    sum += samples[i] - origin;
  }
  const double mean = origin + sum / (double)n;
  for (size_t i = 0; i < n; i++) {
    const double x = samples[i] - mean;

    energy += x * x;
    if (fabs (x) > statistics->peak) {
      statistics->peak = fabs (x);
      statistics->peak_index = i;
    }
  }
  statistics->mean = mean;
  statistics->rms = sqrt (energy / (double)n);
  if (statistics->max > statistics->min) {
    const size_t begin = index_of_energy (samples, n, mean, ARIAS_BEGIN * energy);
    const size_t end = index_of_energy (samples, n, mean, ARIAS_END * energy);

    statistics->duration_s = (double)(end - begin) / rate_hz;
  }
}
