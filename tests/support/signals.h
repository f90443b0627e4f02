/* Signals that no library holds, for what looks at their ids and events alone. */
#pragma once

#include "seismic/library.h"

/* Adds a signal of that event, with the event's type; its id is "EVENT/SY.STATION..HN".
 */
static inline void
add_signal (GPtrArray *signals, const char *event, const char *station, const char *type)
{
  SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);
  g_autoptr (SeismicEvent) own = seismic_event_new (event);
  g_free (own->type);
  own->type = g_strdup (type);
  info->id = g_strdup_printf ("%s/SY.%s..HN", event, station);
  info->event_id = g_strdup (event);
  info->event = *own;
  g_free (g_steal_pointer (&own));
  g_ptr_array_add (signals, info);
}

static inline GPtrArray *
new_signals (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
}

/* n_events events "e000" … of two signals, every n_rare-th an explosion and the others
 * earthquakes. */
static inline GPtrArray *
two_classes (size_t n_events, size_t n_rare)
{
  GPtrArray *signals = new_signals ();
  for (size_t e = 0; e < n_events; e++) {
    g_autofree char *event = g_strdup_printf ("e%03zu", e);
    const char *type = e % n_rare == 0 ? "explosion" : "earthquake";
    add_signal (signals, event, "AAA", type);
    add_signal (signals, event, "BBB", type);
  }
  return signals;
}
