#include "support/fdsn-stub-data.h"

#include "seismic/event.h"
#include "seismic/miniseed.h"
#include "seismic/quakeml.h"
#include "seismic/synthesis-motion.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define FIRST_ID 72000001
#define RATE_HZ 100.0
#define N_SAMPLES 6000
#define BEFORE_S 10.0
#define COUNTS_PER_MS2 213740.0
#define N_CHANNELS 4

static const char *const channels[N_CHANNELS] = {"HNE", "HNN", "HNZ", "HHZ"};

typedef struct {
  char code[8];
  const char *location;
  double latitude, longitude;
} Station;

struct FdsnStubData {
  GMutex lock;
  size_t max_rows, cut_rows;
  char **without;
  char *folder;
  uint64_t seed;
  GPtrArray *events;  /* SeismicEvent */
  GArray *stations;   /* Station */
  GHashTable *traces; /* event id → GPtrArray of SeismicTrace */
};

static void
add_events (FdsnStubData *data, size_t n_events, GRand *rand)
{
  int64_t first_ns = 0, last_ns = 0;
  seismic_time_parse ("2010-01-01", &first_ns);
  seismic_time_parse ("2020-01-01", &last_ns);
  const double step_ns = (double)(last_ns - first_ns) / (double)MAX (n_events, 1);
  for (size_t i = 0; i < n_events; i++) {
    g_autofree char *id = g_strdup_printf ("%zu", FIRST_ID + i);
    SeismicEvent *event = seismic_event_new (id);
    const bool blast = i % 4 == 3;
    const double at_ns = step_ns * ((double)i + g_rand_double_range (rand, 0.0, 0.9));
    /* Milliseconds, as the services write them. */
    event->time_ns = first_ns + (int64_t)(at_ns / 1e6) * INT64_C (1000000);
    event->latitude = round (g_rand_double_range (rand, 36, 40) * 1e4) / 1e4;
    event->longitude = round (g_rand_double_range (rand, -124, -120) * 1e4) / 1e4;
    event->depth_km = blast ? 0.5 : round (g_rand_double_range (rand, 2, 15) * 1e2) / 1e2;
    event->magnitude = round (g_rand_double_range (rand, 5, 7) * 1e2) / 1e2;
    g_free (event->magnitude_type);
    event->magnitude_type = g_strdup ("Mw");
    g_free (event->type);
    event->type = g_strdup (blast ? "nuclear explosion" : "earthquake");
    g_free (event->place);
    event->place = g_strdup_printf ("%zu km N of Loopback, CA", i % 50 + 1);
    g_ptr_array_add (data->events, event);
  }
}

static void
add_stations (FdsnStubData *data, size_t n_stations, GRand *rand)
{
  for (size_t i = 0; i < CLAMP (n_stations, 1, 99); i++) {
    Station station = {.location = i % 2 == 0 ? "" : "00"};
    g_snprintf (station.code, sizeof station.code, "S%02u", (unsigned)i + 1);
    station.latitude = round (g_rand_double_range (rand, 36.5, 39.5) * 1e4) / 1e4;
    station.longitude = round (g_rand_double_range (rand, -123.5, -120.5) * 1e4) / 1e4;
    g_array_append_val (data->stations, station);
  }
}

/* Events of the folder's events.xml stand in place of the made ones. */
static bool
read_folder (FdsnStubData *data, GError **error)
{
  g_autofree char *path = g_build_filename (data->folder, "events.xml", NULL);
  g_autofree char *text = NULL;
  gsize n_bytes = 0;
  GPtrArray *events = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return true;
  if (!g_file_get_contents (path, &text, &n_bytes, error) ||
      !seismic_quakeml_read ((const uint8_t *)text, n_bytes, &events, NULL, error))
    return false;
  g_ptr_array_unref (data->events);
  data->events = events;
  return true;
}

FdsnStubData *
fdsn_stub_data_new (const FdsnStubSettings *settings, GError **error)
{
  FdsnStubData *data = g_new0 (FdsnStubData, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)settings->seed);
  g_mutex_init (&data->lock);
  data->max_rows = settings->max_rows;
  data->cut_rows = settings->cut_rows;
  data->without = g_strsplit (settings->without != NULL ? settings->without : "", ",", 0);
  data->folder = g_strdup (settings->folder);
  data->seed = settings->seed;
  data->events = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  data->stations = g_array_new (FALSE, FALSE, sizeof (Station));
  data->traces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)g_ptr_array_unref);
  add_stations (data, settings->n_stations, rand);
  add_events (data, settings->n_events, rand);
  if (data->folder != NULL && !read_folder (data, error)) {
    fdsn_stub_data_free (data);
    return NULL;
  }
  return data;
}

void
fdsn_stub_data_free (FdsnStubData *data)
{
  if (data == NULL)
    return;
  g_strfreev (data->without);
  g_free (data->folder);
  g_ptr_array_unref (data->events);
  g_array_unref (data->stations);
  g_hash_table_unref (data->traces);
  g_mutex_clear (&data->lock);
  g_free (data);
}

void
fdsn_stub_data_set_rows (FdsnStubData *data, size_t max_rows, size_t cut_rows)
{
  g_mutex_lock (&data->lock);
  data->max_rows = max_rows;
  data->cut_rows = cut_rows;
  g_mutex_unlock (&data->lock);
}

void
fdsn_stub_data_get_rows (FdsnStubData *data, size_t *max_rows, size_t *cut_rows)
{
  g_mutex_lock (&data->lock);
  *max_rows = data->max_rows;
  *cut_rows = data->cut_rows;
  g_mutex_unlock (&data->lock);
}

void
fdsn_stub_data_set_without (FdsnStubData *data, const char *without)
{
  g_mutex_lock (&data->lock);
  g_strfreev (data->without);
  data->without = g_strsplit (without, ",", 0);
  g_mutex_unlock (&data->lock);
}

static void
refuse (FdsnStubAnswer *answer, unsigned status, const char *reason)
{
  answer->status = status;
  g_free (answer->reason);
  answer->reason = g_strdup (reason);
}

static void
take_text (FdsnStubAnswer *answer, const char *type, GString *text)
{
  answer->status = 200;
  answer->type = type;
  answer->body = g_string_free_to_bytes (text);
}

/* The parameter under either of its names. */
static const char *
find (GHashTable *parameters, const char *name, const char *short_name)
{
  const char *value = g_hash_table_lookup (parameters, name);
  return value != NULL || short_name == NULL
             ? value
             : g_hash_table_lookup (parameters, short_name);
}

static double
find_number (GHashTable *parameters, const char *name, const char *short_name,
             double otherwise)
{
  const char *value = find (parameters, name, short_name);
  return value != NULL ? g_ascii_strtod (value, NULL) : otherwise;
}

/* FALSE, and 400, if it is given and no time or has a zone. */
static bool
find_time (GHashTable *parameters, const char *name, const char *short_name,
           int64_t *time_ns, FdsnStubAnswer *answer)
{
  const char *value = find (parameters, name, short_name);
  if (value == NULL)
    return true;
  if (strchr (value, 'Z') == NULL && strchr (value, '+') == NULL &&
      seismic_time_parse (value, time_ns))
    return true;
  g_autofree char *reason = g_strdup_printf ("%s is no time: %s", name, value);
  refuse (answer, 400, reason);
  return false;
}

static bool
check_names (GHashTable *parameters, const char *allowed, FdsnStubAnswer *answer)
{
  g_auto (GStrv) names = g_strsplit (allowed, " ", 0);
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, parameters);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!g_strv_contains ((const char *const *)names, key)) {
      g_autofree char *reason = g_strdup_printf ("Unknown parameter: %s", (char *)key);
      refuse (answer, 400, reason);
      return false;
    }
  }
  return true;
}

/* Whether text is one of a comma list of patterns; "--" is the blank. */
static bool
is_in_list (const char *list, const char *text)
{
  if (list == NULL)
    return true;
  g_auto (GStrv) patterns = g_strsplit (list, ",", 0);
  for (char **p = patterns; *p != NULL; p++) {
    if (g_pattern_match_simple (g_str_equal (*p, "--") ? "" : *p, text))
      return true;
  }
  return false;
}

/* Degrees of arc. */
static double
arc (double latitude_1, double longitude_1, double latitude_2, double longitude_2)
{
  return seismic_distance_km (latitude_1, longitude_1, latitude_2, longitude_2) /
         (6371.0 * G_PI / 180.0);
}

static bool
is_in_region (GHashTable *parameters, double latitude, double longitude)
{
  const double from_latitude = find_number (parameters, "latitude", "lat", NAN);
  if (!(latitude >= find_number (parameters, "minlatitude", "minlat", -90) &&
        latitude <= find_number (parameters, "maxlatitude", "maxlat", 90) &&
        longitude >= find_number (parameters, "minlongitude", "minlon", -180) &&
        longitude <= find_number (parameters, "maxlongitude", "maxlon", 180)))
    return false;
  if (isnan (from_latitude))
    return true;
  const double degrees =
      arc (from_latitude, find_number (parameters, "longitude", "lon", 0), latitude,
           longitude);
  return degrees >= find_number (parameters, "minradius", NULL, 0) &&
         degrees <= find_number (parameters, "maxradius", NULL, 180);
}

static bool
is_wanted (GHashTable *parameters, const SeismicEvent *event, int64_t start_ns,
           int64_t end_ns)
{
  return event->time_ns >= start_ns && event->time_ns <= end_ns &&
         event->magnitude >= find_number (parameters, "minmagnitude", "minmag", -10) &&
         event->magnitude <= find_number (parameters, "maxmagnitude", "maxmag", 10) &&
         event->depth_km >= find_number (parameters, "mindepth", NULL, -100) &&
         event->depth_km <= find_number (parameters, "maxdepth", NULL, 1000) &&
         is_in_region (parameters, event->latitude, event->longitude) &&
         is_in_list (find (parameters, "eventtype", NULL), event->type) &&
         is_in_list (find (parameters, "eventid", NULL), event->id);
}

static void
answer_events (FdsnStubData *data, GHashTable *parameters, FdsnStubAnswer *answer)
{
  int64_t start_ns = INT64_MIN + 1, end_ns = INT64_MAX;
  if (!check_names (parameters,
                    "start starttime end endtime minmag minmagnitude maxmag maxmagnitude "
                    "mindepth maxdepth minlat maxlat minlon maxlon minlatitude "
                    "maxlatitude minlongitude maxlongitude lat lon latitude longitude "
                    "minradius maxradius eventid catalog contributor magnitudetype "
                    "eventtype orderby limit offset format nodata",
                    answer) ||
      !find_time (parameters, "starttime", "start", &start_ns, answer) ||
      !find_time (parameters, "endtime", "end", &end_ns, answer))
    return;
  if (start_ns > end_ns) {
    refuse (answer, 400, "starttime is after endtime");
    return;
  }
  size_t max_rows, cut_rows;
  fdsn_stub_data_get_rows (data, &max_rows, &cut_rows);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  const char *order = find (parameters, "orderby", NULL);
  const bool ascending = g_strcmp0 (order, "time-asc") == 0;
  for (guint i = 0; i < data->events->len; i++) {
    SeismicEvent *event = data->events->pdata[ascending ? i : data->events->len - 1 - i];
    if (is_wanted (parameters, event, start_ns, end_ns))
      g_ptr_array_add (wanted, event);
  }
  const size_t first = (size_t)MAX (find_number (parameters, "offset", NULL, 1), 1) - 1;
  const size_t limit = (size_t)find_number (parameters, "limit", NULL, 0);
  size_t n = wanted->len > first ? wanted->len - first : 0;
  if (limit > 0)
    n = MIN (n, limit);
  if (max_rows > 0 && n > max_rows) {
    refuse (answer, 413, "Too many events");
    return;
  }
  if (cut_rows > 0)
    n = MIN (n, cut_rows);
  const bool as_text = g_strcmp0 (find (parameters, "format", NULL), "text") == 0;
  if (n == 0)
    answer->status = 204;
  else
    take_text (answer, as_text ? "text/plain" : "application/xml",
               fdsn_stub_write_events (wanted, first, n, as_text));
}

static GPtrArray *
traces_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
}

static void
make_station_traces (const FdsnStubData *data, const SeismicEvent *event,
                     const Station *station, GPtrArray *traces)
{
  const guint32 seed =
      (guint32)(data->seed * 7919) ^ g_str_hash (event->id) ^ g_str_hash (station->code);
  const SeismicSynthesisSource source = {g_str_has_suffix (event->type, "explosion"),
                                         event->magnitude, 100, event->depth_km};
  const SeismicSynthesisPath path = {
      seismic_distance_km (station->latitude, station->longitude, event->latitude,
                           event->longitude),
      180.0 / G_PI *
          atan2 ((event->longitude - station->longitude) * cos (event->latitude * 0.0174),
                 event->latitude - station->latitude),
      0.04, 1, 1};
  g_autofree double *motion = g_new (double, 3 * N_SAMPLES);
  g_autofree int32_t *counts = g_new (int32_t, N_SAMPLES);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  seismic_synthesis_motion (motion, &source, &path, -BEFORE_S, RATE_HZ, N_SAMPLES, seed);
  for (size_t c = 0; c < N_CHANNELS; c++) {
    const double *component = motion + MIN (c, 2) * N_SAMPLES;
    for (size_t i = 0; i < N_SAMPLES; i++)
      counts[i] = (int32_t)lrint (component[i] * COUNTS_PER_MS2) +
                  g_rand_int_range (rand, -9, 10);
    g_ptr_array_add (
        traces,
        seismic_trace_new ("SY", station->code, station->location, channels[c],
                           event->time_ns - (int64_t)(BEFORE_S * SEISMIC_NS_PER_SECOND),
                           RATE_HZ, SEISMIC_SAMPLE_INT32, counts, N_SAMPLES));
  }
}

static GPtrArray *
read_folder_traces (const FdsnStubData *data, const SeismicEvent *event)
{
  g_autofree char *name = g_strconcat (event->id, ".mseed", NULL);
  g_autofree char *path =
      data->folder != NULL ? g_build_filename (data->folder, name, NULL) : NULL;
  g_autofree char *bytes = NULL;
  gsize n_bytes = 0;
  GPtrArray *traces = NULL;
  if (path != NULL && g_file_get_contents (path, &bytes, &n_bytes, NULL))
    seismic_miniseed_read ((const uint8_t *)bytes, n_bytes, &traces, NULL, NULL);
  return traces;
}

/* The event's traces, NULL if it has none; a new reference. */
static GPtrArray *
get_traces (FdsnStubData *data, const SeismicEvent *event)
{
  g_mutex_lock (&data->lock);
  GPtrArray *traces = g_hash_table_lookup (data->traces, event->id);
  if (g_strv_contains ((const char *const *)data->without, event->id))
    traces = NULL;
  else if (traces == NULL) {
    traces = read_folder_traces (data, event);
    if (traces == NULL) {
      traces = traces_new ();
      for (guint i = 0; i < data->stations->len; i++)
        make_station_traces (data, event, &g_array_index (data->stations, Station, i),
                             traces);
    }
    g_hash_table_insert (data->traces, g_strdup (event->id), traces);
  }
  if (traces != NULL)
    g_ptr_array_ref (traces);
  g_mutex_unlock (&data->lock);
  return traces;
}

typedef struct {
  const char *network, *station, *location, *channel; /* NULL: any */
  int64_t start_ns, end_ns;
} Selection;

static bool
is_selected (const SeismicTrace *trace, const Selection *selection)
{
  return is_in_list (selection->network, trace->network) &&
         is_in_list (selection->station, trace->station) &&
         is_in_list (selection->location, trace->location) &&
         is_in_list (selection->channel, trace->channel) &&
         trace->start_ns <= selection->end_ns &&
         seismic_trace_end_ns (trace) >= selection->start_ns;
}

/* Adds the traces of one event to wanted (borrowed). kept holds the arrays alive. */
static void
select_traces (FdsnStubData *data, const SeismicEvent *event, const Selection *selections,
               size_t n_selections, GPtrArray *wanted, GPtrArray *kept)
{
  GPtrArray *traces = get_traces (data, event);
  if (traces == NULL)
    return;
  g_ptr_array_add (kept, traces);
  for (guint i = 0; i < traces->len; i++) {
    for (size_t s = 0; s < n_selections; s++) {
      if (is_selected (traces->pdata[i], &selections[s])) {
        g_ptr_array_add (wanted, traces->pdata[i]);
        break;
      }
    }
  }
}

static void
write_traces (GPtrArray *wanted, FdsnStubAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  if (wanted->len == 0) {
    answer->status = 204;
    return;
  }
  answer->body = seismic_miniseed_write (wanted, &error);
  if (answer->body == NULL)
    refuse (answer, 500, error->message);
  else {
    answer->status = 200;
    answer->type = "application/vnd.fdsn.mseed";
  }
}

static void
answer_gather (FdsnStubData *data, GHashTable *parameters, FdsnStubAnswer *answer)
{
  const char *id = find (parameters, "eventid", NULL);
  Selection selection = {find (parameters, "network", "net"),
                         find (parameters, "station", "sta"),
                         find (parameters, "location", "loc"),
                         find (parameters, "channel", "cha"),
                         INT64_MIN,
                         INT64_MAX};
  if (!check_names (parameters,
                    "eventid catalog network station location channel net sta loc cha "
                    "starttime endtime start end",
                    answer))
    return;
  if (id == NULL) {
    refuse (answer, 400, "eventid is required");
    return;
  }
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept =
      g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < data->events->len; i++) {
    const SeismicEvent *event = data->events->pdata[i];
    if (g_str_equal (event->id, id))
      select_traces (data, event, &selection, 1, wanted, kept);
  }
  write_traces (wanted, answer);
}

static void
answer_selections (FdsnStubData *data, GArray *selections, FdsnStubAnswer *answer)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept =
      g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  int64_t first_ns = INT64_MAX, last_ns = INT64_MIN;
  for (guint i = 0; i < selections->len; i++) {
    const Selection *selection = &g_array_index (selections, Selection, i);
    first_ns = MIN (first_ns, selection->start_ns);
    last_ns = MAX (last_ns, selection->end_ns);
  }
  for (guint i = 0; i < data->events->len; i++) {
    const SeismicEvent *event = data->events->pdata[i];
    if (event->time_ns >= first_ns - 100 * SEISMIC_NS_PER_SECOND &&
        event->time_ns <= last_ns + 100 * SEISMIC_NS_PER_SECOND)
      select_traces (data, event, (const Selection *)(void *)selections->data,
                     selections->len, wanted, kept);
  }
  write_traces (wanted, answer);
}

static bool
take_window (GHashTable *parameters, Selection *selection, FdsnStubAnswer *answer)
{
  if (!find_time (parameters, "starttime", "start", &selection->start_ns, answer) ||
      !find_time (parameters, "endtime", "end", &selection->end_ns, answer))
    return false;
  if (selection->start_ns > selection->end_ns)
    refuse (answer, 400, "starttime is after endtime");
  return selection->start_ns <= selection->end_ns;
}

static void
answer_dataselect (FdsnStubData *data, GHashTable *parameters, FdsnStubAnswer *answer)
{
  g_autoptr (GArray) selections = g_array_new (FALSE, FALSE, sizeof (Selection));
  Selection selection = {find (parameters, "network", "net"),
                         find (parameters, "station", "sta"),
                         find (parameters, "location", "loc"),
                         find (parameters, "channel", "cha"),
                         0,
                         0};
  if (!check_names (parameters,
                    "network station location channel net sta loc cha starttime endtime "
                    "start end format quality nodata",
                    answer))
    return;
  if (selection.network == NULL || selection.station == NULL ||
      selection.location == NULL || selection.channel == NULL ||
      find (parameters, "starttime", "start") == NULL ||
      find (parameters, "endtime", "end") == NULL) {
    refuse (answer, 400, "net, sta, loc, cha, start and end are required");
    return;
  }
  if (!take_window (parameters, &selection, answer))
    return;
  g_array_append_val (selections, selection);
  answer_selections (data, selections, answer);
}

/* Lines "NET STA LOC CHA START END"; words are kept in words. */
static bool
read_selections (const char *post_body, GArray *selections, GPtrArray *words,
                 FdsnStubAnswer *answer)
{
  g_auto (GStrv) lines = g_strsplit (post_body, "\n", 0);
  for (char **line = lines; *line != NULL; line++) {
    char **cells = g_strsplit (*line, " ", 0);
    g_ptr_array_add (words, cells);
    if (**line == '\0' || strchr (*line, '=') != NULL)
      continue;
    Selection selection = {cells[0], NULL, NULL, NULL, 0, 0};
    if (g_strv_length (cells) != 6 || strchr (*line, ',') != NULL ||
        !seismic_time_parse (cells[4], &selection.start_ns) ||
        !seismic_time_parse (cells[5], &selection.end_ns) ||
        strchr (cells[5], 'Z') != NULL) {
      g_autofree char *reason = g_strdup_printf ("Bad line: %s", *line);
      refuse (answer, 400, reason);
      return false;
    }
    selection.station = cells[1];
    selection.location = cells[2];
    selection.channel = cells[3];
    g_array_append_val (selections, selection);
  }
  if (selections->len == 0)
    refuse (answer, 400, "No line NET STA LOC CHA START END");
  return selections->len > 0;
}

static void
append_station (GString *text, const Station *station, const Selection *selections,
                size_t n_selections)
{
  for (size_t c = 0; c < N_CHANNELS; c++) {
    bool wanted = false;
    for (size_t s = 0; s < n_selections && !wanted; s++)
      wanted = is_in_list (selections[s].network, "SY") &&
               is_in_list (selections[s].station, station->code) &&
               is_in_list (selections[s].location, station->location) &&
               is_in_list (selections[s].channel, channels[c]);
    if (!wanted)
      continue;
    g_string_append_printf (text, "SY|%s|%s|%s|", station->code, station->location,
                            channels[c]);
    fdsn_stub_append_number (text, "%.4f|", station->latitude);
    fdsn_stub_append_number (text, "%.4f|", station->longitude);
    g_string_append_printf (text, "100.0|0.0|%s|%s|Loopback|", c == 0 ? "90.0" : "0.0",
                            c == 2 ? "-90.0" : "0.0");
    fdsn_stub_append_number (text, "%.1f|1.0|M/S**2|", COUNTS_PER_MS2);
    fdsn_stub_append_number (text, "%.1f|2000-01-01T00:00:00|\n", RATE_HZ);
  }
}

static void
answer_stations (FdsnStubData *data, GHashTable *parameters, GArray *selections,
                 FdsnStubAnswer *answer)
{
  if (g_strcmp0 (find (parameters, "level", NULL), "channel") != 0 ||
      g_strcmp0 (find (parameters, "format", NULL), "text") != 0) {
    refuse (answer, 400, "Only level=channel and format=text are served");
    return;
  }
  GString *text = g_string_new (
      "#Network|Station|Location|Channel|Latitude|Longitude|Elevation|Depth|Azimuth|Dip|"
      "SensorDescription|Scale|ScaleFreq|ScaleUnits|SampleRate|StartTime|EndTime\n");
  const gsize n_header = text->len;
  for (guint i = 0; i < data->stations->len; i++) {
    const Station *station = &g_array_index (data->stations, Station, i);
    if (is_in_region (parameters, station->latitude, station->longitude))
      append_station (text, station, (const Selection *)(void *)selections->data,
                      selections->len);
  }
  if (text->len == n_header) {
    g_string_free (text, TRUE);
    answer->status = 204;
    return;
  }
  take_text (answer, "text/plain", text);
}

/* "key=value" lines of a POST body join the parameters. */
static void
take_post_parameters (GHashTable *parameters, const char *post_body)
{
  g_auto (GStrv) lines = g_strsplit (post_body, "\n", 0);
  for (char **line = lines; *line != NULL; line++) {
    char *equals = strchr (*line, '=');
    if (equals != NULL)
      g_hash_table_insert (parameters, g_strndup (*line, (gsize)(equals - *line)),
                           g_strdup (equals + 1));
  }
}

void
fdsn_stub_data_answer (FdsnStubData *data, const char *path, GHashTable *parameters,
                       const char *post_body, FdsnStubAnswer *answer)
{
  g_autoptr (GArray) selections = g_array_new (FALSE, FALSE, sizeof (Selection));
  g_autoptr (GPtrArray) words =
      g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  *answer = (FdsnStubAnswer){404, "text/plain", NULL, NULL};
  if (post_body != NULL)
    take_post_parameters (parameters, post_body);
  const bool stations = g_str_equal (path, "/fdsnws/station/1/query");
  if (g_str_equal (path, "/fdsnws/event/1/query"))
    answer_events (data, parameters, answer);
  else if (g_str_equal (path, "/ncedcws/eventdata/1/query"))
    answer_gather (data, parameters, answer);
  else if (post_body == NULL && g_str_equal (path, "/fdsnws/dataselect/1/query"))
    answer_dataselect (data, parameters, answer);
  else if (post_body == NULL && stations) {
    Selection selection = {find (parameters, "network", "net"),
                           find (parameters, "station", "sta"),
                           find (parameters, "location", "loc"),
                           find (parameters, "channel", "cha"),
                           INT64_MIN,
                           INT64_MAX};
    if (take_window (parameters, &selection, answer)) {
      g_array_append_val (selections, selection);
      answer_stations (data, parameters, selections, answer);
    }
  } else if (stations || g_str_equal (path, "/fdsnws/dataselect/1/query")) {
    if (!read_selections (post_body, selections, words, answer))
      return;
    if (stations)
      answer_stations (data, parameters, selections, answer);
    else
      answer_selections (data, selections, answer);
  } else
    refuse (answer, 404, "No such service here");
}
