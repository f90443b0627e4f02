#include "nn/config.h"

#include "nn/error.h"

/* Three poolings by 2. */
#define POOLED_FACTOR 8

static const struct {
  const char *name;
  size_t factor; /* samples that pooling makes one of */
  bool has_dropout;
} architectures[] = {
    [NN_ARCHITECTURE_README] = {"readme", 1, false},
    [NN_ARCHITECTURE_BATCHNORM] = {"batchnorm", 1, true},
    [NN_ARCHITECTURE_POOLED] = {"pooled", POOLED_FACTOR, true},
};

static const char *const decoder_inputs[] = {
    [NN_DECODER_INPUT_SEQUENCE] = "sequence",
    [NN_DECODER_INPUT_EMBEDDING] = "embedding",
};

NnConfig
nn_config_default (void)
{
  return (NnConfig){.architecture = NN_ARCHITECTURE_README,
                    .n_channels = 3,
                    .widths = {64, 128, 256},
                    .hidden = 256,
                    .n_layers = 1,
                    .decoder_input = NN_DECODER_INPUT_SEQUENCE,
                    .dropout = 0};
}

static bool
check_kinds (const NnConfig *config, GError **error)
{
  if ((size_t)config->architecture >= G_N_ELEMENTS (architectures))
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "no architecture of number %d",
                 (int)config->architecture);
  else if ((size_t)config->decoder_input >= G_N_ELEMENTS (decoder_inputs))
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "no decoder input of number %d",
                 (int)config->decoder_input);
  else if (!(config->dropout >= 0 && config->dropout <= 0.9))
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "dropout: %g is not in 0 … 0.9",
                 config->dropout);
  else if (config->dropout > 0 && !architectures[config->architecture].has_dropout)
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                 "dropout: %g, but the architecture %s has no layers for it",
                 config->dropout, architectures[config->architecture].name);
  else
    return true;
  return false;
}

bool
nn_config_check (const NnConfig *config, GError **error)
{
  const struct {
    const char *what;
    size_t value, most;
  } limits[] = {
      {"channels", config->n_channels, 64},
      {"first convolution width", config->widths[0], 4096},
      {"second convolution width", config->widths[1], 4096},
      {"third convolution width", config->widths[2], 4096},
      {"hidden width", config->hidden, 4096},
      {"LSTM layers", config->n_layers, 4},
  };
  if (!check_kinds (config, error))
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (limits); i++) {
    if (limits[i].value < 1 || limits[i].value > limits[i].most) {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "%s: %zu is not in 1 … %zu",
                   limits[i].what, limits[i].value, limits[i].most);
      return false;
    }
  }
  return true;
}

size_t
nn_config_shortest (const NnConfig *config)
{
  return architectures[config->architecture].factor;
}

size_t
nn_config_reconstructed (const NnConfig *config, size_t length)
{
  return length - length % architectures[config->architecture].factor;
}

const char *
nn_architecture_to_string (NnArchitecture architecture)
{
  return architectures[architecture].name;
}

bool
nn_architecture_from_string (const char *name, NnArchitecture *architecture)
{
  for (size_t i = 0; i < G_N_ELEMENTS (architectures); i++) {
    if (g_str_equal (name, architectures[i].name)) {
      *architecture = (NnArchitecture)i;
      return true;
    }
  }
  return false;
}

const char *
nn_decoder_input_to_string (NnDecoderInput input)
{
  return decoder_inputs[input];
}

bool
nn_decoder_input_from_string (const char *name, NnDecoderInput *input)
{
  for (size_t i = 0; i < G_N_ELEMENTS (decoder_inputs); i++) {
    if (g_str_equal (name, decoder_inputs[i])) {
      *input = (NnDecoderInput)i;
      return true;
    }
  }
  return false;
}
