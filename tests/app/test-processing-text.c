#include "app/processing-text.h"

#include "support/widgets.h"

static void
test_text (void)
{
  SaeTreatment treatment = {0};
  g_autofree char *nothing = sae_processing_text (&treatment), *much = NULL, *net = NULL;

  g_assert_cmpstr (nothing, ==, "");
  treatment.processing =
      (SeismicProcessing){.demean = true,
                          .taper = 0.05,
                          .filter = {.kind = SEISMIC_BUTTERWORTH_BANDPASS,
                                     .order = 4,
                                     .low_hz = 0.05,
                                     .high_hz = 20,
                                     .zero_phase = true},
                          .motion = SEISMIC_MOTION_INTEGRAL,
                          .rotation = SEISMIC_ROTATION_RADIAL_TRANSVERSE};
  much = sae_processing_text (&treatment);
  g_assert_cmpstr (
      much, ==,
      "Mean removed  ·  Taper 5\u202f%  ·  Band-pass 0.050–20\u202fHz, order "
      "4, zero-phase  ·  Integrated  ·  Radial and transverse");
  treatment = (SaeTreatment){.as_network = TRUE,
                             .processing = {.resample_hz = 20,
                                            .motion = SEISMIC_MOTION_DIFFERENCE,
                                            .normalise = true}};
  net = sae_processing_text (&treatment);
  g_assert_cmpstr (net, ==,
                   "As the autoencoder sees it  ·  At 20.0\u202fHz  ·  Differences  ·  "
                   "Normalised");
}

/* Each unit has a name of its own. */
static void
test_units (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int unit = SEISMIC_UNIT_COUNTS; unit <= SEISMIC_UNIT_NORMALISED; unit++)
    g_hash_table_add (names, (gpointer)sae_unit_text ((SeismicUnit)unit));
  g_assert_cmpuint (g_hash_table_size (names), ==, SEISMIC_UNIT_NORMALISED + 1);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/processing-text/text", test_text);
  g_test_add_func ("/app/processing-text/units", test_units);
  return g_test_run ();
}
