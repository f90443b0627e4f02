/* What the samples of a record tell of its quality: seven flags for each component, none
 * of which changes anything. They are simple on purpose: each is one comparison that a
 * reader can redo. x: the samples of a component (n) at rate_hz; q: its resolution, the
 * smallest step from a sample to the next that is not 0; Q_f: the f-quantile; σ: the
 * robust deviation 1.4826 Q_½ |x − Q_½ x| (F. R. Hampel 1974, Journal of the American
 * Statistical Association 69, 383–393).
 *
 * CLIPPED: flat tops. At least SEISMIC_QUALITY_CLIPPED_SAMPLES samples stand at the
 *   maximum (or at the minimum) in runs of three or more, and that lies over 1000 q from
 *   the median. Below, smooth motion has flat tops of its own: a sine of f Hz and
 *   amplitude A is within q / 2 of its crest for rate_hz / (π f √(A / q)) samples. Or
 *   whole numbers reach 0.95 · 2²³, the end of the scale of a 24-bit digitiser. Lower
 *   tops that an amplifier rounds are not seen.
 *
 * NOISY: the signal-to-noise ratio 20 log₁₀ (Q_0.95 |x_S| / Q_0.95 |x_N|) is under
 *   9.5 dB, three times the noise. The ratio is that of S. M. Mousavi et al. (2019),
 *   STEAD, IEEE Access 7, 179464–179476; the limit that of gmprocess (E. M. Thompson et
 *   al. 2024, Seismological Research Letters, doi 10.1785/0220240021; its snr_check).
 *   x_N: from the first sample to 1 s before P (the model of travel-time.h is off by 1 s
 *   or so); x_S: 20 s from S on. Where P is unknown, or comes within 1.5 s of the
 *   beginning, they are windows side by side, a tenth of the record long (0.5 to 10 s):
 *   those that have the least and the most Q_0.95, so that even noise has 1 or 2 dB. All
 *   is minus the mean of x_N, and Q_0.95 |x_N| is at least q / 2.
 *
 * SHORT: less than 0.5 s before P, or less than 5 s from S on (gmprocess's window
 *   checks); where they are unknown, less than 5.5 s in all.
 *
 * GAPS: the record has gaps, and the signal is its longest part without.
 *
 * FLAT: the longest run of equal samples takes a tenth of the record, and 1 s.
 *
 * SPIKES: a sample stands out alone. With rᵢ = xᵢ − (xᵢ₋₁ + xᵢ₊₁) / 2, more than half of
 *   the 20 samples on either side, the nearest two left out, have |r| below
 *   |rᵢ| / (10 · 1.4826), and |rᵢ| > 10 q. It is Hampel's identifier with about the
 *   window (41) and the threshold (10) of the metric num_spikes of IRIS (R package
 *   IRISMustangMetrics), asked of each side, so that an onset is no spike, and of |r|, so
 *   that a smooth crest is none.
 *
 * OFFSET: the baseline steps. The medians of the first and of the last tenth differ by
 *   more than a tenth of the peak, and by more than 5 σ of either. A constant offset is
 *   common with accelerographs, every processing takes it out, and it is no flaw.
 *
 * Any thread. */
#pragma once

#include "seismic/signal.h"

/* Changes with every number above: results of another version are to be computed anew. */
#define SEISMIC_QUALITY_VERSION 1

#define SEISMIC_QUALITY_CLIPPED_SAMPLES 6
#define SEISMIC_QUALITY_MIN_SNR_DB 9.5

typedef enum {
  SEISMIC_QUALITY_CLIPPED = 1 << 0,
  SEISMIC_QUALITY_NOISY = 1 << 1,
  SEISMIC_QUALITY_SHORT = 1 << 2,
  SEISMIC_QUALITY_GAPS = 1 << 3,
  SEISMIC_QUALITY_FLAT = 1 << 4,
  SEISMIC_QUALITY_SPIKES = 1 << 5,
  SEISMIC_QUALITY_OFFSET = 1 << 6
} SeismicQualityFlag;

#define SEISMIC_QUALITY_N_FLAGS 7

typedef struct {
  int version;      /* SEISMIC_QUALITY_VERSION, 0: nothing was computed */
  double arrival_s; /* P after the first sample, as it was taken; NAN if unknown */
  size_t n_gaps;
  unsigned flags[SEISMIC_N_COMPONENTS]; /* SeismicQualityFlag, or-ed */
  double peak[SEISMIC_N_COMPONENTS];    /* the largest |x − mean|, counts */
  double snr_db[SEISMIC_N_COMPONENTS];  /* NAN where nothing moves */
} SeismicQuality;

/* Nothing computed: no flags, NAN. */
void seismic_quality_init (SeismicQuality *quality);
/* *quality, overwritten, of a signal. n_gaps: of the record that it is a part of. p_s and
 * s_s: when the waves arrive, s after the first sample; NAN if unknown. */
void seismic_quality_compute (SeismicQuality *quality, const SeismicSignal *signal,
                              size_t n_gaps, double p_s, double s_s);

/* The flags of all components together. */
unsigned seismic_quality_flags (const SeismicQuality *quality);
/* The signal-to-noise ratio of the component that has the least; NAN if unknown. */
double seismic_quality_least_snr_db (const SeismicQuality *quality);
/* The peak of the component that has the most, counts; NAN if unknown. */
double seismic_quality_most_peak (const SeismicQuality *quality);

/* The names of the flags for files and commands: "clipped", "noisy", "short", "gaps",
 * "flat", "spikes", "offset"; index: of the bit. */
const char *seismic_quality_flag_name (size_t index);
/* "clipped noisy" of or-ed flags, "" of none. Free with g_free. */
char *seismic_quality_flags_to_text (unsigned flags);
/* The flags of names parted by commas or blanks; FALSE, and *flags untouched, with
 * SEISMIC_ERROR_SETTINGS for a name that is none. */
bool seismic_quality_flags_from_text (const char *text, unsigned *flags, GError **error);
