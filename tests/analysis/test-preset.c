#include "analysis/preset.h"
#include "analysis/setting.h"
#include "nn/error.h"

/* Every preset is one that can be trained, in all ranges, and known by its settings. */
static void
test_valid (void)
{
  size_t n, n_settings;
  const AnalysisPreset *presets = analysis_presets (&n);
  const AnalysisSetting *all = analysis_settings (&n_settings);
  g_assert_cmpuint (n, ==, 3);
  for (size_t i = 0; i < n; i++) {
    AnalysisTrainingSettings settings = presets[i].settings;
    g_autoptr (GError) error = NULL;
    nn_config_check (&settings.network, &error);
    g_assert_no_error (error);
    nn_trainer_config_check (&settings.trainer, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (settings.network.n_channels, ==, 3);
    for (size_t k = 0; k < n_settings; k++) {
      g_autofree char *text = analysis_setting_format (&all[k], &settings);
      analysis_setting_parse (&all[k], text, &settings, &error);
      g_assert_no_error (error);
    }
    g_assert_true (analysis_preset_find (presets[i].name) == &presets[i]);
    settings.seed = 99;
    settings.dataset.signals = "min-magnitude 3";
    settings.dataset.window.kind = ANALYSIS_WINDOW_PEAK;
    settings.run = "a";
    AnalysisTrainingSettings applied = settings;
    analysis_preset_apply (&presets[(i + 1) % n], &applied);
    g_assert_true (analysis_preset_of (&applied) == &presets[(i + 1) % n]);
    g_assert_cmpuint (applied.seed, ==, 99);
    g_assert_cmpstr (applied.dataset.signals, ==, "min-magnitude 3");
    g_assert_cmpint (applied.dataset.window.kind, ==, ANALYSIS_WINDOW_PEAK);
    g_assert_cmpstr (applied.run, ==, "a");
    g_assert_true (analysis_preset_of (&settings) == &presets[i]);
    settings.trainer.learning_rate *= 2;
    g_assert_null (analysis_preset_of (&settings));
  }
  g_assert_null (analysis_preset_find ("custom"));
}

/* The original study's numbers, as its scripts have them. */
static void
test_study (void)
{
  const AnalysisTrainingSettings *study = &analysis_preset_find ("study")->settings;
  g_assert_cmpint (study->network.architecture, ==, NN_ARCHITECTURE_POOLED);
  g_assert_cmpuint (study->network.widths[0], ==, 64);
  g_assert_cmpuint (study->network.widths[1], ==, 128);
  g_assert_cmpuint (study->network.widths[2], ==, 256);
  g_assert_cmpuint (study->network.hidden, ==, 256);
  g_assert_cmpuint (study->network.n_layers, ==, 1);
  g_assert_cmpfloat (study->network.dropout, ==, 0.5);
  g_assert_cmpint (study->network.decoder_input, ==, NN_DECODER_INPUT_SEQUENCE);
  g_assert_cmpuint (study->dataset.batch_size, ==, 8);
  g_assert_cmpfloat (study->dataset.rate_hz, ==, 0);
  g_assert_cmpfloat (study->trainer.learning_rate, ==, 1e-4);
  g_assert_cmpuint (study->trainer.n_epochs, ==, 1);
  g_assert_cmpint (study->trainer.loss.kind, ==, NN_LOSS_L1);
  g_assert_cmpint (study->trainer.schedule.kind, ==, NN_SCHEDULE_CONSTANT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/preset/valid", test_valid);
  g_test_add_func ("/analysis/preset/study", test_study);
  return g_test_run ();
}
