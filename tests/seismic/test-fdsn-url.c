#include "seismic/fdsn-url.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define BASE "http://127.0.0.1:8080"

static int64_t
at (const char *text)
{
  int64_t time_ns = 0;
  g_assert_true (seismic_time_parse (text, &time_ns));
  return time_ns;
}

static SeismicServer
server_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  SeismicServer server;
  seismic_fdsn_url_server (text, &server, &error);
  g_assert_no_error (error);
  return server;
}

static void
test_presets (void)
{
  static const char *const ids[] = {"ncedc", "scedc",  "earthscope",
                                    "usgs",  "geofon", "ingv"};
  size_t n = 0;
  const SeismicServer *servers = seismic_fdsn_url_servers (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (ids));
  for (size_t i = 0; i < n; i++) {
    g_assert_cmpstr (servers[i].id, ==, ids[i]);
    g_assert_true (g_str_has_prefix (servers[i].base, "https://"));
    g_assert_false (g_str_has_suffix (servers[i].base, "/"));
    g_assert_cmpint (servers[i].has_gathers, ==, i == 0);
    g_assert_cmpint (servers[i].has_waveforms, ==, !g_str_equal (ids[i], "usgs"));
    g_assert_true (servers[i].has_events);
  }
}

static void
test_server (void)
{
  g_assert_cmpstr (server_of ("NCEDC").base, ==, "https://service.ncedc.org");
  g_assert_cmpstr (server_of ("https://service.ncedc.org").id, ==, "ncedc");
  g_assert_cmpstr (server_of ("https://Service.NCEDC.org//").id, ==, "ncedc");
  const SeismicServer own = server_of (BASE "/mirror/");
  g_assert_cmpstr (own.base, ==, BASE "/mirror/");
  g_assert_true (own.has_events && own.has_waveforms && own.has_gathers);
  g_autofree char *url = seismic_fdsn_url_gather (&own, "7", "HNZ");
  g_assert_cmpstr (url, ==,
                   BASE "/mirror/ncedcws/eventdata/1/query?eventid=7&channel=HNZ");
}

static void
test_no_server (void)
{
  static const char *const cases[][2] = {
      {"", "\"\" is neither a known data center nor an http or https address"},
      {"atlantis", "\"atlantis\" is neither a known data center nor an http or https "
                   "address"},
      {"ftp://x", "\"ftp://x\" is neither a known data center nor an http or https "
                  "address"},
      {"file:///etc", "\"file:///etc\" is neither a known data center nor an http or "
                      "https address"},
      {"http://", "\"http://\" is an address without a host"},
      {"http://me:pw@x", "\"http://me:pw@x\" is an address with a user name"},
      {"http://x/?a=b", "\"http://x/?a=b\" is an address with a query or fragment"},
      {"http://x/#a", "\"http://x/#a\" is an address with a query or fragment"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    SeismicServer server = {.id = "untouched"};
    g_assert_false (seismic_fdsn_url_server (cases[i][0], &server, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_assert_cmpstr (error->message, ==, cases[i][1]);
    g_assert_cmpstr (server.id, ==, "untouched");
  }
}

static SeismicEventQuery
empty_query (void)
{
  SeismicEventQuery query;
  seismic_event_query_init (&query);
  query.min_magnitude = query.max_magnitude = NAN;
  return query;
}

static void
check_events (const char *server_text, const SeismicEventQuery *query,
              const char *expected)
{
  const SeismicServer server = server_of (server_text);
  g_autofree char *url = seismic_fdsn_url_events (&server, query);
  g_assert_cmpstr (url, ==, expected);
}

static void
test_events (void)
{
  SeismicEventQuery query;
  seismic_event_query_init (&query);
  check_events ("ncedc", &query,
                "https://service.ncedc.org/fdsnws/event/1/query?format=text&minmagnitude="
                "5&maxmagnitude=9&orderby=time");
  check_events (BASE, &query,
                BASE "/fdsnws/event/1/query?format=xml&minmagnitude=5&maxmagnitude=9"
                     "&orderby=time");
  /* All years must be said where the default is a month. */
  check_events ("usgs", &query,
                "https://earthquake.usgs.gov/fdsnws/event/1/query?format=xml&starttime="
                "1800-01-01&minmagnitude=5&maxmagnitude=9&orderby=time");

  query = empty_query ();
  check_events (BASE, &query, BASE "/fdsnws/event/1/query?format=xml&orderby=time");
  query.start_ns = at ("2019-07-06T03:19:53.0406");
  query.end_ns = at ("2020-01-01");
  query.limit = 500;
  check_events (BASE, &query,
                BASE "/fdsnws/event/1/query?format=xml&starttime=2019-07-06T03:19:53.040"
                     "&endtime=2020-01-01T00:00:00.000&orderby=time&limit=500");
  check_events ("usgs", &query,
                "https://earthquake.usgs.gov/fdsnws/event/1/query?format=xml&starttime="
                "2019-07-06T03:19:53.040&endtime=2020-01-01T00:00:00.000&orderby=time"
                "&limit=500");
}

static void
test_regions (void)
{
  SeismicEventQuery query = empty_query ();
  query.west = -124.5;
  query.south = 36;
  query.east = -120;
  query.north = 40.123456789;
  query.min_depth_km = -0.0000001;
  query.max_depth_km = 12.5;
  check_events (BASE, &query,
                BASE "/fdsnws/event/1/query?format=xml&mindepth=0&maxdepth=12.5"
                     "&minlongitude=-124.5&minlatitude=36&maxlongitude=-120"
                     "&maxlatitude=40.123457&orderby=time");
  query = empty_query ();
  query.latitude = 37.7;
  query.longitude = -122;
  query.min_radius = 0;
  query.max_radius = 0.00001;
  query.event_type = (char *)"earthquake,nuclear explosion,a&b=c";
  check_events (BASE, &query,
                BASE "/fdsnws/event/1/query?format=xml&latitude=37.7&longitude=-122"
                     "&minradius=0&maxradius=0.00001&eventtype=earthquake,"
                     "nuclear%20explosion,a%26b%3Dc&orderby=time");
}

/* A comma as decimal point would be two parameters' worth of nonsense. */
static void
test_locale (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_NUMERIC, NULL));
  static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
  bool found = false;
  for (size_t i = 0; i < G_N_ELEMENTS (locales) && !found; i++)
    found = setlocale (LC_NUMERIC, locales[i]) != NULL;
  if (!found) {
    g_test_skip ("no locale with a decimal comma");
    return;
  }
  test_regions ();
  setlocale (LC_NUMERIC, before);
}

static void
test_gather (void)
{
  const SeismicServer server = server_of ("ncedc");
  g_autofree char *url = seismic_fdsn_url_gather (&server, "721 &x=/2", "HNE,HN?");
  g_assert_cmpstr (url, ==,
                   "https://service.ncedc.org/ncedcws/eventdata/1/query?eventid="
                   "721%20%26x%3D%2F2&channel=HNE,HN?");
}

static void
test_waveforms (void)
{
  static const struct {
    const char *network, *station, *location, *channel, *codes;
  } cases[] = {
      {"NC", "JAS", "", "HN?", "net=NC&sta=JAS&loc=--&cha=HN?"},
      {"NC,BK", "*", "00,,10", "HNE,HNN", "net=NC,BK&sta=*&loc=00,--,10&cha=HNE,HNN"},
      {"N C", "A&B\n", "--", "*", "net=N?C&sta=A?B?&loc=--&cha=*"},
  };
  const SeismicServer server = server_of (BASE);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const SeismicDataRequest request = {cases[i].network,
                                        cases[i].station,
                                        cases[i].location,
                                        cases[i].channel,
                                        at ("2019-10-15T05:33:12.81"),
                                        at ("2019-10-15T05:38:42")};
    char *body = (char *)"";
    g_autofree char *url = seismic_fdsn_url_waveforms (&server, &request, 1, &body);
    g_autofree char *expected = g_strdup_printf (
        BASE "/fdsnws/dataselect/1/query?%s&start=2019-10-15T05:33:12.810&end="
             "2019-10-15T05:38:42.000",
        cases[i].codes);
    g_assert_cmpstr (url, ==, expected);
    g_assert_null (body);
  }
}

static void
test_waveforms_post (void)
{
  const SeismicServer server = server_of (BASE);
  const int64_t start_ns = at ("2019-10-15T05:33:12"),
                end_ns = at ("2019-10-15T05:38:42");
  const SeismicDataRequest requests[] = {
      {"NC", "JAS", "", "HN?", start_ns, end_ns},
      {"BK", "A B,CVS", "00", "HNE,HNZ", start_ns, end_ns}};
  g_autofree char *body = NULL;
  g_autofree char *url = seismic_fdsn_url_waveforms (&server, requests, 2, &body);
  g_assert_cmpstr (url, ==, BASE "/fdsnws/dataselect/1/query");
#define WINDOW " 2019-10-15T05:33:12.000 2019-10-15T05:38:42.000\n"
  g_assert_cmpstr (body, ==,
                   "NC JAS -- HN?" WINDOW "BK A?B 00 HNE" WINDOW "BK A?B 00 HNZ" WINDOW
                   "BK CVS 00 HNE" WINDOW "BK CVS 00 HNZ" WINDOW);
}

/* Over 2000 bytes a URL becomes a POST, of the same stations. */
static void
test_long (void)
{
  const SeismicServer server = server_of (BASE);
  for (size_t n = 380; n < 400; n++) {
    g_autoptr (GString) list = g_string_new ("S000");
    g_autofree char *body = NULL;
    for (size_t i = 1; i < n; i++)
      g_string_append_printf (list, ",S%03zu", i);
    const SeismicDataRequest request = {"NC",  list->str,         "*",
                                        "HN?", at ("2019-10-15"), at ("2019-10-16")};
    g_autofree char *url = seismic_fdsn_url_waveforms (&server, &request, 1, &body);
    g_assert_cmpuint (strlen (url), <=, 2000);
    if (body == NULL) {
      g_assert_cmpuint (n, <, 395);
      continue;
    }
    g_auto (GStrv) lines = g_strsplit (body, "\n", 0);
    g_assert_cmpuint (g_strv_length (lines), ==, n + 1);
    g_assert_cmpuint (n, >, 370);
  }
}

static void
test_stations (void)
{
  const SeismicServer server = server_of (BASE);
  const char *const one[] = {"NC.JAS", "NC.JCC", NULL};
  const char *const two[] = {"NC.JAS", "BK.CVS", "nonsense", NULL};
  g_autofree char *body = NULL;
  g_autofree char *get = seismic_fdsn_url_stations (&server, one, at ("2019-10-15"),
                                                    SEISMIC_TIME_UNSET, &body);
  g_assert_cmpstr (get, ==,
                   BASE "/fdsnws/station/1/query?level=channel&format=text&net=NC&sta="
                        "JAS,JCC&loc=*&cha=HN?&start=2019-10-15T00:00:00.000");
  g_assert_null (body);
  g_autofree char *post = seismic_fdsn_url_stations (&server, two, at ("2019-10-15"),
                                                     SEISMIC_TIME_UNSET, &body);
  g_assert_cmpstr (post, ==, BASE "/fdsnws/station/1/query");
  g_assert_cmpstr (body, ==,
                   "level=channel\nformat=text\n"
                   "NC JAS * HN? 2019-10-15T00:00:00.000 2100-01-01T00:00:00.000\n"
                   "BK CVS * HN? 2019-10-15T00:00:00.000 2100-01-01T00:00:00.000\n");
}

/* NCEDC wants all four of a circle. */
static void
test_stations_near (void)
{
  const SeismicServer server = server_of (BASE);
  g_autofree char *url = seismic_fdsn_url_stations_near (
      &server, 37.5, -122.25, 0.9, at ("2019-10-15"), at ("2019-10-16"));
  g_assert_cmpstr (url, ==,
                   BASE "/fdsnws/station/1/query?level=channel&format=text&cha=HN?&start="
                        "2019-10-15T00:00:00.000&end=2019-10-16T00:00:00.000&latitude="
                        "37.5&longitude=-122.25&minradius=0&maxradius=0.9");
}

typedef void (*Spoil) (SeismicEventQuery *query);

static void
spoil_magnitude (SeismicEventQuery *query)
{
  query->min_magnitude = INFINITY;
}
static void
spoil_magnitudes (SeismicEventQuery *query)
{
  query->min_magnitude = 9.5;
}
static void
spoil_west (SeismicEventQuery *query)
{
  query->west = -180.5;
}
static void
spoil_box (SeismicEventQuery *query)
{
  query->west = 3;
}
static void
spoil_south (SeismicEventQuery *query)
{
  query->west = query->east = 0;
  query->south = 5;
  query->north = 4;
}
static void
spoil_circle (SeismicEventQuery *query)
{
  query->latitude = query->longitude = query->max_radius = 1;
}
static void
spoil_radius (SeismicEventQuery *query)
{
  query->latitude = query->longitude = query->max_radius = 1;
  query->min_radius = 2;
}
static void
spoil_both (SeismicEventQuery *query)
{
  query->west = query->east = query->south = query->north = 1;
  query->latitude = query->longitude = query->max_radius = query->min_radius = 1;
}
static void
spoil_depth (SeismicEventQuery *query)
{
  query->min_depth_km = 20;
  query->max_depth_km = 10;
}
static void
spoil_times (SeismicEventQuery *query)
{
  query->start_ns = query->end_ns = 5;
}
static void
spoil_type (SeismicEventQuery *query)
{
  query->event_type = (char *)"earth\nquake";
}
static void
spoil_type_empty (SeismicEventQuery *query)
{
  query->event_type = (char *)"";
}
static void
spoil_type_bytes (SeismicEventQuery *query)
{
  query->event_type = (char *)"\xff";
}

static void
test_check (void)
{
  static const struct {
    Spoil spoil;
    const char *message;
  } cases[] = {
      {spoil_magnitude, "Minimum magnitude is not of -10 to 12"},
      {spoil_magnitudes, "The minimum magnitude is over the maximum"},
      {spoil_west, "West is not of -180 to 180"},
      {spoil_box, "A box needs west, south, east and north"},
      {spoil_south, "South lies north of north"},
      {spoil_circle, "A circle needs latitude, longitude, minimum and maximum radius"},
      {spoil_radius, "The minimum radius is over the maximum"},
      {spoil_both, "There is a box and a circle"},
      {spoil_depth, "The minimum depth is over the maximum"},
      {spoil_times, "The start is not before the end"},
      {spoil_type, "The event type holds a control character"},
      {spoil_type_empty, "The event type is empty"},
      {spoil_type_bytes, "The event type is not UTF-8"},
  };
  g_autoptr (GError) none = NULL;
  SeismicEventQuery query;
  seismic_event_query_init (&query);
  g_assert_true (seismic_event_query_check (&query, &none));
  query.west = 170; /* across the date line */
  query.east = -170;
  query.south = -10;
  query.north = 10;
  g_assert_true (seismic_event_query_check (&query, &none));
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    seismic_event_query_init (&query);
    cases[i].spoil (&query);
    g_assert_false (seismic_event_query_check (&query, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_assert_cmpstr (error->message, ==, cases[i].message);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fdsn-url/presets", test_presets);
  g_test_add_func ("/fdsn-url/server", test_server);
  g_test_add_func ("/fdsn-url/no-server", test_no_server);
  g_test_add_func ("/fdsn-url/events", test_events);
  g_test_add_func ("/fdsn-url/regions", test_regions);
  g_test_add_func ("/fdsn-url/locale", test_locale);
  g_test_add_func ("/fdsn-url/gather", test_gather);
  g_test_add_func ("/fdsn-url/waveforms", test_waveforms);
  g_test_add_func ("/fdsn-url/waveforms-post", test_waveforms_post);
  g_test_add_func ("/fdsn-url/long", test_long);
  g_test_add_func ("/fdsn-url/stations", test_stations);
  g_test_add_func ("/fdsn-url/stations-near", test_stations_near);
  g_test_add_func ("/fdsn-url/check", test_check);
  return g_test_run ();
}
