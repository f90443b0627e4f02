/* From the data center to signals, and what is left when it is killed on the way. */
#include "cli-support.h"

#include "seismic/library-download.h"
#include "seismic/miniseed.h"
#include "support/fdsn-stub.h"
#include "support/records.h"

#include <signal.h>
#include <sys/resource.h>

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1
#else
#define SANITIZED __has_feature (address_sanitizer)
#endif

typedef struct {
  FdsnStub *stub;
  const char *base;
  char *folder;  /* of all libraries */
  char *library; /* in it, not made yet */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  FdsnStubSettings settings = fdsn_stub_default ();

  settings.n_events = GPOINTER_TO_SIZE (data);
  fixture->stub = fdsn_stub_new (&settings, &error);
  g_assert_no_error (error);
  fixture->base = fdsn_stub_get_base (fixture->stub);
  fixture->folder = make_folder ();
  fixture->library = g_build_filename (fixture->folder, "library", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->library);
  fdsn_stub_free (fixture->stub);
}

static void
add_rule (Fixture *fixture, const char *rule)
{
  g_autoptr (GError) error = NULL;
  fdsn_stub_add_rule (fixture->stub, rule, &error);
  g_assert_no_error (error);
}

static void
assert_says (const char *text, const char *words)
{
  if (!strstr (text, words))
    g_test_message ("no “%s” in: %s", words, text);
  g_assert_nonnull (strstr (text, words));
}

/* Query, download and signals in one go; then nothing is asked any more. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  const char *library = fixture->library;
  g_auto (CliRun) query = cli_expect (0, "query %s --server %s", library, fixture->base);
  assert_says (query.out, "6 events found, 6 of them new");
  g_auto (CliRun) again = cli_expect (0, "query %s --server %s", library, fixture->base);
  assert_says (again.out, "6 events found, 0 of them new");
  g_auto (CliRun) json = cli_expect (0, "download %s --dry-run --json", library);
  assert_says (json.out, "\"to_download\":6");
  assert_says (json.out, "\"estimated_bytes\":108000000");
  assert_says (json.out, "\"estimated_from\":\"default\"");
  g_auto (CliRun) guess = cli_expect (0, "download %s --dry-run", library);
  assert_says (guess.out, "6 events: 6 to download, perhaps 108.0");
  g_auto (CliRun) first =
      cli_expect (0, "download %s --server %s", library, fixture->base);
  assert_says (first.out, "6 events: 6 done (18 signals, ");
  assert_says (first.err, "72000003: done, ");
  g_assert_cmpuint (count_lines (first.err), ==, 6);

  fdsn_stub_forget_log (fixture->stub);
  g_auto (CliRun) dry = cli_expect (0, "download %s --dry-run", library);
  g_assert_cmpstr (dry.out, ==, "6 events: nothing to download, 6 there before\n");
  g_auto (CliRun) second =
      cli_expect (0, "download %s --server %s", library, fixture->base);
  assert_says (second.out, "0 done (0 signals, ");
  assert_says (second.out, "6 there before");
  g_assert_cmpstr (second.err, ==, "");
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, NULL, false), ==, 0);

  g_auto (CliRun) signals = cli_expect (0, "signals %s --csv", library);
  g_assert_cmpuint (count_lines (signals.out), ==, 19);
  g_assert_null (strstr (signals.out, ",,213740")); /* all distances are known */
  g_auto (GStrv) sensitivities = g_strsplit (signals.out, ",213740 213740 213740,", -1);
  g_assert_cmpuint (g_strv_length (sensitivities), ==, 19);
  g_auto (CliRun) status = cli_expect (0, "status %s", library);
  assert_says (status.out, "events: 6 (6 downloaded, 0 without data, 0 failed");
  assert_says (status.out, "records: 6 files");
  assert_says (status.out, "signals: 18");
}

/* events.csv goes out and into another library. */
static void
test_events (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "events.csv", NULL);
  g_autoptr (GError) error = NULL;
  cli_check (0, "query %s --server %s", fixture->library, fixture->base);
  g_auto (CliRun) csv = cli_expect (0, "events %s --csv", fixture->library);
  g_assert_true (g_str_has_prefix (csv.out, "eventID,magnitude,magnitude_type,latitude,"
                                            "longitude,event_type,time,depth_km,place\n"
                                            "72000003,"));
  g_assert_cmpuint (count_lines (csv.out), ==, 4);
  g_file_set_contents (path, csv.out, -1, &error);
  g_assert_no_error (error);
  g_auto (CliRun) imported = cli_expect (0, "import %s/other %s", fixture->folder, path);
  assert_says (imported.out, "taken: 3 events");
  g_auto (CliRun) same = cli_expect (0, "events %s/other --csv", fixture->folder);
  g_assert_cmpstr (same.out, ==, csv.out);

  g_auto (CliRun) table = cli_expect (0, "events %s", fixture->library);
  assert_says (table.out, "not-asked");
  g_auto (CliRun) json = cli_expect (0, "events %s --json", fixture->library);
  g_assert_true (g_str_has_prefix (json.out, "{\"events\":[{\"id\":\"72000003\","));
  assert_says (json.out, "\"state\":\"not-asked\",\"records\":0,");
}

/* What is asked for is what the options say. */
static void
test_query (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *options, *asked;
  } cases[] = {
      {"", "minmag"},
      {"--min-magnitude 5.5 --max-magnitude 6", "5.5"},
      {"--start 2015-01-01 --end 2016-01-01", "2015-01-01"},
      {"--box -124,36,-120,40", "-124"},
      {"--radius 38,-122,0,2", "radius"},
      {"--min-depth 1 --max-depth 10", "depth"},
      {"--event-type earthquake", "earthquake"},
      {"--limit 2", "limit=2"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    fdsn_stub_forget_log (fixture->stub);
    g_autofree char *line =
        g_strdup_printf ("query %s --json --server %s %s", fixture->library,
                         fixture->base, cases[i].options);
    g_auto (CliRun) run = cli_expect (0, "%s", g_strchomp (line));
    g_assert_true (g_str_has_prefix (run.out, "{\"server\":\"http://127.0.0.1:"));
    g_autofree char *log = fdsn_stub_log (fixture->stub);
    assert_says (log, cases[i].asked);
  }
  g_auto (CliRun) status = cli_expect (0, "status %s --json", fixture->library);
  assert_says (status.out, "{\"events\":3,\"done\":0,");

  /* A search that fails leaves no folder behind. */
  add_rule (fixture, "status=400&reason=no+such+thing");
  g_auto (CliRun) failed =
      cli_expect (1, "query %s/new --server %s", fixture->folder, fixture->base);
  assert_says (failed.err, "no such thing");
  g_autofree char *made = g_build_filename (fixture->folder, "new", NULL);
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  const char *library = fixture->library, *base = fixture->base;
  cli_check (0, "query %s --server %s", library, base);
  g_auto (CliRun) named = cli_expect (
      0, "download %s --server %s --events 72000001,72000002 --jobs 1", library, base);
  assert_says (named.out, "2 events: 2 done");
  g_auto (CliRun) unknown =
      cli_expect (1, "download %s --server %s --events 1", library, base);
  assert_says (unknown.err, "no event 1 in the library");
  g_auto (CliRun) limited =
      cli_expect (0, "download %s --server %s --limit 1 --json", library, base);
  g_assert_true (g_str_has_prefix (limited.out, "{\"events\":3,\"done\":1,\"no_data\":0,"
                                                "\"already\":2,\"left\":0,"));
}

/* A failure is told with its reason, kept, and asked for again on demand. */
static void
test_failed (Fixture *fixture, gconstpointer data)
{
  const char *library = fixture->library, *base = fixture->base;
  cli_check (0, "query %s --server %s", library, base);
  add_rule (fixture, "match=72000002&status=403&reason=members+only");
  g_auto (CliRun) failed = cli_expect (1, "download %s --server %s", library, base);
  assert_says (failed.out, "2 done");
  assert_says (failed.out, "1 failed");
  assert_says (failed.err, "72000002: failed: ");
  assert_says (failed.err, "--retry-failed");
  g_auto (CliRun) status = cli_expect (0, "status %s", library);
  assert_says (status.out, "failed: 72000002: ");
  fdsn_stub_forget_log (fixture->stub);
  cli_check (0, "download %s --server %s", library, base);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, NULL, false), ==, 0);
  fdsn_stub_clear_rules (fixture->stub);
  g_auto (CliRun) retried =
      cli_expect (0, "download %s --server %s --retry-failed", library, base);
  assert_says (retried.out, "1 done");

  g_autofree char *lost =
      g_build_filename (library, "waveforms/72000001/downloaded.mseed", NULL);
  g_assert_cmpint (g_remove (lost), ==, 0);
  g_auto (CliRun) missing = cli_expect (0, "status %s", library);
  assert_says (missing.out, "missing or changed: 72000001/downloaded.mseed: ");
}

/* The downloaded files of a library by event id: their SHA-256. */
static GHashTable *
list_files (const char *library)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *waveforms = g_build_filename (library, "waveforms", NULL);
  g_autoptr (GDir) folder = g_dir_open (waveforms, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder))) {
    g_autofree char *event = g_build_filename (waveforms, name, NULL);
    g_autoptr (GDir) inner = g_dir_open (event, 0, NULL);
    const char *file;
    if (!inner)
      g_hash_table_insert (files, g_strdup (name), g_strdup ("stray"));
    while (inner && (file = g_dir_read_name (inner))) {
      g_autofree char *path = g_build_filename (event, file, NULL);
      g_autofree char *content = NULL;
      gsize n_bytes = 0;
      g_assert_true (g_file_get_contents (path, &content, &n_bytes, NULL));
      g_hash_table_insert (files, g_build_filename (name, file, NULL),
                           g_compute_checksum_for_data (
                               G_CHECKSUM_SHA256, (const guchar *)content, n_bytes));
    }
  }
  return files;
}

/* What the user reads of each fault, of a search and of a download. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *rule, *sentence, *for_records; /* the second NULL: the same */
  } cases[] = {
      {"status=400&reason=bad+dates", "127.0.0.1: request refused (400): bad dates",
       NULL},
      {"status=401", "127.0.0.1: restricted (401)", NULL},
      {"status=403&reason=members", "127.0.0.1: restricted (403): members", NULL},
      {"status=413", "127.0.0.1: too much asked for (413)", NULL},
      {"status=429&retry-after=999", "busy (429), to be asked again in 999 s", NULL},
      {"status=503&retry-after=1", "After 4 tries: 127.0.0.1: busy (503)", NULL},
      {"fault=html", "127.0.0.1: a web page instead of data", NULL},
      {"fault=garbage", "neither QuakeML nor event text", "no miniSEED record in"},
      {"fault=nonsense", "the answer is no HTTP", NULL},
      {"redirect=loop", "too many redirects", NULL},
      {"redirect=file:///etc/passwd", "sends us elsewhere than to http", NULL},
  };
  const char *library = fixture->library, *base = fixture->base;
  cli_check (0, "query %s --server %s", library, base);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    fdsn_stub_clear_rules (fixture->stub);
    add_rule (fixture, cases[i].rule);
    g_test_message ("%s", cases[i].rule);
    g_auto (CliRun) query = cli_expect (1, "query %s --server %s", library, base);
    assert_says (query.err, cases[i].sentence);
    g_auto (CliRun) download =
        cli_expect (1, "download %s --server %s --retry-failed", library, base);
    assert_says (download.err,
                 cases[i].for_records ? cases[i].for_records : cases[i].sentence);
    assert_says (download.err, "72000001: failed: ");
  }
  /* None of it left anything behind, and all goes on. */
  fdsn_stub_clear_rules (fixture->stub);
  g_autoptr (GHashTable) files = list_files (library);
  g_assert_cmpuint (g_hash_table_size (files), ==, 0);
  cli_check (0, "download %s --server %s --retry-failed", library, base);
}

/* Of the children so far, KiB. */
static long
peak_memory (void)
{
  struct rusage usage;
  g_assert_cmpint (getrusage (RUSAGE_CHILDREN, &usage), ==, 0);
  return usage.ru_maxrss;
}

/* A long body that is no data: it is refused, and memory does not grow with it. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  const char *library = fixture->library, *base = fixture->base;
  cli_check (0, "query %s --server %s", library, base);
  long before = peak_memory ();
  add_rule (fixture, "match=eventdata&size=268435456");
  g_auto (CliRun) run = cli_expect (1, "download %s --server %s", library, base);
  assert_says (run.err, "no miniSEED record");
  assert_says (run.out, "1 failed");
  if (SANITIZED)
    g_test_skip ("a sanitizer keeps what was freed");
  else
    g_assert_cmpint (peak_memory () - before, <, 64 * 1024);
}

/* Records of one instrument again and again, each time of another station. */
static void
write_long_gather (const char *path, size_t n_stations)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  test_traces_add_instrument (traces, "SY", "00000", TEST_START_NS, 200000, 1);
  g_autoptr (GBytes) bytes = seismic_miniseed_write (traces, NULL);
  const size_t n_bytes = g_bytes_get_size (bytes);
  g_autofree char *piece = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);
  FILE *file = fopen (path, "wb");
  g_assert_nonnull (file);
  for (size_t i = 0; i < n_stations; i++) {
    char code[6];
    g_snprintf (code, sizeof code, "%05u", (unsigned)i % 100000);
    for (size_t at = 0; at < n_bytes; at += 512)
      memcpy (piece + at + 8, code, 5); /* the station's place in miniSEED 2 */
    g_assert_cmpuint (fwrite (piece, n_bytes, 1, file), ==, 1);
  }
  g_assert_cmpint (fclose (file), ==, 0);
}

/* A long body that is data: it is taken, and memory does not grow with it. */
static void
test_long_gather (Fixture *fixture, gconstpointer data)
{
  const char *library = fixture->library, *base = fixture->base;
  const size_t n_stations = g_getenv ("SAE_LONG_TESTS") ? 760 : SANITIZED ? 12 : 150;
  g_autofree char *gather = g_build_filename (fixture->folder, "gather", NULL);
  GStatBuf status;
  write_long_gather (gather, n_stations);
  g_assert_cmpint (g_stat (gather, &status), ==, 0);
  cli_check (0, "query %s --server %s", library, base);
  const long before = peak_memory ();
  g_autofree char *rule = g_strconcat ("match=eventdata&file=", gather, NULL);
  add_rule (fixture, rule);
  g_auto (CliRun) run = cli_expect (0, "download %s --server %s", library, base);
  g_autofree char *taken = g_strdup_printf ("1 done (%zu signals", n_stations);
  assert_says (run.out, taken);
  const long grown = peak_memory () - before;
  g_test_message ("%" G_GINT64_FORMAT " bytes: grown by %ld KiB", (gint64)status.st_size,
                  grown);
  if (!SANITIZED)
    g_assert_cmpint (grown, <, 64 * 1024);
  g_auto (CliRun) signals = cli_expect (0, "signals %s --csv", library);
  g_assert_cmpuint (count_lines (signals.out), ==, n_stations + 1);
  g_auto (CliRun) inspected = cli_expect (0, "status %s", library);
  assert_says (inspected.out, "records: 1 files");
}

static void
assert_same_files (GHashTable *files, GHashTable *expected)
{
  GHashTableIter iter;
  gpointer name, sha256;

  g_assert_cmpuint (g_hash_table_size (files), ==, g_hash_table_size (expected));
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &name, &sha256))
    g_assert_cmpstr (g_hash_table_lookup (files, name), ==, sha256);
}

/* The catalogue, without what tells of when: signals, events and their states. */
static char *
read_catalogue (const char *library)
{
  g_auto (CliRun) signals = cli_expect (0, "signals %s --csv", library);
  g_auto (CliRun) events = cli_expect (0, "events %s --json", library);
  g_auto (CliRun) status = cli_expect (0, "status %s --json", library);
  return g_strconcat (signals.out, events.out, status.out, NULL);
}

/* Starts a download and kills it after so long, if it has not ended by itself. */
static bool
download_and_kill (const char *library, const char *base, gulong after_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
      CLI_PATH, "download", library, "--server", base, NULL);
  g_assert_no_error (error);
  g_usleep (after_us);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
  return g_subprocess_get_if_signaled (process);
}

/* Nothing that stood complete in its place at a kill is asked for afterwards. */
static void
assert_not_asked (FdsnStub *stub, GHashTable *complete)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, complete);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    g_auto (GStrv) parts = g_strsplit (name, "/", 2);
    if (parts[1])
      g_assert_cmpuint (fdsn_stub_count (stub, parts[0], false), ==, 0);
  }
}

/* Killed at random moments, each library runs on to the same end, and a later one. */
static void
test_kill (Fixture *fixture, gconstpointer data)
{
  g_autofree char *calm = g_build_filename (fixture->folder, "calm", NULL);
  guint n_kills = g_getenv ("SAE_LONG_TESTS") ? 50 : 12, n_killed = 0, n_runs = 0;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240824);

  cli_check (0, "query %s --server %s", calm, fixture->base);
  cli_check (0, "download %s --server %s", calm, fixture->base);
  g_autoptr (GHashTable) expected = list_files (calm);
  g_autofree char *catalogue = read_catalogue (calm);
  g_assert_cmpuint (g_hash_table_size (expected), ==, GPOINTER_TO_SIZE (data));

  while (n_killed < n_kills) {
    g_autofree char *library =
        g_strdup_printf ("%s/killed-%u", fixture->folder, n_runs++);
    g_autoptr (GHashTable) complete = NULL;
    bool was_killed = true;
    fdsn_stub_clear_rules (fixture->stub);
    cli_check (0, "query %s --server %s", library, fixture->base);
    /* Bodies that trickle, so that there are moments in the middle of them. */
    add_rule (fixture, "match=eventdata&rate=400000");
    while (was_killed && n_killed < n_kills) {
      complete = list_files (library);
      fdsn_stub_forget_log (fixture->stub);
      was_killed = download_and_kill (library, fixture->base,
                                      (gulong)g_rand_int_range (rand, 5000, 900000));
      n_killed += was_killed;
      assert_not_asked (fixture->stub, complete);
      g_clear_pointer (&complete, g_hash_table_unref);
    }
    complete = list_files (library);
    fdsn_stub_forget_log (fixture->stub);
    cli_check (0, "download %s --server %s", library, fixture->base);
    assert_not_asked (fixture->stub, complete);
    g_autoptr (GHashTable) files = list_files (library);
    assert_same_files (files, expected);
    g_autofree char *same = read_catalogue (library);
    g_assert_cmpstr (same, ==, catalogue);
    remove_tree (library);
  }
  g_test_message ("%u kills of %u libraries", n_killed, n_runs);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, n_events, function)                                                    \
  g_test_add ("/download/" name, Fixture, GSIZE_TO_POINTER (n_events), set_up, function, \
              tear_down)
  ADD ("all", 6, test_all);
  ADD ("events", 3, test_events);
  ADD ("query", 3, test_query);
  ADD ("options", 3, test_options);
  ADD ("failed", 3, test_failed);
  ADD ("faults", 1, test_faults);
  ADD ("memory", 1, test_memory);
  ADD ("long-gather", 1, test_long_gather);
  ADD ("kill", 8, test_kill);
  return g_test_run ();
}
