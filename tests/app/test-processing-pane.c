#include "app/processing-pane.h"

#include "app/slider-row.h"
#include "support/widgets.h"

static void
count (gpointer n)
{
  (*(guint *)n)++;
}

/* The combo row of that title. */
static AdwComboRow *
find_combo (GtkWidget *root, const char *title)
{
  if (ADW_IS_COMBO_ROW (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return ADW_COMBO_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    AdwComboRow *found = find_combo (child, title);

    if (found)
      return found;
  }
  return NULL;
}

static void
test_read (void)
{
  SaeProcessingPane *pane =
      g_object_ref_sink (g_object_new (SAE_TYPE_PROCESSING_PANE, NULL));
  SaeTreatment treatment;
  guint n = 0;

  g_signal_connect_swapped (pane, "changed", G_CALLBACK (count), &n);
  sae_processing_pane_read (pane, &treatment);
  g_assert_true (seismic_processing_is_identity (&treatment.processing));
  g_assert_false (treatment.as_network);
  adw_combo_row_set_selected (find_combo (GTK_WIDGET (pane), "Butterworth"),
                              SEISMIC_BUTTERWORTH_BANDPASS);
  g_assert_cmpuint (n, ==, 1);
  adw_combo_row_set_selected (find_combo (GTK_WIDGET (pane), "Samples"),
                              SEISMIC_MOTION_INTEGRAL);
  adw_combo_row_set_selected (find_combo (GTK_WIDGET (pane), "Components"),
                              SEISMIC_ROTATION_RADIAL_TRANSVERSE);
  g_assert_cmpuint (n, ==, 3);
  sae_processing_pane_read (pane, &treatment);
  g_assert_cmpint (treatment.processing.filter.kind, ==, SEISMIC_BUTTERWORTH_BANDPASS);
  g_assert_cmpuint (treatment.processing.filter.order, ==, 4);
  g_assert_cmpfloat (treatment.processing.filter.low_hz, ==, 0.1);
  g_assert_cmpfloat (treatment.processing.filter.high_hz, ==, 20);
  g_assert_true (treatment.processing.filter.zero_phase);
  g_assert_cmpint (treatment.processing.motion, ==, SEISMIC_MOTION_INTEGRAL);
  g_assert_cmpint (treatment.processing.rotation, ==, SEISMIC_ROTATION_RADIAL_TRANSVERSE);
  gtk_widget_activate_action (GTK_WIDGET (pane), "processing.reset", NULL);
  g_assert_cmpuint (n, ==, 4); /* once for all */
  sae_processing_pane_read (pane, &treatment);
  g_assert_true (seismic_processing_is_identity (&treatment.processing));
  g_assert_finalize_object (pane);
}

/* What cannot be done says why. */
static void
test_adapt (void)
{
  SaeProcessingPane *pane =
      g_object_ref_sink (g_object_new (SAE_TYPE_PROCESSING_PANE, NULL));
  SeismicSignalInfo info = {.id = (char *)"a",
                            .components = "ENZ",
                            .back_azimuth = NAN,
                            .event.id = (char *)"e"};
  g_autoptr (SaeSignalItem) item = sae_signal_item_new (&info);

  sae_processing_pane_adapt (pane, NULL, FALSE);
  assert_shows (pane, "Needs a trained model");
  sae_processing_pane_adapt (pane, item, TRUE);
  assert_shows (pane, "At its rate, as normalised differences");
  assert_shows (pane, "Radial needs the places of event and station");
  g_assert_finalize_object (pane);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/processing-pane/read", test_read);
  g_test_add_func ("/app/processing-pane/adapt", test_adapt);
  return g_test_run ();
}
