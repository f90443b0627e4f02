#include "app/preferences.h"

#include "session/settings.h"

struct _SaePreferences {
  AdwPreferencesWindow parent_instance;

  /* Template widgets */
  GtkSpinButton *connections, *threads;

  /* Owned */
  GSettings *settings; /* NULL without a schema */
};

G_DEFINE_FINAL_TYPE (SaePreferences, sae_preferences, ADW_TYPE_PREFERENCES_WINDOW)

GtkWindow *
sae_preferences_new (GtkWindow *parent)
{
  return g_object_new (SAE_TYPE_PREFERENCES, "transient-for", parent, NULL);
}

static void
sae_preferences_dispose (GObject *object)
{
  g_clear_object (&SAE_PREFERENCES (object)->settings);
  G_OBJECT_CLASS (sae_preferences_parent_class)->dispose (object);
}

static void
sae_preferences_class_init (SaePreferencesClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SaePreferences, connections);
  gtk_widget_class_bind_template_child (widget_class, SaePreferences, threads);
}

static void
sae_preferences_init (SaePreferences *self)
{
  const struct {
    const char *key;
    GtkSpinButton **button;
  } rows[] = {
      {"download-connections", &self->connections},
      {"training-threads", &self->threads},
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = sae_settings_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (self->settings)
      g_settings_bind (self->settings, rows[i].key,
                       gtk_spin_button_get_adjustment (*rows[i].button), "value",
                       G_SETTINGS_BIND_DEFAULT);
    else
      gtk_widget_set_sensitive (GTK_WIDGET (*rows[i].button), FALSE);
}
