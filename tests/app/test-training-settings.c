#include "app/training-settings.h"

#include "analysis/preset.h"
#include "analysis/setting.h"

#include "nn/autoencoder.h"
#include "nn/params.h"
#include "support/widgets.h"

static void
test_widths (void)
{
  static const char *const bad[] = {"",       "1,2",      "1,2,3,4", "0,1,2",  "a,b,c",
                                    "1,2,-3", "1,2,4097", "1 2 3",   "1,2,3.5"};
  size_t widths[3] = {7, 8, 9};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sae_training_settings_parse_widths (bad[i], widths));
  g_assert_cmpuint (widths[0], ==, 7);
  g_assert_true (sae_training_settings_parse_widths (" 16, 32 ,4096", widths));
  g_assert_cmpuint (widths[0], ==, 16);
  g_assert_cmpuint (widths[1], ==, 32);
  g_assert_cmpuint (widths[2], ==, 4096);
}

/* The number on the screen is the network's own. */
static void
test_parameters (void)
{
  const NnConfig configs[] = {
      {NN_ARCHITECTURE_README, 3, {64, 128, 256}, 256, 1, 0, 0},
      {NN_ARCHITECTURE_README, 3, {5, 7, 11}, 13, 2, 0, 0},
      {NN_ARCHITECTURE_README, 3, {1, 1, 1}, 1, 1, 0, 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnAutoencoder) model = nn_autoencoder_new (&configs[i], 1, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (sae_training_settings_count_parameters (&configs[i]), ==,
                      nn_autoencoder_get_params (model)->size);
  }
}

static void
test_round_trip (void)
{
  SaeTrainingSettings *widget =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_SETTINGS, NULL));
  AnalysisTrainingSettings in = analysis_training_default (), out;
  GtkEditable *widths;

  in.network.widths[0] = 3;
  in.network.hidden = 17;
  in.network.n_layers = 2;
  in.trainer.n_epochs = 7;
  in.trainer.learning_rate = 0.00025;
  in.dataset.batch_size = 5;
  in.dataset.rate_hz = 0;
  in.dataset.validation_fraction = 0.35;
  in.seed = 99;
  in.network.architecture = NN_ARCHITECTURE_BATCHNORM;
  in.network.decoder_input = NN_DECODER_INPUT_EMBEDDING;
  in.network.dropout = 0.25;
  in.trainer.loss.kind = NN_LOSS_HUBER;
  in.trainer.schedule = (NnSchedule){NN_SCHEDULE_COSINE, 40};
  in.trainer.weight_decay = 0.01;
  in.trainer.clip_norm = 1.5;
  in.trainer.patience = 6;
  sae_training_settings_set (widget, &in);
  out = sae_training_settings_get (widget);
  g_assert_cmpuint (out.network.widths[0], ==, 3);
  g_assert_cmpuint (out.network.hidden, ==, 17);
  g_assert_cmpuint (out.network.n_layers, ==, 2);
  g_assert_cmpuint (out.trainer.n_epochs, ==, 7);
  g_assert_cmpfloat_with_epsilon (out.trainer.learning_rate, 0.00025, 1e-12);
  g_assert_cmpuint (out.dataset.batch_size, ==, 5);
  g_assert_cmpfloat (out.dataset.rate_hz, ==, 0);
  g_assert_cmpfloat_with_epsilon (out.dataset.validation_fraction, 0.35, 1e-12);
  g_assert_cmpuint (out.seed, ==, 99);
  for (size_t i = 0, n = 0; i == 0 || i < n; i++) {
    const AnalysisSetting *all = analysis_settings (&n);
    g_assert_true (analysis_setting_equal (&all[i], &in, &out));
  }
  g_assert_true (sae_training_settings_get_valid (widget));
  widths = GTK_EDITABLE (gtk_widget_get_template_child (
      GTK_WIDGET (widget), SAE_TYPE_TRAINING_SETTINGS, "widths"));
  gtk_editable_set_text (widths, "many");
  g_assert_false (sae_training_settings_get_valid (widget));
  gtk_editable_set_text (widths, "4,4,4");
  g_assert_true (sae_training_settings_get_valid (widget));
  g_assert_finalize_object (widget);
}

/* Every preset comes back from the rows as it is, all but the seed; any other setting is
 * one's own. */
static void
test_presets (void)
{
  SaeTrainingSettings *widget =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_SETTINGS, NULL));
  AdwComboRow *row = widget_test_find (GTK_WIDGET (widget), ADW_TYPE_COMBO_ROW);
  AnalysisTrainingSettings settings = analysis_training_default (), got;
  size_t n;
  const AnalysisPreset *presets = analysis_presets (&n);

  settings.seed = 5;
  sae_training_settings_set (widget, &settings);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), ==, n + 1);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, n);
  for (guint i = 0; i < n; i++) {
    adw_combo_row_set_selected (row, i);
    got = sae_training_settings_get (widget);
    g_assert_true (analysis_preset_of (&got) == &presets[i]);
    g_assert_cmpuint (got.seed, ==, 5);
    g_assert_cmpuint (adw_combo_row_get_selected (row), ==, i);
  }
  got.trainer.n_epochs = 77;
  sae_training_settings_set (widget, &got);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, n);
  adw_combo_row_set_selected (row, 0);
  adw_combo_row_set_selected (row, (guint)n); /* by itself it changes nothing */
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  g_assert_finalize_object (widget);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-settings/widths", test_widths);
  g_test_add_func ("/app/training-settings/parameters", test_parameters);
  g_test_add_func ("/app/training-settings/round-trip", test_round_trip);
  g_test_add_func ("/app/training-settings/presets", test_presets);
  return g_test_run ();
}
