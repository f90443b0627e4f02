#include "app/application.h"

#include "app/preferences.h"
#include "app/window.h"
#include "nn/parallel.h"
#include "seismic/fdsn-url.h"
#include "session/settings.h"
#include <glib/gi18n.h>

struct _SaeApplication {
  AdwApplication parent_instance;

  /* Owned */
  char *server; /* asked first; NULL: the usual one */
};

G_DEFINE_FINAL_TYPE (SaeApplication, sae_application, ADW_TYPE_APPLICATION)

/* The window, made when it is first needed. */
static SaeWindow *
get_window (SaeApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);
  SaeWindow *window;

  for (GList *link = gtk_application_get_windows (application); link; link = link->next)
    if (SAE_IS_WINDOW (link->data))
      return link->data;
  window = sae_window_new (application);
  if (self->server)
    sae_window_set_server (window, self->server);
  return window;
}

/* -1: go on; else the program's status. */
static int
sae_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  SaeApplication *self = SAE_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  SeismicServer server;

  g_free (self->server);
  self->server = NULL;
  if (!g_variant_dict_lookup (options, "server", "s", &self->server) ||
      seismic_fdsn_url_server (self->server, &server, &error))
    return -1;
  g_printerr (_ ("--server: %s\n"), error->message);
  return 2;
}

static void
sae_application_finalize (GObject *object)
{
  g_free (SAE_APPLICATION (object)->server);
  G_OBJECT_CLASS (sae_application_parent_class)->finalize (object);
}

static void
sae_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (SAE_APPLICATION (application))));
}

static void
sae_application_open (GApplication *application, GFile **files, int n_files,
                      const char *hint)
{
  SaeWindow *window = get_window (SAE_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  sae_window_open_files (window, files, (gsize)n_files);
}

/* Closes every window, so that each stops its jobs first. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_autoptr (GList) windows =
      g_list_copy (gtk_application_get_windows (GTK_APPLICATION (application)));

  for (GList *link = windows; link; link = link->next)
    gtk_window_close (link->data);
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  static const char *const developers[] = {"Signal Autoencoder", NULL};
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (application));

  adw_show_about_window (
      parent, "application-name", _ ("Signal Autoencoder"), "application-icon",
      SAE_APPLICATION_ID, "version", SAE_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
      "developers", developers, "comments",
      _ ("See earthquake records, train a neural network on them and explore what it has "
         "learned."),
      /* Translators: your names, one a line */
      "translator-credits", _ ("translator-credits"), NULL);
}

static void
show_preferences (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  gtk_window_present (sae_preferences_new (
      gtk_application_get_active_window (GTK_APPLICATION (application))));
}

static const GActionEntry actions[] = {
    {.name = "quit", .activate = quit},
    {.name = "preferences", .activate = show_preferences},
    {.name = "about", .activate = show_about},
};

static const struct {
  const char *action;
  const char *accels[4];
} shortcuts[] = {
    {"app.quit", {"<Control>q"}},
    {"app.preferences", {"<Control>comma"}},
    {"window.close", {"<Control>w"}},
    {"win.show-help-overlay", {"F1", "<Control>question", "<Control><Shift>slash"}},
    {"win.open-files", {"<Control>o"}},
    {"win.open-library", {"<Control><Shift>o"}},
    {"win.new-library", {"<Control>n"}},
    {"win.export", {"<Control>e"}},
    {"win.toggle-side", {"F9"}},
    {"win.page::catalog", {"<Alt>1"}},
    {"win.page::signals", {"<Alt>2"}},
    {"win.page::training", {"<Alt>3"}},
    {"win.page::explore", {"<Alt>4"}},
    {"win.previous-page", {"<Control>Page_Up"}},
    {"win.next-page", {"<Control>Page_Down"}},
};

static void
sae_application_startup (GApplication *application)
{
  g_autoptr (GSettings) settings = sae_settings_new ();

  G_APPLICATION_CLASS (sae_application_parent_class)->startup (application);
  nn_parallel_set_threads (sae_settings_get_threads (settings));
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions,
                                   G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                           shortcuts[i].action, shortcuts[i].accels);
}

static void
sae_application_class_init (SaeApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sae_application_finalize;
  application_class->handle_local_options = sae_application_handle_local_options;
  application_class->startup = sae_application_startup;
  application_class->activate = sae_application_activate;
  application_class->open = sae_application_open;
}

static void
sae_application_init (SaeApplication *self)
{
  g_application_add_main_option (
      G_APPLICATION (self), "server", 0, 0, G_OPTION_ARG_STRING,
      N_ ("Data center: an address, or ncedc, scedc, … (ncedc)"), N_ ("URL"));
}

SaeApplication *
sae_application_new (void)
{
  return g_object_new (SAE_TYPE_APPLICATION, "application-id", SAE_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       SAE_RESOURCE_PATH, NULL);
}
