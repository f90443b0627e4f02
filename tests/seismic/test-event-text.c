#include "seismic/event-text.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define HEADER                                                                           \
  "#EventID | Time | Latitude | Longitude | Depth/km | Author | Catalog | Contributor |" \
  " ContributorID | MagType | Magnitude | MagAuthor | EventLocationName"

static GPtrArray *
read_text (const char *text, GPtrArray **skipped)
{
  GPtrArray *events = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (seismic_event_text_probe ((const uint8_t *)text, strlen (text)));
  seismic_event_text_read ((const uint8_t *)text, strlen (text), &events, skipped,
                           &error);
  g_assert_no_error (error);
  return events;
}

static void
test_14_columns (void)
{
  g_autoptr (GPtrArray) events = read_text (
      "#EventID|Time|Latitude|Longitude|Depth/km|Author|Catalog|Contributor|"
      "ContributorID|MagType|Magnitude|MagAuthor|EventLocationName|EventType\n"
      "75000001|2021-09-20T00:47:01.610|38.8015|-122.78117|2.1|NC|NCSS|NC|75000001|md|0.7"
      "|NC|The Geysers, CA|quarry blast\n",
      NULL);
  g_assert_cmpuint (events->len, ==, 1);
  const SeismicEvent *event = events->pdata[0];
  g_autofree char *time = seismic_time_format (event->time_ns, 3);
  g_assert_cmpstr (event->id, ==, "75000001");
  g_assert_cmpstr (time, ==, "2021-09-20T00:47:01.610Z");
  g_assert_cmpfloat (event->latitude, ==, 38.8015);
  g_assert_cmpfloat (event->longitude, ==, -122.78117);
  g_assert_cmpfloat (event->depth_km, ==, 2.1);
  g_assert_cmpfloat (event->magnitude, ==, 0.7);
  g_assert_cmpstr (event->magnitude_type, ==, "md");
  g_assert_cmpstr (event->place, ==, "The Geysers, CA");
  g_assert_cmpstr (event->type, ==, "quarry blast");
}

static void
test_13_columns_bom_crlf (void)
{
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) events =
      read_text ("\xef\xbb\xbf" HEADER "\r\n"
                 "\r\n"
                 "2413|1960-05-22T19:11:14.00000|-38.17|-72.57|0.000||||||8.50||\r\n"
                 " 7 | 2011-01-08T00:01:31 | | | |JMA|ISC|ISC|6||||KYUSHU, JAPAN",
                 &skipped);
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpuint (skipped->len, ==, 0);
  const SeismicEvent *first = events->pdata[0], *second = events->pdata[1];
  g_assert_cmpfloat (first->magnitude, ==, 8.5);
  g_assert_cmpfloat (first->depth_km, ==, 0.0);
  g_assert_cmpstr (first->magnitude_type, ==, "");
  g_assert_cmpstr (first->place, ==, "");
  g_assert_cmpstr (first->type, ==, "");
  g_assert_cmpstr (second->id, ==, "7");
  g_assert_true (isnan (second->latitude) && isnan (second->longitude));
  g_assert_true (isnan (second->depth_km) && isnan (second->magnitude));
  g_assert_cmpstr (second->place, ==, "KYUSHU, JAPAN");
}

static void
test_bad_rows (void)
{
  static const struct {
    const char *row, *message;
  } cases[] = {
      {"1|2011-01-08|1|2|3", "5 columns"},
      {"|2011-01-08|1|2|3||||||5||x", "no id"},
      {"1|yesterday|1|2|3||||||5||x", "\"yesterday\" is no time"},
      {"1|2011-01-08|91|2|3||||||5||x", "\"91\" is no latitude"},
      {"1|2011-01-08|1|nan|3||||||5||x", "\"nan\" is no longitude"},
      {"1|2011-01-08|1|2|3 km||||||5||x", "\"3 km\" is no depth"},
      {"1|2011-01-08|1|2|3||||||5,1||x", "\"5,1\" is no magnitude"},
      {"1|2011-01-08|1|2|3||||||inf||x", "\"inf\" is no magnitude"},
      {"1|2011-01-08|1|2|3||||||5||x|earthquake|more", "15 columns"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        g_strdup_printf (HEADER "\n%s\nok|2011-01-08|1|2|3||||||5||x\n", cases[i].row);
    g_autoptr (GPtrArray) skipped = NULL;
    g_autoptr (GPtrArray) events = read_text (text, &skipped);
    g_assert_cmpuint (events->len, ==, 1);
    g_assert_cmpuint (skipped->len, ==, 1);
    const SeismicSkip *skip = skipped->pdata[0];
    g_assert_cmpstr (skip->item, ==, "line 2");
    g_assert_error (skip->reason, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_assert_nonnull (strstr (skip->reason->message, cases[i].message));
  }
}

static void
test_latin1 (void)
{
  g_autoptr (GPtrArray) events =
      read_text (HEADER "\n1|2011-01-08|1|2|3||||||5||CATA\xd1O\n", NULL);
  const SeismicEvent *event = events->pdata[0];
  g_assert_true (g_utf8_validate (event->place, -1, NULL));
}

static void
test_probe (void)
{
  static const char *const others[] = {
      "",  "\xef\xbb\xbf",  "\n",          "<quakeml/>",      "#Network | Station",
      "#", "|||||||||||||", "{\"id\": 1}", "000001D CRH  HNE"};
  for (size_t i = 0; i < G_N_ELEMENTS (others); i++) {
    GPtrArray *events = NULL;
    g_autoptr (GError) error = NULL;
    const uint8_t *bytes = (const uint8_t *)others[i];
    g_assert_false (seismic_event_text_probe (bytes, strlen (others[i])));
    g_assert_false (
        seismic_event_text_read (bytes, strlen (others[i]), &events, NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_assert_null (events);
  }
  g_assert_false (seismic_event_text_probe (NULL, 0));
  /* rows alone, and a header alone */
  const char *row = "1|2011-01-08|1|2|3||||||5||x";
  g_assert_true (seismic_event_text_probe ((const uint8_t *)row, strlen (row)));
  g_autoptr (GPtrArray) events = read_text (HEADER, NULL);
  g_assert_cmpuint (events->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-text/14-columns", test_14_columns);
  g_test_add_func ("/event-text/13-columns-bom-crlf", test_13_columns_bom_crlf);
  g_test_add_func ("/event-text/bad-rows", test_bad_rows);
  g_test_add_func ("/event-text/latin1", test_latin1);
  g_test_add_func ("/event-text/probe", test_probe);
  return g_test_run ();
}
