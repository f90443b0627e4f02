#include "analysis/setting.h"
#include "analysis/error.h"

#include <math.h>
#include <string.h>

/* The lists of choices are the engine's names in the engine's order. */
static void
test_choices (void)
{
  const char *const *list = analysis_setting_find ("architecture")->choices;
  for (unsigned i = 0; list[i] != NULL; i++)
    g_assert_cmpstr (list[i], ==, nn_architecture_to_string ((NnArchitecture)i));
  list = analysis_setting_find ("decoder-input")->choices;
  for (unsigned i = 0; list[i] != NULL; i++)
    g_assert_cmpstr (list[i], ==, nn_decoder_input_to_string ((NnDecoderInput)i));
  list = analysis_setting_find ("loss")->choices;
  for (unsigned i = 0; list[i] != NULL; i++)
    g_assert_cmpstr (list[i], ==, nn_loss_to_string ((NnLossKind)i));
  list = analysis_setting_find ("schedule")->choices;
  for (unsigned i = 0; list[i] != NULL; i++)
    g_assert_cmpstr (list[i], ==, nn_schedule_to_string ((NnScheduleKind)i));
  G_STATIC_ASSERT (sizeof (NnArchitecture) == sizeof (unsigned));
  G_STATIC_ASSERT (sizeof (NnScheduleKind) == sizeof (unsigned));
}

/* For each setting a value that is not the default, at its place, and what is refused. */
static const struct {
  const char *name, *text, *wrong[4];
} cases[] = {
    {"architecture", "pooled", {"vgg", "", "Pooled", "readme "}},
    {"widths", "4,8,16", {"4,8", "4,8,16,32", "4,,16", "4,8,4097"}},
    {"hidden", "12", {"0", "4097", "-1", "1.5"}},
    {"layers", "4", {"0", "5", "", "two"}},
    {"decoder-input", "embedding", {"sequences", "", "0", "1"}},
    {"dropout", "0.5", {"0.91", "-0.1", "nan", "0,5"}},
    {"epochs", "7", {"0", "1000001", "1e3", "99999999999999999999"}},
    {"batch", "9", {"0", "65537", "four", "4 "}},
    {"learning-rate", "0.00025", {"0", "11", "inf", "0x1p-3"}},
    {"schedule", "cosine", {"linear", "", "Cosine", "cos"}},
    {"warmup", "100", {"-1", "1.5", "x", "1000000001"}},
    {"loss", "huber", {"l3", "", "L1", "mse"}},
    {"huber-delta", "0.25", {"0", "-1", "nan", "1e10"}},
    {"weight-decay", "0.01", {"-1", "1.1", "x", "1 "}},
    {"clip-norm", "2.5", {"-1", "inf", "x", "1e10"}},
    {"patience", "3", {"-1", "1.5", "x", "1000001"}},
    {"rate", "20", {"0.01", "1001", "20Hz", "-20"}},
    {"validation", "0.25", {"0.95", "-0.1", "nan", "25%"}},
    {"signals", "min-magnitude 3; tag a", {"magnitude 3", ";", "tag", "min-snr loud"}},
    {"window", "p", {"s", "", "P", "0"}},
    {"window-length", "12.5", {"0", "3601", "x", "-1"}},
    {"window-lead", "2.5", {"-1", "3601", "", "1 s"}},
    {"seed", "18446744073709551615", {"18446744073709551616", "-1", "1.5", "x"}},
};

static void
test_text (void)
{
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (cases));
  AnalysisTrainingSettings settings = analysis_training_default ();
  const AnalysisTrainingSettings before = settings;
  for (size_t i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_cmpstr (all[i].name, ==, cases[i].name);
    for (size_t k = 0; k < 4; k++) {
      g_assert_false (
          analysis_setting_parse (&all[i], cases[i].wrong[k], &settings, &error));
      g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
      g_assert_nonnull (strstr (error->message, cases[i].name));
      g_clear_error (&error);
    }
    g_assert_true (analysis_setting_equal (&all[i], &settings, &before));
    analysis_setting_parse (&all[i], cases[i].text, &settings, &error);
    g_assert_no_error (error);
    g_assert_false (analysis_setting_equal (&all[i], &settings, &before));
    g_autofree char *text = analysis_setting_format (&all[i], &settings);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
  /* Each went where it belongs. */
  g_assert_cmpint (settings.network.architecture, ==, NN_ARCHITECTURE_POOLED);
  g_assert_cmpuint (settings.network.widths[1], ==, 8);
  g_assert_cmpuint (settings.network.hidden, ==, 12);
  g_assert_cmpuint (settings.network.n_layers, ==, 4);
  g_assert_cmpint (settings.network.decoder_input, ==, NN_DECODER_INPUT_EMBEDDING);
  g_assert_cmpfloat (settings.network.dropout, ==, 0.5);
  g_assert_cmpuint (settings.trainer.n_epochs, ==, 7);
  g_assert_cmpuint (settings.dataset.batch_size, ==, 9);
  g_assert_cmpfloat (settings.trainer.learning_rate, ==, 2.5e-4);
  g_assert_cmpint (settings.trainer.schedule.kind, ==, NN_SCHEDULE_COSINE);
  g_assert_cmpuint (settings.trainer.schedule.warmup, ==, 100);
  g_assert_cmpint (settings.trainer.loss.kind, ==, NN_LOSS_HUBER);
  g_assert_cmpfloat (settings.trainer.loss.delta, ==, 0.25);
  g_assert_cmpfloat (settings.trainer.weight_decay, ==, 0.01);
  g_assert_cmpfloat (settings.trainer.clip_norm, ==, 2.5);
  g_assert_cmpuint (settings.trainer.patience, ==, 3);
  g_assert_cmpfloat (settings.dataset.rate_hz, ==, 20);
  g_assert_cmpfloat (settings.dataset.validation_fraction, ==, 0.25);
  g_assert_cmpstr (settings.dataset.signals, ==, "min-magnitude 3; tag a");
  g_assert_cmpint (settings.dataset.window.kind, ==, ANALYSIS_WINDOW_P);
  g_assert_cmpfloat (settings.dataset.window.length_s, ==, 12.5);
  g_assert_cmpfloat (settings.dataset.window.lead_s, ==, 2.5);
  g_assert_cmpuint (settings.seed, ==, G_MAXUINT64);
  /* The same query, written otherwise; and none. */
  const AnalysisSetting *signals = analysis_setting_find ("signals");
  AnalysisTrainingSettings again = settings;
  g_assert_true (
      analysis_setting_parse (signals, "tag a;min-magnitude 3.0", &again, NULL));
  g_assert_true (again.dataset.signals == settings.dataset.signals);
  g_assert_true (analysis_setting_parse (signals, "", &again, NULL));
  g_assert_null (again.dataset.signals);
}

/* Numbers are short where they can be, and read back as what they were. */
static void
test_numbers (void)
{
  static const struct {
    double value;
    const char *text;
  } numbers[] = {{0.1, "0.1"}, {1e-4, "0.0001"}, {1.0 / 3, "0.3333333333333333"}};
  const AnalysisSetting *rate = analysis_setting_find ("learning-rate");
  AnalysisTrainingSettings settings = analysis_training_default ();
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++) {
    settings.trainer.learning_rate = numbers[i].value;
    g_autofree char *text = analysis_setting_format (rate, &settings);
    g_assert_cmpstr (text, ==, numbers[i].text);
    settings.trainer.learning_rate = 1;
    g_assert_true (analysis_setting_parse (rate, text, &settings, NULL));
    g_assert_cmpfloat (settings.trainer.learning_rate, ==, numbers[i].value);
  }
  g_assert_true (
      analysis_setting_parse (analysis_setting_find ("rate"), "0", &settings, NULL));
  g_assert_cmpfloat (settings.dataset.rate_hz, ==, 0);
}

static void
test_all (void)
{
  const AnalysisTrainingSettings settings = analysis_training_default ();
  g_autofree char *text = analysis_settings_to_text (&settings);
  g_assert_true (g_str_has_prefix (text, "architecture=readme\nwidths=64,128,256\n"));
  g_assert_true (g_str_has_suffix (
      text, "\nsignals=\nwindow=whole\nwindow-length=30\nwindow-lead=5\nseed=1\n"));
  g_assert_null (analysis_setting_find ("frobnicate"));
  g_assert_true (analysis_setting_find ("epochs")->free);
  g_assert_false (analysis_setting_find ("hidden")->free);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/setting/choices", test_choices);
  g_test_add_func ("/analysis/setting/text", test_text);
  g_test_add_func ("/analysis/setting/numbers", test_numbers);
  g_test_add_func ("/analysis/setting/all", test_all);
  return g_test_run ();
}
