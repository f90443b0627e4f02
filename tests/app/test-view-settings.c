#include "app/view-settings.h"

#include "app/slider-row.h"
#include "support/widgets.h"

static void
count (gpointer n)
{
  (*(guint *)n)++;
}

static void
test_settings (void)
{
  SaeViewSettings *settings =
      g_object_ref_sink (g_object_new (SAE_TYPE_VIEW_SETTINGS, NULL));
  GtkWidget *button = widget_test_find (GTK_WIDGET (settings), GTK_TYPE_MENU_BUTTON);
  SaeSpectrogramSettings spectrogram;
  SaeSectionSettings section;
  SaeSliderRow *window;
  guint n = 0;

  g_signal_connect_swapped (settings, "changed", G_CALLBACK (count), &n);
  sae_view_settings_set_view (settings, "motion");
  g_assert_false (gtk_widget_get_sensitive (button));
  sae_view_settings_set_view (settings, "spectrogram");
  g_assert_true (gtk_widget_get_sensitive (button));
  sae_view_settings_get_spectrogram (settings, &spectrogram);
  g_assert_cmpfloat (spectrogram.window_s, ==, 1);
  g_assert_cmpfloat_with_epsilon (spectrogram.overlap, 0.9, 1e-12);
  g_assert_false (spectrogram.logarithmic);
  g_assert_cmpfloat (sae_view_settings_get_smoothing (settings), ==, 40);
  sae_view_settings_get_section (settings, &section);
  g_assert_false (section.align_on_p);
  g_assert_cmpfloat_with_epsilon (section.gain, 1, 1e-9);
  g_assert_cmpuint (section.component, ==, 2);
  window = widget_test_find (GTK_WIDGET (settings), SAE_TYPE_SLIDER_ROW);
  sae_slider_row_set_value (window, 2.5);
  g_assert_cmpuint (n, ==, 1);
  sae_view_settings_get_spectrogram (settings, &spectrogram);
  g_assert_cmpfloat (spectrogram.window_s, ==, 2.5);
  g_assert_finalize_object (settings);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/view-settings/settings", test_settings);
  return g_test_run ();
}
