#include "seismic/time.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define SECONDS_PER_DAY INT64_C (86400)
/* The whole years that int64 nanoseconds hold, and the one that is cut short. */
#define FIRST_YEAR 1678
#define LAST_YEAR 2262

typedef struct {
  int year, month, day, hour, minute, second;
  int64_t nanosecond;
  int offset_minutes; /* local time minus UTC */
} CivilTime;

/* Days before the first of March-based month m (0 … 11): 30 or 31 days each, February
 * last, so that a leap day ends the year. */
static int64_t
days_before_month (int64_t m)
{
  return (153 * m + 2) / 5;
}

/* Floor division by a positive divisor. */
static int64_t
floor_divide (int64_t value, int64_t divisor)
{
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

/* Days since 1970-01-01 of a Gregorian date. */
static int64_t
days_from_date (int year, int month, int day)
{
  const int64_t y = month > 2 ? year : year - 1;
  const int64_t m = (month + 9) % 12;
  const int64_t era = floor_divide (y, 400);
  const int64_t year_of_era = y - era * 400;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
                             days_before_month (m) + day - 1;

  /* 719468 days from 0000-03-01 to 1970-01-01; 146097 days in 400 years. */
  return era * 146097 + day_of_era - 719468;
}

static void
date_from_days (int64_t days, CivilTime *civil)
{
  const int64_t era = floor_divide (days + 719468, 146097);
  const int64_t day_of_era = days + 719468 - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (year_of_era * 365 + year_of_era / 4 - year_of_era / 100);
  const int64_t m = (5 * day_of_year + 2) / 153;

  civil->day = (int)(day_of_year - days_before_month (m) + 1);
  civil->month = (int)(m < 10 ? m + 3 : m - 9);
  civil->year = (int)(year_of_era + era * 400 + (civil->month <= 2 ? 1 : 0));
}

char *
seismic_time_format (int64_t time_ns, unsigned digits)
{
  CivilTime civil = {0};

  if (time_ns == SEISMIC_TIME_UNSET)
    return g_strdup ("");

  const int64_t seconds = floor_divide (time_ns, SEISMIC_NS_PER_SECOND);
  const int64_t days = floor_divide (seconds, SECONDS_PER_DAY);
  const int of_day = (int)(seconds - days * SECONDS_PER_DAY);
  /* Not through the seconds: near INT64_MIN their product would overflow. */
  int64_t fraction = time_ns % SEISMIC_NS_PER_SECOND;

  if (fraction < 0)
    fraction += SEISMIC_NS_PER_SECOND;

  date_from_days (days, &civil);
  g_autofree char *whole =
      g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", civil.year, civil.month,
                       civil.day, of_day / 3600, of_day / 60 % 60, of_day % 60);
  digits = MIN (digits, 9);
  if (digits == 0)
    return g_strconcat (whole, "Z", NULL);
  for (unsigned i = digits; i < 9; i++)
    fraction /= 10;
  return g_strdup_printf ("%s.%0*" G_GINT64_FORMAT "Z", whole, (int)digits, fraction);
}

/* Reads exactly n digits, leaving *text behind them. */
static bool
read_digits (const char **text, int n, int *value)
{
  int sum = 0;

  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit ((*text)[i]))
      return false;
    sum = sum * 10 + ((*text)[i] - '0');
  }
  *text += n;
  *value = sum;
  return true;
}

static bool
read_character (const char **text, char character)
{
  if (**text != character)
    return false;
  *text += 1;
  return true;
}

static int
days_in_month (int year, int month)
{
  static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool
read_date (const char **text, CivilTime *civil)
{
  return read_digits (text, 4, &civil->year) && read_character (text, '-') &&
         read_digits (text, 2, &civil->month) && read_character (text, '-') &&
         read_digits (text, 2, &civil->day) && civil->year >= FIRST_YEAR &&
         civil->year <= LAST_YEAR && civil->month >= 1 && civil->month <= 12 &&
         civil->day >= 1 && civil->day <= days_in_month (civil->year, civil->month);
}

/* ".fff…": what lies beyond the ninth decimal is cut off. */
static bool
read_fraction (const char **text, CivilTime *civil)
{
  int64_t unit = SEISMIC_NS_PER_SECOND / 10;

  if (!read_character (text, '.'))
    return true;
  if (!g_ascii_isdigit (**text))
    return false;
  for (; g_ascii_isdigit (**text); *text += 1, unit /= 10)
    civil->nanosecond += unit * (**text - '0');
  return true;
}

static bool
read_clock (const char **text, CivilTime *civil)
{
  return read_digits (text, 2, &civil->hour) && read_character (text, ':') &&
         read_digits (text, 2, &civil->minute) && read_character (text, ':') &&
         read_digits (text, 2, &civil->second) && civil->hour <= 23 &&
         civil->minute <= 59 && civil->second <= 60 && read_fraction (text, civil);
}

/* Nothing, "Z" or "±hh:mm". */
static bool
read_offset (const char **text, CivilTime *civil)
{
  int hours, minutes;
  const char sign = **text;

  if (sign == '\0' || read_character (text, 'Z'))
    return true;
  if (sign != '+' && sign != '-')
    return false;
  *text += 1;
  if (!read_digits (text, 2, &hours) || !read_character (text, ':') ||
      !read_digits (text, 2, &minutes) || hours > 23 || minutes > 59)
    return false;
  civil->offset_minutes = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
  return true;
}

bool
seismic_time_parse (const char *text, int64_t *time_ns)
{
  CivilTime civil = {0};
  int64_t total;

  if (text == NULL || !read_date (&text, &civil))
    return false;
  if (*text != '\0') {
    if (!read_character (&text, 'T') && !read_character (&text, ' '))
      return false;
    if (!read_clock (&text, &civil) || !read_offset (&text, &civil) || *text != '\0')
      return false;
  }

  const int64_t seconds =
      days_from_date (civil.year, civil.month, civil.day) * SECONDS_PER_DAY +
      civil.hour * 3600 + (civil.minute - civil.offset_minutes) * 60 + civil.second;
  if (__builtin_mul_overflow (seconds, SEISMIC_NS_PER_SECOND, &total) ||
      __builtin_add_overflow (total, civil.nanosecond, &total))
    return false;
  *time_ns = total;
  return true;
}

int64_t
seismic_time_of_sample (size_t index, double rate_hz)
{
  if (index == 0 || !(rate_hz > 0))
    return 0;

  /* long double: 10^9 samples at 100 Hz are 10^16 ns, more than a double counts. */
  const long double ns =
      (long double)index * SEISMIC_NS_PER_SECOND / (long double)rate_hz;
  return ns < (long double)INT64_MAX ? (int64_t)roundl (ns) : INT64_MAX;
}
