/* Numbers, times and events as people read them: the locale's decimals, a real minus, no
 * break before a unit, times in UTC. Every string is to be freed with g_free. */
#pragma once

#include "seismic/event.h"
#include <stdint.h>

/* NAN gives "–". */
char *sae_format_number (double value, guint decimals);
/* As many decimals as make `digits` significant ones, with powers of ten far from 1. */
char *sae_format_significant (double value, guint digits);
/* number and unit with a narrow no-break space between. */
char *sae_format_quantity (double value, guint decimals, const char *unit);
/* "12 s", "4 min", "1 h 5 min": about as long as it lasts. */
char *sae_format_duration (double seconds);
/* "310 MB", "1.2 GB": an estimate, in no more digits than that is worth. */
char *sae_format_size_about (uint64_t n_bytes);
/* "2019-10-15", "2019-10-15 05:33:42" (both UTC); "–" for SEISMIC_TIME_UNSET. */
char *sae_format_date (int64_t time_ns);
char *sae_format_time (int64_t time_ns, guint decimals);
/* "05:33:42.81" */
char *sae_format_clock (int64_t time_ns, guint decimals);
/* "M 6.0", "M –" when unknown. */
char *sae_format_magnitude (const SeismicEvent *event);
/* "M 6.0 · 2019-10-15", what is unknown left out: "" if both are. */
char *sae_format_event_short (const SeismicEvent *event);
/* "M 6.0 · 2019-10-15 · 12 km W of Pleasanton, CA", likewise. */
char *sae_format_event (const SeismicEvent *event);
/* The place, else the id; of an event that an import made for loose records, whose id is
 * when they begin, "Records from 2019-10-15 05:33:12". Free with g_free. */
char *sae_format_event_place (const SeismicEvent *event);
/* QuakeML's event type in the user's language; borrowed. */
const char *sae_format_event_type (const char *type);
