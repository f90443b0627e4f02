/* download: records of a library's events. */
#include "seismic/download.h"
#include "cli/json.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/server.h"

#include <glib/gi18n.h>
#include <math.h>

/* A line for an event that ended; on a terminal only for one that failed. */
static void
tell_end (CliProgress *bar, const SeismicDownloadProgress *progress)
{
  g_autofree char *size = g_format_size (progress->n_bytes);

  if (progress->state == SEISMIC_DOWNLOAD_FAILED)
    cli_progress_line (bar, _ ("%s: failed: %s"), progress->event_id,
                       progress->reason->message);
  else if (bar->terminal)
    return;
  else if (progress->state == SEISMIC_DOWNLOAD_DONE)
    cli_progress_line (bar, _ ("%s: done, %s"), progress->event_id, size);
  else if (progress->state == SEISMIC_DOWNLOAD_NO_DATA)
    cli_progress_line (bar, _ ("%s: no data"), progress->event_id);
}

static void
draw (CliProgress *bar, const SeismicDownloadProgress *progress)
{
  size_t n_ended = progress->n_done + progress->n_no_data + progress->n_failed;
  g_autofree char *size = g_format_size (progress->n_bytes_all);
  g_autoptr (GString) note = g_string_new (NULL);

  g_string_printf (note, "%zu/%zu, %s", n_ended, progress->n_events, size);
  if (!isnan (progress->bytes_per_second)) {
    g_autofree char *speed = g_format_size ((guint64)progress->bytes_per_second);
    g_string_append_printf (note, _ (", %s/s"), speed);
  }
  if (!isnan (progress->seconds_left))
    g_string_append_printf (note, _ (", %.0f s left"), progress->seconds_left);
  cli_progress_update (bar, (double)n_ended / (double)MAX (progress->n_events, 1),
                       note->str);
}

static bool
on_progress (const SeismicDownloadProgress *progress, void *user_data)
{
  CliProgress *bar = user_data;

  tell_end (bar, progress);
  if (bar->terminal)
    draw (bar, progress);
  return !cli_interrupted ();
}

static void
print_json (const SeismicDownloadReport *report)
{
  g_autoptr (GString) json = g_string_new (NULL);

  cli_json_open (json, NULL, '{');
  cli_json_count (json, "events", report->n_events);
  cli_json_count (json, "done", report->n_done);
  cli_json_count (json, "no_data", report->n_no_data);
  cli_json_count (json, "already", report->n_already);
  cli_json_count (json, "left", report->n_left);
  cli_json_count (json, "signals", report->n_signals);
  cli_json_count (json, "bytes", report->n_bytes);
  cli_json_skips (json, "failed", report->failed);
  cli_json_close (json, '}');
  cli_json_print (json);
}

static void
print_report (const SeismicDownloadReport *report)
{
  g_autofree char *size = g_format_size (report->n_bytes);

  g_print (_ ("%zu events: %zu done (%zu signals, %s), %zu without data, %u failed, %zu "
              "there before\n"),
           report->n_events, report->n_done, report->n_signals, size, report->n_no_data,
           report->failed->len, report->n_already);
}

static int
run (const char *folder, const SeismicDownloadSettings *settings, bool json)
{
  g_autoptr (GError) error = NULL;
  g_auto (SeismicDownloadReport) report = {0};
  CliProgress bar;

  cli_interrupt_install ();
  cli_progress_init (&bar, _ ("Downloading"));
  bool done =
      seismic_download (folder, settings, NULL, NULL, on_progress, &bar, &report, &error);
  cli_progress_end (&bar);
  if (json)
    print_json (&report);
  else if (done || report.n_done + report.n_no_data + report.failed->len > 0)
    print_report (&report);
  if (!done)
    return cli_fail (error);
  if (report.n_left > 0)
    g_printerr (
        _ ("%s: the server failed over and over; %zu events were not asked for\n"),
        CLI_PROGRAM, report.n_left);
  else if (report.failed->len > 0)
    g_printerr (_ ("%s: %u events failed; “%s download --retry-failed” asks again\n"),
                CLI_PROGRAM, report.failed->len, CLI_PROGRAM);
  return report.failed->len > 0 ? CLI_FAILED : CLI_DONE;
}

/* What a download would bring, without a word to the server. */
static int
run_dry (SeismicLibrary *library, const SeismicDownloadSettings *settings, bool json)
{
  g_autoptr (GError) error = NULL;
  SeismicDownloadEstimate estimate;

  if (!seismic_download_estimate (library, settings, &estimate, &error))
    return cli_fail (error);
  if (json) {
    g_autoptr (GString) text = g_string_new (NULL);

    cli_json_open (text, NULL, '{');
    cli_json_count (text, "events", estimate.n_events + estimate.n_already);
    cli_json_count (text, "to_download", estimate.n_events);
    cli_json_count (text, "already", estimate.n_already);
    cli_json_count (text, "estimated_bytes", estimate.n_bytes);
    cli_json_text (text, "estimated_from",
                   estimate.is_measured ? "earlier downloads" : "default");
    cli_json_close (text, '}');
    cli_json_print (text);
    return CLI_DONE;
  }
  g_autofree char *size = g_format_size (estimate.n_bytes);
  if (estimate.n_events == 0)
    g_print (_ ("%zu events: nothing to download, %zu there before\n"),
             estimate.n_already, estimate.n_already);
  else if (estimate.is_measured)
    g_print (_ ("%zu events: %zu to download, about %s, %zu there before\n"),
             estimate.n_events + estimate.n_already, estimate.n_events, size,
             estimate.n_already);
  else
    g_print (_ ("%zu events: %zu to download, perhaps %s (no download has told yet), %zu "
                "there before\n"),
             estimate.n_events + estimate.n_already, estimate.n_events, size,
             estimate.n_already);
  return CLI_DONE;
}

int
cli_download (const CliCommand *self, char **arguments)
{
  g_autofree char *server = NULL, *events = NULL, *jobs = NULL, *limit = NULL;
  gboolean json = FALSE, retry_failed = FALSE, dry_run = FALSE;
  const GOptionEntry entries[] = {
      {"server", 0, 0, G_OPTION_ARG_STRING, &server,
       N_ ("Data center: an address, or ncedc, scedc, … (ncedc)"), "URL"},
      {"events", 0, 0, G_OPTION_ARG_STRING, &events,
       N_ ("Events of these ids, with commas (all of the library)"), "ID,…"},
      {"jobs", 0, 0, G_OPTION_ARG_STRING, &jobs,
       N_ ("Connections at the same time, up to 5 (3)"), "N"},
      {"limit", 0, 0, G_OPTION_ARG_STRING, &limit,
       N_ ("Number of events asked for at most, the newest (all)"), "N"},
      {"retry-failed", 0, 0, G_OPTION_ARG_NONE, &retry_failed,
       N_ ("Ask again for all that failed or had no data"), NULL},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run,
       N_ ("Only tell how many events would be asked for, and about how many bytes"),
       NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Write JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  SeismicDownloadSettings settings = seismic_download_default ();
  size_t n_jobs = settings.n_jobs;

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_server_parse (self, server, &settings.server) ||
      !cli_option_count (self, "--jobs", jobs, 1, SEISMIC_DOWNLOAD_MAX_JOBS, &n_jobs) ||
      !cli_option_count (self, "--limit", limit, 1, G_MAXINT32, &settings.limit))
    return CLI_USAGE;
  g_auto (GStrv) ids = events ? g_strsplit (events, ",", -1) : NULL;
  settings.event_ids = (const char *const *)ids;
  settings.n_jobs = (unsigned)n_jobs;
  settings.retry_failed = retry_failed;
  /* Opened once for its own sake: a failure names the folder. */
  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (library == NULL)
    return CLI_FAILED;
  return dry_run ? run_dry (library, &settings, json)
                 : run (positional[0], &settings, json);
}
