/* FDSN station text → stations. */
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/station-private.h"

/* Where the header has them; -1 if it does not. */
typedef struct {
  int network, station, latitude, longitude;
  int location, channel, azimuth, scale, frequency, units, start, end;
  guint n;
} Columns;

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

static void
skip_line (GPtrArray *skipped, size_t number, GError *reason)
{
  g_autofree char *item = g_strdup_printf ("line %" G_GSIZE_FORMAT, number);
  g_ptr_array_add (skipped, seismic_skip_new (item, reason));
}

/* The cell of a column, "" where the header has none. */
static const char *
cell_at (char **cells, int column)
{
  return column < 0 ? "" : cells[column];
}

static SeismicStation *
read_row (char **cells, const Columns *columns, SeismicStationTable *table,
          GError **error)
{
  if (g_strv_length (cells) != columns->n) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "%u columns where the header has %u", g_strv_length (cells), columns->n);
    return NULL;
  }
  const SeismicStationCells station = {cells[columns->network], cells[columns->station],
                                       cells[columns->latitude],
                                       cells[columns->longitude]};
  return seismic_station_table_put (table, &station, error);
}

/* The row's sensitivity into the station, if it tells one. */
static bool
read_sensitivity (char **cells, const Columns *columns, SeismicStation *station,
                  GError **error)
{
  if (columns->scale < 0 || columns->units < 0 || columns->channel < 0 ||
      columns->location < 0 || columns->start < 0 || columns->end < 0)
    return true;
  const SeismicSensitivityCells told = {
      cells[columns->location], cells[columns->channel],
      cells[columns->start],    cells[columns->end],
      cells[columns->scale],    cell_at (cells, columns->frequency),
      cells[columns->units],    cell_at (cells, columns->azimuth)};
  return seismic_station_put_sensitivity (station, &told, error);
}

static void
take_line (char **cells, size_t number, const Columns *columns,
           SeismicStationTable *table, GPtrArray *skipped)
{
  if (cells[0] == NULL || *cells[0] == '#' || (*cells[0] == '\0' && cells[1] == NULL))
    return;
  GError *reason = NULL;
  SeismicStation *station = read_row (cells, columns, table, &reason);
  if (station == NULL || !read_sensitivity (cells, columns, station, &reason))
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
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_auto (SeismicStationTable) table = {0};
  seismic_station_table_init (&table);
  const char *cursor = seismic_fdsn_text_start (bytes, n_bytes);
  const char *line = NULL;
  size_t n_line = 0;
  for (size_t number = 1; seismic_fdsn_text_next_line (
           &cursor, (const char *)bytes + n_bytes, &line, &n_line);
       number++) {
    g_auto (GStrv) cells = seismic_fdsn_text_split (line, n_line);
    take_line (cells, number, &columns, &table, left_out);
  }
  *stations = g_steal_pointer (&table.stations);
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
