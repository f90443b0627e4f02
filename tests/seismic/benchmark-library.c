/* How long 5,000 events of QuakeML take to read, and a library of 50,000 signals to open
 * and list, and the memory that takes. */
#include "seismic/library-download.h"
#include "seismic/quakeml.h"
#include "support/records.h"

#include <stdio.h>
#include <string.h>

#define N_QUAKES 5000
#define N_EVENTS 100
#define N_STATIONS 500 /* of each event */
#define N_SAMPLES 250

/* An event as data centers write it, with what is not read. */
static void
add_event (GString *text, int i)
{
  g_string_append_printf (
      text,
      "<event publicID=\"quakeml:nc.anss.org/Event/NC/%d\" catalog:eventid=\"%d\""
      " catalog:datasource=\"nc\" catalog:eventsource=\"nc\">"
      "<description><text>%d km N of Somewhere</text><type>earthquake name</type>"
      "</description><magnitude publicID=\"m/%d/1\"><stationCount>21</stationCount>"
      "<mag><value>%.2f</value><uncertainty>0.1</uncertainty></mag><type>Md</type>"
      "<originID>o/%d</originID><creationInfo><agencyID>NC</agencyID></creationInfo>"
      "</magnitude><magnitude publicID=\"m/%d/2\"><mag><value>%.2f</value></mag>"
      "<type>Mw</type></magnitude><origin publicID=\"o/%d\"><time><value>"
      "2014-03-10T05:18:%02d.430Z</value><uncertainty>0.1</uncertainty></time><longitude>"
      "<value>-122.%04d</value></longitude><latitude><value>38.%04d</value></latitude>"
      "<depth><value>16640</value><uncertainty>310</uncertainty></depth>"
      "<originUncertainty><horizontalUncertainty>1</horizontalUncertainty>"
      "</originUncertainty><quality><usedPhaseCount>31</usedPhaseCount><azimuthalGap>97"
      "</azimuthalGap><standardError>0.1</standardError></quality><evaluationMode>manual"
      "</evaluationMode></origin><preferredOriginID>o/%d</preferredOriginID>"
      "<preferredMagnitudeID>m/%d/2</preferredMagnitudeID><type>earthquake</type></"
      "event>\n",
      i, i, i % 90, i, 5 + i % 40 / 10.0, i, i, 5 + i % 40 / 10.0, i, i % 60, i % 10000,
      i % 9999, i, i);
}

static void
measure_quakeml (void)
{
  g_autoptr (GString) text = g_string_new (
      "<?xml version=\"1.0\"?><q:quakeml xmlns=\"http://quakeml.org/xmlns/bed/1.2\" "
      "xmlns:q=\"http://quakeml.org/xmlns/quakeml/1.2\" "
      "xmlns:catalog=\"http://anss.org/xmlns/catalog/0.1\"><eventParameters>\n");
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < N_QUAKES; i++)
    add_event (text, 72000000 + i);
  g_string_append (text, "</eventParameters></q:quakeml>");
  const gint64 begin_us = g_get_monotonic_time ();
  seismic_quakeml_read ((const uint8_t *)text->str, text->len, &events, NULL, &error);
  const gint64 end_us = g_get_monotonic_time ();
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, N_QUAKES);
  printf ("QuakeML: %d events, %.1f MB: %.3f s\n", N_QUAKES, (double)text->len / 1e6,
          (double)(end_us - begin_us) / 1e6);
}

static void
put_stations (SeismicLibrary *library)
{
  for (int i = 0; i < N_STATIONS; i++) {
    g_autofree char *rows = g_strdup_printf (
        "#Network|Station|Location|Channel|Latitude|Longitude|Azimuth|Scale|ScaleFreq|"
        "ScaleUnits|StartTime|EndTime\n"
        "NC|S%03d||HNE|38.%03d|-122.5|90|213800|1|M/S**2|2001-01-01|\n"
        "NC|S%03d||HNN|38.%03d|-122.5|0|213800|1|M/S**2|2001-01-01|\n"
        "NC|S%03d||HNZ|38.%03d|-122.5|0|213800|1|M/S**2|2001-01-01|\n",
        i, i, i, i, i, i);
    g_autoptr (GPtrArray) stations = NULL;
    g_assert_true (seismic_station_text_read ((const uint8_t *)rows, strlen (rows),
                                              &stations, NULL, NULL));
    g_assert_true (seismic_library_learn_station (library, stations->pdata[0], NULL));
  }
}

static void
make_library (const char *folder)
{
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, true, NULL);
  g_assert_true (seismic_library_begin (library, NULL));
  put_stations (library);
  for (int i = 0; i < N_EVENTS; i++) {
    g_autofree char *id = g_strdup_printf ("%d", 72000000 + i);
    g_autoptr (SeismicEvent) event = seismic_event_new (id);
    g_autoptr (GPtrArray) traces = test_traces_new ();
    g_autoptr (GError) error = NULL;
    event->time_ns = TEST_START_NS;
    event->latitude = 38;
    event->longitude = -122;
    for (int k = 0; k < N_STATIONS; k++) {
      g_autofree char *station = g_strdup_printf ("S%03d", k);
      test_traces_add_instrument (traces, "NC", station, TEST_START_NS, N_SAMPLES,
                                  (guint32)(i * N_STATIONS + k));
    }
    g_autoptr (GBytes) bytes = seismic_miniseed_write (traces, NULL);
    g_assert_true (seismic_library_put_event (library, event, NULL));
    seismic_library_put_traces (library, id, "downloaded", bytes, traces, "", NULL,
                                &error);
    g_assert_no_error (error);
  }
  g_assert_true (seismic_library_commit (library, NULL));
}

static guint64
memory_kb (const char *field)
{
  g_autofree char *status = NULL;
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  const char *line = status != NULL ? strstr (status, field) : NULL;
  return line != NULL ? g_ascii_strtoull (line + strlen (field), NULL, 10) : 0;
}

/* What opening it in the window reads. */
static void
measure_opening (const char *folder)
{
  const gint64 begin_us = g_get_monotonic_time ();
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, false, NULL);
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, NULL);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, NULL);
  g_autoptr (GHashTable) holdings = seismic_library_list_holdings (library, NULL);
  g_autoptr (GHashTable) downloads = seismic_library_list_downloads (library, NULL);
  const gint64 end_us = g_get_monotonic_time ();
  const SeismicSignalInfo *info = signals->pdata[0];
  g_assert_cmpuint (events->len, ==, N_EVENTS);
  g_assert_cmpuint (signals->len, ==, N_EVENTS * N_STATIONS);
  g_assert_cmpfloat (info->counts_per_ms2[0], ==, 213800);
  printf ("library: %u signals: %.3f s, at most %.0f MB of memory in all\n", signals->len,
          (double)(end_us - begin_us) / 1e6, (double)memory_kb ("VmHWM:") / 1e3);
}

int
main (int argc, char **argv)
{
  if (argc > 2 && g_str_equal (argv[1], "make")) {
    make_library (argv[2]);
    return 0;
  }
  if (argc > 2 && g_str_equal (argv[1], "open")) {
    measure_opening (argv[2]);
    return 0;
  }
  /* Each in a process of its own: the memory of one is not the other's. */
  g_autofree char *folder = test_new_folder ();
  const char *const verbs[] = {"make", "open", "open"};
  measure_quakeml ();
  fflush (stdout);
  for (size_t i = 0; i < G_N_ELEMENTS (verbs); i++) {
    const char *words[] = {argv[0], verbs[i], folder, NULL};
    g_assert_true (g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_CHILD_INHERITS_STDIN,
                                 NULL, NULL, NULL, NULL, NULL, NULL));
  }
  test_remove_folder (folder);
  return 0;
}
