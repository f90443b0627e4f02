/* query: events of a data centre into a library. */
#include "cli/json.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/server.h"
#include "seismic/error.h"
#include "seismic/fdsn.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The texts of the options, as given. Owned. */
typedef struct {
  char *server, *min_magnitude, *max_magnitude, *start, *end, *box, *radius, *min_depth,
      *max_depth, *event_type, *limit;
  gboolean json;
} Texts;

static void
texts_clear (Texts *texts)
{
  char *all[] = {texts->server,     texts->min_magnitude, texts->max_magnitude,
                 texts->start,      texts->end,           texts->box,
                 texts->radius,     texts->min_depth,     texts->max_depth,
                 texts->event_type, texts->limit};

  for (size_t i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static bool
parse_time (const CliCommand *self, const char *option, const char *text,
            int64_t *time_ns)
{
  if (!text || seismic_time_parse (text, time_ns))
    return true;
  cli_usage_error (self,
                   _ ("%s is a time such as 2014-08-24 or 2014-08-24T10:20:44, not “%s”"),
                   option, text);
  return false;
}

/* Four numbers with commas. */
static bool
parse_four (const CliCommand *self, const char *option, const char *form,
            const char *text, double *const values[4])
{
  if (!text)
    return true;
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  if (g_strv_length (parts) != 4) {
    cli_usage_error (self, _ ("%s takes %s, not “%s”"), option, form, text);
    return false;
  }
  for (size_t i = 0; i < 4; i++)
    if (!cli_option_number (self, option, parts[i], -360, 360, values[i]))
      return false;
  return true;
}

static bool
parse_query (const CliCommand *self, const Texts *texts, SeismicEventQuery *query)
{
  g_autoptr (GError) error = NULL;
  double *const box[] = {&query->west, &query->south, &query->east, &query->north};
  double *const circle[] = {&query->latitude, &query->longitude, &query->min_radius,
                            &query->max_radius};

  seismic_event_query_init (query);
  query->event_type = g_strdup (texts->event_type);
  if (!cli_option_number (self, "--min-magnitude", texts->min_magnitude, -10, 10,
                          &query->min_magnitude) ||
      !cli_option_number (self, "--max-magnitude", texts->max_magnitude, -10, 10,
                          &query->max_magnitude) ||
      !parse_time (self, "--start", texts->start, &query->start_ns) ||
      !parse_time (self, "--end", texts->end, &query->end_ns) ||
      !parse_four (self, "--box", "W,S,E,N", texts->box, box) ||
      !parse_four (self, "--radius", "LAT,LON,MIN,MAX", texts->radius, circle) ||
      !cli_option_number (self, "--min-depth", texts->min_depth, -100, 1000,
                          &query->min_depth_km) ||
      !cli_option_number (self, "--max-depth", texts->max_depth, -100, 1000,
                          &query->max_depth_km) ||
      !cli_option_count (self, "--limit", texts->limit, 1, G_MAXINT32, &query->limit))
    return false;
  if (seismic_event_query_check (query, &error))
    return true;
  cli_usage_error (self, "%s", error->message);
  return false;
}

/* All or nothing; *n_new: how many the library did not know. */
static bool
put_events (SeismicLibrary *library, GPtrArray *events, size_t *n_new, GError **error)
{
  if (!seismic_library_begin (library, error))
    return false;
  *n_new = 0;
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    g_autoptr (SeismicEvent) known = seismic_library_get_event (library, event->id, NULL);
    *n_new += known == NULL;
    if (!seismic_library_put_event (library, event, error)) {
      seismic_library_rollback (library);
      return false;
    }
  }
  return seismic_library_commit (library, error);
}

static bool
search (const SeismicServer *server, const SeismicEventQuery *query, GPtrArray **events,
        GPtrArray **skipped, GError **error)
{
  CliProgress progress;

  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Searching"));
  g_autoptr (SeismicHttpGate) gate =
      seismic_http_gate_new (SEISMIC_HTTP_REQUESTS_PER_SECOND);
  g_autoptr (SeismicHttp) http = seismic_http_new (gate, NULL);
  bool done = seismic_fdsn_events (http, server, query, NULL, cli_progress_items,
                                   &progress, events, skipped, error);
  cli_progress_end (&progress);
  return done;
}

static void
print_json (const SeismicServer *server, const GPtrArray *events, size_t n_new,
            const GPtrArray *skipped)
{
  g_autoptr (GString) json = g_string_new (NULL);

  cli_json_open (json, NULL, '{');
  cli_json_text (json, "server", server->base);
  cli_json_count (json, "new", n_new);
  cli_json_open (json, "events", '[');
  for (guint i = 0; i < events->len; i++) {
    cli_json_open (json, NULL, '{');
    cli_json_event (json, events->pdata[i]);
    cli_json_close (json, '}');
  }
  cli_json_close (json, ']');
  cli_json_skips (json, "skipped", skipped);
  cli_json_close (json, '}');
  cli_json_print (json);
}

static int
run (const char *folder, const SeismicServer *server, const SeismicEventQuery *query,
     bool json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (SeismicLibrary) library = NULL;
  size_t n_new = 0;

  /* What is no library is told before the search; a new one is made only after it. */
  if (g_file_test (folder, G_FILE_TEST_EXISTS) &&
      !(library = cli_library_open (folder, true)))
    return CLI_FAILED;
  if (!search (server, query, &events, &skipped, &error))
    return cli_fail (error);
  if (!library && !(library = cli_library_open (folder, true)))
    return CLI_FAILED;
  if (!put_events (library, events, &n_new, &error))
    return cli_fail (error);

  cli_print_skipped (skipped);
  if (json)
    print_json (server, events, n_new, skipped);
  else
    g_print (_ ("%u events found, %zu of them new to the library; skipped: %u\n"),
             events->len, n_new, skipped->len);
  return CLI_DONE;
}

int
cli_query (const CliCommand *self, char **arguments)
{
  g_auto (Texts) texts = {0};
  const GOptionEntry entries[] = {
      {"server", 0, 0, G_OPTION_ARG_STRING, &texts.server,
       N_ ("Data center: an address, or ncedc, scedc, … (ncedc)"), "URL"},
      {"min-magnitude", 0, 0, G_OPTION_ARG_STRING, &texts.min_magnitude,
       N_ ("Least magnitude (5)"), "M"},
      {"max-magnitude", 0, 0, G_OPTION_ARG_STRING, &texts.max_magnitude,
       N_ ("Largest magnitude (9)"), "M"},
      {"start", 0, 0, G_OPTION_ARG_STRING, &texts.start,
       N_ ("Events from this time on, UTC (all years)"), "TIME"},
      {"end", 0, 0, G_OPTION_ARG_STRING, &texts.end, N_ ("Events until this time, UTC"),
       "TIME"},
      {"box", 0, 0, G_OPTION_ARG_STRING, &texts.box, N_ ("Region, degrees"), "W,S,E,N"},
      {"radius", 0, 0, G_OPTION_ARG_STRING, &texts.radius,
       N_ ("Ring around a point, degrees"), "LAT,LON,MIN,MAX"},
      {"min-depth", 0, 0, G_OPTION_ARG_STRING, &texts.min_depth, N_ ("Least depth, km"),
       "KM"},
      {"max-depth", 0, 0, G_OPTION_ARG_STRING, &texts.max_depth, N_ ("Largest depth, km"),
       "KM"},
      {"event-type", 0, 0, G_OPTION_ARG_STRING, &texts.event_type,
       N_ ("Types with commas, such as earthquake,explosion (all)"), "TYPES"},
      {"limit", 0, 0, G_OPTION_ARG_STRING, &texts.limit,
       N_ ("Number of events at most, the newest (all)"), "N"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &texts.json, N_ ("Write JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  g_auto (SeismicEventQuery) query = {0};
  SeismicServer server;

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_server_parse (self, texts.server, &server) ||
      !parse_query (self, &texts, &query))
    return CLI_USAGE;
  return run (positional[0], &server, &query, texts.json);
}
