#include "seismic/station.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"

#include <math.h>
#include <string.h>

/* Where the header has them; -1 if it does not. */
typedef struct {
  int network, station, latitude, longitude;
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

static SeismicStation *
read_row (char **cells, const Columns *columns, GError **error)
{
  if (g_strv_length (cells) != columns->n) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "%u columns where the header has %u", g_strv_length (cells), columns->n);
    return NULL;
  }
  g_autofree SeismicStation *station = g_new0 (SeismicStation, 1);
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

static void
take_line (char **cells, size_t number, const Columns *columns, GHashTable *by_code,
           GPtrArray *stations, GPtrArray *skipped)
{
  if (cells[0] == NULL || *cells[0] == '#' || (*cells[0] == '\0' && cells[1] == NULL))
    return;
  g_autoptr (GError) reason = NULL;
  SeismicStation *station = read_row (cells, columns, &reason);
  if (station == NULL) {
    g_autofree char *item = g_strdup_printf ("line %" G_GSIZE_FORMAT, number);
    g_ptr_array_add (skipped, seismic_skip_new (item, g_steal_pointer (&reason)));
    return;
  }
  char *code = g_strdup_printf ("%s.%s", station->network, station->station);
  SeismicStation *known = g_hash_table_lookup (by_code, code);
  if (known != NULL) {
    *known = *station;
    g_free (station);
    g_free (code);
    return;
  }
  g_ptr_array_add (stations, station);
  g_hash_table_insert (by_code, code, station);
}

bool
seismic_station_text_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **stations,
                           GPtrArray **skipped, GError **error)
{
  g_auto (GStrv) header = read_header (bytes, n_bytes);
  Columns columns = {-1, -1, -1, -1, 0};
  if (header != NULL) {
    columns = (Columns){find_column (header, "Network"), find_column (header, "Station"),
                        find_column (header, "Latitude"),
                        find_column (header, "Longitude"), g_strv_length (header)};
  }
  if (columns.station < 0 || columns.latitude < 0 || columns.longitude < 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line 1: no header of FDSN station text with coordinates");
    return false;
  }
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
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
