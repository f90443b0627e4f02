#include "nn/autoencoder.h"
#include "nn/error.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>
#include <string.h>

#ifdef NN_DOUBLE
#define SAME 1e-12
#else
#define SAME 1e-5
#endif

static NnConfig
make_config (size_t n_channels, size_t width, size_t hidden, size_t n_layers)
{
  return (NnConfig){.architecture = NN_ARCHITECTURE_README,
                    .n_channels = n_channels,
                    .widths = {width, width + 1, width + 2},
                    .hidden = hidden,
                    .n_layers = n_layers};
}

static NnAutoencoder *
make_model (const NnConfig *config, uint64_t seed)
{
  g_autoptr (GError) error = NULL;
  NnAutoencoder *model = nn_autoencoder_new (config, seed, &error);
  g_assert_no_error (error);
  return model;
}

/* Random signals; padding is beyond what a batch may hold, to see that nobody looks. */
static void
fill_batch (NnBatch *batch, NnRng *rng, const TestLengths *lengths, size_t n_channels)
{
  size_t longest = 0;
  for (size_t b = 0; b < lengths->n_signals; b++)
    longest = MAX (longest, lengths->lengths[b]);
  nn_batch_resize (batch, lengths->n_signals, longest, n_channels);
  for (size_t b = 0; b < lengths->n_signals; b++) {
    batch->lengths[b] = lengths->lengths[b];
    for (size_t i = 0; i < longest * n_channels; i++)
      batch->data[b * longest * n_channels + i] = i < lengths->lengths[b] * n_channels
                                                      ? (nn_real)nn_rng_normal (rng)
                                                      : (nn_real)1e30f;
  }
}

typedef struct {
  NnAutoencoder *model;
  NnBatch *batch;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  return nn_autoencoder_loss (f->model, f->batch);
}

static void
check_gradients (NnRng *rng, const NnConfig *config, const TestLengths *lengths)
{
  g_auto (NnBatch) batch = {0};
  g_autoptr (NnAutoencoder) model = make_model (config, nn_rng_next (rng));
  NnParams *params = nn_autoencoder_get_params (model);
  fill_batch (&batch, rng, lengths, config->n_channels);
  Fixture f = {model, &batch};
  /* Overwritten: what a step before left there is of no effect. */
  for (size_t i = 0; i < params->size; i++) {
    params->gradient[i] = 7;
    params->value[i] = (nn_real)nn_rng_normal (rng); /* no derivative is tiny */
  }
  double value = nn_autoencoder_backward (model, &batch, NULL);
  g_assert_cmpfloat (value, ==, loss (&f));
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    test_check_gradient (param->name, params->value + param->offset,
                         params->gradient + param->offset, param->size, loss, &f);
  }
}

static void
test_gradients (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    NnConfig config = make_config (1 + i % 3, 1 + nn_rng_below (&rng, 3),
                                   1 + nn_rng_below (&rng, 4), 1 + i % 2);
    check_gradients (&rng, &config, &test_lengths[i]);
  }
}

/* The outputs of a batch: for each signal its rows, its embedding and its loss. */
typedef struct {
  nn_real *reconstruction, *embedding, *encoded;
  double loss;
} Outputs;

static void
outputs_clear (Outputs *outputs)
{
  g_free (outputs->reconstruction);
  g_free (outputs->embedding);
  g_free (outputs->encoded);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outputs, outputs_clear)

static void
run (NnAutoencoder *model, const NnBatch *batch, Outputs *outputs)
{
  size_t E = nn_autoencoder_embedding_size (model);
  outputs->reconstruction =
      test_filled (7, batch->n_signals * batch->max_length * batch->n_channels);
  outputs->embedding = test_filled (7, batch->n_signals * E);
  outputs->encoded = test_filled (7, batch->n_signals * E);
  nn_autoencoder_reconstruct (model, batch, outputs->reconstruction, outputs->embedding);
  nn_autoencoder_encode (model, batch, outputs->encoded);
  outputs->loss = nn_autoencoder_loss (model, batch);
}

/* batch: from now on those signals of all that order (n) names, padded by extra. */
static void
select_signals (NnBatch *batch, const NnBatch *all, const size_t *order, size_t n,
                size_t extra)
{
  size_t longest = 0;
  for (size_t i = 0; i < n; i++)
    longest = MAX (longest, all->lengths[order[i]]);
  nn_batch_resize (batch, n, longest + extra, all->n_channels);
  for (size_t i = 0; i < n; i++) {
    batch->lengths[i] = all->lengths[order[i]];
    memcpy (batch->data + i * batch->max_length * all->n_channels,
            all->data + order[i] * all->max_length * all->n_channels,
            batch->lengths[i] * all->n_channels * sizeof *all->data);
  }
}

/* Whatever batch the signals are in, each one's outputs are those of all. */
static void
check_selection (NnAutoencoder *model, const NnBatch *all, const Outputs *expected,
                 const size_t *order, size_t n, size_t extra)
{
  g_auto (NnBatch) batch = {0};
  g_auto (Outputs) got = {0};
  size_t E = nn_autoencoder_embedding_size (model), C = all->n_channels;
  select_signals (&batch, all, order, n, extra);
  run (model, &batch, &got);
  for (size_t i = 0; i < n; i++) {
    const nn_real *rows = got.reconstruction + i * batch.max_length * C;
    size_t n_valid = batch.lengths[i] * C;
    test_assert_close ("reconstruction", rows,
                       expected->reconstruction + order[i] * all->max_length * C, n_valid,
                       SAME);
    for (size_t j = n_valid; j < batch.max_length * C; j++)
      g_assert_cmpfloat (rows[j], ==, 0);
    test_assert_close ("embedding", got.embedding + i * E,
                       expected->embedding + order[i] * E, E, SAME);
    test_assert_close ("encoded", got.encoded + i * E, expected->embedding + order[i] * E,
                       E, SAME);
  }
}

static void
check_padding (const NnConfig *config, const TestLengths *lengths)
{
  NnRng rng;
  nn_rng_seed (&rng, 5);
  g_auto (NnBatch) all = {0}, one = {0};
  g_auto (Outputs) expected = {0};
  g_autoptr (NnAutoencoder) model = make_model (config, 6);
  size_t n = lengths->n_signals, order[6];
  double sum = 0;
  fill_batch (&all, &rng, lengths, config->n_channels);
  run (model, &all, &expected);
  for (size_t b = 0; b < n; b++) {
    order[b] = b;
    check_selection (model, &all, &expected, &b, 1, b);
    select_signals (&one, &all, &b, 1, 0);
    sum += nn_autoencoder_loss (model, &one);
  }
  g_assert_cmpfloat_with_epsilon (expected.loss, sum / (double)n, SAME * expected.loss);
  for (size_t trial = 0; trial < 4; trial++) {
    nn_rng_shuffle (&rng, order, n);
    check_selection (model, &all, &expected, order, 1 + nn_rng_below (&rng, n), trial);
    check_selection (model, &all, &expected, order, n, trial);
  }
}

static void
test_padding_is_invisible (void)
{
  const TestLengths longer = {5, {70, 33, 1, 70, 12}};
  NnConfig small = make_config (3, 2, 3, 2), wide = make_config (3, 33, 40, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++)
    check_padding (&small, &test_lengths[i]);
  check_padding (&small, &longer);
  check_padding (&wide, &longer);
}

/* The gradient of a batch is the mean of its signals' gradients. */
static void
test_gradients_add (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 8);
  g_auto (NnBatch) all = {0}, one = {0};
  NnConfig config = make_config (3, 4, 5, 2);
  g_autoptr (NnAutoencoder) model = make_model (&config, 9);
  NnParams *params = nn_autoencoder_get_params (model);
  fill_batch (&all, &rng, &test_lengths[5], 3);
  g_autofree nn_real *sum = test_filled (0, params->size);
  for (size_t b = 0; b < all.n_signals; b++) {
    select_signals (&one, &all, &b, 1, 2);
    nn_autoencoder_backward (model, &one, NULL);
    for (size_t i = 0; i < params->size; i++)
      sum[i] += params->gradient[i] / (nn_real)all.n_signals;
  }
  nn_autoencoder_backward (model, &all, NULL);
  test_assert_close ("gradient", params->gradient, sum, params->size, SAME);
}

static void
test_seed (void)
{
  NnConfig config = make_config (3, 4, 5, 2);
  g_autoptr (NnAutoencoder) a = make_model (&config, 1);
  g_autoptr (NnAutoencoder) b = make_model (&config, 1);
  g_autoptr (NnAutoencoder) c = make_model (&config, 2);
  NnParams *params = nn_autoencoder_get_params (a);
  size_t n_bytes = params->size * sizeof (nn_real);
  g_assert_cmpmem (params->value, n_bytes, nn_autoencoder_get_params (b)->value, n_bytes);
  g_assert_true (memcmp (params->value, nn_autoencoder_get_params (c)->value, n_bytes) !=
                 0);
}

/* Uniform in ±1 / √(inputs), for the LSTM ±1 / √H: within, and filling it. */
static void
test_initial_values (void)
{
  NnConfig config = make_config (3, 30, 40, 1);
  g_autoptr (NnAutoencoder) model = make_model (&config, 1);
  const NnParams *params = nn_autoencoder_get_params (model);
  const struct {
    const char *name;
    size_t fan;
  } expected[] = {
      {"encoder.conv_enc.0.weight", 9},    {"encoder.conv_enc.0.bias", 9},
      {"encoder.conv_enc.4.weight", 93},   {"encoder.lstm_enc.weight_ih_l0", 40},
      {"encoder.lstm_enc.bias_hh_l0", 40}, {"decoder.lstm_dec.weight_hh_l0", 40},
      {"decoder.linear_dec.weight", 40},   {"decoder.linear_dec.bias", 40},
      {"decoder.conv_dec.0.weight", 96},   {"decoder.conv_dec.4.bias", 90},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    const NnParam *param = nn_params_find (params, expected[i].name);
    double bound = 1 / sqrt ((double)expected[i].fan), largest = 0;
    g_assert_nonnull (param);
    for (size_t j = 0; j < param->size; j++)
      largest = MAX (largest, fabs ((double)params->value[param->offset + j]));
    g_assert_cmpfloat (largest, <=, bound * (1 + 1e-6));
    g_assert_cmpfloat (largest, >, bound * (param->size > 20 ? 0.8 : 0.3));
  }
}

static void
test_default_size (void)
{
  NnConfig config = nn_config_default ();
  g_autoptr (NnParams) params = nn_autoencoder_describe (&config);
  /* Weights and biases of the six convolutions, the two LSTMs and the linear layer. */
  size_t convolutions = (3 * 64 + 64 * 128 + 128 * 256) * 3 * 2;
  size_t biases = 64 + 128 + 256 + 128 + 64 + 3;
  size_t lstms = 2 * (4 * 256 * (256 + 256) + 2 * 4 * 256);
  g_assert_cmpuint (params->size, ==, convolutions + biases + lstms + 256 * 256 + 256);
  g_assert_null (params->value);
}

static void
test_config_errors (void)
{
  const NnConfig wrong[] = {
      make_config (0, 4, 4, 1), make_config (65, 4, 4, 1),   make_config (3, 0, 4, 1),
      make_config (3, 4, 0, 1), make_config (3, 4, 4097, 1), make_config (3, 4095, 4, 1),
      make_config (3, 4, 4, 0), make_config (3, 4, 4, 3),    {.architecture = 99},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (nn_autoencoder_new (&wrong[i], 1, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  }
  NnArchitecture architecture = (NnArchitecture)99;
  g_assert_false (nn_architecture_from_string ("transformer", &architecture));
  g_assert_cmpint (architecture, ==, 99);
  g_assert_true (nn_architecture_from_string ("readme", &architecture));
  g_assert_cmpint (architecture, ==, NN_ARCHITECTURE_README);
  g_assert_cmpstr (nn_architecture_to_string (architecture), ==, "readme");
}

/* A NaN in a signal is not swept under a ReLU: the loss and its embedding show it. */
static void
test_not_a_number (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 8);
  g_auto (NnBatch) batch = {0};
  NnConfig config = make_config (3, 4, 5, 1);
  g_autoptr (NnAutoencoder) model = make_model (&config, 9);
  fill_batch (&batch, &rng, &test_lengths[3], 3);
  batch.data[0] = (nn_real)NAN;
  nn_real embedding[15];
  nn_autoencoder_encode (model, &batch, embedding);
  g_assert_true (isnan (embedding[0]));
  g_assert_true (isfinite (embedding[5]) && isfinite (embedding[10]));
  g_assert_true (isnan (nn_autoencoder_loss (model, &batch)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/autoencoder/gradients", test_gradients);
  g_test_add_func ("/nn/autoencoder/padding-is-invisible", test_padding_is_invisible);
  g_test_add_func ("/nn/autoencoder/gradients-add", test_gradients_add);
  g_test_add_func ("/nn/autoencoder/seed", test_seed);
  g_test_add_func ("/nn/autoencoder/initial-values", test_initial_values);
  g_test_add_func ("/nn/autoencoder/default-size", test_default_size);
  g_test_add_func ("/nn/autoencoder/config-errors", test_config_errors);
  g_test_add_func ("/nn/autoencoder/not-a-number", test_not_a_number);
  return g_test_run ();
}
