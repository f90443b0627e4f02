#include "seismic/library-download.h"
#include "seismic/time.h"
#include "support/library.h"

#include <math.h>

#define SECOND SEISMIC_NS_PER_SECOND

/* A sensitivity of `scale` counts per m/s² of one channel of NC.A, which points to
 * azimuth. */
static void
learn_azimuth (SeismicLibrary *library, const char *channel, int64_t start_ns,
               int64_t end_ns, double scale, const char *units, double azimuth)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (SeismicSensitivity));
  SeismicSensitivity told = {.start_ns = start_ns,
                             .end_ns = end_ns,
                             .scale = scale,
                             .frequency_hz = NAN,
                             .azimuth = azimuth};
  SeismicStation station = {"NC", "A", 38.0, -122.0, list};
  g_strlcpy (told.channel, channel, sizeof told.channel);
  g_strlcpy (told.units, units, sizeof told.units);
  g_array_append_val (list, told);
  seismic_library_learn_station (library, &station, &error);
  g_assert_no_error (error);
}

static void
learn (SeismicLibrary *library, const char *channel, int64_t start_ns, int64_t end_ns,
       double scale, const char *units)
{
  learn_azimuth (library, channel, start_ns, end_ns, scale, units, NAN);
}

static void
assert_sensitivities (SeismicLibrary *library, const char *id, const double expected[3])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = seismic_library_list_signals (library, &error);
  g_assert_no_error (error);
  g_autoptr (SeismicSignal) signal = seismic_library_read_signal (library, id, &error);
  g_assert_no_error (error);
  const SeismicSignalInfo *info = NULL;
  for (guint i = 0; i < infos->len; i++) {
    if (g_str_equal (((SeismicSignalInfo *)infos->pdata[i])->id, id))
      info = infos->pdata[i];
  }
  g_assert_nonnull (info);
  for (size_t c = 0; c < 3; c++) {
    g_assert_true (isnan (expected[c]) == isnan (info->counts_per_ms2[c]));
    g_assert_true (isnan (expected[c]) == isnan (signal->counts_per_ms2[c]));
    if (isnan (expected[c]))
      continue;
    g_assert_cmpfloat (info->counts_per_ms2[c], ==, expected[c]);
    g_assert_cmpfloat (signal->counts_per_ms2[c], ==, expected[c]);
  }
}

/* The epoch of the event's time counts, component by component. */
static void
test_epochs (void)
{
  SeismicLibrary *library = test_new_library ();
  static const char *const events[] = {"old", "new", "timeless"};
  test_put_event (library, "old", 10 * SECOND);
  test_put_event (library, "new", 20 * SECOND);
  test_put_event (library, "timeless", SEISMIC_TIME_UNSET);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    test_put_record (library, events[i], "r", test_record_of_station ("NC", "A", i),
                     NULL);
  assert_sensitivities (library, "old/NC.A..HN", (const double[]){NAN, NAN, NAN});

  learn (library, "HNE", SEISMIC_TIME_UNSET, 15 * SECOND, 100, "M/S**2");
  learn (library, "HNE", 15 * SECOND, SEISMIC_TIME_UNSET, 200, "M/S**2");
  learn (library, "HNN", SEISMIC_TIME_UNSET, 20 * SECOND, 3, "CM/S**2");
  learn (library, "HNZ", 20 * SECOND, 21 * SECOND, 5, "M/S**2");
  learn (library, "HHZ", SEISMIC_TIME_UNSET, SEISMIC_TIME_UNSET, 7, "M/S");
  assert_sensitivities (library, "old/NC.A..HN", (const double[]){100, 300, NAN});
  assert_sensitivities (library, "new/NC.A..HN", (const double[]){200, NAN, 5});
  /* The record's start stands for an event without a time: it is years later. */
  assert_sensitivities (library, "timeless/NC.A..HN", (const double[]){200, NAN, NAN});

  learn (library, "HNE", 15 * SECOND, SEISMIC_TIME_UNSET, 250, "M/S**2");
  learn (library, "HNN", 15 * SECOND, SEISMIC_TIME_UNSET, 9, "M/S");
  assert_sensitivities (library, "new/NC.A..HN", (const double[]){250, NAN, 5});
  test_remove_library (library);
}

/* Where the components point, at the time of the event; and back to the epicentre. */
static void
test_azimuths (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new ("new");
  event->time_ns = 20 * SECOND;
  event->latitude = 39.0; /* due north of the station */
  event->longitude = -122.0;
  seismic_library_put_event (library, event, &error);
  g_assert_no_error (error);
  test_put_record (library, "new", "r", test_record_of_station ("NC", "A", 1), NULL);
  learn_azimuth (library, "HNE", SEISMIC_TIME_UNSET, 15 * SECOND, 1, "M/S**2", 12);
  learn_azimuth (library, "HNE", 15 * SECOND, SEISMIC_TIME_UNSET, 1, "M/S**2", 92.5);
  learn (library, "HNN", 15 * SECOND, SEISMIC_TIME_UNSET, 1, "M/S**2");

  g_autoptr (GPtrArray) infos = seismic_library_list_signals (library, &error);
  g_assert_no_error (error);
  const SeismicSignalInfo *info = infos->pdata[0];
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, "new/NC.A..HN", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (info->azimuths[0], ==, 92.5);
  g_assert_cmpfloat (signal->azimuths[0], ==, 92.5);
  for (size_t c = 1; c < 3; c++) {
    g_assert_true (isnan (info->azimuths[c]));
    g_assert_true (isnan (signal->azimuths[c]));
  }
  g_assert_cmpfloat (info->back_azimuth, ==, 0.0);
  test_remove_library (library);
}

static void
assert_unknown (SeismicLibrary *library, GPtrArray *traces, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) unknown = seismic_library_unknown_stations (library, traces, &error);
  g_assert_no_error (error);
  g_autofree char *list = g_strjoinv (" ", unknown);
  g_assert_cmpstr (list, ==, expected);
}

static void
test_unknown (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) traces = test_traces_new ();
  const int32_t sample = 0;
  static const char *const rows[][2] = {
      {"B", "HNZ"}, {"A", "HNE"}, {"A", "HNZ"}, {"C", "HHZ"}, {"K", "HNZ"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (traces,
                     seismic_trace_new ("NC", rows[i][0], "", rows[i][1], 5 * SECOND, 100,
                                        SEISMIC_SAMPLE_INT32, &sample, 1));
  assert_unknown (library, traces, "NC.A NC.B NC.K");
  g_assert_true (seismic_library_put_station (library, "NC", "K", 1, 2, &error));
  assert_unknown (library, traces, "NC.A NC.B NC.K"); /* coordinates are not all */

  learn (library, "HNE", 0, SEISMIC_TIME_UNSET, 1, "M/S**2");
  learn (library, "HNZ", 0, 5 * SECOND, 1, "M/S**2"); /* ends before */
  assert_unknown (library, traces, "NC.A NC.B NC.K");
  learn (library, "HNZ", 5 * SECOND, SEISMIC_TIME_UNSET, 1, "M/S**2");
  assert_unknown (library, traces, "NC.B NC.K");

  /* What was told before a record began says nothing of it. */
  const int64_t later_ns = g_get_real_time () * INT64_C (1000) + 3600 * SECOND;
  g_ptr_array_add (traces, seismic_trace_new ("NC", "A", "", "HNZ", later_ns, 100,
                                              SEISMIC_SAMPLE_INT32, &sample, 1));
  assert_unknown (library, traces, "NC.A NC.B NC.K");
  test_remove_library (library);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-station/epochs", test_epochs);
  g_test_add_func ("/library-station/azimuths", test_azimuths);
  g_test_add_func ("/library-station/unknown", test_unknown);
  return g_test_run ();
}
