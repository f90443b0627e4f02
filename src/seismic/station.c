#include "seismic/station.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

/* Where the header has them; -1 if it does not. */
typedef struct {
  int network, station, latitude, longitude;
  int location, channel, azimuth, scale, frequency, units, start, end;
  guint n;
} Columns;

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

/* The first line's cells if they are a header, "#" included. */
static char **
read_header (const uint8_t *bytes, size_t n_bytes)
{
  if (n_bytes == 0)
    return NULL;
  const char *cursor = seismic_fdsn_text_start (bytes, n_bytes);
  const char *line = NULL;
  size_t n_line = 0;
  if (!seismic_fdsn_text_next_line (&cursor, (const char *)bytes + MIN (n_bytes, 4096),
                                    &line, &n_line) ||
      n_line == 0 || *line != '#')
    return NULL;
  g_auto (GStrv) cells = seismic_fdsn_text_split (line + 1, n_line - 1);
  if (cells[0] == NULL || g_ascii_strcasecmp (cells[0], "Network") != 0)
    return NULL;
  return g_steal_pointer (&cells);
}

static int
find_column (char **header, const char *name)
{
  for (int i = 0; header[i] != NULL; i++) {
    if (g_ascii_strcasecmp (header[i], name) == 0)
      return i;
  }
  return -1;
}

static SeismicStation *
read_row (char **cells, const Columns *columns, GError **error)
{
  if (g_strv_length (cells) != columns->n) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "%u columns where the header has %u", g_strv_length (cells), columns->n);
    return NULL;
  }
  g_autoptr (SeismicStation) station = station_new ();
  const char *network = cells[columns->network], *code = cells[columns->station];
  if (*network == '\0' || *code == '\0' ||
      g_strlcpy (station->network, network, sizeof station->network) >=
          sizeof station->network ||
      g_strlcpy (station->station, code, sizeof station->station) >=
          sizeof station->station) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "\"%s\", \"%s\" are no network and station", network, code);
    return NULL;
  }
  if (!seismic_fdsn_text_number (cells[columns->latitude], 90.0, "latitude",
                                 &station->latitude, error) ||
      !seismic_fdsn_text_number (cells[columns->longitude], 360.0, "longitude",
                                 &station->longitude, error))
    return NULL;
  if (isnan (station->latitude) || isnan (station->longitude)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "No coordinates");
    return NULL;
  }
  return g_steal_pointer (&station);
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

/* The row's sensitivity into the station, if it tells one. */
static bool
read_sensitivity (char **cells, const Columns *columns, SeismicStation *station,
                  GError **error)
{
  SeismicSensitivity told = {.scale = NAN, .azimuth = NAN};
  if (columns->scale < 0 || columns->units < 0 || columns->channel < 0 ||
      columns->location < 0 || columns->start < 0 || columns->end < 0)
    return true;
  if (!seismic_fdsn_text_number (cells[columns->scale], G_MAXDOUBLE, "sensitivity",
                                 &told.scale, error))
    return false;
  told.frequency_hz = NAN;
  if (isnan (told.scale) || told.scale == 0 || *cells[columns->units] == '\0')
    return true;
  if ((columns->frequency >= 0 &&
       !seismic_fdsn_text_number (cells[columns->frequency], G_MAXDOUBLE, "frequency",
                                  &told.frequency_hz, error)) ||
      (columns->azimuth >= 0 &&
       !seismic_fdsn_text_number (cells[columns->azimuth], 360.0, "azimuth",
                                  &told.azimuth, error)) ||
      !read_limit (cells[columns->start], &told.start_ns, error) ||
      !read_limit (cells[columns->end], &told.end_ns, error))
    return false;
  const char *location = cells[columns->location], *channel = cells[columns->channel];
  if (g_str_equal (location, "--"))
    location = "";
  if (*channel == '\0' ||
      g_strlcpy (told.location, location, sizeof told.location) >= sizeof told.location ||
      g_strlcpy (told.channel, channel, sizeof told.channel) >= sizeof told.channel ||
      g_strlcpy (told.units, cells[columns->units], sizeof told.units) >=
          sizeof told.units) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "\"%s\", \"%s\", \"%s\" are no location, channel and units", location,
                 channel, cells[columns->units]);
    return false;
  }
  g_array_append_val (station->sensitivities, told);
  return true;
}

static void
skip_line (GPtrArray *skipped, size_t number, GError *reason)
{
  g_autofree char *item = g_strdup_printf ("line %" G_GSIZE_FORMAT, number);
  g_ptr_array_add (skipped, seismic_skip_new (item, reason));
}

static void
take_line (char **cells, size_t number, const Columns *columns, GHashTable *by_code,
           GPtrArray *stations, GPtrArray *skipped)
{
  if (cells[0] == NULL || *cells[0] == '#' || (*cells[0] == '\0' && cells[1] == NULL))
    return;
  GError *reason = NULL;
  g_autoptr (SeismicStation) station = read_row (cells, columns, &reason);
  if (station == NULL) {
    skip_line (skipped, number, reason);
    return;
  }
  char *code = g_strdup_printf ("%s.%s", station->network, station->station);
  SeismicStation *known = g_hash_table_lookup (by_code, code);
  if (known != NULL) {
    known->latitude = station->latitude;
    known->longitude = station->longitude;
    g_free (code);
  } else {
    known = g_steal_pointer (&station);
    g_ptr_array_add (stations, known);
    g_hash_table_insert (by_code, code, known);
  }
  if (!read_sensitivity (cells, columns, known, &reason))
    skip_line (skipped, number, reason);
}

static Columns
find_columns (char **header)
{
  return (Columns){.network = find_column (header, "Network"),
                   .station = find_column (header, "Station"),
                   .latitude = find_column (header, "Latitude"),
                   .longitude = find_column (header, "Longitude"),
                   .location = find_column (header, "Location"),
                   .channel = find_column (header, "Channel"),
                   .scale = find_column (header, "Scale"),
                   .frequency = find_column (header, "ScaleFreq"),
                   .azimuth = find_column (header, "Azimuth"),
                   .units = find_column (header, "ScaleUnits"),
                   .start = find_column (header, "StartTime"),
                   .end = find_column (header, "EndTime"),
                   .n = g_strv_length (header)};
}

bool
seismic_station_text_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **stations,
                           GPtrArray **skipped, GError **error)
{
  g_auto (GStrv) header = read_header (bytes, n_bytes);
  const Columns columns =
      header != NULL ? find_columns (header) : (Columns){.station = -1};
  if (columns.station < 0 || columns.latitude < 0 || columns.longitude < 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line 1: no header of FDSN station text with coordinates");
    return false;
  }
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_station_free);
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GHashTable) by_code =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *cursor = seismic_fdsn_text_start (bytes, n_bytes);
  const char *line = NULL;
  size_t n_line = 0;
  for (size_t number = 1; seismic_fdsn_text_next_line (
           &cursor, (const char *)bytes + n_bytes, &line, &n_line);
       number++) {
    g_auto (GStrv) cells = seismic_fdsn_text_split (line, n_line);
    take_line (cells, number, &columns, by_code, found, left_out);
  }
  *stations = g_steal_pointer (&found);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}

bool
seismic_station_text_probe (const uint8_t *bytes, size_t n_bytes)
{
  g_auto (GStrv) header = read_header (bytes, n_bytes);
  return header != NULL && g_strv_length (header) > 1;
}
