/* The window's program. */
#include "app/application.h"

#include <glib/gi18n.h>

int
main (int argc, char **argv)
{
  const char *locale = g_getenv ("SAE_LOCALE_DIRECTORY");
  g_autoptr (SaeApplication) application = NULL;

  bindtextdomain (GETTEXT_PACKAGE, locale ? locale : SAE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Signal Autoencoder"));
  application = sae_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
