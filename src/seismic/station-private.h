/* What the formats that tell of stations have in common: cells of text become stations.
 */
#pragma once

#include "seismic/station.h"

/* The stations of a document. */
typedef struct {
  GPtrArray *stations; /* SeismicStation; owned, may be stolen */
  GHashTable *by_code; /* "NET.STA" (owned) → SeismicStation of stations */
} SeismicStationTable;

void seismic_station_table_init (SeismicStationTable *table);
void seismic_station_table_clear (SeismicStationTable *table);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicStationTable, seismic_station_table_clear)

/* As in a document; never NULL, "" for what is missing. */
typedef struct {
  const char *network, *station, *latitude, *longitude;
} SeismicStationCells;
typedef struct {
  const char *location, *channel, *start, *end, *scale, *frequency, *units, *azimuth;
} SeismicSensitivityCells;

/* The station of that network and code, new or moved to these coordinates; the table's.
 * NULL with SEISMIC_ERROR_FORMAT where a cell is no code or coordinate. */
SeismicStation *seismic_station_table_put (SeismicStationTable *table,
                                           const SeismicStationCells *cells,
                                           GError **error);
/* Adds what the cells tell; nothing, which is no failure, where they tell no sensitivity.
 * SEISMIC_ERROR_FORMAT where a cell is not what it should be. */
bool seismic_station_put_sensitivity (SeismicStation *station,
                                      const SeismicSensitivityCells *cells,
                                      GError **error);
