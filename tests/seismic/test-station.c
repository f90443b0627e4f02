#include "seismic/station.h"
#include "seismic/error.h"
#include "seismic/time.h"
#include "support/shared.h"

#include <math.h>
#include <string.h>

#define STATION_HEADER                                                                   \
  "#Network | Station | Latitude | Longitude | Elevation | SiteName | StartTime | "      \
  "EndTime\n"

static GPtrArray *
read_text (const char *text, GPtrArray **skipped)
{
  GPtrArray *stations = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (seismic_station_text_probe ((const uint8_t *)text, strlen (text)));
  seismic_station_text_read ((const uint8_t *)text, strlen (text), &stations, skipped,
                             &error);
  g_assert_no_error (error);
  return stations;
}

static void
test_station_level (void)
{
  g_autoptr (GPtrArray) stations =
      read_text (STATION_HEADER "NC|C010|37.1|-121.5|23.0|Somewhere|2004-09-19|\n"
                                "NC|CRH|37.2|-121.6|23.0|Old place|2004-09-19|\r\n"
                                "NC|CRH|37.3|-121.7|23.0|New place|2014-09-19|\n",
                 NULL);
  g_assert_cmpuint (stations->len, ==, 2);
  const SeismicStation *first = stations->pdata[0], *second = stations->pdata[1];
  g_assert_cmpstr (first->network, ==, "NC");
  g_assert_cmpstr (first->station, ==, "C010");
  g_assert_cmpfloat (first->latitude, ==, 37.1);
  g_assert_cmpfloat (first->longitude, ==, -121.5);
  g_assert_cmpfloat (second->latitude, ==, 37.3); /* the last epoch */
}

static void
test_channel_level (void)
{
  g_autoptr (GPtrArray) stations = read_text (
      "#Network|Station|Location|Channel|Latitude|Longitude|Elevation|Depth|Azimuth|Dip|"
      "SensorDescription|Scale|ScaleFreq|ScaleUnits|SampleRate|StartTime|EndTime\n"
      "AK|BAGL|  |LHZ|60.4896|-142.0915|1470.0|0.0|0.0|-90.0|Trillium|4.8E8|0.02|M/S|1.0|"
      "2013-01-01T00:00:00|2599-12-31T23:59:59\n",
      NULL);
  g_assert_cmpuint (stations->len, ==, 1);
  g_assert_cmpfloat (((SeismicStation *)stations->pdata[0])->longitude, ==, -142.0915);
}

#define CHANNEL_HEADER                                                                   \
  "#Network|Station|Location|Channel|Latitude|Longitude|Elevation|Depth|Azimuth|Dip|"    \
  "SensorDescription|Scale|ScaleFreq|ScaleUnits|SampleRate|StartTime|EndTime\n"
#define CHANNEL_ROW(location, scale, frequency, units, start, end)                       \
  "NC|A|" location "|HNE|37.5|-121.5|1.0|0.0|92.5|0.0|Sensor|" scale "|" frequency       \
  "|" units "|100.0|" start "|" end "\n"

/* Epochs stay apart; an end that our times cannot hold is an open one. */
static void
test_sensitivities (void)
{
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) stations = read_text (
      CHANNEL_HEADER CHANNEL_ROW ("--", "213800.5", "1.0", "M/S**2",
                                  "2001-01-01T00:00:00", "2010-01-01T00:00:00")
          CHANNEL_ROW ("00", "-4.5E5", "", "CM/S**2", "", "2599-12-31T23:59:59")
              CHANNEL_ROW ("00", "", "", "", "2012-01-01", "")
                  CHANNEL_ROW ("00", "0", "1", "M/S**2", "2012-01-01", ""),
      &skipped);
  g_assert_cmpuint (skipped->len, ==, 0);
  g_assert_cmpuint (stations->len, ==, 1);
  const SeismicStation *station = stations->pdata[0];
  g_assert_cmpuint (station->sensitivities->len, ==, 2); /* no scale, and none that is */
  const SeismicSensitivity *told = (const void *)station->sensitivities->data;
  g_assert_cmpstr (told[0].location, ==, "");
  g_assert_cmpstr (told[0].channel, ==, "HNE");
  g_assert_cmpfloat (told[0].scale, ==, 213800.5);
  g_assert_cmpfloat (told[0].frequency_hz, ==, 1.0);
  g_assert_cmpstr (told[0].units, ==, "M/S**2");
  g_assert_cmpint (told[0].start_ns, ==, INT64_C (978307200) * SEISMIC_NS_PER_SECOND);
  g_assert_cmpint (told[0].end_ns, ==, INT64_C (1262304000) * SEISMIC_NS_PER_SECOND);
  g_assert_cmpfloat (told[0].azimuth, ==, 92.5);
  g_assert_cmpstr (told[1].location, ==, "00");
  g_assert_cmpfloat (told[1].scale, ==, -4.5e5);
  g_assert_true (isnan (told[1].frequency_hz));
  g_assert_cmpint (told[1].start_ns, ==, SEISMIC_TIME_UNSET);
  g_assert_cmpint (told[1].end_ns, ==, SEISMIC_TIME_UNSET);
}

/* A sensitivity that is none is told, and costs the coordinates nothing. */
static void
test_bad_sensitivities (void)
{
  static const struct {
    const char *row, *says;
  } cases[] = {
      {CHANNEL_ROW ("", "many", "1", "M/S**2", "2001-01-01", ""), "no sensitivity"},
      {CHANNEL_ROW ("", "inf", "1", "M/S**2", "2001-01-01", ""), "no sensitivity"},
      {CHANNEL_ROW ("", "1", "x", "M/S**2", "2001-01-01", ""), "no frequency"},
      {CHANNEL_ROW ("", "1", "1", "M/S**2", "yesterday", ""), "no time"},
      {CHANNEL_ROW ("", "1", "1", "M/S**2", "2001-01-01", "2001-13-01"), "no time"},
      {CHANNEL_ROW ("TOOLONGLOCATION", "1", "1", "M/S**2", "", ""), "no location"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat (CHANNEL_HEADER, cases[i].row, NULL);
    g_autoptr (GPtrArray) skipped = NULL;
    g_autoptr (GPtrArray) stations = read_text (text, &skipped);
    g_assert_cmpuint (stations->len, ==, 1);
    const SeismicStation *station = stations->pdata[0];
    g_assert_cmpfloat (station->latitude, ==, 37.5);
    g_assert_cmpuint (station->sensitivities->len, ==, 0);
    g_assert_cmpuint (skipped->len, ==, 1);
    const SeismicSkip *skip = skipped->pdata[0];
    g_assert_cmpstr (skip->item, ==, "line 2");
    g_assert_nonnull (strstr (skip->reason->message, cases[i].says));
  }
}

static void
test_units (void)
{
  static const struct {
    const char *units;
    double counts_per_ms2; /* of 10 counts per unit; 0: not known */
  } cases[] = {{"M/S**2", 10},    {"m/s^2", 10},   {"M/S/S", 10}, {"m/(s**2)", 10},
               {"CM/S**2", 1000}, {"nm/s2", 1e10}, {"M/S", 0},    {"COUNTS", 0},
               {"M", 0},          {"", 0},         {"/S**2", 0},  {"KM/S**2", 0}};
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const double found = seismic_station_counts_per_ms2 (10, cases[i].units);
    if (cases[i].counts_per_ms2 > 0)
      g_assert_cmpfloat (found, ==, cases[i].counts_per_ms2);
    else
      g_assert_true (isnan (found));
  }
}

static void
test_bad_rows (void)
{
  static const char *const rows[] = {"NC|A|37.1|-121.5", "NC||37.1|-121.5|||2004|",
                                     "NC|A|97.1|-121.5|||2004|", "NC|A|||||2004|",
                                     "NC|ALONGSTATIONCODE|1|2|||2004|"};
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text =
        g_strconcat (STATION_HEADER, rows[i], "\nNC|OK|1|2|||2004|\n", NULL);
    g_autoptr (GPtrArray) skipped = NULL;
    g_autoptr (GPtrArray) stations = read_text (text, &skipped);
    g_assert_cmpuint (stations->len, ==, 1);
    g_assert_cmpuint (skipped->len, ==, 1);
    g_assert_cmpstr (((SeismicSkip *)skipped->pdata[0])->item, ==, "line 2");
    g_assert_error (((SeismicSkip *)skipped->pdata[0])->reason, SEISMIC_ERROR,
                    SEISMIC_ERROR_FORMAT);
  }
}

static void
test_others (void)
{
  static const struct {
    const char *text;
    bool probe;
  } cases[] = {
      {"", false},
      {"#EventID | Time", false},
      {"Network | Station | Latitude | Longitude", false},
      {"#", false},
      {"<xml/>", false},
      {"#Network | Description | StartTime | EndTime | TotalStations\nTA|x|||1", true},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    GPtrArray *stations = NULL;
    g_autoptr (GError) error = NULL;
    const uint8_t *bytes = (const uint8_t *)cases[i].text;
    size_t n_bytes = strlen (cases[i].text);
    g_assert_true (seismic_station_text_probe (bytes, n_bytes) == cases[i].probe);
    g_assert_false (seismic_station_text_read (bytes, n_bytes, &stations, NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_assert_null (stations);
  }
}

static void
test_shared (void)
{
  static const struct {
    const char *file;
    guint n_stations;
  } cases[] = {{"station_level_fdsn.txt", 3},
               {"channel_level_fdsn.txt", 3},
               {"unicode_example_fdsn.txt", 1}};
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = test_shared_path ("data/stations", cases[i].file, NULL);
    if (path == NULL)
      return;
    g_autofree char *text = NULL;
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_autoptr (GPtrArray) stations = read_text (text, NULL);
    g_assert_cmpuint (stations->len, ==, cases[i].n_stations);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/station-level", test_station_level);
  g_test_add_func ("/station/channel-level", test_channel_level);
  g_test_add_func ("/station/sensitivities", test_sensitivities);
  g_test_add_func ("/station/bad-sensitivities", test_bad_sensitivities);
  g_test_add_func ("/station/units", test_units);
  g_test_add_func ("/station/bad-rows", test_bad_rows);
  g_test_add_func ("/station/others", test_others);
  g_test_add_func ("/station/shared", test_shared);
  return g_test_run ();
}
