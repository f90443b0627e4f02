#include "app/preferences.h"

#include "session/settings.h"
#include "support/widgets.h"

static void
collect_spin_buttons (GtkWidget *root, GPtrArray *found)
{
  if (GTK_IS_SPIN_BUTTON (root))
    g_ptr_array_add (found, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    collect_spin_buttons (child, found);
}

/* What is set is kept, within its range, and what downloads and trainings read. */
static void
test_kept (void)
{
  g_autoptr (GSettings) settings = sae_settings_new ();
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GtkWindow *window = sae_preferences_new (NULL);

  collect_spin_buttons (GTK_WIDGET (window), found);
  g_assert_cmpuint (found->len, ==, 2);
  if (settings) {
    g_assert_cmpuint (sae_settings_get_connections (settings), ==, 3);
    gtk_spin_button_set_value (g_ptr_array_index (found, 0), 9);
    g_assert_cmpuint (sae_settings_get_connections (settings), ==, 5);
    g_assert_cmpuint (sae_settings_get_threads (settings), ==, 0);
    gtk_spin_button_set_value (g_ptr_array_index (found, 1), 4);
    g_assert_cmpuint (sae_settings_get_threads (settings), ==, 4);
    g_settings_reset (settings, "download-connections");
    g_settings_reset (settings, "training-threads");
  }
  g_object_ref (window);
  gtk_window_destroy (window);
  widget_test_drain ();
  g_assert_finalize_object (window);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/preferences/kept", test_kept);
  return g_test_run ();
}
