/* What a window of one component comes to. Any thread. */
#pragma once

#include <stddef.h>

typedef struct {
  double min, max, mean;
  double peak;       /* the largest |x − mean| */
  size_t peak_index; /* of the first sample that has it */
  double rms;        /* about the mean */
  /* The significant duration, from 5 to 95 % of the Arias intensity ∫ (x − mean)² dt
   * (M. D. Trifunac and A. G. Brady 1975): between the first samples at which that much
   * of the sum over the window is reached. Of acceleration; of anything else, the same
   * of its energy. 0 where nothing moves. */
  double duration_s;
} SeismicStatistics;

/* *statistics, overwritten, of finite samples (n) at rate_hz; n = 0 gives zeros. Peak to
 * peak is max − min; the peak's frequency is seismic_spectrum_peak_hz (). */
void seismic_statistics_compute (SeismicStatistics *statistics, const double *samples,
                                 size_t n, double rate_hz);
