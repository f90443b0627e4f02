#include "seismic/error.h"
#include "seismic/station.h"
#include "seismic/time.h"
#include "support/shared.h"

#include <string.h>

#define ROOT                                                                             \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<FDSNStationXML "                         \
  "xmlns=\"http://www.fdsn.org/xml/station/1\" schemaVersion=\"1.1\">\n"
#define END "</FDSNStationXML>"
#define SENSITIVITY(value, units)                                                        \
  "<Response><InstrumentSensitivity><Value>" value "</Value><Frequency>1.0</Frequency>"  \
  "<InputUnits><Name>" units "</Name></InputUnits><OutputUnits><Name>COUNTS</Name>"      \
  "</OutputUnits></InstrumentSensitivity><Stage "                                        \
  "number=\"1\"><StageGain><Value>5</Value>"                                             \
  "</StageGain></Stage></Response>"
#define CHANNEL(code, location, start, end, azimuth, rest)                               \
  "<Channel code=\"" code "\" locationCode=\"" location "\" startDate=\"" start          \
  "\" endDate=\"" end "\"><Latitude>37.6</Latitude><Longitude>-121.6</Longitude>"        \
  "<Azimuth>" azimuth "</Azimuth><Dip>0</Dip>" rest "</Channel>\n"

static GPtrArray *
read_xml (const char *text, GPtrArray **skipped)
{
  GPtrArray *stations = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (seismic_station_xml_probe ((const uint8_t *)text, strlen (text)));
  seismic_station_xml_read ((const uint8_t *)text, strlen (text), &stations, skipped,
                            &error);
  g_assert_no_error (error);
  return stations;
}

/* The same rows as text and as XML are the same stations. */
static void
test_equals_text (void)
{
  const char *text =
      "#Network|Station|Location|Channel|Latitude|Longitude|Elevation|Depth|Azimuth|Dip|"
      "SensorDescription|Scale|ScaleFreq|ScaleUnits|SampleRate|StartTime|EndTime\n"
      "NC|A||HNE|37.6|-121.6|1|0|92.5|0|Sensor|213800.5|1.0|M/S**2|100|"
      "2001-01-01T00:00:00|2010-01-01T00:00:00\n"
      "NC|A|00|HNE|37.6|-121.6|1|0|0|0|Sensor|-4.5E5|1.0|CM/S**2|100|2010-01-01|"
      "3000-01-01T00:00:00\n"
      "NC|A|00|HNZ|37.6|-121.6|1|0||-90|Sensor||||100|2010-01-01|\n"
      "BK|B||BHZ|37.6|-121.6|1|0|0|-90|Sensor|5E8|1.0|m/s|100|2001-01-01|\n";
  const char *xml = ROOT
      "<Source>X</Source><Network code=\"NC\"><Description>d</Description>\n"
      "<Station code=\"A\"><Latitude>1</Latitude><Longitude>2</Longitude>"
      "<Site><Name>s</Name></Site>\n" CHANNEL ("HNE", "", "2001-01-01T00:00:00",
                                               "2010-01-01T00:00:00", "92.5",
                                               SENSITIVITY ("213800.5", "M/S**2"))
          CHANNEL ("HNE", "00", "2010-01-01T00:00:00.0000", "3000-01-01T00:00:00", "0.0",
                   SENSITIVITY ("-4.5E5", "CM/S**2"))
              CHANNEL (
                  "HNZ", "00", "2010-01-01", "", "",
                  "") "</Station></Network>\n"
                      "<Network code=\"BK\"><Station code=\"B\"><Latitude>1</Latitude>"
                      "<Longitude>2</Longitude>" CHANNEL (
                          "BHZ", "--", "2001-01-01", "", "0",
                          SENSITIVITY ("5E8", "m/s")) "</Station>"
                                                      "</Network>" END;
  g_autoptr (GPtrArray) expected = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) stations = read_xml (xml, &skipped);
  g_assert_true (seismic_station_text_read ((const uint8_t *)text, strlen (text),
                                            &expected, NULL, NULL));
  g_assert_cmpuint (skipped->len, ==, 0);
  g_assert_cmpuint (stations->len, ==, 2);
  g_assert_cmpuint (expected->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const SeismicStation *a = stations->pdata[i], *b = expected->pdata[i];
    g_assert_cmpstr (a->network, ==, b->network);
    g_assert_cmpstr (a->station, ==, b->station);
    g_assert_cmpfloat (a->latitude, ==, b->latitude);
    g_assert_cmpfloat (a->longitude, ==, b->longitude);
    g_assert_cmpuint (a->sensitivities->len, ==, i == 0 ? 2 : 1);
    g_assert_cmpmem (
        a->sensitivities->data, a->sensitivities->len * sizeof (SeismicSensitivity),
        b->sensitivities->data, b->sensitivities->len * sizeof (SeismicSensitivity));
  }
}

/* Without channels a station stands where it says; a later one of its code moves it. */
static void
test_station_level (void)
{
  g_autoptr (GPtrArray) stations = read_xml (
      ROOT "<Network code=\"NC\"><Station code=\"A\"><Latitude> 37.1 </Latitude>"
           "<Longitude>-121.5</Longitude></Station><Station code=\"A\"><Latitude>37.2"
           "</Latitude><Longitude>-121.6</Longitude></Station></Network>"
           "<Network code=\"PY\"/>" END,
      NULL);
  g_assert_cmpuint (stations->len, ==, 1);
  const SeismicStation *station = stations->pdata[0];
  g_assert_cmpfloat (station->latitude, ==, 37.2);
  g_assert_cmpfloat (station->longitude, ==, -121.6);
  g_assert_cmpuint (station->sensitivities->len, ==, 0);
}

/* Each bad row by its line; the good ones stay. */
static void
test_bad_rows (void)
{
  static const struct {
    const char *item, *message;
  } cases[] = {{"line 4", "\"north\" is no latitude"},
               {"line 5", "No coordinates"},
               {"line 6", "no network and station"},
               {"line 8", "\"many\" is no sensitivity"},
               {"line 9", "\"once\" is no time"}};
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) stations = read_xml (
      ROOT
      "<Network code=\"NC\">\n"
      "<Station code=\"A\"><Latitude>north</Latitude><Longitude>1</Longitude>"
      "</Station>\n"
      "<Station code=\"B\"/>\n"
      "<Station><Latitude>1</Latitude><Longitude>1</Longitude></Station>\n"
      "<Station code=\"C\"><Latitude>1</Latitude><Longitude>1</Longitude>\n" CHANNEL (
          "HNE", "", "2001-01-01", "", "", SENSITIVITY ("many", "M/S**2"))
          CHANNEL ("HNN", "", "once", "", "", SENSITIVITY ("1", "M/S**2"))
              CHANNEL ("HNZ", "", "2001-01-01", "", "",
                       SENSITIVITY ("1", "M/S**2")) "</Station></Network>" END,
      &skipped);
  g_assert_cmpuint (stations->len, ==, 1);
  g_assert_cmpuint (((SeismicStation *)stations->pdata[0])->sensitivities->len, ==, 1);
  g_assert_cmpuint (skipped->len, ==, G_N_ELEMENTS (cases));
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const SeismicSkip *skip = skipped->pdata[i];
    g_assert_cmpstr (skip->item, ==, cases[i].item);
    g_assert_nonnull (strstr (skip->reason->message, cases[i].message));
  }
}

/* Cut anywhere it gives an error, never half of what it tells. */
static void
test_truncated_anywhere (void)
{
  const char *text =
      ROOT "<Network code=\"NC\"><Station code=\"A\"><Latitude>1</Latitude>"
           "<Longitude>1</Longitude></Station></Network>" END;
  for (size_t n = 0; n < strlen (text); n++) {
    GPtrArray *stations = NULL;
    g_autofree uint8_t *bytes = g_memdup2 (text, n);
    g_assert_false (seismic_station_xml_read (bytes, n, &stations, NULL, NULL));
    g_assert_null (stations);
  }
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
      "<!DOCTYPE FDSNStationXML [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
      "<FDSNStationXML>&b;</FDSNStationXML>",
      "<!DOCTYPE FDSNStationXML SYSTEM \"file:///etc/passwd\"><FDSNStationXML/>"};
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
    GPtrArray *stations = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_false (seismic_station_xml_read (
        (const uint8_t *)texts[i], strlen (texts[i]), &stations, NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, "Line 1: a document type"));
  }
}

/* Real documents of NCEDC, SCEDC and EarthScope, of level response; what Python's
 * xml.etree finds in them: the last channel's coordinates, the first one's sensitivity.
 */
static void
test_shared (void)
{
  static const struct {
    const char *file, *station;
    double latitude, longitude;
    const char *channel, *location;
    double scale, azimuth;
    const char *start; /* of the first channel's epoch; all are open */
  } cases[] = {
      {"BK.VALB.xml", "VALB", 38.1215, -122.2753, "HN1", "40", -4279779.834, 0,
       "2012-07-19T19:45:00Z"},
      {"NP.1844.xml", "1844", 37.885201, -122.032166, "HNE", "", 153511.38, 90,
       "2013-09-25T20:45:00Z"},
      {"NC.C010.xml", "C010", 37.944004, -122.009933, "HNE", "01", 256692, 90,
       "2009-05-14T21:48:00Z"},
      {"CI.CLC.xml", "CLC", 35.81574, -117.59751, "HNE", "", 213945, 90,
       "2012-04-13T17:28:00Z"},
      {"CE.58360.xml", "58360", 37.9036, -122.0603, "HNE", "", 152378.61058, 90,
       "2008-01-23T00:00:00Z"},
      {"CE.58442.xml", "58442", 37.8563, -122.1241, "HNE", "", 214079.58572, 90,
       "2010-09-21T00:00:00Z"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = test_shared_path ("data/stations", cases[i].file, NULL);
    if (path == NULL)
      return;
    g_autofree char *text = NULL;
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_autoptr (GPtrArray) skipped = NULL;
    g_autoptr (GPtrArray) stations = read_xml (text, &skipped);
    g_assert_cmpuint (skipped->len, ==, 0);
    g_assert_cmpuint (stations->len, ==, 1);
    const SeismicStation *station = stations->pdata[0];
    const SeismicSensitivity *told = (const void *)station->sensitivities->data;
    g_autofree char *start = seismic_time_format (told->start_ns, 0);
    g_assert_cmpstr (station->station, ==, cases[i].station);
    g_assert_cmpfloat (station->latitude, ==, cases[i].latitude);
    g_assert_cmpfloat (station->longitude, ==, cases[i].longitude);
    g_assert_cmpuint (station->sensitivities->len, ==, 3);
    g_assert_cmpstr (told->channel, ==, cases[i].channel);
    g_assert_cmpstr (told->location, ==, cases[i].location);
    g_assert_cmpfloat (told->scale, ==, cases[i].scale);
    g_assert_cmpfloat (told->azimuth, ==, cases[i].azimuth);
    g_assert_cmpstr (told->units, ==, "M/S**2");
    g_assert_cmpstr (start, ==, cases[i].start);
    g_assert_true (told->end_ns == SEISMIC_TIME_UNSET);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-xml/equals-text", test_equals_text);
  g_test_add_func ("/station-xml/station-level", test_station_level);
  g_test_add_func ("/station-xml/bad-rows", test_bad_rows);
  g_test_add_func ("/station-xml/truncated-anywhere", test_truncated_anywhere);
  g_test_add_func ("/station-xml/hostile", test_hostile);
  g_test_add_func ("/station-xml/shared", test_shared);
  return g_test_run ();
}
