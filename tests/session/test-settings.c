#include "session/settings.h"

static void
test_without_schema (void)
{
  AnalysisTrainingSettings training = sae_settings_load_training (NULL);

  g_assert_cmpuint (training.trainer.n_epochs, >=, 1);
  g_assert_cmpfloat (training.dataset.rate_hz, ==, 20);
  sae_settings_store_training (NULL, &training); /* is no failure */
}

static void
test_round_trip (void)
{
  g_autoptr (GSettings) settings = sae_settings_new ();
  AnalysisTrainingSettings training = sae_settings_load_training (NULL), again;

  if (!settings) {
    g_test_skip ("the settings schema is not installed");
    return;
  }
  training.network.widths[2] = 48;
  training.network.hidden = 24;
  training.network.n_layers = 2;
  training.trainer.n_epochs = 7;
  training.trainer.learning_rate = 2.5e-4;
  training.dataset.batch_size = 3;
  training.dataset.rate_hz = 0;
  training.dataset.validation_fraction = .25;
  training.seed = 99;
  training.network.architecture = NN_ARCHITECTURE_POOLED;
  training.trainer.loss.kind = NN_LOSS_HUBER;
  sae_settings_store_training (settings, &training);
  again = sae_settings_load_training (settings);
  g_assert_cmpuint (again.network.widths[0], ==, training.network.widths[0]);
  g_assert_cmpuint (again.network.widths[2], ==, 48);
  g_assert_cmpuint (again.network.hidden, ==, 24);
  g_assert_cmpuint (again.network.n_layers, ==, 2);
  g_assert_cmpuint (again.trainer.n_epochs, ==, 7);
  g_assert_cmpfloat (again.trainer.learning_rate, ==, 2.5e-4);
  g_assert_cmpuint (again.dataset.batch_size, ==, 3);
  g_assert_cmpfloat (again.dataset.rate_hz, ==, 0);
  g_assert_cmpfloat (again.dataset.validation_fraction, ==, .25);
  g_assert_cmpuint (again.seed, ==, 99);
  g_assert_cmpint (again.network.architecture, ==, NN_ARCHITECTURE_POOLED);
  g_assert_cmpint (again.trainer.loss.kind, ==, NN_LOSS_HUBER);

  g_settings_set_string (settings, "train-settings",
                         "epochs=5\nwidths=16,none,3\nwings=2\nhidden\n=\n");
  again = sae_settings_load_training (settings);
  g_assert_cmpuint (again.network.widths[0], ==,
                    32); /* the default in place of nonsense */
  g_assert_cmpuint (again.trainer.n_epochs, ==, 5);
}

/* The defaults are known to the schema and, where there is none, to the code. */
static void
test_defaults_agree (void)
{
  g_autoptr (GSettings) settings = sae_settings_new ();
  AnalysisTrainingSettings code = sae_settings_load_training (NULL), schema;

  if (!settings) {
    g_test_skip ("the settings schema is not installed");
    return;
  }
  schema = sae_settings_load_training (settings);
  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (schema.network.widths[i], ==, code.network.widths[i]);
  g_assert_cmpuint (schema.network.hidden, ==, code.network.hidden);
  g_assert_cmpuint (schema.network.n_layers, ==, code.network.n_layers);
  g_assert_cmpuint (schema.trainer.n_epochs, ==, code.trainer.n_epochs);
  g_assert_cmpfloat (schema.trainer.learning_rate, ==, code.trainer.learning_rate);
  g_assert_cmpuint (schema.dataset.batch_size, ==, code.dataset.batch_size);
  g_assert_cmpfloat (schema.dataset.rate_hz, ==, code.dataset.rate_hz);
  g_assert_cmpfloat (schema.dataset.validation_fraction, ==,
                     code.dataset.validation_fraction);
  g_assert_cmpuint (schema.seed, ==, code.seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/without-schema", test_without_schema);
  g_test_add_func ("/settings/defaults-agree", test_defaults_agree);
  g_test_add_func ("/settings/round-trip", test_round_trip);
  return g_test_run ();
}
