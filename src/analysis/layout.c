#include "analysis/layout.h"
#include "analysis/pca.h"
#include "nn/rng.h"

#include <math.h>

#define NOISE 0.01

size_t
analysis_layout_run (void (*iterate) (void *self), void *self, size_t *done,
                     size_t planned, size_t most, const AnalysisMatrix *layout,
                     AnalysisLayoutFunc progress, void *user_data)
{
  for (size_t i = 0; i < most && *done < planned; i++) {
    iterate (self);
    ++*done;
    const AnalysisLayoutProgress now = {*done, planned, layout};
    if (progress != NULL && !progress (&now, user_data))
      break;
  }
  return *done;
}

bool
analysis_layout_init (AnalysisMatrix *layout, const AnalysisMatrix *x, double deviation,
                      uint64_t seed, GError **error)
{
  const size_t n = x->rows, k = MIN (x->columns, 2);
  g_auto (AnalysisMatrix) scores = {0};
  double explained[2];
  if (!analysis_pca (x, k, &scores, explained, error))
    return false;

  double squares = 0;
  for (size_t i = 0; i < n; i++)
    squares += (double)scores.data[i * k] * scores.data[i * k];
  const double scale = squares > 0 ? deviation / sqrt (squares / (double)n) : 0;
  NnRng rng;
  nn_rng_seed (&rng, seed);
  analysis_matrix_init (layout, n, 2);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < 2; j++) {
      const double score = j < k ? scores.data[i * k + j] * scale : 0;
      layout->data[2 * i + j] = (float)(score + NOISE * deviation * nn_rng_normal (&rng));
    }
  return true;
}
