#include "seismic/fdsn-url.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define MAX_URL 2000
#define STRONG_MOTION "HN?"

static const SeismicServer servers[] = {
    {"ncedc", "NCEDC (northern California)", "https://service.ncedc.org", true, true,
     true, true, false},
    {"scedc", "SCEDC (southern California)", "https://service.scedc.caltech.edu", true,
     true, false, false, false},
    {"earthscope", "EarthScope (world)", "https://service.earthscope.org", true, true,
     false, false, false},
    {"usgs", "USGS (world, events only)", "https://earthquake.usgs.gov", true, false,
     false, false, true},
    {"geofon", "GEOFON (world)", "https://geofon.gfz.de", true, true, false, false,
     false},
    {"ingv", "INGV (Italy)", "https://webservices.ingv.it", true, true, false, false,
     false},
};

const SeismicServer *
seismic_fdsn_url_servers (size_t *n_servers)
{
  *n_servers = G_N_ELEMENTS (servers);
  return servers;
}

static size_t
length_without_slashes (const char *base)
{
  size_t n = strlen (base);
  while (n > 0 && base[n - 1] == '/')
    n--;
  return n;
}

static bool
is_base_of (const char *text, const SeismicServer *server)
{
  const size_t n = length_without_slashes (text);
  return n == strlen (server->base) && g_ascii_strncasecmp (text, server->base, n) == 0;
}

/* Why text is no base for services, or NULL. */
static const char *
find_flaw (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    return "neither a known data center nor an http or https address";
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return "an address without a host";
  if (g_uri_get_userinfo (uri) != NULL)
    return "an address with a user name";
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return "an address with a query or fragment";
  return NULL;
}

bool
seismic_fdsn_url_server (const char *text, SeismicServer *server, GError **error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (servers); i++) {
    if (g_ascii_strcasecmp (text, servers[i].id) == 0 || is_base_of (text, &servers[i])) {
      *server = servers[i];
      return true;
    }
  }
  const char *flaw = find_flaw (text);
  if (flaw != NULL) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "\"%s\" is %s", text, flaw);
    return false;
  }
  *server = (SeismicServer){.id = text,
                            .name = text,
                            .base = text,
                            .has_events = true,
                            .has_waveforms = true,
                            .has_gathers = true};
  return true;
}

void
seismic_event_query_init (SeismicEventQuery *query)
{
  *query = (SeismicEventQuery){.min_magnitude = 5.0,
                               .max_magnitude = 9.0,
                               .start_ns = SEISMIC_TIME_UNSET,
                               .end_ns = SEISMIC_TIME_UNSET,
                               .west = NAN,
                               .south = NAN,
                               .east = NAN,
                               .north = NAN,
                               .latitude = NAN,
                               .longitude = NAN,
                               .min_radius = NAN,
                               .max_radius = NAN,
                               .min_depth_km = NAN,
                               .max_depth_km = NAN};
}

void
seismic_event_query_clear (SeismicEventQuery *query)
{
  g_clear_pointer (&query->event_type, g_free);
}

static bool fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static bool
fail (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, message);
  return false;
}

/* A number and where it may lie; NAN is none. */
typedef struct {
  const char *name;
  double value, least, most;
} Bound;

static bool
check_bounds (const SeismicEventQuery *query, GError **error)
{
  const Bound bounds[] = {
      {"Minimum magnitude", query->min_magnitude, -10, 12},
      {"Maximum magnitude", query->max_magnitude, -10, 12},
      {"West", query->west, -180, 180},
      {"East", query->east, -180, 180},
      {"South", query->south, -90, 90},
      {"North", query->north, -90, 90},
      {"Latitude", query->latitude, -90, 90},
      {"Longitude", query->longitude, -180, 180},
      {"Minimum radius", query->min_radius, 0, 180},
      {"Maximum radius", query->max_radius, 0, 180},
      {"Minimum depth", query->min_depth_km, -100, 7000},
      {"Maximum depth", query->max_depth_km, -100, 7000},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (bounds); i++) {
    const Bound *bound = &bounds[i];
    if (!isnan (bound->value) &&
        !(bound->value >= bound->least && bound->value <= bound->most))
      return fail (error, "%s is not of %g to %g", bound->name, bound->least,
                   bound->most);
  }
  return true;
}

static bool
check_pairs (const SeismicEventQuery *query, GError **error)
{
  if (query->min_magnitude > query->max_magnitude)
    return fail (error, "The minimum magnitude is over the maximum");
  if (query->min_depth_km > query->max_depth_km)
    return fail (error, "The minimum depth is over the maximum");
  if (query->south > query->north)
    return fail (error, "South lies north of north");
  if (query->min_radius > query->max_radius)
    return fail (error, "The minimum radius is over the maximum");
  if (query->start_ns != SEISMIC_TIME_UNSET && query->end_ns != SEISMIC_TIME_UNSET &&
      query->start_ns >= query->end_ns)
    return fail (error, "The start is not before the end");
  return true;
}

static int
count_given (double a, double b, double c, double d)
{
  return !isnan (a) + !isnan (b) + !isnan (c) + !isnan (d);
}

static bool
check_regions (const SeismicEventQuery *query, GError **error)
{
  const int n_box = count_given (query->west, query->south, query->east, query->north);
  const int n_circle = count_given (query->latitude, query->longitude, query->min_radius,
                                    query->max_radius);
  if (n_box != 0 && n_box != 4)
    return fail (error, "A box needs west, south, east and north");
  if (n_circle != 0 && n_circle != 4)
    return fail (error, "A circle needs latitude, longitude, minimum and maximum radius");
  if (n_box + n_circle > 4)
    return fail (error, "There is a box and a circle");
  return true;
}

static bool
check_event_type (const char *event_type, GError **error)
{
  if (event_type == NULL)
    return true;
  if (*event_type == '\0')
    return fail (error, "The event type is empty");
  if (!g_utf8_validate (event_type, -1, NULL))
    return fail (error, "The event type is not UTF-8");
  for (const char *p = event_type; *p != '\0'; p++) {
    if (g_ascii_iscntrl (*p))
      return fail (error, "The event type holds a control character");
  }
  return true;
}

bool
seismic_event_query_check (const SeismicEventQuery *query, GError **error)
{
  return check_bounds (query, error) && check_pairs (query, error) &&
         check_regions (query, error) && check_event_type (query->event_type, error);
}

/* "BASE/SERVICE/1/query". */
static GString *
begin_url (const SeismicServer *server, const char *service)
{
  GString *url =
      g_string_new_len (server->base, (gssize)length_without_slashes (server->base));
  g_string_append_printf (url, "/%s/1/query", service);
  return url;
}

static void
append_text (GString *url, const char *name, const char *value)
{
  g_string_append_c (url, strchr (url->str, '?') == NULL ? '?' : '&');
  g_string_append_printf (url, "%s=", name);
  g_string_append_uri_escaped (url, value, ",:*?", FALSE);
}

/* As "37.5": no exponent, no trailing zeros, a point in every locale. */
static void
append_number (GString *url, const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (buffer, sizeof buffer, "%.6f", value);
  size_t n = strlen (buffer);
  while (n > 0 && buffer[n - 1] == '0')
    n--;
  if (n > 0 && buffer[n - 1] == '.')
    n--;
  buffer[n] = '\0';
  append_text (url, name, g_str_equal (buffer, "-0") ? "0" : buffer);
}

static void
append_given (GString *url, const char *name, double value)
{
  if (!isnan (value))
    append_number (url, name, value);
}

/* Services want no Z. */
static char *
format_time (int64_t time_ns)
{
  char *text = seismic_time_format (time_ns, 3);
  const size_t n = strlen (text);
  if (n > 0)
    text[n - 1] = '\0';
  return text;
}

static void
append_time (GString *url, const char *name, int64_t time_ns)
{
  if (time_ns == SEISMIC_TIME_UNSET)
    return;
  g_autofree char *text = format_time (time_ns);
  append_text (url, name, text);
}

char *
seismic_fdsn_url_events (const SeismicServer *server, const SeismicEventQuery *query)
{
  GString *url = begin_url (server, "fdsnws/event");
  append_text (url, "format", server->has_event_types ? "text" : "xml");
  if (query->start_ns == SEISMIC_TIME_UNSET && server->needs_start)
    append_text (url, "starttime", "1800-01-01");
  append_time (url, "starttime", query->start_ns);
  append_time (url, "endtime", query->end_ns);
  append_given (url, "minmagnitude", query->min_magnitude);
  append_given (url, "maxmagnitude", query->max_magnitude);
  append_given (url, "mindepth", query->min_depth_km);
  append_given (url, "maxdepth", query->max_depth_km);
  append_given (url, "minlongitude", query->west);
  append_given (url, "minlatitude", query->south);
  append_given (url, "maxlongitude", query->east);
  append_given (url, "maxlatitude", query->north);
  append_given (url, "latitude", query->latitude);
  append_given (url, "longitude", query->longitude);
  append_given (url, "minradius", query->min_radius);
  append_given (url, "maxradius", query->max_radius);
  if (query->event_type != NULL)
    append_text (url, "eventtype", query->event_type);
  append_text (url, "orderby", "time");
  if (query->limit > 0)
    g_string_append_printf (url, "&limit=%" G_GSIZE_FORMAT, query->limit);
  return g_string_free (url, FALSE);
}

char *
seismic_fdsn_url_gather (const SeismicServer *server, const char *event_id,
                         const char *channels)
{
  GString *url = begin_url (server, "ncedcws/eventdata");
  append_text (url, "eventid", event_id);
  append_text (url, "channel", channels);
  return g_string_free (url, FALSE);
}

/* The codes of a comma list; "" is "--" and a character that no code has "?". */
static char **
split_codes (const char *list)
{
  char **codes = *list != '\0' ? g_strsplit (list, ",", 0) : g_strsplit ("--", ",", 0);
  for (char **code = codes; *code != NULL; code++) {
    if (**code == '\0') {
      g_free (*code);
      *code = g_strdup ("--");
    }
    for (char *p = *code; *p != '\0'; p++) {
      if (!g_ascii_isalnum (*p) && strchr ("*?-_", *p) == NULL)
        *p = '?';
    }
  }
  return codes;
}

static void
append_codes (GString *url, const char *name, const char *list)
{
  g_auto (GStrv) codes = split_codes (list);
  g_autofree char *joined = g_strjoinv (",", codes);
  append_text (url, name, joined);
}

/* Lines "NET STA LOC CHA START END": POST knows no comma lists. */
static void
append_lines (GString *body, const SeismicDataRequest *request)
{
  g_auto (GStrv) networks = split_codes (request->network);
  g_auto (GStrv) stations = split_codes (request->station);
  g_auto (GStrv) locations = split_codes (request->location);
  g_auto (GStrv) channels = split_codes (request->channel);
  g_autofree char *start = format_time (request->start_ns);
  g_autofree char *end = format_time (request->end_ns);
  for (char **n = networks; *n != NULL; n++) {
    for (char **s = stations; *s != NULL; s++) {
      for (char **l = locations; *l != NULL; l++) {
        for (char **c = channels; *c != NULL; c++)
          g_string_append_printf (body, "%s %s %s %s %s %s\n", *n, *s, *l, *c, start,
                                  end);
      }
    }
  }
}

/* The shorter way to ask for one request; a URL of any length. */
static void
append_request (GString *url, const SeismicDataRequest *request)
{
  append_codes (url, "net", request->network);
  append_codes (url, "sta", request->station);
  append_codes (url, "loc", request->location);
  append_codes (url, "cha", request->channel);
  append_time (url, "start", request->start_ns);
  append_time (url, "end", request->end_ns);
}

char *
seismic_fdsn_url_waveforms (const SeismicServer *server,
                            const SeismicDataRequest *requests, size_t n_requests,
                            char **post_body)
{
  GString *url = begin_url (server, "fdsnws/dataselect");
  const gsize n_base = url->len;
  *post_body = NULL;
  if (n_requests == 1)
    append_request (url, requests);
  if (n_requests == 1 && url->len <= MAX_URL)
    return g_string_free (url, FALSE);
  GString *body = g_string_new (NULL);
  for (size_t i = 0; i < n_requests; i++)
    append_lines (body, &requests[i]);
  *post_body = g_string_free (body, FALSE);
  g_string_truncate (url, n_base);
  return g_string_free (url, FALSE);
}

/* The stations' common network and their codes as a comma list; FALSE if there are
 * several networks. */
static bool
join_stations (const char *const *stations, char **network, char **list)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autofree char *common = NULL;
  for (; *stations != NULL; stations++) {
    g_auto (GStrv) codes = g_strsplit (*stations, ".", 2);
    if (common == NULL)
      common = g_strdup (codes[0] != NULL ? codes[0] : "");
    if (g_strcmp0 (common, codes[0]) != 0 || codes[1] == NULL)
      return false;
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "", codes[1]);
  }
  *network = g_steal_pointer (&common);
  *list = g_strdup (joined->str);
  return *network != NULL;
}

/* POST needs both times. */
static int64_t
time_or (int64_t time_ns, const char *otherwise)
{
  if (time_ns == SEISMIC_TIME_UNSET)
    seismic_time_parse (otherwise, &time_ns);
  return time_ns;
}

static char *
write_station_lines (const char *const *stations, int64_t start_ns, int64_t end_ns)
{
  GString *body = g_string_new ("level=channel\nformat=text\n");
  for (; *stations != NULL; stations++) {
    g_auto (GStrv) codes = g_strsplit (*stations, ".", 2);
    if (g_strv_length (codes) < 2)
      continue;
    const SeismicDataRequest request = {codes[0],
                                        codes[1],
                                        "*",
                                        STRONG_MOTION,
                                        time_or (start_ns, "1900-01-01"),
                                        time_or (end_ns, "2100-01-01")};
    append_lines (body, &request);
  }
  return g_string_free (body, FALSE);
}

char *
seismic_fdsn_url_stations (const SeismicServer *server, const char *const *stations,
                           int64_t start_ns, int64_t end_ns, char **post_body)
{
  GString *url = begin_url (server, "fdsnws/station");
  const gsize n_base = url->len;
  g_autofree char *network = NULL, *list = NULL;
  *post_body = NULL;
  if (join_stations (stations, &network, &list)) {
    const SeismicDataRequest request = {network,       list,     "*",
                                        STRONG_MOTION, start_ns, end_ns};
    append_text (url, "level", "channel");
    append_text (url, "format", "text");
    append_request (url, &request);
    if (url->len <= MAX_URL)
      return g_string_free (url, FALSE);
  }
  *post_body = write_station_lines (stations, start_ns, end_ns);
  g_string_truncate (url, n_base);
  return g_string_free (url, FALSE);
}

char *
seismic_fdsn_url_stations_near (const SeismicServer *server, double latitude,
                                double longitude, double max_radius, int64_t start_ns,
                                int64_t end_ns)
{
  GString *url = begin_url (server, "fdsnws/station");
  append_text (url, "level", "channel");
  append_text (url, "format", "text");
  append_text (url, "cha", STRONG_MOTION);
  append_time (url, "start", start_ns);
  append_time (url, "end", end_ns);
  append_number (url, "latitude", latitude);
  append_number (url, "longitude", longitude);
  append_number (url, "minradius", 0.0);
  append_number (url, "maxradius", max_radius);
  return g_string_free (url, FALSE);
}
