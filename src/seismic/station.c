#include "seismic/station.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/station-private.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

static SeismicStation *
station_new (void)
{
  SeismicStation *station = g_new0 (SeismicStation, 1);
  station->sensitivities = g_array_new (FALSE, FALSE, sizeof (SeismicSensitivity));
  return station;
}

SeismicStation *
seismic_station_copy (const SeismicStation *station)
{
  SeismicStation *copy = g_memdup2 (station, sizeof *station);
  copy->sensitivities = g_array_copy (station->sensitivities);
  return copy;
}

void
seismic_station_free (SeismicStation *station)
{
  if (station == NULL)
    return;
  g_array_unref (station->sensitivities);
  g_free (station);
}

double
seismic_station_counts_per_ms2 (double scale, const char *units)
{
  /* SEED's names of units and what has become of them elsewhere. */
  static const char *const exponents[] = {"/S**2", "/S^2",    "/S2",
                                          "/S/S",  "/(S**2)", "/(S^2)"};
  static const struct {
    const char *name;
    double per_meter;
  } lengths[] = {{"M", 1}, {"CM", 1e2}, {"MM", 1e3}, {"UM", 1e6}, {"NM", 1e9}};
  g_autofree char *upper = g_ascii_strup (units, -1);
  const size_t n_length = strcspn (upper, "/");
  bool is_acceleration = false;
  for (size_t i = 0; i < G_N_ELEMENTS (exponents); i++)
    is_acceleration |= g_str_equal (upper + n_length, exponents[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths) && is_acceleration; i++) {
    if (n_length == strlen (lengths[i].name) &&
        strncmp (upper, lengths[i].name, n_length) == 0)
      return scale * lengths[i].per_meter;
  }
  return NAN;
}

/* Cells as text; a code of the wrong size is none. */
static SeismicStation *
read_station (const SeismicStationCells *cells, GError **error)
{
  g_autoptr (SeismicStation) station = station_new ();
  if (*cells->network == '\0' || *cells->station == '\0' ||
      g_strlcpy (station->network, cells->network, sizeof station->network) >=
          sizeof station->network ||
      g_strlcpy (station->station, cells->station, sizeof station->station) >=
          sizeof station->station) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "\"%s\", \"%s\" are no network and station", cells->network,
                 cells->station);
    return NULL;
  }
  if (!seismic_fdsn_text_number (cells->latitude, 90.0, "latitude", &station->latitude,
                                 error) ||
      !seismic_fdsn_text_number (cells->longitude, 360.0, "longitude",
                                 &station->longitude, error))
    return NULL;
  if (isnan (station->latitude) || isnan (station->longitude)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "No coordinates");
    return NULL;
  }
  return g_steal_pointer (&station);
}

SeismicStation *
seismic_station_table_put (SeismicStationTable *table, const SeismicStationCells *cells,
                           GError **error)
{
  g_autoptr (SeismicStation) station = read_station (cells, error);
  if (station == NULL)
    return NULL;
  char *code = g_strdup_printf ("%s.%s", station->network, station->station);
  SeismicStation *known = g_hash_table_lookup (table->by_code, code);
  if (known != NULL) {
    known->latitude = station->latitude;
    known->longitude = station->longitude;
    g_free (code);
    return known;
  }
  known = g_steal_pointer (&station);
  g_ptr_array_add (table->stations, known);
  g_hash_table_insert (table->by_code, code, known);
  return known;
}

void
seismic_station_table_init (SeismicStationTable *table)
{
  table->stations = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_station_free);
  table->by_code = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
seismic_station_table_clear (SeismicStationTable *table)
{
  g_clear_pointer (&table->stations, g_ptr_array_unref);
  g_clear_pointer (&table->by_code, g_hash_table_unref);
}

/* An epoch's limit; open where the cell is empty or beyond the years of our times, as
 * "2599-12-31T23:59:59" is. */
static bool
read_limit (const char *cell, int64_t *time_ns, GError **error)
{
  *time_ns = SEISMIC_TIME_UNSET;
  if (*cell == '\0' || seismic_time_parse (cell, time_ns))
    return true;
  char *end = NULL;
  const gint64 year = g_ascii_strtoll (cell, &end, 10);
  if (end - cell == 4 && *end == '-' && (year < 1678 || year >= 2262))
    return true;
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "\"%s\" is no time", cell);
  return false;
}

bool
seismic_station_put_sensitivity (SeismicStation *station,
                                 const SeismicSensitivityCells *cells, GError **error)
{
  SeismicSensitivity told = {.scale = NAN, .frequency_hz = NAN, .azimuth = NAN};
  if (!seismic_fdsn_text_number (cells->scale, G_MAXDOUBLE, "sensitivity", &told.scale,
                                 error))
    return false;
  if (isnan (told.scale) || told.scale == 0 || *cells->units == '\0')
    return true;
  if (!seismic_fdsn_text_number (cells->frequency, G_MAXDOUBLE, "frequency",
                                 &told.frequency_hz, error) ||
      !seismic_fdsn_text_number (cells->azimuth, 360.0, "azimuth", &told.azimuth,
                                 error) ||
      !read_limit (cells->start, &told.start_ns, error) ||
      !read_limit (cells->end, &told.end_ns, error))
    return false;
  const char *location = g_str_equal (cells->location, "--") ? "" : cells->location;
  if (*cells->channel == '\0' ||
      g_strlcpy (told.location, location, sizeof told.location) >= sizeof told.location ||
      g_strlcpy (told.channel, cells->channel, sizeof told.channel) >=
          sizeof told.channel ||
      g_strlcpy (told.units, cells->units, sizeof told.units) >= sizeof told.units) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "\"%s\", \"%s\", \"%s\" are no location, channel and units", location,
                 cells->channel, cells->units);
    return false;
  }
  g_array_append_val (station->sensitivities, told);
  return true;
}
