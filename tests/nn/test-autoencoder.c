#include "nn/autoencoder.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>
#include <string.h>

#ifdef NN_DOUBLE
#define SAME 1e-12
#else
#define SAME 1e-5
#endif

static const NnLoss l1 = {NN_LOSS_L1, 0};

static NnConfig
make_config (size_t n_channels, size_t width, size_t hidden, size_t n_layers)
{
  return (NnConfig){.architecture = NN_ARCHITECTURE_README,
                    .n_channels = n_channels,
                    .widths = {width, width + 1, width + 2},
                    .hidden = hidden,
                    .n_layers = n_layers};
}

/* Every kind of network, one after another. */
enum { N_KINDS = 6 };

static NnConfig
make_kind (size_t i, size_t n_channels, size_t width, size_t hidden, size_t n_layers)
{
  NnConfig config = make_config (n_channels, width, hidden, n_layers);
  config.architecture = (NnArchitecture)(i % 3);
  config.decoder_input = (NnDecoderInput)(i / 3 % 2);
  return config;
}

/* The lengths, made long enough for the network: odd at some pooling or other. */
static TestLengths
fit (const NnConfig *config, const TestLengths *lengths)
{
  TestLengths fitting = *lengths;
  for (size_t b = 0; b < lengths->n_signals; b++)
    fitting.lengths[b] += nn_config_shortest (config) - 1;
  return fitting;
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

/* As training sees it: with the statistics of the batch, and the dropout of seed 3. */
static double
loss (void *user_data)
{
  Fixture *f = user_data;
  double value;
  g_assert_true (
      nn_autoencoder_backward (f->model, f->batch, &l1, 3, &value, NULL, NULL));
  return value;
}

static double
inference_loss (NnAutoencoder *model, const NnBatch *batch)
{
  double value;
  g_assert_true (nn_autoencoder_loss (model, batch, &l1, &value, NULL));
  return value;
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
  double value = loss (&f), largest = 0;
  if (config->architecture == NN_ARCHITECTURE_README)
    g_assert_cmpfloat (value, ==, inference_loss (model, &batch));
  loss (&f);
  g_autofree nn_real *gradient =
      g_memdup2 (params->gradient, params->size * sizeof *gradient);
  for (size_t i = 0; i < params->size; i++)
    largest = MAX (largest, fabs ((double)gradient[i]));
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    test_check_gradient_above (param->name, params->value + param->offset,
                               gradient + param->offset, param->size, loss, &f,
                               1e-3 * largest);
  }
}

static void
test_gradients (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS * N_KINDS; i++) {
    NnConfig config = make_kind (i, 1 + i % 3, 1 + nn_rng_below (&rng, 3),
                                 1 + nn_rng_below (&rng, 4), 1 + i % 4);
    TestLengths lengths = fit (&config, &test_lengths[i / N_KINDS]);
    if (config.architecture != NN_ARCHITECTURE_README)
      config.dropout = 0.1 * (double)(i % 6);
    check_gradients (&rng, &config, &lengths);
  }
}

/* The outputs of a batch: for each signal its rows, its embedding and its loss. */
typedef struct {
  nn_real *reconstruction, *embedding, *encoded, *mean;
  double loss;
} Outputs;

static void
outputs_clear (Outputs *outputs)
{
  g_free (outputs->reconstruction);
  g_free (outputs->embedding);
  g_free (outputs->encoded);
  g_free (outputs->mean);
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
  nn_autoencoder_reconstruct (model, batch, outputs->reconstruction, outputs->embedding,
                              NULL);
  nn_autoencoder_encode (model, batch, outputs->encoded, NULL);
  outputs->mean = test_filled (7, batch->n_signals * E);
  nn_autoencoder_encode_mean (model, batch, outputs->mean, NULL);
  outputs->loss = inference_loss (model, batch);
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
    size_t n_valid =
        C * nn_config_reconstructed (nn_autoencoder_get_config (model), batch.lengths[i]);
    test_assert_close ("reconstruction", rows,
                       expected->reconstruction + order[i] * all->max_length * C, n_valid,
                       SAME);
    for (size_t j = n_valid; j < batch.max_length * C; j++)
      g_assert_cmpfloat (rows[j], ==, 0);
    test_assert_close ("embedding", got.embedding + i * E,
                       expected->embedding + order[i] * E, E, SAME);
    test_assert_close ("encoded", got.encoded + i * E, expected->embedding + order[i] * E,
                       E, SAME);
    test_assert_close ("mean", got.mean + i * E, expected->mean + order[i] * E, E, SAME);
    /* The mean of one step is the last. */
    if (batch.lengths[i] == nn_config_shortest (nn_autoencoder_get_config (model)))
      test_assert_close ("mean of one", got.mean + i * E, got.encoded + i * E, E, SAME);
  }
}

/* Running statistics as training leaves them: of no two channels the same. */
static void
disturb_buffers (NnAutoencoder *model, NnRng *rng)
{
  NnParams *params = nn_autoencoder_get_params (model);
  for (size_t i = 0; i < params->n_buffers; i++) {
    const NnParam *buffer = &params->buffer_table[i];
    bool squares = g_str_has_suffix (buffer->name, "running_var");
    for (size_t j = buffer->offset; j < buffer->offset + buffer->size; j++)
      params->buffer[j] =
          (nn_real)(squares ? 0.5 + nn_rng_uniform (rng) : 0.1 * nn_rng_normal (rng));
  }
}

static void
check_padding (const NnConfig *config, const TestLengths *some)
{
  NnRng rng;
  nn_rng_seed (&rng, 5);
  g_auto (NnBatch) all = {0}, one = {0};
  g_auto (Outputs) expected = {0};
  g_autoptr (NnAutoencoder) model = make_model (config, 6);
  TestLengths lengths = fit (config, some);
  size_t n = lengths.n_signals, order[6];
  double sum = 0;
  disturb_buffers (model, &rng);
  fill_batch (&all, &rng, &lengths, config->n_channels);
  run (model, &all, &expected);
  for (size_t b = 0; b < n; b++) {
    order[b] = b;
    check_selection (model, &all, &expected, &b, 1, b);
    select_signals (&one, &all, &b, 1, 0);
    sum += inference_loss (model, &one);
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
  for (size_t kind = 0; kind < N_KINDS; kind++) {
    NnConfig small = make_kind (kind, 3, 2, 3, 2), wide = make_kind (kind, 3, 33, 40, 1);
    if (small.architecture != NN_ARCHITECTURE_README)
      small.dropout = wide.dropout = 0.5; /* off in inference */
    for (size_t i = 0; i < TEST_N_LENGTHS; i++)
      check_padding (&small, &test_lengths[i]);
    check_padding (&small, &longer);
    check_padding (&wide, &longer);
  }
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
    loss (&(Fixture){model, &one});
    for (size_t i = 0; i < params->size; i++)
      sum[i] += params->gradient[i] / (nn_real)all.n_signals;
  }
  loss (&(Fixture){model, &all});
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

/* PyTorch's names, in the order of its state_dict. */
static void
test_names (void)
{
  NnConfig config = make_config (3, 4, 5, 1);
  config.architecture = NN_ARCHITECTURE_POOLED;
  g_autoptr (NnParams) params = nn_autoencoder_describe (&config);
  static const char *const found[] = {
      "encoder.conv_enc.0.weight",  "encoder.conv_enc.1.weight",
      "encoder.conv_enc.4.bias",    "encoder.conv_enc.5.bias",
      "encoder.conv_enc.7.weight",  "encoder.conv_enc.18.weight",
      "encoder.conv_enc.19.weight", "encoder.lstm_enc.weight_ih_l0",
      "decoder.conv_dec.1.weight",  "decoder.conv_dec.2.weight",
      "decoder.conv_dec.19.weight", "decoder.conv_dec.20.bias"};
  for (size_t i = 0; i < G_N_ELEMENTS (found); i++)
    g_assert_nonnull (nn_params_find (params, found[i]));
  g_assert_null (nn_params_find (params, "encoder.conv_enc.6.weight"));
  g_assert_null (nn_params_find (params, "decoder.conv_dec.0.weight"));
  g_assert_cmpuint (params->n_buffers, ==, 24);
  g_assert_cmpuint (params->n_counters, ==, 12);
  g_assert_cmpstr (params->buffer_table[0].name, ==, "encoder.conv_enc.1.running_mean");
  g_assert_cmpstr (params->buffer_table[23].name, ==, "decoder.conv_dec.20.running_var");
  g_assert_cmpstr (params->counters[11].name, ==,
                   "decoder.conv_dec.20.num_batches_tracked");

  config.architecture = NN_ARCHITECTURE_BATCHNORM;
  g_autoptr (NnParams) other = nn_autoencoder_describe (&config);
  g_assert_nonnull (nn_params_find (other, "encoder.conv_enc.8.weight"));
  g_assert_nonnull (nn_params_find (other, "decoder.conv_dec.5.bias"));
  g_assert_cmpuint (other->n_buffers, ==, 8);
}

/* Whatever comes before it, an embedding alone makes a bottleneck's reconstruction: two
 * signals of one length, changed so that their embeddings are the same, have the same. */
static void
test_bottleneck (void)
{
  g_auto (NnBatch) batch = {0};
  NnRng rng;
  nn_rng_seed (&rng, 4);
  NnConfig config = make_config (3, 4, 5, 2);
  config.decoder_input = NN_DECODER_INPUT_EMBEDDING;
  g_autoptr (NnAutoencoder) model = make_model (&config, 9);
  NnParams *params = nn_autoencoder_get_params (model);
  const TestLengths lengths = {2, {20, 20}};
  fill_batch (&batch, &rng, &lengths, 3);
  nn_real rows[2 * 20 * 3];
  for (size_t i = 0; i < params->size; i++)
    params->value[i] = (nn_real)nn_rng_normal (&rng);
  /* An output gate that is shut makes every embedding 0, whatever the cells hold. */
  for (size_t level = 0; level < 2; level++) {
    g_autofree char *name = g_strdup_printf ("encoder.lstm_enc.bias_ih_l%zu", level);
    nn_real *bias = params->value + nn_params_find (params, name)->offset;
    for (size_t j = 15; j < 20; j++)
      bias[j] = -1000;
  }
  nn_autoencoder_reconstruct (model, &batch, rows, NULL, NULL);
  test_assert_close ("reconstruction", rows, rows + 60, 60, SAME);
  g_assert_cmpfloat (rows[0], !=, rows[30]); /* and it is not a constant */

  config.decoder_input = NN_DECODER_INPUT_SEQUENCE;
  g_autoptr (NnAutoencoder) other = make_model (&config, 9);
  memcpy (nn_autoencoder_get_params (other)->value, params->value,
          params->size * sizeof (nn_real));
  nn_autoencoder_reconstruct (other, &batch, rows, NULL, NULL);
  g_assert_cmpfloat (rows[59], !=, rows[119]); /* here the cells pass */
}

/* Training's dropout is a function of its seed alone, and inference has none. */
static void
test_dropout (void)
{
  g_auto (NnBatch) batch = {0};
  NnRng rng;
  nn_rng_seed (&rng, 4);
  NnConfig config = make_config (3, 8, 5, 1);
  config.architecture = NN_ARCHITECTURE_BATCHNORM;
  config.dropout = 0.5;
  g_autoptr (NnAutoencoder) model = make_model (&config, 9);
  fill_batch (&batch, &rng, &test_lengths[4], 3);
  double values[3];
  for (size_t i = 0; i < 3; i++)
    nn_autoencoder_backward (model, &batch, &l1, 1 + i / 2, &values[i], NULL, NULL);
  g_assert_cmpfloat (values[0], ==, values[1]);
  g_assert_cmpfloat (values[0], !=, values[2]);
  g_assert_cmpfloat (inference_loss (model, &batch), ==, inference_loss (model, &batch));
}

/* Only nn_autoencoder_track moves the running statistics, by a tenth of the way. */
static void
test_track (void)
{
  g_auto (NnBatch) batch = {0};
  NnRng rng;
  nn_rng_seed (&rng, 4);
  NnConfig config = make_config (3, 4, 5, 1);
  config.architecture = NN_ARCHITECTURE_POOLED;
  g_autoptr (NnAutoencoder) model = make_model (&config, 9);
  NnParams *params = nn_autoencoder_get_params (model);
  TestLengths lengths = fit (&config, &test_lengths[4]);
  fill_batch (&batch, &rng, &lengths, 3);
  size_t n_bytes = params->buffer_size * sizeof (nn_real);
  g_autofree nn_real *before = g_memdup2 (params->buffer, n_bytes);
  loss (&(Fixture){model, &batch});
  g_assert_cmpmem (params->buffer, n_bytes, before, n_bytes);
  g_assert_cmpuint (params->counters[3].value, ==, 0);
  nn_autoencoder_track (model);
  for (size_t i = 0; i < params->buffer_size; i++)
    g_assert_cmpfloat (params->buffer[i], !=, before[i]);
  for (size_t i = 0; i < params->n_counters; i++)
    g_assert_cmpuint (params->counters[i].value, ==, 1);
}

typedef struct {
  size_t n_calls, stop_at;
} Watch;

static bool
watch (void *data)
{
  Watch *self = data;
  return ++self->n_calls != self->stop_at;
}

/* Stopped anywhere on the way, parameters and statistics are as before. */
static void
test_poll (void)
{
  g_auto (NnBatch) batch = {0};
  NnRng rng;
  nn_rng_seed (&rng, 4);
  NnConfig config = make_config (3, 4, 5, 1);
  config.architecture = NN_ARCHITECTURE_POOLED;
  g_autoptr (NnAutoencoder) model = make_model (&config, 9);
  NnParams *params = nn_autoencoder_get_params (model);
  TestLengths lengths = fit (&config, &test_lengths[4]);
  fill_batch (&batch, &rng, &lengths, 3);
  Watch count = {0};
  double value = -1;
  nn_autoencoder_backward (model, &batch, &l1, 0, &value, NULL, &(NnPoll){watch, &count});
  g_assert_cmpuint (count.n_calls, >=, 2 * 45);
  g_autofree nn_real *kept = g_memdup2 (params->value, params->size * sizeof (nn_real));
  g_autofree nn_real *buffer =
      g_memdup2 (params->buffer, params->buffer_size * sizeof (nn_real));
  for (size_t stop_at = 1; stop_at <= count.n_calls; stop_at++) {
    Watch stop = {0, stop_at};
    double untouched = -1;
    g_assert_false (nn_autoencoder_backward (model, &batch, &l1, 0, &untouched, NULL,
                                             &(NnPoll){watch, &stop}));
    g_assert_cmpuint (stop.n_calls, ==, stop_at);
    g_assert_cmpfloat (untouched, ==, -1);
  }
  g_assert_cmpmem (params->value, params->size * sizeof (nn_real), kept,
                   params->size * sizeof (nn_real));
  g_assert_cmpmem (params->buffer, params->buffer_size * sizeof (nn_real), buffer,
                   params->buffer_size * sizeof (nn_real));
  double again;
  nn_autoencoder_backward (model, &batch, &l1, 0, &again, NULL, NULL);
  g_assert_cmpfloat (again, ==, value);

  nn_real output[6 * 16 * 3 * 5];
  g_assert_false (
      nn_autoencoder_encode (model, &batch, output, &(NnPoll){watch, &(Watch){0, 5}}));
  g_assert_false (nn_autoencoder_reconstruct (model, &batch, output, NULL,
                                              &(NnPoll){watch, &(Watch){0, 40}}));
  g_assert_false (nn_autoencoder_loss (model, &batch, &l1, &again,
                                       &(NnPoll){watch, &(Watch){0, 40}}));
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
  nn_autoencoder_encode (model, &batch, embedding, NULL);
  g_assert_true (isnan (embedding[0]));
  g_assert_true (isfinite (embedding[5]) && isfinite (embedding[10]));
  g_assert_true (isnan (inference_loss (model, &batch)));
}

/* What training takes: four numbers a parameter, and by sample of a signal at least what
 * the convolutions and the LSTM leave for the way back; longer batches take more. */
static void
test_measure (void)
{
  for (size_t i = 0; i < N_KINDS; i++) {
    NnConfig config = make_kind (i, 3, 64, 128, 1);
    size_t lengths[] = {800, 800}, lengths_twice[] = {1600, 1600};
    g_autoptr (NnParams) params = nn_autoencoder_describe (&config);
    size_t fixed = 4 * params->size * sizeof (nn_real);
    size_t one = nn_autoencoder_measure (&config, lengths, 2) - fixed;
    size_t two = nn_autoencoder_measure (&config, lengths_twice, 2) - fixed;
    size_t pooling = config.architecture == NN_ARCHITECTURE_POOLED ? 8 : 1;
    size_t lstm = 2 * (4 + 1 + 1) * 128 / pooling; /* gates, cell, hidden state */
    g_assert_cmpuint (two - one, >, 1600 * lstm * sizeof (nn_real));
    g_assert_cmpuint (two, <, 2 * one + one / 8);
    g_assert_cmpuint (one, <, 10 * 1600 * (lstm + 10 * 64) * sizeof (nn_real));
  }
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
  g_test_add_func ("/nn/autoencoder/names", test_names);
  g_test_add_func ("/nn/autoencoder/bottleneck", test_bottleneck);
  g_test_add_func ("/nn/autoencoder/dropout", test_dropout);
  g_test_add_func ("/nn/autoencoder/track", test_track);
  g_test_add_func ("/nn/autoencoder/poll", test_poll);
  g_test_add_func ("/nn/autoencoder/not-a-number", test_not_a_number);
  g_test_add_func ("/nn/autoencoder/measure", test_measure);
  return g_test_run ();
}
