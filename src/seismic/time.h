/* Times are int64_t nanoseconds since 1970-01-01 UTC, never double, never local. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEISMIC_TIME_UNSET INT64_MIN
#define SEISMIC_NS_PER_SECOND INT64_C (1000000000)

/* ISO 8601 with `digits` (0 … 9) decimals of a second, rounded towards minus infinity:
 * "2019-10-15T05:33:42.810Z". Free with g_free. SEISMIC_TIME_UNSET gives "". */
char *seismic_time_format (int64_t time_ns, unsigned digits);
/* Reads "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ss[.fffffffff][Z|±hh:mm]" (also a blank for the
 * T), further decimals cut off; second 60 is a leap second, counted as the
 * next one. FALSE if text is no such time, or not of the years 1678 … 2262: *time_ns is
 * untouched. */
bool seismic_time_parse (const char *text, int64_t *time_ns);
/* Nanoseconds to the sample `index` at rate_hz, rounded to the nearest; INT64_MAX
 * when it is later than that, 0 for a rate that is none. */
int64_t seismic_time_of_sample (size_t index, double rate_hz);
