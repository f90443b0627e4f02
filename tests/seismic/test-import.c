#include "seismic/import.h"
#include "seismic/library-note.h"
#include "seismic/library-pick.h"
#include "seismic/error.h"
#include "support/library.h"
#include "support/sac.h"
#include "support/shared.h"
#include "support/tsv.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EVENT_HEADER                                                                     \
  "#EventID|Time|Latitude|Longitude|Depth/km|Author|Catalog|Contributor|ContributorID|"  \
  "MagType|Magnitude|MagAuthor|EventLocationName|EventType\n"

/* A folder to import from and a library beside it. */
typedef struct {
  char *folder, *source;
  SeismicLibrary *library;
  SeismicImportReport report;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->folder = test_new_folder ();
  fixture->source = g_build_filename (fixture->folder, "source", NULL);
  g_assert_cmpint (g_mkdir (fixture->source, 0755), ==, 0);
  g_autofree char *library = g_build_filename (fixture->folder, "library", NULL);
  fixture->library = seismic_library_open (library, true, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  seismic_import_report_clear (&fixture->report);
  seismic_library_close (fixture->library);
  test_remove_folder (fixture->folder);
  g_free (fixture->source);
  g_free (fixture->folder);
}

/* Imports names below the source (NULL: the whole of it). */
static void
import (Fixture *fixture, const char *const *names)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (size_t i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (paths, g_build_filename (fixture->source, names[i], NULL));
  if (names == NULL)
    g_ptr_array_add (paths, g_strdup (fixture->source));
  g_ptr_array_add (paths, NULL);
  g_autoptr (GError) error = NULL;
  seismic_import_report_clear (&fixture->report);
  seismic_import (fixture->library, (const char *const *)paths->pdata, NULL, NULL,
                  &fixture->report, &error);
  g_assert_no_error (error);
}

static void
assert_report (const Fixture *fixture, size_t n_events, size_t n_files, size_t n_signals,
               size_t n_duplicates, guint n_skipped)
{
  const SeismicImportReport *report = &fixture->report;
  g_assert_cmpuint (report->n_events, ==, n_events);
  g_assert_cmpuint (report->n_files, ==, n_files);
  g_assert_cmpuint (report->n_signals, ==, n_signals);
  g_assert_cmpuint (report->n_duplicates, ==, n_duplicates);
  g_assert_cmpuint (report->skipped->len, ==, n_skipped);
}

/* The reason why the item that ends so was left out. */
static const GError *
find_skip (const Fixture *fixture, const char *suffix)
{
  for (guint i = 0; i < fixture->report.skipped->len; i++) {
    const SeismicSkip *skip = fixture->report.skipped->pdata[i];
    if (g_str_has_suffix (skip->item, suffix))
      return skip->reason;
  }
  g_error ("nothing was skipped that ends in %s", suffix);
}

/* The signals' ids in order, with blanks between. */
static char *
signal_ids (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (fixture->library, &error);
  g_assert_no_error (error);
  g_autoptr (GString) ids = g_string_new (NULL);
  for (guint i = 0; i < signals->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            ((SeismicSignalInfo *)signals->pdata[i])->id);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
write_text (Fixture *fixture, const char *name, const char *text)
{
  test_write_file (fixture->source, name, text, strlen (text));
}

/* An event row, its time in seconds after the test records' start. */
static char *
event_row (const char *id, int64_t seconds)
{
  g_autofree char *time =
      seismic_time_format (TEST_START_NS + seconds * SEISMIC_NS_PER_SECOND, 3);
  return g_strdup_printf ("%s|%s|38|-122|5|NC|NCSS|NC|1|Mw|4.5|NC|Here|earthquake\n", id,
                          time);
}

/* A record of one station that starts seconds after the test records. */
static GBytes *
record_at (const char *station, int64_t seconds)
{
  GPtrArray *traces = test_traces_new ();
  test_traces_add_instrument (traces, "NC", station,
                              TEST_START_NS + seconds * SEISMIC_NS_PER_SECOND, 1000, 1);
  return test_record (traces);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  import (fixture, NULL);
  assert_report (fixture, 0, 0, 0, 0, 0);
  static const char *const missing[] = {"no such file", NULL};
  import (fixture, missing);
  assert_report (fixture, 0, 0, 0, 0, 1);
  g_assert_error (find_skip (fixture, "no such file"), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  static const char *const none[] = {NULL};
  import (fixture, none);
  assert_report (fixture, 0, 0, 0, 0, 0);
}

/* One document, one event: every record of the folder is its own, whatever its time. */
static void
test_one_event (Fixture *fixture, gconstpointer data)
{
  g_autofree char *row = event_row ("72182046", 40000000);
  g_autofree char *text = g_strconcat (EVENT_HEADER, row, NULL);
  write_text (fixture, "catalogue.dat", text);
  write_text (fixture, "stations.txt",
              "#Network|Station|Latitude|Longitude|Elevation|SiteName|StartTime|EndTime\n"
              "NC|A|39|-122|0|x|2000-01-01|\n");
  write_text (fixture, "instrument.xml",
              "<FDSNStationXML><Network code=\"NC\"><Station code=\"B\"><Latitude>40"
              "</Latitude><Longitude>-122</Longitude><Channel code=\"HNN\" "
              "locationCode=\"\" startDate=\"2001-01-01\"><Azimuth>5</Azimuth><Response>"
              "<InstrumentSensitivity><Value>2000</Value><InputUnits><Name>CM/S**2</Name>"
              "</InputUnits></InstrumentSensitivity></Response></Channel></Station>"
              "</Network></FDSNStationXML>");
  test_write_bytes (fixture->source, "a.anything", record_at ("A", 0));
  test_write_bytes (fixture->source, "b", record_at ("B", 90000));
  import (fixture, NULL);
  assert_report (fixture, 1, 2, 2, 0, 0);
  g_autofree char *ids = signal_ids (fixture);
  g_assert_cmpstr (ids, ==, "72182046/NC.A..HN 72182046/NC.B..HN");
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (fixture->library, NULL);
  const SeismicSignalInfo *info = signals->pdata[0];
  g_assert_cmpfloat (info->event.magnitude, ==, 4.5);
  g_assert_cmpfloat_with_epsilon (info->distance_km, 111.19, 0.01);
  info = signals->pdata[1];
  g_assert_cmpfloat_with_epsilon (info->distance_km, 222.39, 0.01);
  g_assert_true (isnan (info->counts_per_ms2[0]));
  g_assert_cmpfloat (info->counts_per_ms2[1], ==, 200000);
  g_assert_cmpfloat (info->azimuths[1], ==, 5);

  import (fixture, NULL); /* again: nothing changes */
  assert_report (fixture, 0, 0, 0, 2, 0);
  g_autofree char *again = signal_ids (fixture);
  g_assert_cmpstr (again, ==, ids);
}

/* Several events: by time. */
static void
test_by_time (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *station;
    int64_t start; /* seconds; 10 s long */
    const char *event;
  } cases[] = {
      {"A", 0, "first"},     /* at its first sample */
      {"B", -9, "first"},    /* it lies within */
      {"C", 600, "second"},  /* the last of two that fit */
      {"D", -11, NULL},      /* ends before the first */
      {"E", 1199, "second"}, /* 10 min before the start, less 1 s */
      {"F", 1201, NULL},     /* and more */
  };
  g_autofree char *first = event_row ("first", 0);
  g_autofree char *second = event_row ("second", 600);
  g_autofree char *text =
      g_strconcat (EVENT_HEADER, second, first, "timeless||||||||||||x|\n", NULL);
  write_text (fixture, "events.txt", text);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    test_write_bytes (fixture->source, cases[i].station,
                      record_at (cases[i].station, cases[i].start));
  import (fixture, NULL);
  assert_report (fixture, 4, G_N_ELEMENTS (cases), G_N_ELEMENTS (cases), 0, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = g_strdup_printf (
        "%s/NC.%s..HN", cases[i].event != NULL ? cases[i].event : "source",
        cases[i].station);
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (fixture->library, id, &error);
    g_assert_no_error (error);
    g_assert_nonnull (signal);
  }
}

/* Without a document the folder gives the name; the library's own events stay. */
static void
test_named_after_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) known = seismic_event_new ("72182046");
  known->magnitude = 6.8;
  g_assert_true (seismic_library_put_event (fixture->library, known, &error));
  test_write_bytes (fixture->source, "72182046/a.mseed", record_at ("A", 0));
  test_write_bytes (fixture->source, "other/.hidden.mseed", record_at ("H", 0));
  test_write_bytes (fixture->source, "other/b.mseed", record_at ("B", 0));
  test_write_bytes (fixture->source, "one/raw/c.mseed", record_at ("C", 0));
  test_write_bytes (fixture->source, "two/raw/c.mseed", record_at ("D", 0));
  import (fixture, NULL);
  assert_report (fixture, 3, 4, 4, 0, 0);
  g_autofree char *ids = signal_ids (fixture);
  g_assert_cmpstr (ids, ==,
                   "72182046/NC.A..HN other/NC.B..HN raw/NC.C..HN two_raw/NC.D..HN");
  g_autoptr (SeismicEvent) found =
      seismic_library_get_event (fixture->library, "72182046", &error);
  g_assert_cmpfloat (found->magnitude, ==, 6.8);
  g_autoptr (SeismicEvent) made =
      seismic_library_get_event (fixture->library, "other", &error);
  g_assert_true (isnan (made->magnitude) && made->time_ns == SEISMIC_TIME_UNSET);
}

/* The original study's table in place of QuakeML. */
static void
test_events_csv (Fixture *fixture, gconstpointer data)
{
  static const char table[] = "eventID,magnitude,time\n"
                              "73291880,4.5,2019-10-15T05:33:20Z\n";
  test_write_file (fixture->source, "events.csv", table, sizeof table - 1);
  test_write_bytes (fixture->source, "r.mseed", record_at ("A", 7));
  static const char *const names[] = {"events.csv", "r.mseed", NULL};
  import (fixture, names);
  assert_report (fixture, 1, 1, 1, 0, 0);
  g_autofree char *ids = signal_ids (fixture);
  g_assert_cmpstr (ids, ==, "73291880/NC.A..HN");
}

static void
test_loose_files (Fixture *fixture, gconstpointer data)
{
  test_write_bytes (fixture->source, "a/r.mseed", record_at ("A", 7));
  test_write_bytes (fixture->source, "b/r.mseed", record_at ("B", 3));
  static const char *const names[] = {"a/r.mseed", "b/r.mseed", "a/r.mseed", NULL};
  import (fixture, names);
  assert_report (fixture, 1, 2, 2, 0, 0);
  g_autofree char *ids = signal_ids (fixture);
  g_assert_cmpstr (ids, ==,
                   "2019-10-15T05:33:23Z/NC.A..HN 2019-10-15T05:33:23Z/NC.B..HN");
  import (fixture, names);
  assert_report (fixture, 0, 0, 0, 2, 0);

  /* the same name from another place is another record; from its own, a new version */
  test_write_bytes (fixture->source, "b/r.mseed", record_at ("C", 3));
  import (fixture, names);
  assert_report (fixture, 0, 1, 1, 1, 0);
  g_autofree char *changed = signal_ids (fixture);
  g_assert_cmpstr (changed, ==,
                   "2019-10-15T05:33:23Z/NC.A..HN 2019-10-15T05:33:23Z/NC.C..HN");
}

/* A catalogue above the folders of its events: by time alone, even if it is one event. */
static void
test_catalogue_above (Fixture *fixture, gconstpointer data)
{
  g_autofree char *row = event_row ("first", 0);
  g_autofree char *text = g_strconcat (EVENT_HEADER, row, NULL);
  write_text (fixture, "events.txt", text);
  test_write_bytes (fixture->source, "x/y/a.mseed", record_at ("A", 5));
  test_write_bytes (fixture->source, "x/z/b.mseed", record_at ("B", 5000));
  import (fixture, NULL);
  assert_report (fixture, 2, 2, 2, 0, 0);
  g_autofree char *ids = signal_ids (fixture);
  g_assert_cmpstr (ids, ==, "first/NC.A..HN z/NC.B..HN");
}

static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "empty.mseed", "");
  write_text (fixture, "README.txt", "Read me first.");
  write_text (fixture, "event.json", "{\"id\": 1}");
  write_text (fixture, "cut.xml",
              "<q:quakeml xmlns:q=\"http://quakeml.org/xmlns/bed\">\n<");
  write_text (fixture, "rows.txt", EVENT_HEADER "1|yesterday|||||||||||||\n");
  test_write_bytes (fixture->source, "hne.mseed",
                    test_record_of_channel ("NC", "A", "HNE", 1));
  test_write_bytes (fixture->source, "bne.mseed",
                    test_record_of_channel ("NC", "A", "BNE", 1));
  test_write_bytes (fixture->source, "bnn.mseed",
                    test_record_of_channel ("NC", "A", "BNN", 2));
  GBytes *whole = record_at ("T", 0);
  g_autoptr (GBytes) cut =
      g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 100);
  g_bytes_unref (whole);
  test_write_bytes (fixture->source, "cut.mseed", g_steal_pointer (&cut));
  g_autofree char *pipe = g_build_filename (fixture->source, "pipe", NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_autofree char *loop = g_build_filename (fixture->source, "loop", NULL);
  g_assert_cmpint (symlink (fixture->source, loop), ==, 0);
  g_autofree char *dangling = g_build_filename (fixture->source, "dangling", NULL);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);

  import (fixture, NULL);
  assert_report (fixture, 1, 4, 1, 0, 11);
  static const struct {
    const char *item;
    int code;
  } cases[] = {
      {"empty.mseed", SEISMIC_ERROR_EMPTY},
      {"README.txt", SEISMIC_ERROR_NOT_MINISEED},
      {"event.json", SEISMIC_ERROR_FORMAT},
      {"cut.xml", SEISMIC_ERROR_FORMAT},
      {"rows.txt: line 2", SEISMIC_ERROR_FORMAT},
      {"source/NC.A..HN", SEISMIC_ERROR_COMPONENTS},
      {"source/NC.A..BN", SEISMIC_ERROR_UNSUPPORTED},
      {"cut.mseed", SEISMIC_ERROR_DAMAGED},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_error (find_skip (fixture, cases[i].item), SEISMIC_ERROR, cases[i].code);
  g_assert_error (find_skip (fixture, "pipe"), G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_assert_error (find_skip (fixture, "loop"), G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_error (find_skip (fixture, "dangling"), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_library_itself (Fixture *fixture, gconstpointer data)
{
  test_write_bytes (fixture->source, "a.mseed", record_at ("A", 0));
  import (fixture, NULL);
  const char *paths[] = {fixture->folder, NULL};
  seismic_import_report_clear (&fixture->report);
  g_assert_true (
      seismic_import (fixture->library, paths, NULL, NULL, &fixture->report, NULL));
  assert_report (fixture, 0, 0, 0, 1, 1);
  g_assert_error (find_skip (fixture, "/library"), G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_deep_folders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) name = g_string_new (NULL);
  for (int i = 0; i < 70; i++)
    g_string_append (name, "d/");
  g_string_append (name, "r.mseed");
  test_write_bytes (fixture->source, name->str, record_at ("A", 0));
  import (fixture, NULL);
  assert_report (fixture, 0, 0, 0, 0, 1);
  g_assert_error (find_skip (fixture, "d/d"), G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

typedef struct {
  size_t n_calls, stop_at;
  SeismicProgress last;
} Watch;

static bool
watch_progress (const SeismicProgress *progress, void *user_data)
{
  Watch *watch = user_data;
  watch->last = *progress;
  return watch->n_calls++ != watch->stop_at;
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  Watch watch = {.stop_at = SIZE_MAX};
  for (int i = 0; i < 5; i++) {
    g_autofree char *name = g_strdup_printf ("%d/%d.mseed", i / 2, i);
    test_write_bytes (fixture->source, name, record_at ("A", i));
  }
  const char *paths[] = {fixture->source, NULL};
  g_autoptr (GError) error = NULL;
  seismic_import (fixture->library, paths, watch_progress, &watch, &fixture->report,
                  &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_calls, ==, 6);
  g_assert_cmpuint (watch.last.done, ==, 5);
  g_assert_cmpuint (watch.last.total, ==, 5);
  g_assert_null (watch.last.item);
}

/* Stopped anywhere, the library is whole, and importing again completes it. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 6; i++) {
    g_autofree char *name = g_strdup_printf ("event%d/%d.mseed", i / 2, i);
    g_autofree char *station = g_strdup_printf ("S%d", i);
    test_write_bytes (fixture->source, name, record_at (station, i));
  }
  const char *paths[] = {fixture->source, NULL};
  for (size_t stop_at = 0; stop_at < 6; stop_at++) {
    Watch watch = {.stop_at = stop_at};
    g_autofree char *name = g_strdup_printf ("stopped%zu", stop_at);
    g_autofree char *folder = g_build_filename (fixture->folder, name, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicLibrary) library = seismic_library_open (folder, true, &error);
    seismic_import_report_clear (&fixture->report);
    g_assert_false (seismic_import (library, paths, watch_progress, &watch,
                                    &fixture->report, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    assert_report (fixture, stop_at / 2, stop_at / 2 * 2, stop_at / 2 * 2, 0, 0);
    g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
    g_assert_cmpuint (signals->len, ==, stop_at / 2 * 2);

    seismic_import_report_clear (&fixture->report);
    g_assert_true (seismic_import (library, paths, NULL, NULL, &fixture->report, &error));
    g_assert_cmpuint (fixture->report.n_duplicates, ==, signals->len);
    g_assert_cmpuint (fixture->report.n_signals, ==, 6 - signals->len);
  }
}

/* What the instruments of the shared records must become. */
static void
test_shared_waveforms (Fixture *fixture, gconstpointer data)
{
  g_autofree char *table = test_shared_path ("data/TRIPLETS.tsv", NULL);
  g_autofree char *folder = test_shared_path ("data/waveforms", NULL);
  if (table == NULL || folder == NULL)
    return;
  const char *paths[] = {folder, NULL};
  g_autoptr (GError) error = NULL;
  seismic_import (fixture->library, paths, NULL, NULL, &fixture->report, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (fixture->library, &error);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < signals->len; i++) {
    SeismicSignalInfo *info = signals->pdata[i];
    g_hash_table_insert (found, info->id, info);
  }
  g_autoptr (GPtrArray) rows = test_tsv_read (table);
  size_t n_expected = 0;
  for (guint i = 0; i < rows->len; i++) {
    const char *set = test_tsv_field (rows->pdata[i], "set");
    const char *instrument = test_tsv_field (rows->pdata[i], "instrument");
    if (!g_str_has_prefix (set, "waveforms/") || !g_str_has_suffix (instrument, ".HN") ||
        !g_str_equal (test_tsv_field (rows->pdata[i], "complete"), "yes"))
      continue;
    g_autofree char *id =
        g_strconcat (set + strlen ("waveforms/"), "/", instrument, NULL);
    const SeismicSignalInfo *info = g_hash_table_lookup (found, id);
    g_assert_nonnull (info);
    g_auto (GStrv) components =
        g_strsplit (test_tsv_field (rows->pdata[i], "components"), ",", -1);
    g_autofree char *letters = g_strjoinv ("", components);
    g_assert_cmpstr (info->components, ==, letters);
    g_assert_cmpfloat (info->rate_hz, ==,
                       g_ascii_strtod (test_tsv_field (rows->pdata[i], "rates"), NULL));
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (fixture->library, id, &error);
    g_assert_no_error (error);
    g_assert_nonnull (signal);
    n_expected++;
  }
  g_assert_cmpuint (n_expected, >, 0);
  g_assert_cmpuint (signals->len, ==, n_expected);
  g_assert_cmpuint (fixture->report.n_signals, ==, n_expected);

  seismic_import_report_clear (&fixture->report);
  size_t n_files = 0;
  g_assert_true (
      seismic_import (fixture->library, paths, NULL, NULL, &fixture->report, &error));
  n_files = fixture->report.n_duplicates;
  g_assert_cmpuint (n_files, >, 0);
  assert_report (fixture, 0, 0, 0, n_files, 0);
}

/* Every other folder of the shared records: no crash, and a reason for all left out. */
static void
test_shared_others (Fixture *fixture, gconstpointer data)
{
  static const char *const folders[] = {"data/events", "data/nasty", "data/derived",
                                        "data/stations", "data/ncedc"};
  for (size_t i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = test_shared_path (folders[i], NULL);
    if (folder == NULL)
      return;
    const char *paths[] = {folder, NULL};
    g_autoptr (GError) error = NULL;
    seismic_import_report_clear (&fixture->report);
    seismic_import (fixture->library, paths, NULL, NULL, &fixture->report, &error);
    g_assert_no_error (error);
    for (guint k = 0; k < fixture->report.skipped->len; k++) {
      const SeismicSkip *skip = fixture->report.skipped->pdata[k];
      g_assert_nonnull (skip->reason);
      g_assert_true (g_utf8_validate (skip->reason->message, -1, NULL));
      g_assert_true (g_utf8_validate (skip->item, -1, NULL));
    }
  }
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (fixture->library, NULL);
  g_assert_cmpuint (signals->len, >, 0);
}

/* A long file is copied by way of its index: its signals are what the short way gives, it
 * is known again, and mended where the library lost it. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  test_traces_add_instrument (traces, "NC", "LONG", TEST_START_NS, 400000, 7);
  const SeismicTrace *trace = traces->pdata[0];
  GBytes *bytes = seismic_miniseed_write (traces, NULL);
  g_autofree char *text = g_strconcat (EVENT_HEADER, "7|||||||||||||\n", NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 1 << 20);
  test_write_bytes (fixture->source, "long.mseed", bytes);
  write_text (fixture, "event.txt", text);
  import (fixture, NULL);
  assert_report (fixture, 1, 1, 1, 0, 0);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (fixture->library, "7/NC.LONG..HN", &error);
    g_assert_no_error (error);
    g_assert_cmpuint (signal->n_samples, ==, 400000);
    g_assert_cmpfloat (signal->samples[0], ==, seismic_trace_value (trace, 0));
    g_assert_cmpfloat (signal->samples[399999], ==, seismic_trace_value (trace, 399999));
    if (i == 1)
      break;
    import (fixture, NULL);
    assert_report (fixture, 0, 0, 0, 1, 0);
    g_autofree char *path = g_build_filename (
        seismic_library_get_folder (fixture->library), "waveforms/7", "long.mseed", NULL);
    g_assert_cmpint (g_remove (path), ==, 0);
    import (fixture, NULL);
    assert_report (fixture, 0, 1, 1, 0, 0);
  }
}

/* SAC, one component a file, and miniSEED in gzip, whatever they are called: what they
 * hold makes signals, and is read again by another handle. */
static void
test_formats (Fixture *fixture, gconstpointer data)
{
  static const char *const channels[] = {"HNE", "HNN", "HNZ"};
  static const char *const names[] = {"one/a.SAC", "one/b", "one/c.sac.gz"};
  const size_t n = 270000; /* over 1 MiB, where long miniSEED is read otherwise */
  for (size_t c = 0; c < 3; c++) {
    g_auto (TestSac) sac = test_sac_new (n, 6 + c % 2, c == 1);
    test_sac_text (&sac, 600, channels[c]);
    GBytes *bytes = g_bytes_new (sac.bytes, sac.n_bytes);
    test_write_bytes (fixture->source, names[c], c == 2 ? test_packed (bytes) : bytes);
  }
  test_write_bytes (fixture->source, "one/d.mseed.gz",
                    test_packed (test_record_of_station ("NC", "A", 1)));
  test_write_bytes (fixture->source, "one/page.html.gz",
                    test_packed (g_bytes_new_static ("<html></html>", 13)));
  g_auto (TestSac) short_sac = test_sac_new (300, 6, false);
  test_write_file (fixture->source, "one/short.sac", short_sac.bytes, 1000);

  import (fixture, NULL);
  assert_report (fixture, 1, 4, 2, 0, 2);
  g_assert_error (find_skip (fixture, "page.html.gz"), SEISMIC_ERROR,
                  SEISMIC_ERROR_NOT_MINISEED);
  g_assert_error (find_skip (fixture, "short.sac"), SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);

  g_autofree char *folder = g_strdup (seismic_library_get_folder (fixture->library));
  static const char *const files[] = {"a.sac", "b.sac", "c.gz", "d.gz"};
  for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (folder, "waveforms", "one", files[i], NULL);
    g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  }
  g_autoptr (GError) error = NULL;
  seismic_library_close (fixture->library);
  fixture->library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_autoptr (SeismicSignal) sac =
      seismic_library_read_signal (fixture->library, "one/XX.STA.00.HN", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sac->n_samples, ==, n);
  for (size_t i = 0; i < 900; i++)
    g_assert_cmpfloat (sac->samples[i / 300 * n + i % 300], ==,
                       (double)(i % 300 * (i % 300)) - 5.0);
  g_autoptr (SeismicSignal) packed =
      seismic_library_read_signal (fixture->library, "one/NC.A..HN", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (packed->n_samples, ==, 1000);

  import (fixture, NULL);
  assert_report (fixture, 0, 0, 0, 4, 2);
}

/* Picks, tags and comments come in with their event, which may be of the same folder; of
 * others they are skips. */
static void
test_picks_and_notes (void)
{
  g_autofree char *folder = test_new_folder ();
  static const char picks[] = "event,instrument,channel,phase,time\n"
                              "e,NC.A..HN,HNZ,P,2019-10-15T05:33:21Z\n"
                              "gone,NC.A..HN,HNZ,P,2019-10-15T05:33:21Z\n";
  static const char notes[] = "event,instrument,tags,comment\n"
                              "e,,quarry; odd,\"two\nlines\"\n"
                              "e,NC.A..HN,good,\n";
  test_write_bytes (folder, "e/r.mseed", test_record_of_station ("NC", "A", 1));
  test_write_file (folder, "e/picks.csv", picks, strlen (picks));
  test_write_file (folder, "e/notes.csv", notes, strlen (notes));
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  for (guint pass = 0; pass < 2; pass++) { /* again is as good as once */
    const char *const paths[] = {folder, NULL};
    g_auto (SeismicImportReport) report = {0};
    g_assert_true (seismic_import (library, paths, NULL, NULL, &report, &error));
    g_assert_cmpuint (report.n_picks, ==, 1);
    g_assert_cmpuint (report.n_notes, ==, 2);
    g_assert_cmpuint (report.skipped->len, ==, 1);
    g_assert_cmpstr (((SeismicSkip *)report.skipped->pdata[0])->item, ==, "gone: pick");
    g_autoptr (GPtrArray) found =
        seismic_library_list_picks (library, NULL, NULL, &error);
    g_assert_cmpuint (found->len, ==, 1);
    g_autoptr (GPtrArray) kept = seismic_library_list_notes (library, &error);
    g_assert_cmpuint (kept->len, ==, 2);
    g_assert_cmpstr (((SeismicNote *)kept->pdata[0])->comment, ==, "two\nlines");
  }
  test_remove_library (library);
  test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                              \
  g_test_add ("/import/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing", test_nothing);
  ADD ("one-event", test_one_event);
  ADD ("by-time", test_by_time);
  ADD ("named-after-folder", test_named_after_folder);
  ADD ("events-csv", test_events_csv);
  ADD ("loose-files", test_loose_files);
  ADD ("catalogue-above", test_catalogue_above);
  ADD ("formats", test_formats);
  ADD ("long", test_long);
  ADD ("reasons", test_reasons);
  ADD ("library-itself", test_library_itself);
  ADD ("deep-folders", test_deep_folders);
  ADD ("progress", test_progress);
  ADD ("stop", test_stop);
  ADD ("shared-waveforms", test_shared_waveforms);
  ADD ("shared-others", test_shared_others);
  g_test_add_func ("/import/picks-and-notes", test_picks_and_notes);
  return g_test_run ();
}
