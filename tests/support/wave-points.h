/* Points that another program can make too. */
#pragma once

#include "analysis/matrix.h"
#include <math.h>

/* (n, 5): x_ij = sin (0.37 i (j + 1)) + 3 [i mod 4 = j]. In NumPy:
 *   i, j = np.arange (n)[:, None], np.arange (5)[None, :]
 *   x = (np.sin (.37 * i * (j + 1)) + 3 * (i % 4 == j)).astype (np.float32) */
static inline AnalysisMatrix
wave_points (size_t n)
{
  AnalysisMatrix x;
  analysis_matrix_init (&x, n, 5);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < 5; j++)
      x.data[i * 5 + j] =
          (float)(sin (0.37 * (double)i * (double)(j + 1)) + (i % 4 == j ? 3 : 0));
  return x;
}
