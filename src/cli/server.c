#include "cli/server.h"
#include "cli/options.h"

#include <glib/gi18n.h>

bool
cli_server_parse (const CliCommand *command, const char *text, SeismicServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  size_t n_servers = 0;
  const SeismicServer *servers = seismic_fdsn_url_servers (&n_servers);

  if (!text)
    text = servers[0].id;
  if (seismic_fdsn_url_server (text, server, &error))
    return true;
  for (size_t i = 0; i < n_servers; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", servers[i].id);
  cli_usage_error (command, _ ("--server: %s; known are %s"), error->message, ids->str);
  return false;
}
