/* Signals for the tests of tables, without any library. */
#pragma once

#include "session/signal-item.h"

/* The signal NET.STA.00.HN of the event; other fields as `info` says (NULL: 0 and ""). */
static inline SaeSignalItem *
new_signal_item (const char *event_id, const char *network, const char *station,
                 const SeismicSignalInfo *info)
{
  SeismicSignalInfo filled = info ? *info : (SeismicSignalInfo){0};
  g_autofree char *id = g_strdup_printf ("%s/%s.%s.00.HN", event_id, network, station);

  filled.id = id;
  filled.event_id = (char *)event_id;
  g_strlcpy (filled.network, network, sizeof filled.network);
  g_strlcpy (filled.station, station, sizeof filled.station);
  filled.event.id = (char *)event_id;
  if (!filled.event.place)
    filled.event.place = (char *)"";
  if (!filled.event.type)
    filled.event.type = (char *)"";
  if (!filled.event.magnitude_type)
    filled.event.magnitude_type = (char *)"";
  return sae_signal_item_new (&filled);
}
