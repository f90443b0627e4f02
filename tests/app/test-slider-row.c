#include "app/slider-row.h"

#include "support/widgets.h"

static void
count (gpointer n)
{
  (*(guint *)n)++;
}

/* Slider and entry are one number; a slider's is rounded to what can be read. */
static void
test_logarithmic (void)
{
  SaeSliderRow *row = g_object_ref_sink (
      g_object_new (SAE_TYPE_SLIDER_ROW, "title", "Corner", "lower", 0.01, "upper", 100.0,
                    "step", 0.1, "digits", 3, "logarithmic", TRUE, "unit", "Hz", NULL));
  GtkRange *slider = widget_test_find (GTK_WIDGET (row), GTK_TYPE_SCALE);
  guint n = 0;

  g_signal_connect_swapped (row, "notify::value", G_CALLBACK (count), &n);
  sae_slider_row_set_value (row, 1);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (slider), 0, 1e-9);
  g_assert_cmpuint (n, ==, 1);
  gtk_range_set_value (slider, 1.23456);
  g_assert_cmpfloat_with_epsilon (sae_slider_row_get_value (row), 17.2, 1e-9);
  g_assert_cmpuint (n, ==, 2);
  sae_slider_row_set_value (row, 1e6);
  g_assert_cmpfloat (sae_slider_row_get_value (row), ==, 100);
  assert_shows (row, "Hz");
  g_assert_finalize_object (row);
}

static void
test_linear (void)
{
  SaeSliderRow *row =
      g_object_ref_sink (g_object_new (SAE_TYPE_SLIDER_ROW, "title", "Order", "lower",
                                       1.0, "upper", 8.0, "step", 1.0, NULL));
  GtkRange *slider = widget_test_find (GTK_WIDGET (row), GTK_TYPE_SCALE);

  gtk_range_set_value (slider, 5);
  g_assert_cmpfloat (sae_slider_row_get_value (row), ==, 5);
  sae_slider_row_set_value (row, 3);
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 3);
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/slider-row/logarithmic", test_logarithmic);
  g_test_add_func ("/app/slider-row/linear", test_linear);
  return g_test_run ();
}
