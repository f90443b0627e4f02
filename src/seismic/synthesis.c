#include "seismic/synthesis.h"
#include "seismic/error.h"
#include "seismic/miniseed.h"
#include "seismic/synthesis-motion.h"
#include "seismic/synthesis-random.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define NETWORK "SY"
#define LOCATION "00"
#define N_COMPONENTS 3
#define KM_PER_DEGREE 111.195
#define PRE_EVENT_S 10.0
/* What a record may exceed its common window by: components start and end apart. */
#define MAX_SHIFT 6
#define MAX_CUT 60

/* Where an event is felt: each region has its own 26 stations. */
typedef enum { REGION_CALIFORNIA, REGION_TEST_SITE } Region;

static const char *const channels[N_COMPONENTS] = {"HNE", "HNN", "HNZ"};
static const double azimuths[N_COMPONENTS] = {90.0, 0.0,
                                              0.0}; /* as the SEED manual has Z */

typedef struct {
  char code[8];
  double latitude, longitude;
  double kappa_s, amplification;
  double noise_ms2, noise_peak_hz;
  double offset_counts[N_COMPONENTS];
} Station;

typedef struct {
  Region region;
  SeismicEvent *event; /* owned */
  SeismicSynthesisSource source;
} Shock;

SeismicSynthesisSettings
seismic_synthesis_default (void)
{
  return (SeismicSynthesisSettings){
      .n_events = 40, .n_stations = 3, .rate_hz = 100.0, .seed = 1};
}

static bool
check_settings (const SeismicSynthesisSettings *settings, GError **error)
{
  const char *what = NULL;

  if (settings->n_events < 1 || settings->n_events > SEISMIC_SYNTHESIS_MAX_EVENTS)
    what = "the number of events is not 1 to 9999";
  else if (settings->n_stations < 1 ||
           settings->n_stations > SEISMIC_SYNTHESIS_MAX_STATIONS)
    what = "the number of stations is not 1 to 26";
  else if (!(settings->rate_hz >= 20.0 && settings->rate_hz <= 500.0))
    what = "the sampling rate is not 20 to 500 Hz";
  if (what)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, what);
  return what == NULL;
}

static double
fraction (double x)
{
  return x - floor (x);
}

/* A point `along` (0 … 1) a line from near Parkfield to The Geysers, `across` km to the
 * north-east of it: the belt of the San Andreas system, clear of the sea. */
static void
place_in_california (double along, double across, double *latitude, double *longitude)
{
  const double south = 36.1, north = 38.7, east = -120.6, west = -122.8;
  const double d_north = (north - south) * KM_PER_DEGREE;
  const double d_west = (east - west) * KM_PER_DEGREE * cos (37.4 * G_PI / 180.0);
  const double length = hypot (d_north, d_west);

  *latitude = south + along * (north - south) + across * d_west / length / KM_PER_DEGREE;
  *longitude = east - along * (east - west) +
               across * d_north / length / (KM_PER_DEGREE * cos (37.4 * G_PI / 180.0));
}

static void
place_at_test_site (double distance_km, double azimuth, double *latitude,
                    double *longitude)
{
  const double site_latitude = 37.10, site_longitude = -116.05;

  *latitude = site_latitude + distance_km * cos (azimuth) / KM_PER_DEGREE;
  *longitude = site_longitude + distance_km * sin (azimuth) /
                                    (KM_PER_DEGREE * cos (site_latitude * G_PI / 180.0));
}

/* Station `index` of a region. It is the same whatever the seed: places spread evenly by
 * multiples of irrational numbers, the ground and the instrument drawn from the code. */
static Station
make_station (Region region, size_t index)
{
  Station station = {0};
  SynthesisRandom random = synthesis_random_stream (region + 1, 's', index);
  double i = (double)index + 0.5;

  if (region == REGION_CALIFORNIA)
    place_in_california (fraction (i * 0.61803399),
                         60.0 * fraction (i * 0.7548777) - 12.0, &station.latitude,
                         &station.longitude);
  else
    place_at_test_site (10.0 + 80.0 * fraction (i * 0.61803399), i * 2.39996323,
                        &station.latitude, &station.longitude);

  g_snprintf (station.code, sizeof station.code, "%s%02u",
              region == REGION_CALIFORNIA ? "CAL" : "NEV", (unsigned)index + 1);
  station.kappa_s = 0.035 * exp (0.25 * synthesis_random_normal (&random));
  station.amplification = exp (0.3 * synthesis_random_normal (&random));
  station.noise_ms2 = 4e-5 * exp (0.8 * synthesis_random_normal (&random));
  station.noise_peak_hz = synthesis_random_uniform (&random, 3.0, 9.0);
  for (size_t c = 0; c < N_COMPONENTS; c++)
    station.offset_counts[c] = synthesis_random_uniform (&random, -40000.0, 40000.0);
  return station;
}

static int64_t
random_time (SynthesisRandom *random, const char *from, const char *to)
{
  int64_t begin = 0, end = 0;
  const int64_t tick = SEISMIC_NS_PER_SECOND / 100;

  seismic_time_parse (from, &begin);
  seismic_time_parse (to, &end);
  return begin +
         (int64_t)(synthesis_random_next (random) % (uint64_t)((end - begin) / tick)) *
             tick;
}

/* Gutenberg and Richter's law between the two limits; b = 0.4 instead of 1 gives a small
 * sample some large events too. Two decimals. */
static double
random_magnitude (SynthesisRandom *random, double low, double high)
{
  const double b = 0.4;
  double unit = synthesis_random_uniform (random, 0.0, 1.0);
  double m = low - log10 (1.0 - unit * (1.0 - pow (10.0, -b * (high - low)))) / b;
  return round (m * 100.0) / 100.0;
}

static void
make_earthquake (Shock *shock, SynthesisRandom *random)
{
  SeismicEvent *event = shock->event;

  shock->region = REGION_CALIFORNIA;
  place_in_california (synthesis_random_uniform (random, 0.05, 0.95),
                       synthesis_random_uniform (random, -10.0, 14.0), &event->latitude,
                       &event->longitude);
  event->time_ns = random_time (random, "1996-01-01", "2024-01-01");
  event->magnitude = random_magnitude (random, 5.0, 7.5);
  event->depth_km = synthesis_random_uniform (random, 4.0, 14.0);
  shock->source.stress_bar = 80.0 * exp (0.4 * synthesis_random_normal (random));
  event->magnitude_type = (g_free (event->magnitude_type), g_strdup ("Mw"));
  event->type = (g_free (event->type), g_strdup ("earthquake"));
  event->place = (g_free (event->place), g_strdup ("Synthetic, Northern California"));
}

static void
make_explosion (Shock *shock, SynthesisRandom *random)
{
  SeismicEvent *event = shock->event;

  shock->region = REGION_TEST_SITE;
  place_at_test_site (synthesis_random_uniform (random, 0.0, 7.0),
                      synthesis_random_uniform (random, 0.0, 2.0 * G_PI),
                      &event->latitude, &event->longitude);
  event->time_ns = random_time (random, "1986-01-01", "1992-09-24");
  event->magnitude = round (synthesis_random_uniform (random, 3.5, 5.5) * 100.0) / 100.0;
  event->depth_km = synthesis_random_uniform (random, 0.2, 0.8);
  shock->source.stress_bar = 200.0 * exp (0.3 * synthesis_random_normal (random));
  event->magnitude_type = (g_free (event->magnitude_type), g_strdup ("ML"));
  event->type = (g_free (event->type), g_strdup ("explosion"));
  event->place = (g_free (event->place), g_strdup ("Synthetic, test site in Nevada"));
}

static void
make_shock (Shock *shock, uint64_t seed, size_t index)
{
  SynthesisRandom random = synthesis_random_stream (seed, 'e', index);
  g_autofree char *id = g_strdup_printf ("sy%04u", (unsigned)index + 1);

  shock->event = seismic_event_new (id);
  shock->source.explosion = index % 4 == 3;
  if (shock->source.explosion)
    make_explosion (shock, &random);
  else
    make_earthquake (shock, &random);

  SeismicEvent *event = shock->event;
  event->latitude = round (event->latitude * 1e4) / 1e4;
  event->longitude = round (event->longitude * 1e4) / 1e4;
  event->depth_km = round (event->depth_km * 100.0) / 100.0;
  shock->source.magnitude = event->magnitude;
  shock->source.depth_km = event->depth_km;
}

static double
station_distance (const Shock *shock, const Station *station)
{
  return seismic_distance_km (shock->event->latitude, shock->event->longitude,
                              station->latitude, station->longitude);
}

/* chosen (n_stations): n_stations different ones of the nearest, in random order. */
static void
choose_stations (Station *chosen, const Shock *shock, size_t n_stations, uint64_t seed,
                 size_t event_index)
{
  Station all[SEISMIC_SYNTHESIS_MAX_STATIONS];
  const size_t n = SEISMIC_SYNTHESIS_MAX_STATIONS;
  SynthesisRandom random = synthesis_random_stream (seed, 'c', event_index);

  for (size_t i = 0; i < n; i++)
    all[i] = make_station (shock->region, i);
  for (size_t i = 1; i < n; i++)
    for (size_t j = i; j > 0 && station_distance (shock, &all[j]) <
                                    station_distance (shock, &all[j - 1]);
         j--) {
      Station other = all[j];
      all[j] = all[j - 1];
      all[j - 1] = other;
    }

  size_t pool = MAX (n_stations, 12);
  for (size_t i = 0; i < n_stations; i++) {
    size_t j = i + synthesis_random_below (&random, pool - i);
    Station other = all[i];
    all[i] = all[j];
    all[j] = other;
    chosen[i] = all[i];
  }
}

/* Initial bearing of a great circle, from the station towards the event, in degrees. */
static double
bearing (const Station *station, const SeismicEvent *event)
{
  const double degree = G_PI / 180.0;
  double a = station->latitude * degree, b = event->latitude * degree;
  double d = (event->longitude - station->longitude) * degree;
  return atan2 (sin (d) * cos (b), cos (a) * sin (b) - sin (a) * cos (b) * cos (d)) /
         degree;
}

/* counts (n): what the recorder writes of one component of ground motion in m/s². */
static void
digitise (int32_t *counts, const double *motion, const Station *station, size_t component,
          double rate_hz, size_t n, uint64_t seed)
{
  g_autofree double *noise = g_new (double, n);
  SynthesisRandom random = synthesis_random_stream (seed, 'd', component);
  /* The offset wanders a little from record to record, and with the temperature. */
  double offset =
      station->offset_counts[component] + 300.0 * synthesis_random_normal (&random);
  double slope = 0.4 * synthesis_random_normal (&random); /* counts a second */
  double swing = 15.0 * synthesis_random_normal (&random);
  double period = synthesis_random_uniform (&random, 60.0, 200.0);
  double phase = synthesis_random_uniform (&random, 0.0, 2.0 * G_PI);

  seismic_synthesis_noise (noise, station->noise_peak_hz, rate_hz, n,
                           synthesis_random_next (&random));
  for (size_t i = 0; i < n; i++) {
    double t = (double)i / rate_hz;
    double ms2 = motion[i] + station->noise_ms2 * noise[i];
    double value = ms2 * SEISMIC_SYNTHESIS_COUNTS_PER_MS2 + offset + slope * t +
                   swing * sin (2.0 * G_PI * t / period + phase);
    counts[i] = (int32_t)lrint (CLAMP (value, -8388608.0, 8388607.0));
  }
}

/* The three components of one record: a new array of SeismicTrace. They begin and end a
 * few samples apart, and up to 0.3 ms off the common clock, as recorders do. */
static GPtrArray *
make_traces (const Shock *shock, const Station *station, double rate_hz, uint64_t seed)
{
  SynthesisRandom random = synthesis_random_stream (seed, 'r', 0);
  /* What differs from event to event at one site: focusing and radiation. */
  double focusing = exp (0.3 * synthesis_random_normal (&random));
  double p_factor = exp (0.3 * synthesis_random_normal (&random));
  SeismicSynthesisPath path = {
      .distance_km = station_distance (shock, station),
      .back_azimuth = bearing (station, shock->event),
      .kappa_s = station->kappa_s,
      .amplification = station->amplification * focusing,
      .p_factor = p_factor,
  };
  double p = seismic_synthesis_arrival (&shock->source, &path, SEISMIC_SYNTHESIS_P);
  double s = seismic_synthesis_arrival (&shock->source, &path, SEISMIC_SYNTHESIS_S);
  double shaking =
      seismic_synthesis_duration (&shock->source, &path, SEISMIC_SYNTHESIS_S);
  double begin = p - PRE_EVENT_S - synthesis_random_uniform (&random, -1.5, 1.5);
  double length = CLAMP (s - begin + 30.0 + 1.5 * shaking, 45.0, 70.0);
  size_t n = (size_t)(length * rate_hz);
  /* miniSEED keeps tenths of a millisecond. */
  const int64_t tick = SEISMIC_NS_PER_SECOND / 10000;
  int64_t begin_ns = (int64_t)floor (begin * 1e4) * tick;

  g_autofree double *motion = g_new (double, N_COMPONENTS *n);
  g_autofree int32_t *counts = g_new (int32_t, n);
  seismic_synthesis_motion (motion, &shock->source, &path, (double)begin_ns * 1e-9,
                            rate_hz, n, seed);

  GPtrArray *traces = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  for (size_t c = 0; c < N_COMPONENTS; c++) {
    size_t shift = synthesis_random_below (&random, MAX_SHIFT + 1);
    size_t cut = synthesis_random_below (&random, MAX_CUT + 1);
    int64_t jitter = (int64_t)synthesis_random_below (&random, 4) * tick;
    int64_t start = shock->event->time_ns + begin_ns + jitter +
                    (int64_t)llrint ((double)shift / rate_hz * 1e4) * tick;

    digitise (counts, motion + c * n, station, c, rate_hz, n, seed);
    g_ptr_array_add (traces,
                     seismic_trace_new (NETWORK, station->code, LOCATION, channels[c],
                                        start, rate_hz, SEISMIC_SAMPLE_INT32,
                                        counts + shift, n - shift - cut));
  }
  return traces;
}

/* Where it stands, and what its counts are worth. */
static bool
learn_station (SeismicLibrary *library, const Station *station, GError **error)
{
  SeismicSensitivity sensitivities[N_COMPONENTS];
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof *sensitivities);
  SeismicStation told = {.latitude = station->latitude,
                         .longitude = station->longitude,
                         .sensitivities = list};
  g_strlcpy (told.network, NETWORK, sizeof told.network);
  g_strlcpy (told.station, station->code, sizeof told.station);
  for (size_t c = 0; c < N_COMPONENTS; c++) {
    SeismicSensitivity *channel = &sensitivities[c];
    *channel = (SeismicSensitivity){.start_ns = SEISMIC_TIME_UNSET,
                                    .end_ns = SEISMIC_TIME_UNSET,
                                    .scale = SEISMIC_SYNTHESIS_COUNTS_PER_MS2,
                                    .frequency_hz = NAN,
                                    .azimuth = azimuths[c],
                                    .units = "M/S**2"};
    g_strlcpy (channel->location, LOCATION, sizeof channel->location);
    g_strlcpy (channel->channel, channels[c], sizeof channel->channel);
  }
  g_array_append_vals (list, sensitivities, N_COMPONENTS);
  return seismic_library_learn_station (library, &told, error);
}

static bool
put_record (SeismicLibrary *library, const Shock *shock, const Station *station,
            const SeismicSynthesisSettings *settings, uint64_t seed, GError **error)
{
  g_autoptr (GPtrArray) traces = make_traces (shock, station, settings->rate_hz, seed);
  g_autoptr (GBytes) bytes = seismic_miniseed_write (traces, error);
  g_autofree char *name =
      g_strdup_printf ("%s.%s.%s.HN", NETWORK, station->code, LOCATION);
  g_autofree char *source =
      g_strdup_printf ("synthesis, seed %" G_GUINT64_FORMAT, settings->seed);

  if (!bytes || !learn_station (library, station, error))
    return false;
  return seismic_library_put_record (library, shock->event->id, name, bytes, source, NULL,
                                     error);
}

static bool
put_shock (SeismicLibrary *library, const SeismicSynthesisSettings *settings,
           size_t index, SeismicProgressFunc progress, void *user_data, GError **error)
{
  Shock shock = {0};
  make_shock (&shock, settings->seed, index);
  g_autoptr (SeismicEvent) event = shock.event;
  Station stations[SEISMIC_SYNTHESIS_MAX_STATIONS];
  choose_stations (stations, &shock, settings->n_stations, settings->seed, index);

  if (!seismic_library_put_event (library, event, error))
    return false;
  for (size_t i = 0; i < settings->n_stations; i++) {
    SeismicProgress now = {index * settings->n_stations + i,
                           settings->n_events * settings->n_stations, event->id};
    if (progress && !progress (&now, user_data)) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
      return false;
    }
    SynthesisRandom random = synthesis_random_stream (settings->seed, 'w', index);
    random.state ^= i * UINT64_C (0xd1342543de82ef95);
    if (!put_record (library, &shock, &stations[i], settings,
                     synthesis_random_next (&random), error))
      return false;
  }
  return true;
}

static bool
check_no_synthetics (SeismicLibrary *library, GError **error)
{
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, error);

  if (!events)
    return false;
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    if (g_str_has_prefix (event->id, "sy")) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   "the library already holds synthetic events (%s)", event->id);
      return false;
    }
  }
  return true;
}

bool
seismic_synthesis_fill (SeismicLibrary *library, const SeismicSynthesisSettings *settings,
                        SeismicProgressFunc progress, void *user_data, GError **error)
{
  if (!check_settings (settings, error) || !check_no_synthetics (library, error) ||
      !seismic_library_begin (library, error))
    return false;

  for (size_t i = 0; i < settings->n_events; i++)
    if (!put_shock (library, settings, i, progress, user_data, error)) {
      seismic_library_rollback (library);
      return false;
    }
  if (!seismic_library_commit (library, error))
    return false;

  size_t total = settings->n_events * settings->n_stations;
  if (progress)
    progress (&(SeismicProgress){total, total, NULL}, user_data);
  return true;
}
