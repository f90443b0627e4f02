#include "seismic/quality.h"
#include "seismic/error.h"
#include "seismic/statistics.h"

#include <math.h>

#define HAMPEL 1.4826 /* of a normal distribution: σ / median |x − median| */

#define CLIPPED_RUN 3
#define CLIPPED_RESOLUTIONS 1000.0
#define FULL_SCALE (0.95 * (1 << 23))
#define SPIKE_WINDOW 20 /* samples on either side */
#define SPIKE_GUARD 2   /* the nearest, left out */
#define SPIKE_THRESHOLD 10.0
#define FLAT_SHARE 0.1
#define FLAT_MIN_S 1.0
#define OFFSET_SHARE 0.1
#define OFFSET_DEVIATIONS 5.0
#define END_SHARE 0.1 /* of the record at either end: the offset's medians */
#define MARGIN_S 1.0  /* of the arrivals' model */
#define MIN_NOISE_S 0.5
#define MIN_SIGNAL_S 5.0
#define SIGNAL_S 20.0
#define MAX_WINDOW_S 10.0 /* where the arrivals are unknown */
#define N_WINDOWS 10

static const char *const names[SEISMIC_QUALITY_N_FLAGS] = {
    "clipped", "noisy", "short", "gaps", "flat", "spikes", "offset"};

/* One component; x borrowed. */
typedef struct {
  const double *x;
  size_t n;
  double rate_hz, resolution; /* resolution: INFINITY where all are equal */
} Component;

/* The value below which the share f of values (n ≥ 1) lies. Puts them into another order:
 * C. A. R. Hoare's FIND (1961, Communications of the ACM 4, 321). */
static double
quantile (double *values, size_t n, double f)
{
  const size_t wanted = MIN ((size_t)(f * (double)n), n - 1);
  size_t first = 0, last = n - 1;
  while (first < last) {
    const double pivot = values[first + (last - first) / 2];
    size_t low = first, high = last;
    while (low <= high) {
      while (values[low] < pivot)
        low++;
      while (values[high] > pivot)
        high--;
      if (low > high)
        break;
      const double swapped = values[low];
      values[low++] = values[high];
      values[high] = swapped;
      if (high == 0)
        break;
      high--;
    }
    if (wanted <= high)
      last = high;
    else if (wanted >= low)
      first = low;
    else
      break;
  }
  return values[wanted];
}

/* The median of x (n ≥ 1), and the robust deviation about it. */
static double
median_and_deviation (const double *x, size_t n, double *deviation)
{
  g_autofree double *copy = g_memdup2 (x, n * sizeof *x);
  const double median = quantile (copy, n, 0.5);
  for (size_t i = 0; i < n; i++)
    copy[i] = fabs (copy[i] - median);
  *deviation = HAMPEL * quantile (copy, n, 0.5);
  return median;
}

static double
find_resolution (const double *x, size_t n)
{
  double least = INFINITY;
  for (size_t i = 1; i < n; i++) {
    const double step = fabs (x[i] - x[i - 1]);
    if (step > 0.0 && step < least)
      least = step;
  }
  return least;
}

/* Samples that equal value, in runs of at least CLIPPED_RUN. */
static size_t
count_in_runs (const Component *component, double value)
{
  size_t n_found = 0, run = 0;
  for (size_t i = 0; i <= component->n; i++) {
    if (i < component->n && component->x[i] == value) {
      run++;
    } else {
      n_found += run >= CLIPPED_RUN ? run : 0;
      run = 0;
    }
  }
  return n_found;
}

static bool
is_clipped (const Component *component, const SeismicStatistics *statistics)
{
  const double ends[] = {statistics->min, statistics->max};
  const bool is_whole = component->resolution >= 1.0 && rint (ends[0]) == ends[0] &&
                        rint (ends[1]) == ends[1];
  if (is_whole && fmax (-ends[0], ends[1]) >= FULL_SCALE)
    return true;
  for (size_t i = 0; i < G_N_ELEMENTS (ends); i++) {
    double deviation;
    if (count_in_runs (component, ends[i]) >= SEISMIC_QUALITY_CLIPPED_SAMPLES &&
        fabs (ends[i] - median_and_deviation (component->x, component->n, &deviation)) >
            CLIPPED_RESOLUTIONS * component->resolution)
      return true;
  }
  return false;
}

static bool
is_flat (const Component *component)
{
  size_t longest = 1, run = 1;
  for (size_t i = 1; i < component->n; i++) {
    run = component->x[i] == component->x[i - 1] ? run + 1 : 1;
    longest = MAX (longest, run);
  }
  return (double)longest >= FLAT_SHARE * (double)component->n &&
         (double)longest >= FLAT_MIN_S * component->rate_hz;
}

/* Whether more than half of |r| (SPIKE_WINDOW) are below limit. */
static bool
is_quiet (const double *r, double limit)
{
  size_t n_loud = 0;
  for (size_t k = 0; k < SPIKE_WINDOW && 2 * n_loud < SPIKE_WINDOW; k++)
    n_loud += r[k] >= limit;
  return 2 * n_loud < SPIKE_WINDOW;
}

static bool
has_spikes (const Component *component)
{
  const size_t reach = SPIKE_GUARD + SPIKE_WINDOW, n = component->n;
  const double *x = component->x;
  if (n < 2 * reach + 3)
    return false;
  g_autofree double *r = g_new0 (double, n);
  for (size_t i = 1; i + 1 < n; i++)
    r[i] = fabs (x[i] - 0.5 * (x[i - 1] + x[i + 1]));
  for (size_t i = 1 + reach; i + 1 + reach < n; i++) {
    const double limit = r[i] / (SPIKE_THRESHOLD * HAMPEL);
    if (r[i] > SPIKE_THRESHOLD * component->resolution &&
        is_quiet (r + i - reach, limit) && is_quiet (r + i + SPIKE_GUARD + 1, limit))
      return true;
  }
  return false;
}

static bool
has_offset (const Component *component, double peak)
{
  const size_t n_end = (size_t)(END_SHARE * (double)component->n);
  double first_deviation, last_deviation;
  if (n_end < 2)
    return false;
  const double first = median_and_deviation (component->x, n_end, &first_deviation);
  const double last =
      median_and_deviation (component->x + component->n - n_end, n_end, &last_deviation);
  const double step = fabs (last - first);
  return step > OFFSET_SHARE * peak &&
         step > OFFSET_DEVIATIONS * fmax (first_deviation, last_deviation);
}

/* Samples in seconds, 0 … n. */
static size_t
samples_in (const Component *component, double seconds)
{
  return (size_t)CLAMP (rint (seconds * component->rate_hz), 0.0, (double)component->n);
}

/* Q_0.95 |x − mean| of samples first … first + n − 1, n ≥ 1. */
static double
loudness (const Component *component, size_t first, size_t n, double mean)
{
  g_autofree double *copy = g_new (double, n);
  for (size_t i = 0; i < n; i++)
    copy[i] = fabs (component->x[first + i] - mean);
  return quantile (copy, n, 0.95);
}

static double
mean_of (const Component *component, size_t first, size_t n)
{
  double sum = 0.0;
  for (size_t i = 0; i < n; i++)
    sum += component->x[first + i] - component->x[first];
  return component->x[first] + sum / (double)n;
}

static double
ratio_db (const Component *component, double signal, double noise)
{
  return 20.0 * log10 (signal / fmax (noise, component->resolution / 2.0));
}

/* Noise before P, signal from S on. NAN where there is not enough of either. */
static double
snr_by_arrival (const Component *component, double p_s, double s_s)
{
  if (!(p_s - MARGIN_S >= MIN_NOISE_S))
    return NAN;
  const double from_s = s_s >= p_s ? s_s : p_s;
  const size_t n_noise = samples_in (component, p_s - MARGIN_S);
  const size_t first = samples_in (component, from_s);
  const size_t n_signal = samples_in (component, from_s + SIGNAL_S) - first;
  if (n_noise == 0 || (double)n_signal < MIN_NOISE_S * component->rate_hz ||
      n_signal == 0)
    return NAN;
  const double mean = mean_of (component, 0, n_noise);
  return ratio_db (component, loudness (component, first, n_signal, mean),
                   loudness (component, 0, n_noise, mean));
}

/* The quietest of windows side by side, and the loudest. */
static double
snr_by_windows (const Component *component)
{
  const double record_s = (double)component->n / component->rate_hz;
  const size_t n = MAX (
      samples_in (component, CLAMP (record_s / N_WINDOWS, MIN_NOISE_S, MAX_WINDOW_S)), 1);
  double noise = INFINITY, signal = 0.0, mean = 0.0;
  for (size_t first = 0; first + n <= component->n; first += n) {
    const double own_mean = mean_of (component, first, n);
    const double loud = loudness (component, first, n, own_mean);
    if (loud < noise) {
      noise = loud;
      mean = own_mean;
    }
  }
  for (size_t first = 0; first + n <= component->n; first += n)
    signal = fmax (signal, loudness (component, first, n, mean));
  return ratio_db (component, signal, noise);
}

static bool
is_short (const SeismicSignal *signal, double p_s, double s_s)
{
  const double record_s = (double)signal->n_samples / signal->rate_hz;
  if (isnan (p_s))
    return record_s < MIN_NOISE_S + MIN_SIGNAL_S;
  return p_s < MIN_NOISE_S || record_s - (s_s >= p_s ? s_s : p_s) < MIN_SIGNAL_S;
}

static void
compute_component (SeismicQuality *quality, const Component *component, size_t c,
                   double p_s, double s_s)
{
  SeismicStatistics statistics;
  unsigned flags = 0;
  seismic_statistics_compute (&statistics, component->x, component->n,
                              component->rate_hz);
  quality->peak[c] = statistics.peak;
  if (is_flat (component))
    flags |= SEISMIC_QUALITY_FLAT;
  if (!isfinite (component->resolution)) { /* and nothing else can be said */
    quality->flags[c] |= flags;
    return;
  }
  quality->snr_db[c] = snr_by_arrival (component, p_s, s_s);
  if (isnan (quality->snr_db[c]))
    quality->snr_db[c] = snr_by_windows (component);
  if (quality->snr_db[c] < SEISMIC_QUALITY_MIN_SNR_DB)
    flags |= SEISMIC_QUALITY_NOISY;
  if (is_clipped (component, &statistics))
    flags |= SEISMIC_QUALITY_CLIPPED;
  if (has_spikes (component))
    flags |= SEISMIC_QUALITY_SPIKES;
  if (has_offset (component, statistics.peak))
    flags |= SEISMIC_QUALITY_OFFSET;
  quality->flags[c] |= flags;
}

void
seismic_quality_init (SeismicQuality *quality)
{
  *quality = (SeismicQuality){.arrival_s = NAN};
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    quality->peak[c] = quality->snr_db[c] = NAN;
}

void
seismic_quality_compute (SeismicQuality *quality, const SeismicSignal *signal,
                         size_t n_gaps, double p_s, double s_s)
{
  seismic_quality_init (quality);
  quality->version = SEISMIC_QUALITY_VERSION;
  quality->arrival_s = p_s;
  quality->n_gaps = n_gaps;
  if (signal->n_samples == 0)
    return;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const double *x = signal->samples + c * signal->n_samples;
    const Component component = {x, signal->n_samples, signal->rate_hz,
                                 find_resolution (x, signal->n_samples)};
    if (is_short (signal, p_s, s_s))
      quality->flags[c] |= SEISMIC_QUALITY_SHORT;
    if (signal->has_gaps || n_gaps > 0)
      quality->flags[c] |= SEISMIC_QUALITY_GAPS;
    compute_component (quality, &component, c, p_s, s_s);
  }
}

unsigned
seismic_quality_flags (const SeismicQuality *quality)
{
  unsigned flags = 0;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    flags |= quality->flags[c];
  return flags;
}

double
seismic_quality_least_snr_db (const SeismicQuality *quality)
{
  double least = NAN;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    least = fmin (least, quality->snr_db[c]); /* of a number and NAN, the number */
  return least;
}

double
seismic_quality_most_peak (const SeismicQuality *quality)
{
  double most = NAN;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    most = fmax (most, quality->peak[c]);
  return most;
}

const char *
seismic_quality_flag_name (size_t index)
{
  g_return_val_if_fail (index < SEISMIC_QUALITY_N_FLAGS, "");
  return names[index];
}

char *
seismic_quality_flags_to_text (unsigned flags)
{
  GString *text = g_string_new (NULL);
  for (size_t i = 0; i < SEISMIC_QUALITY_N_FLAGS; i++) {
    if (flags & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", names[i]);
  }
  return g_string_free (text, FALSE);
}

bool
seismic_quality_flags_from_text (const char *text, unsigned *flags, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ", -1);
  unsigned found = 0;
  for (size_t i = 0; words[i] != NULL; i++) {
    size_t k = 0;
    while (k < SEISMIC_QUALITY_N_FLAGS && g_ascii_strcasecmp (words[i], names[k]) != 0)
      k++;
    if (k < SEISMIC_QUALITY_N_FLAGS) {
      found |= 1u << k;
    } else if (*words[i] != '\0') {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                   "\"%s\" is no quality flag", words[i]);
      return false;
    }
  }
  *flags = found;
  return true;
}
