#include "plot/ticks.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"      /* U+2212 */
#define THIN_SPACE "\xe2\x80\x89" /* U+2009 */
#define TIMES "\xc3\x97"          /* U+00D7 */

/* Relative slack when a range's end is meant to be a tick. */
#define SLACK 1e-9

static size_t
clamp_count (size_t max_labels)
{
  return CLAMP (max_labels, 1, PLOT_TICKS_MAX);
}

static bool
is_range (double min, double max)
{
  return isfinite (min) && isfinite (max) && min < max && isfinite (max - min);
}

/* index × mantissa × 10^exponent, the double nearest to the decimal number. */
static double
decimal (double index, int mantissa, int exponent)
{
  double whole = index * mantissa;
  return exponent < 0 ? whole / pow (10, -exponent) : whole * pow (10, exponent);
}

static void
ticks_from_step (PlotTicks *ticks, double min, double max, size_t max_labels,
                 int exponent)
{
  static const int mantissas[] = {1, 2, 5};
  for (int k = exponent;; k++)
    for (size_t m = 0; m < G_N_ELEMENTS (mantissas); m++) {
      double step = decimal (1, mantissas[m], k);
      double first = ceil (min / step - SLACK), last = floor (max / step + SLACK);
      /* `!(…)` so that NAN ends the search too, with nothing. */
      if (last - first + 1 > (double)max_labels)
        continue;
      ticks->step = step;
      for (double i = first; i <= last && ticks->n < PLOT_TICKS_MAX; i++)
        ticks->ticks[ticks->n++].value = decimal (i, mantissas[m], k);
      return;
    }
}

void
plot_ticks_linear (PlotTicks *ticks, double min, double max, size_t max_labels)
{
  memset (ticks, 0, sizeof *ticks);
  max_labels = clamp_count (max_labels);
  if (!is_range (min, max))
    return;
  /* Below 1e-300 powers of ten lose digits; nothing physical is there. */
  double raw = fmax ((max - min) / (double)(max_labels + 1), 1e-300);
  ticks_from_step (ticks, min, max, max_labels, (int)floor (log10 (raw)));
}

void
plot_ticks_symmetric (PlotTicks *ticks, double limit)
{
  memset (ticks, 0, sizeof *ticks);
  if (!(limit > 1e-300) || !isfinite (limit))
    return;
  int exponent = (int)floor (log10 (limit) + SLACK);
  double mantissa = limit / pow (10, exponent) * (1 + SLACK);
  ticks->step = decimal (1, mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1, exponent);
  ticks->n = 3;
  ticks->ticks[0].value = -ticks->step;
  ticks->ticks[2].value = ticks->step;
}

void
plot_ticks_integer (PlotTicks *ticks, double min, double max, size_t max_labels)
{
  memset (ticks, 0, sizeof *ticks);
  max_labels = clamp_count (max_labels);
  if (!is_range (min, max))
    return;
  double raw = fmax ((max - min) / (double)(max_labels + 1), 1.0);
  ticks_from_step (ticks, min, max, max_labels, (int)floor (log10 (raw)));
  for (size_t i = 0; i < ticks->n; i++)
    plot_ticks_format (ticks->ticks[i].label, sizeof ticks->ticks[i].label,
                       ticks->ticks[i].value, 0);
}

/* Numbers. */

char *
plot_ticks_format_power (char *buffer, size_t size, int exponent)
{
  static const char *const digits[] = {
      "\xe2\x81\xb0", "\xc2\xb9",     "\xc2\xb2",     "\xc2\xb3",     "\xe2\x81\xb4",
      "\xe2\x81\xb5", "\xe2\x81\xb6", "\xe2\x81\xb7", "\xe2\x81\xb8", "\xe2\x81\xb9"};
  buffer[0] = '\0';
  if (exponent == 0)
    return buffer;
  char plain[16];
  g_snprintf (plain, sizeof plain, "%d", ABS (exponent));
  g_strlcpy (buffer, exponent < 0 ? "10\xe2\x81\xbb" : "10", size);
  for (const char *p = plain; *p; p++)
    g_strlcat (buffer, digits[*p - '0'], size);
  return buffer;
}

/* Without spaces: "-12345.60"; no negative zero. */
static void
format_plain (char *buffer, size_t size, double value, int decimals)
{
  char format[16];
  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 12));
  g_ascii_formatd (buffer, (int)size, format, value);
  if (buffer[0] == '-' && strspn (buffer + 1, "0.") == strlen (buffer + 1))
    memmove (buffer, buffer + 1, strlen (buffer));
}

static char *
format_scientific (char *buffer, size_t size, double value, int decimals)
{
  char plain[32], format[16], power[40];
  g_snprintf (format, sizeof format, "%%.%de", CLAMP (decimals, 0, 6));
  g_ascii_formatd (plain, sizeof plain, format, value);
  char *e = strchr (plain, 'e');
  int exponent = e ? (int)g_ascii_strtoll (e + 1, NULL, 10) : 0;
  if (e)
    *e = '\0';
  plot_ticks_format_power (power, sizeof power, exponent);
  g_snprintf (buffer, size, "%s%s%s%s", plain[0] == '-' ? MINUS : "",
              plain + (plain[0] == '-'), power[0] ? TIMES : "", power);
  return buffer;
}

char *
plot_ticks_format (char *buffer, size_t size, double value, int decimals)
{
  if (!isfinite (value)) {
    g_strlcpy (buffer, isnan (value) ? "" : value < 0 ? MINUS "∞" : "∞", size);
    return buffer;
  }
  if (fabs (value) >= 1e15)
    return format_scientific (buffer, size, value, 1);
  char plain[64];
  format_plain (plain, sizeof plain, value, decimals);
  const char *digits = plain + (plain[0] == '-');
  size_t n_whole = strspn (digits, "0123456789");
  g_strlcpy (buffer, plain[0] == '-' ? MINUS : "", size);
  size_t length = strlen (buffer);
  for (size_t i = 0; digits[i] && length + 4 < size; i++) {
    if (n_whole >= 5 && i > 0 && i < n_whole && (n_whole - i) % 3 == 0)
      length = g_strlcat (buffer, THIN_SPACE, size);
    buffer[length++] = digits[i];
    buffer[length] = '\0';
  }
  return buffer;
}

/* Decimals that tell multiples of step apart. */
static int
decimals_of (double step)
{
  double power = step > 0 ? floor (log10 (step) + SLACK) : 0;
  return power < 0 ? (int)-power : 0; /* a double's is above −400 */
}

static void
format_tick (char *buffer, size_t size, const PlotTicks *ticks, size_t i, int exponent)
{
  double unit = pow (10, ABS (exponent));
  double value = ticks->ticks[i].value - ticks->offset;
  double shown = exponent < 0 ? value * unit : value / unit;
  int decimals = decimals_of (exponent < 0 ? ticks->step * unit : ticks->step / unit);
  bool plus = ticks->offset != 0 && value > ticks->step / 2;
  char number[40];
  if (decimals > 5 || fabs (shown) >= 1e8) {
    double digits =
        floor (log10 (fabs (value)) + SLACK) - floor (log10 (ticks->step) + SLACK);
    if (fabs (value) < ticks->step / 2)
      g_strlcpy (number, "0", sizeof number);
    else
      format_scientific (number, sizeof number, shown, (int)digits);
  } else {
    plot_ticks_format (number, sizeof number, shown, decimals);
  }
  g_snprintf (buffer, size, "%s%s", plus ? "+" : "", number);
}

/* Characters, as if labels that fall back to ×10ⁿ were much longer. */
static size_t
longest_label (const PlotTicks *ticks, int exponent)
{
  char label[64];
  size_t longest = 0;
  for (size_t i = 0; i < ticks->n; i++) {
    format_tick (label, sizeof label, ticks, i, exponent);
    size_t length = (size_t)g_utf8_strlen (label, -1);
    longest = MAX (longest, strstr (label, TIMES) ? 20 + length : length);
  }
  return longest;
}

static double
largest_shown (const PlotTicks *ticks)
{
  double largest = 0;
  for (size_t i = 0; i < ticks->n; i++)
    largest = fmax (largest, fabs (ticks->ticks[i].value - ticks->offset));
  return largest;
}

int
plot_ticks_exponent (const PlotTicks *const *axes, size_t n)
{
  double largest = 0, smallest_step = INFINITY;
  for (size_t a = 0; a < n; a++) {
    largest = fmax (largest, largest_shown (axes[a]));
    if (axes[a]->n > 0 && axes[a]->step > 0)
      smallest_step = fmin (smallest_step, axes[a]->step);
  }
  if (!(largest > 0) || (largest < 1e4 && smallest_step >= 1e-3))
    return 0;
  int top = 3 * (int)floor (log10 (largest) / 3 + SLACK);
  int best = 0;
  size_t best_cost = SIZE_MAX;
  for (int exponent = CLAMP (top, -300, 300), i = 0; i < 4; i++, exponent -= 3) {
    size_t cost = 0;
    for (size_t a = 0; a < n; a++) {
      double unit = pow (10, exponent);
      int decimals = axes[a]->n ? decimals_of (axes[a]->step / unit) : 0;
      size_t length = longest_label (axes[a], exponent);
      cost = MAX (cost, length + (size_t)MAX (0, decimals - 1));
    }
    if (cost < best_cost || (cost == best_cost && exponent == 0)) {
      best = exponent;
      best_cost = cost;
    }
  }
  return best;
}

void
plot_ticks_set_offset (PlotTicks *ticks, size_t max_chars)
{
  if (ticks->n == 0 || ticks->offset != 0)
    return;
  const PlotTicks *axes[] = {ticks};
  if (longest_label (ticks, plot_ticks_exponent (axes, 1)) > max_chars)
    ticks->offset = ticks->ticks[ticks->n / 2].value;
}

void
plot_ticks_label (PlotTicks *ticks, int exponent)
{
  for (size_t i = 0; i < ticks->n; i++)
    format_tick (ticks->ticks[i].label, sizeof ticks->ticks[i].label, ticks, i, exponent);
}

/* Logarithmic. */

static void
label_log (PlotTick *tick, int mantissa, int power)
{
  char exponent[32];
  plot_ticks_format_power (exponent, sizeof exponent, power);
  if (power >= -4 && power <= 4)
    plot_ticks_format (tick->label, sizeof tick->label, tick->value, MAX (0, -power));
  else if (mantissa == 1)
    g_strlcpy (tick->label, exponent, sizeof tick->label);
  else
    g_snprintf (tick->label, sizeof tick->label, "%d" TIMES "%s", mantissa, exponent);
}

/* The ticks m × 10^p, p a multiple of `every`, m in the mask's bits; FALSE when more than
 * max_labels (which leaves *ticks as it was). */
static bool
log_level (PlotTicks *ticks, double min, double max, unsigned labelled, int every,
           size_t max_labels)
{
  PlotTicks found = {0};
  int first = (int)floor (log10 (min)) - 1, last = (int)ceil (log10 (max)) + 1;
  bool minor = every == 1 && last - first <= 6;
  size_t n_labels = 0;
  for (int p = first; p <= last; p++)
    for (int m = 1; m <= 9; m++) {
      double value = decimal (1, m, p);
      bool label = (labelled >> m & 1) && p % every == 0;
      if (value < min * (1 - SLACK) || value > max * (1 + SLACK) || (!label && !minor))
        continue;
      n_labels += label;
      if (n_labels > max_labels || found.n == PLOT_TICKS_MAX)
        return false;
      PlotTick *tick = &found.ticks[found.n++];
      tick->value = value;
      if (label)
        label_log (tick, m, p);
    }
  *ticks = found;
  return n_labels > 0;
}

/* Where a decade's 1, 2 and 5 would name less than two values, as of 1.1 … 3: the ticks
 * of a linear axis, which then are as many as fit. */
static bool
narrow_level (PlotTicks *ticks, double min, double max, size_t max_labels)
{
  size_t n_labels = 0;
  for (size_t i = 0; i < ticks->n; i++)
    n_labels += ticks->ticks[i].label[0] != '\0';
  if (n_labels >= MIN (2, max_labels) || max / min > 10 || min < 1e-3 || max > 1e4)
    return false;
  plot_ticks_linear (ticks, min, max, max_labels);
  plot_ticks_label (ticks, 0);
  ticks->step = 0;
  return true;
}

void
plot_ticks_log (PlotTicks *ticks, double min, double max, size_t max_labels)
{
  memset (ticks, 0, sizeof *ticks);
  max_labels = clamp_count (max_labels);
  if (!is_range (min, max) || min <= 0)
    return;
  const unsigned one = 1u << 1, one_two_five = 1u << 1 | 1u << 2 | 1u << 5;
  const bool is_done =
      max / min < 150 && log_level (ticks, min, max, one_two_five, 1, max_labels);
  if (narrow_level (ticks, min, max, max_labels) || is_done)
    return;
  for (int every = 1; every < 700; every++)
    if (log_level (ticks, min, max, one, every, max_labels))
      return;
}

/* Times. */

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)
#define NS_PER_DAY (86400 * NS_PER_SECOND)

/* Steps from a second to half a day, s. */
static const int clock_steps[] = {1,   2,   5,    10,   15,   30,    60,    120,  300,
                                  600, 900, 1800, 3600, 7200, 10800, 21600, 43200};
#define N_SUBSECOND_STEPS 27 /* 1, 2, 5 × 1 ns … 100 ms */
#define N_DAY_STEPS 14       /* 1, 2, 5 × 1 … 10 000 days, more than int64 holds */
#define N_TIME_STEPS (N_SUBSECOND_STEPS + G_N_ELEMENTS (clock_steps) + N_DAY_STEPS)

/* ns; ascending with index < N_TIME_STEPS. */
static int64_t
time_step (size_t index)
{
  static const int mantissas[] = {1, 2, 5};
  int64_t unit = 1;
  if (index >= N_SUBSECOND_STEPS) {
    index -= N_SUBSECOND_STEPS;
    if (index < G_N_ELEMENTS (clock_steps))
      return clock_steps[index] * NS_PER_SECOND;
    index -= G_N_ELEMENTS (clock_steps);
    unit = NS_PER_DAY;
  }
  int64_t step = mantissas[index % 3] * unit;
  for (size_t i = 0; i < index / 3; i++)
    step *= 10;
  return step;
}

static int64_t
floor_divide (int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

/* Years 1677 … 2262, all that int64 nanoseconds can tell, so GDateTime never fails. */
static void
format_date (char *buffer, size_t size, int64_t time_ns)
{
  g_autoptr (GDateTime) date =
      g_date_time_new_from_unix_utc (floor_divide (time_ns, NS_PER_SECOND));
  int year, month, day;
  g_date_time_get_ymd (date, &year, &month, &day);
  g_snprintf (buffer, size, "%04d-%02d-%02d", year, month, day);
}

static void
format_time (char *buffer, size_t size, int64_t time_ns, int64_t step)
{
  int64_t ns = time_ns - floor_divide (time_ns, NS_PER_DAY) * NS_PER_DAY;
  int second = (int)(ns / NS_PER_SECOND);
  if (step % (60 * NS_PER_SECOND) == 0) {
    g_snprintf (buffer, size, "%02d:%02d", second / 3600, second / 60 % 60);
    return;
  }
  int length = g_snprintf (buffer, size, "%02d:%02d:%02d", second / 3600,
                           second / 60 % 60, second % 60);
  char decimals[16];
  g_snprintf (decimals, sizeof decimals, ".%09d", (int)(ns % NS_PER_SECOND));
  int n_decimals = 0;
  for (int64_t unit = NS_PER_SECOND; step % unit != 0; unit /= 10)
    n_decimals++;
  decimals[n_decimals + 1] = '\0';
  if (n_decimals > 0)
    g_strlcpy (buffer + length, decimals, size - (size_t)length);
}

static void
add_times (PlotTicks *ticks, int64_t begin_ns, int64_t first, int64_t last, int64_t step)
{
  int64_t previous_day = G_MININT64;
  ticks->step = (double)step / NS_PER_SECOND;
  for (int64_t i = first; i <= last; i++) {
    PlotTick *tick = &ticks->ticks[ticks->n++];
    int64_t time_ns = i * step, day = floor_divide (time_ns, NS_PER_DAY);
    /* Not before the begin; unsigned, since the whole of int64 may lie between. */
    tick->value = (double)((uint64_t)time_ns - (uint64_t)begin_ns) / NS_PER_SECOND;
    if (step >= NS_PER_DAY) {
      format_date (tick->label, sizeof tick->label, time_ns);
    } else {
      format_time (tick->label, sizeof tick->label, time_ns, step);
      if (day != previous_day)
        format_date (tick->date, sizeof tick->date, time_ns);
    }
    previous_day = day;
  }
}

void
plot_ticks_time (PlotTicks *ticks, int64_t begin_ns, int64_t end_ns, size_t max_labels)
{
  /* Headroom of one largest step, so that no tick overflows. */
  const int64_t limit = G_MAXINT64 / 4 * 3;
  memset (ticks, 0, sizeof *ticks);
  max_labels = clamp_count (max_labels);
  begin_ns = CLAMP (begin_ns, -limit, limit);
  end_ns = CLAMP (end_ns, -limit, limit);
  if (begin_ns >= end_ns)
    return;
  for (size_t s = 0; s < N_TIME_STEPS; s++) {
    int64_t step = time_step (s);
    int64_t first = -floor_divide (-begin_ns, step), last = floor_divide (end_ns, step);
    if (last < first || (uint64_t)last - (uint64_t)first < max_labels) {
      add_times (ticks, begin_ns, first, last, step);
      return;
    }
  }
}
