#include "nn/config.h"
#include "nn/error.h"
#include <glib.h>
#include <math.h>

static NnConfig
make (size_t n_channels, size_t width, size_t hidden, size_t n_layers)
{
  return (NnConfig){.n_channels = n_channels,
                    .widths = {width, width + 1, width + 2},
                    .hidden = hidden,
                    .n_layers = n_layers};
}

static void
test_range (void)
{
  NnConfig right[] = {nn_config_default (), make (1, 1, 1, 1), make (64, 4094, 4096, 4),
                      nn_config_default (), nn_config_default ()};
  right[3].architecture = NN_ARCHITECTURE_POOLED;
  right[3].dropout = 0.9;
  right[4].decoder_input = NN_DECODER_INPUT_EMBEDDING;
  for (size_t i = 0; i < G_N_ELEMENTS (right); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_true (nn_config_check (&right[i], &error));
    g_assert_no_error (error);
  }

  NnConfig wrong[] = {make (0, 4, 4, 1),    make (65, 4, 4, 1),   make (3, 0, 4, 1),
                      make (3, 4, 0, 1),    make (3, 4, 4097, 1), make (3, 4095, 4, 1),
                      make (3, 4, 4, 0),    make (3, 4, 4, 5),    nn_config_default (),
                      nn_config_default (), nn_config_default (), nn_config_default (),
                      nn_config_default (), nn_config_default ()};
  wrong[8].architecture = (NnArchitecture)3;
  wrong[9].decoder_input = (NnDecoderInput)2;
  for (size_t i = 10; i < 14; i++)
    wrong[i].architecture = NN_ARCHITECTURE_BATCHNORM;
  wrong[10].dropout = 0.91;
  wrong[11].dropout = -0.1;
  wrong[12].dropout = NAN;
  wrong[13].architecture = NN_ARCHITECTURE_README; /* which has nothing to drop */
  wrong[13].dropout = 0.5;
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (nn_config_check (&wrong[i], &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  }
}

static void
test_lengths (void)
{
  NnConfig config = nn_config_default ();
  g_assert_cmpuint (nn_config_shortest (&config), ==, 1);
  g_assert_cmpuint (nn_config_reconstructed (&config, 13), ==, 13);
  config.architecture = NN_ARCHITECTURE_BATCHNORM;
  g_assert_cmpuint (nn_config_shortest (&config), ==, 1);
  config.architecture = NN_ARCHITECTURE_POOLED;
  g_assert_cmpuint (nn_config_shortest (&config), ==, 8);
  for (size_t length = 8; length < 100; length++)
    g_assert_cmpuint (nn_config_reconstructed (&config, length), ==, length / 8 * 8);
}

static void
test_names (void)
{
  static const char *const names[] = {"readme", "batchnorm", "pooled"};
  static const char *const inputs[] = {"sequence", "embedding"};
  NnArchitecture architecture = (NnArchitecture)99;
  NnDecoderInput input = (NnDecoderInput)99;
  g_assert_false (nn_architecture_from_string ("transformer", &architecture));
  g_assert_cmpint (architecture, ==, 99);
  g_assert_false (nn_decoder_input_from_string ("", &input));
  g_assert_cmpint (input, ==, 99);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_true (nn_architecture_from_string (names[i], &architecture));
    g_assert_cmpuint (architecture, ==, i);
    g_assert_cmpstr (nn_architecture_to_string (architecture), ==, names[i]);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (inputs); i++) {
    g_assert_true (nn_decoder_input_from_string (inputs[i], &input));
    g_assert_cmpuint (input, ==, i);
    g_assert_cmpstr (nn_decoder_input_to_string (input), ==, inputs[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/config/range", test_range);
  g_test_add_func ("/nn/config/lengths", test_lengths);
  g_test_add_func ("/nn/config/names", test_names);
  return g_test_run ();
}
