/* FDSN StationXML → stations. What is below a channel's response is not looked at, so
 * that level=channel and level=response give the same. */
#include "seismic/error.h"
#include "seismic/station-private.h"
#include "seismic/xml.h"

#include <string.h>

#define ROOT "FDSNStationXML"

/* What of the document is open. */
typedef struct {
  /* Owned; NULL where it is not open, or has none */
  char *network, *station, *latitude, *longitude;
  long line;       /* of the station */
  bool is_pending; /* the station was not put into the table yet */
  /* Borrowed */
  SeismicStationTable *table;
  GPtrArray *skipped;
} Place;

static void
skip_line (Place *place, long line, GError *reason)
{
  g_autofree char *item = g_strdup_printf ("line %ld", line);
  g_ptr_array_add (place->skipped, seismic_skip_new (item, reason));
}

static const char *
text_or_none (const char *text)
{
  return text != NULL ? text : "";
}

static SeismicStation *
put_station (Place *place, const char *latitude, const char *longitude, GError **error)
{
  const SeismicStationCells cells = {text_or_none (place->network),
                                     text_or_none (place->station),
                                     text_or_none (latitude), text_or_none (longitude)};
  place->is_pending = false;
  return seismic_station_table_put (place->table, &cells, error);
}

/* A station without channels stands where it says itself. */
static void
close_station (Place *place)
{
  GError *reason = NULL;
  if (place->is_pending &&
      put_station (place, place->latitude, place->longitude, &reason) == NULL)
    skip_line (place, place->line, reason);
  place->is_pending = false;
  g_clear_pointer (&place->station, g_free);
  g_clear_pointer (&place->latitude, g_free);
  g_clear_pointer (&place->longitude, g_free);
}

static char *
child_text (SeismicXmlNode *parent, const char *name)
{
  return seismic_xml_text (seismic_xml_child (parent, name));
}

/* A channel's own coordinates, its station's where it has none. */
static SeismicStation *
put_channel_station (Place *place, SeismicXmlNode *channel, GError **error)
{
  g_autofree char *latitude = child_text (channel, "Latitude");
  g_autofree char *longitude = child_text (channel, "Longitude");
  bool has_own = *latitude != '\0' && *longitude != '\0';
  return put_station (place, has_own ? latitude : place->latitude,
                      has_own ? longitude : place->longitude, error);
}

static bool
take_sensitivity (SeismicStation *station, SeismicXmlNode *channel, GError **error)
{
  SeismicXmlNode *response = seismic_xml_child (channel, "Response");
  SeismicXmlNode *told = seismic_xml_child (response, "InstrumentSensitivity");
  g_autofree char *location = seismic_xml_attribute (channel, "locationCode", NULL);
  g_autofree char *code = seismic_xml_attribute (channel, "code", NULL);
  g_autofree char *start = seismic_xml_attribute (channel, "startDate", NULL);
  g_autofree char *end = seismic_xml_attribute (channel, "endDate", NULL);
  g_autofree char *azimuth = child_text (channel, "Azimuth");
  g_autofree char *scale = child_text (told, "Value");
  g_autofree char *frequency = child_text (told, "Frequency");
  g_autofree char *units = child_text (seismic_xml_child (told, "InputUnits"), "Name");
  const SeismicSensitivityCells cells = {text_or_none (location),
                                         text_or_none (code),
                                         text_or_none (start),
                                         text_or_none (end),
                                         scale,
                                         frequency,
                                         units,
                                         azimuth};
  return seismic_station_put_sensitivity (station, &cells, error);
}

static void
take_channel (Place *place, SeismicXmlNode *channel)
{
  GError *reason = NULL;
  SeismicStation *station = put_channel_station (place, channel, &reason);
  if (station == NULL || !take_sensitivity (station, channel, &reason))
    skip_line (place, seismic_xml_line (channel), reason);
}

static void
visit_inside_station (Place *place, SeismicXmlReader *reader, const char *name)
{
  char **coordinate = g_str_equal (name, "Latitude")    ? &place->latitude
                      : g_str_equal (name, "Longitude") ? &place->longitude
                                                        : NULL;
  bool is_channel = g_str_equal (name, "Channel");
  SeismicXmlNode *node =
      coordinate != NULL || is_channel ? seismic_xml_expand (reader) : NULL;
  if (node == NULL)
    return;
  if (is_channel) {
    take_channel (place, node);
    return;
  }
  g_free (*coordinate);
  *coordinate = seismic_xml_text (node);
}

static void
visit (SeismicXmlReader *reader, const char *name, int depth, void *user_data)
{
  Place *place = user_data;
  if (depth == 3 && place->station != NULL) {
    visit_inside_station (place, reader, name);
    return;
  }
  if (depth < 1 || depth > 2)
    return;
  close_station (place);
  SeismicXmlNode *node = seismic_xml_start (reader);
  if (depth == 1) {
    g_clear_pointer (&place->network, g_free);
    if (g_str_equal (name, "Network"))
      place->network = seismic_xml_attribute (node, "code", NULL);
  } else if (g_str_equal (name, "Station")) {
    g_autofree char *code = seismic_xml_attribute (node, "code", NULL);
    place->station = g_strdup (text_or_none (code));
    place->line = seismic_xml_line (node);
    place->is_pending = true;
  }
}

bool
seismic_station_xml_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **stations,
                          GPtrArray **skipped, GError **error)
{
  g_auto (SeismicStationTable) table = {0};
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  seismic_station_table_init (&table);
  Place place = {.table = &table, .skipped = left_out};
  bool done = seismic_xml_read (bytes, n_bytes, "StationXML", ROOT, visit, &place, error);
  close_station (&place);
  g_free (place.network);
  if (!done)
    return false;
  *stations = g_steal_pointer (&table.stations);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}

bool
seismic_station_xml_probe (const uint8_t *bytes, size_t n_bytes)
{
  g_autofree char *root = seismic_xml_probe (bytes, n_bytes, NULL);
  return g_strcmp0 (root, ROOT) == 0;
}
