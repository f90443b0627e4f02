#include "analysis/scores.h"
#include "analysis/labels.h"

#include <math.h>

/* The normal distribution's quantile of 97.5 %. */
#define Z 1.959963984540054

void
analysis_wilson (double *low, double *high, double p, double n)
{
  if (!(n > 0)) {
    *low = 0;
    *high = 1;
    return;
  }
  const double z2 = Z * Z / n, middle = (p + z2 / 2) / (1 + z2);
  const double half = Z * sqrt (p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
  *low = fmin (fmax (middle - half, 0), p);
  *high = fmax (fmin (middle + half, 1), p);
}

void
analysis_confusion_add (size_t *confusion, const uint32_t *truth,
                        const uint32_t *predicted, size_t n, size_t n_classes)
{
  for (size_t i = 0; i < n; i++)
    if (truth[i] != ANALYSIS_NO_LABEL)
      confusion[truth[i] * n_classes + predicted[i]]++;
}

AnalysisShare
analysis_balanced_accuracy (AnalysisShare *recall, const size_t *confusion,
                            const size_t *n_events, size_t n_classes)
{
  double n_filled = 0, sum = 0, below = 0, above = 0;
  for (size_t c = 0; c < n_classes; c++) {
    size_t n = 0;
    for (size_t o = 0; o < n_classes; o++)
      n += confusion[c * n_classes + o];
    AnalysisShare share = {NAN, 0, 1};
    if (n > 0) {
      share.value = (double)confusion[c * n_classes + c] / (double)n;
      analysis_wilson (&share.low, &share.high, share.value, (double)n_events[c]);
      n_filled++;
      sum += share.value;
      below += (share.value - share.low) * (share.value - share.low);
      above += (share.high - share.value) * (share.high - share.value);
    }
    if (recall != NULL)
      recall[c] = share;
  }
  if (n_filled == 0)
    return (AnalysisShare){NAN, 0, 1};
  const double value = sum / n_filled;
  return (AnalysisShare){value, fmax (value - sqrt (below) / n_filled, 0),
                         fmin (value + sqrt (above) / n_filled, 1)};
}
