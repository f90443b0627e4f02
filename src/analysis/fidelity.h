/* How near a reconstruction comes to its original, component by component. */
#pragma once

#include <stddef.h>

typedef struct {
  double normalized_error; /* mean |x − y| / s, s the standard deviation of x */
  double correlation;      /* Pearson's, −1 … 1 */
  double ratio_db; /* 10 log10 (Σ (x − mean x)² / Σ (x − y)²): signal to residual */
} AnalysisFidelity;

/* Of x (n), the original, and y (n). NAN where it cannot be told: for n = 0, a flat x,
 * or, of the correlation, a flat y. A perfect y has the ratio INFINITY. */
void analysis_fidelity (AnalysisFidelity *fidelity, const double *x, const double *y,
                        size_t n);

/* x (n) in place: its running sum times `step`, less its mean. First differences become
 * what they are differences of, with step 1, up to a constant. */
void analysis_integrate (double *x, size_t n, double step);
