/* events.csv: the original study's table of events, with the columns eventID, magnitude,
 * magnitude_type, latitude, longitude, event_type, time, and depth_km and place besides.
 * CSV as in RFC 4180, UTF-8. */
#pragma once

#include "seismic/event.h"
#include "seismic/progress.h"

/* events: GPtrArray of SeismicEvent. What is unknown is an empty field; numbers and times
 * read back as they were. Lines end in "\n". */
GString *seismic_events_csv_write (GPtrArray *events);

/* As seismic_quakeml_read (). The columns are told by their names, in any order; eventID
 * must be there, others are passed over. A bad row is skipped with its line number. */
bool seismic_events_csv_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                              GPtrArray **skipped, GError **error);
/* TRUE if the first line is a header with eventID and a further known column. */
bool seismic_events_csv_probe (const uint8_t *bytes, size_t n_bytes);
