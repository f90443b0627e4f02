/* What a download of nine long gathers with three connections brings from the loopback
 * server into a library, with all that is done to them (decoded, hashed, catalogued, made
 * into signals), beside what three processes of curl bring from it into files; and what
 * finding the quality of the signals then takes. Argument: MiB of a gather (48). */
#include "seismic/download.h"
#include "seismic/library-quality.h"
#include "support/fdsn-stub.h"
#include "support/records.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define N_CONNECTIONS 3
#define N_EVENTS (3 * N_CONNECTIONS)
#define N_SAMPLES 60000 /* ten minutes at 100 Hz */

/* Records of one instrument again and again, each time of another station. */
static uint64_t
write_gather (const char *path, uint64_t n_wanted)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  test_traces_add_instrument (traces, "SY", "00000", TEST_START_NS, N_SAMPLES, 1);
  g_autoptr (GBytes) bytes = seismic_miniseed_write (traces, NULL);
  const size_t n_bytes = g_bytes_get_size (bytes);
  g_autofree char *piece = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);
  FILE *file = fopen (path, "wb");
  uint64_t n_written = 0;
  for (unsigned i = 0; n_written < n_wanted; i++) {
    char code[6];
    g_snprintf (code, sizeof code, "%05u", i % 100000);
    for (size_t at = 0; at < n_bytes; at += 512)
      memcpy (piece + at + 8, code, 5); /* the station's place in miniSEED 2 */
    g_assert_cmpuint (fwrite (piece, n_bytes, 1, file), ==, 1);
    n_written += n_bytes;
  }
  g_assert_cmpint (fclose (file), ==, 0);
  return n_written;
}

/* cpu_s: of this process, the server's threads among it. */
static void
tell (const char *what, uint64_t n_bytes, gint64 begin_us, double cpu_s)
{
  const double seconds = (double)(g_get_monotonic_time () - begin_us) / 1e6;
  printf ("%s: %.0f MB in %.2f s: %.0f MB/s; %.2f s of the processor here\n", what,
          (double)n_bytes / 1e6, seconds, (double)n_bytes / 1e6 / seconds, cpu_s);
  fflush (stdout);
}

static void
fill_library (const char *folder)
{
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, true, NULL);
  for (int i = 1; i <= N_EVENTS; i++) {
    g_autofree char *id = g_strdup_printf ("%d", 72000000 + i);
    g_autoptr (SeismicEvent) event = seismic_event_new (id);
    event->time_ns = TEST_START_NS;
    g_assert_true (seismic_library_put_event (library, event, NULL));
  }
}

static void
measure_download (const char *base, const char *folder, uint64_t n_bytes)
{
  SeismicDownloadSettings settings = seismic_download_default ();
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GError) error = NULL;
  g_assert_true (seismic_fdsn_url_server (base, &settings.server, &error));
  const gint64 begin_us = g_get_monotonic_time ();
  const clock_t begin = clock ();
  seismic_download (folder, &settings, NULL, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_done, ==, N_EVENTS);
  g_autofree char *what = g_strdup_printf ("download, %zu signals", report.n_signals);
  tell (what, n_bytes * N_EVENTS, begin_us, (double)(clock () - begin) / CLOCKS_PER_SEC);
}

static void
measure_curl (const char *base, const char *folder, uint64_t n_bytes)
{
  g_autofree char *program = g_find_program_in_path ("curl");
  GSubprocess *processes[N_CONNECTIONS];
  const gint64 begin_us = g_get_monotonic_time ();
  const clock_t begin = clock ();
  if (program == NULL)
    return;
  for (int i = 0; i < N_CONNECTIONS; i++) {
    /* curl asks for all of a range with one connection. */
    g_autofree char *url =
        g_strdup_printf ("%s/ncedcws/eventdata/1/query?eventid=[%d-%d]", base,
                         72000001 + 3 * i, 72000003 + 3 * i);
    g_autofree char *path = g_strdup_printf ("%s/curl-%d-#1", folder, i);
    processes[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, program, "-s", "-o",
                                     path, url, NULL);
  }
  for (int i = 0; i < N_CONNECTIONS; i++) {
    g_assert_true (g_subprocess_wait_check (processes[i], NULL, NULL));
    g_object_unref (processes[i]);
  }
  tell ("curl", n_bytes * N_EVENTS, begin_us,
        (double)(clock () - begin) / CLOCKS_PER_SEC);
}

static void
measure_quality (const char *folder, uint64_t n_bytes)
{
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, false, NULL);
  g_autoptr (GError) error = NULL;
  const gint64 begin_us = g_get_monotonic_time ();
  const clock_t begin = clock ();
  seismic_library_update_quality (library, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  tell ("quality", n_bytes * N_EVENTS, begin_us,
        (double)(clock () - begin) / CLOCKS_PER_SEC);
}

int
main (int argc, char **argv)
{
  const guint64 n_mib = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 48;
  g_autofree char *folder = test_new_folder ();
  g_autofree char *gather = g_build_filename (folder, "gather", NULL);
  g_autofree char *library = g_build_filename (folder, "library", NULL);
  g_autofree char *rule = g_strconcat ("match=eventdata&file=", gather, NULL);
  const uint64_t n_bytes = write_gather (gather, n_mib << 20);
  g_autoptr (FdsnStub) stub = fdsn_stub_new (NULL, NULL);
  g_assert_true (fdsn_stub_add_rule (stub, rule, NULL));
  measure_curl (fdsn_stub_get_base (stub), folder, n_bytes);
  fill_library (library);
  measure_download (fdsn_stub_get_base (stub), library, n_bytes);
  measure_quality (library, n_bytes);
  test_remove_folder (folder);
  return 0;
}
