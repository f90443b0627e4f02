/* The stub as a program, for tests that start the application or its commands. */
#include "support/fdsn-stub.h"

#include <locale.h>
#include <stdio.h>

static gboolean
start (int argc, char **argv, FdsnStub **stub, GError **error)
{
  FdsnStubSettings settings = fdsn_stub_default ();
  gint64 n_events = (gint64)settings.n_events, n_stations = (gint64)settings.n_stations;
  gint64 seed = (gint64)settings.seed, max_rows = 0, cut_rows = 0;
  int port = 0;
  gboolean tls = FALSE;
  g_autofree char *folder = NULL, *without = NULL;
  g_auto (GStrv) rules = NULL;
  const GOptionEntry entries[] = {
      {"port", 'p', 0, G_OPTION_ARG_INT, &port, "Port, 0: any", "N"},
      {"events", 0, 0, G_OPTION_ARG_INT64, &n_events, "Events to make (12)", "N"},
      {"stations", 0, 0, G_OPTION_ARG_INT64, &n_stations, "Stations (3)", "N"},
      {"seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Seed of all that is made (1)", "N"},
      {"folder", 0, 0, G_OPTION_ARG_FILENAME, &folder,
       "events.xml and EVENT.mseed to serve instead", "FOLDER"},
      {"without", 0, 0, G_OPTION_ARG_STRING, &without, "Events without records", "IDS"},
      {"max-rows", 0, 0, G_OPTION_ARG_INT64, &max_rows, "413 for more events", "N"},
      {"cut-rows", 0, 0, G_OPTION_ARG_INT64, &cut_rows, "Cut off more events", "N"},
      {"tls", 0, 0, G_OPTION_ARG_NONE, &tls, "https, self-signed", NULL},
      {"rule", 0, 0, G_OPTION_ARG_STRING_ARRAY, &rules,
       "A fault, as match=eventdata&status=503 (tests/support/fdsn-stub.h)", "RULE"},
      {NULL}};
  g_autoptr (GOptionContext) context = g_option_context_new ("- a loopback FDSN server");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  settings.n_events = (size_t)CLAMP (n_events, 0, 1000000);
  settings.n_stations = (size_t)CLAMP (n_stations, 1, 99);
  settings.seed = (uint64_t)seed;
  settings.max_rows = (size_t)MAX (max_rows, 0);
  settings.cut_rows = (size_t)MAX (cut_rows, 0);
  settings.folder = folder;
  settings.without = without;
  settings.tls = tls;
  settings.port = (uint16_t)CLAMP (port, 0, 65535);
  *stub = fdsn_stub_new (&settings, error);
  for (char **rule = rules; *stub != NULL && rule != NULL && *rule != NULL; rule++) {
    if (!fdsn_stub_add_rule (*stub, *rule, error))
      return FALSE;
  }
  return *stub != NULL;
}

/* Prints the port, then serves until it is killed. */
int
main (int argc, char **argv)
{
  g_autoptr (FdsnStub) stub = NULL;
  g_autoptr (GError) error = NULL;
  setlocale (LC_ALL, "");
  if (!start (argc, argv, &stub, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  g_print ("%u\n", fdsn_stub_get_port (stub));
  fflush (stdout);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_main_loop_run (loop);
  return 0;
}
