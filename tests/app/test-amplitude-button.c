#include "app/amplitude-button.h"

#include "support/widgets.h"

static GtkCheckButton *
find_check (GtkWidget *root, const char *label)
{
  if (GTK_IS_CHECK_BUTTON (root) &&
      g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (root)), label) == 0)
    return GTK_CHECK_BUTTON (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkCheckButton *found = find_check (child, label);

    if (found)
      return found;
  }
  return NULL;
}

static void
count (gpointer n)
{
  (*(guint *)n)++;
}

static void
test_choices (void)
{
  SaeAmplitudeButton *button =
      g_object_ref_sink (g_object_new (SAE_TYPE_AMPLITUDE_BUTTON, NULL));
  GtkWidget *root = GTK_WIDGET (button);
  guint n_scalings = 0, n_units = 0;
  double limit;

  g_signal_connect_swapped (button, "scaling-changed", G_CALLBACK (count), &n_scalings);
  g_signal_connect_swapped (button, "unit-changed", G_CALLBACK (count), &n_units);
  sae_amplitude_button_adapt (button, "counts", FALSE, 1234);
  assert_shows (button, "Each · counts");
  assert_shows (button, "sensitivity of this instrument is not known");
  g_assert_cmpint (sae_amplitude_button_get_scaling (button, &limit), ==,
                   PLOT_SCALING_EACH);
  gtk_check_button_set_active (find_check (root, "Fixed"), TRUE);
  g_assert_cmpint (sae_amplitude_button_get_scaling (button, &limit), ==,
                   PLOT_SCALING_FIXED);
  g_assert_cmpfloat (limit, ==, 1300); /* what was seen, rounded up */
  g_assert_cmpuint (n_scalings, >=, 1);
  g_assert_cmpuint (n_units, ==, 0);
  gtk_check_button_set_active (find_check (root, "Acceleration, cm/s²"), TRUE);
  g_assert_true (sae_amplitude_button_get_physical (button));
  g_assert_cmpuint (n_units, ==, 1);
  /* The limit is one of the other unit now. */
  sae_amplitude_button_adapt (button, "cm/s²", TRUE, 9.81);
  sae_amplitude_button_get_scaling (button, &limit);
  g_assert_cmpfloat_with_epsilon (limit, 9.9, 1e-9);
  assert_shows (button, "Fixed · cm/s²");
  g_assert_finalize_object (button);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/amplitude-button/choices", test_choices);
  return g_test_run ();
}
