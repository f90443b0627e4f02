/* Picks as QuakeML 1.2 (basic event description; https://quake.ethz.ch/quakeml), for the
 * programs that locate earthquakes and read arrivals. Any thread. */
#pragma once

#include "seismic/library-pick.h"

/* A document of an event for every event that picks (of SeismicPick) tell of, in the
 * order of their first pick. What events (of SeismicEvent) know of it is told too: its
 * name and type; an origin where time and epicentre are known; a magnitude. A pick has
 * its time with the uncertainty, waveformID, phaseHint, and who made it when. Times have
 * up to nine decimals. Resource ids are smi:local/…; bytes that may not stand in one are
 * written as * and two hexadecimal digits. */
GString *seismic_picks_quakeml_write (const GPtrArray *picks, const GPtrArray *events);
