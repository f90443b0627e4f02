/* Where an axis is marked, and with what label: amplitudes in steps of 1, 2, 5; powers of
 * ten; whole numbers; UTC times in steps people count in. No drawing, no allocation. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLOT_TICKS_MAX 40

typedef struct {
  double value;   /* data; of times, seconds after the begin of the axis */
  char label[40]; /* UTF-8; "" for a tick without (a minor one) */
  char date[16];  /* times: "2019-10-15" under the first tick and where it changes */
} PlotTick;

typedef struct {
  size_t n;      /* may be 0 */
  double step;   /* between labelled ticks; 0 for logarithmic ones */
  double offset; /* labels tell value − offset; 0 unless plot_ticks_set_offset () */
  PlotTick ticks[PLOT_TICKS_MAX]; /* ascending */
} PlotTicks;

/* Multiples of 1, 2 or 5 × 10^k within min … max, at most max_labels (1 or more) of them,
 * as many as fit. Without labels: plot_ticks_label () adds them. Nothing when min … max
 * is no range. */
void plot_ticks_linear (PlotTicks *ticks, double min, double max, size_t max_labels);
/* −a, 0 and a, where a is the largest of 1, 2, 5 × 10^k up to limit > 0. Without labels.
 */
void plot_ticks_symmetric (PlotTicks *ticks, double limit);
/* As linear, never closer than 1: for counts such as epochs. Labelled. */
void plot_ticks_integer (PlotTicks *ticks, double min, double max, size_t max_labels);
/* Powers of ten (or every k-th) within min … max, 0 < min < max; over less than two
 * decades also 2 × and 5 × them, and where that is less than two, as many round values
 * as fit. Labelled, with minor ticks at 2 … 9 where decades are few. */
void plot_ticks_log (PlotTicks *ticks, double min, double max, size_t max_labels);
/* Times in UTC from begin_ns to end_ns (ns since 1970), in steps of 1, 2, 5 × 10^k below
 * a second, then 1, 2, 5, 10, 15, 30 s, the same min, 1, 2, 3, 6, 12 h, 1, 2, 5, 10 …
 * days. Labels "05:34:20.5", "05:34:20", "05:34" or, in steps of days, "2019-10-15". */
void plot_ticks_time (PlotTicks *ticks, int64_t begin_ns, int64_t end_ns,
                      size_t max_labels);

/* Names linear ticks by their difference from a round value among them when their full
 * labels would take more than max_chars characters: small motion on a large offset. */
void plot_ticks_set_offset (PlotTicks *ticks, size_t max_chars);
/* The power of ten, a multiple of 3, in units of which the labels of all n axes are
 * shortest together; 0 whenever plain numbers are short. */
int plot_ticks_exponent (const PlotTicks *const *axes, size_t n);
/* Labels linear ticks in units of 10^exponent: real minus signs, thin spaces between
 * thousands from five digits on, and a sign always when there is an offset. */
void plot_ticks_label (PlotTicks *ticks, int exponent);

/* "12 345.60" with the same signs and spaces. buffer of 40 bytes is enough for any value
 * (beyond 10^15 as "1.2×10¹⁶"). Returns buffer. */
char *plot_ticks_format (char *buffer, size_t size, double value, int decimals);
/* "10³", "10⁻⁶"; "" for 0. Returns buffer. */
char *plot_ticks_format_power (char *buffer, size_t size, int exponent);
