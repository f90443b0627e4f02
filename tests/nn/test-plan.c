#include "nn/plan.h"

/* A network of one of everything that matters: two layers in place, one of which reads
 * its output again, and an encoder and decoder. */
enum { CONV, RELU, DROPOUT, ENCODER, DECODER, LINEAR, N };

static NnLevel level = {(size_t[]){3, 2}, 8};

static void
build (NnLayer *layers)
{
  static const NnLayerKind *const kinds[N] = {&nn_layer_conv1d,  &nn_layer_relu,
                                              &nn_layer_dropout, &nn_layer_lstm,
                                              &nn_layer_lstm,    &nn_layer_linear};
  static const size_t widths[N + 1] = {3, 4, 4, 4, 5, 5, 3};
  for (size_t i = 0; i < N; i++)
    layers[i] = (NnLayer){.kind = kinds[i],
                          .n_in = widths[i],
                          .n_out = widths[i + 1],
                          .from = &level,
                          .to = &level};
  layers[DECODER].initial = &layers[ENCODER];
}

#define assert_block(block, n_expected, first_expected, last_expected)                   \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_assert_cmpuint ((block).n, ==, n_expected);                                        \
    g_assert_cmpuint ((block).first, ==, first_expected);                                \
    g_assert_cmpuint ((block).last, ==, last_expected);                                  \
  }                                                                                      \
  G_STMT_END

static void
test_training (void)
{
  NnLayer layers[N];
  NnBlock input, gradient;
  NnPass pass = {.n_signals = 2, .training = true};
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  build (layers);
  nn_plan_blocks (blocks, &pass, layers, N, &input, &gradient);

  /* The input is what the first layer's weights are corrected by, at the very end. */
  assert_block (input, 8 * 3, 0, 2 * N);
  assert_block (gradient, 8 * 3, N, 2 * N - LINEAR);
  /* Written over by relu and dropout; relu reads it after the LSTM did. */
  assert_block (layers[CONV].output, 8 * 4, CONV, 2 * N - RELU);
  g_assert_cmpuint (layers[RELU].output.n, ==, 0);
  g_assert_cmpuint (layers[RELU].gradient.n, ==, 0);
  g_assert_cmpuint (layers[CONV].gradient.n, ==, 0); /* nobody wants it */
  /* The LSTM's derivative goes through dropout and relu to the convolution. */
  assert_block (layers[ENCODER].gradient, 8 * 4, 2 * N - ENCODER, 2 * N - CONV);
  assert_block (layers[ENCODER].output, 8 * 5, ENCODER, 2 * N - ENCODER);
  assert_block (layers[ENCODER].cells, 8 * 5, ENCODER, 2 * N - ENCODER);
  g_assert_cmpuint (layers[ENCODER].gates.n, ==, 8 * nn_lstm_gates_size (5));
  /* Where the decoder leaves the derivatives by the state it began with. */
  assert_block (layers[ENCODER].edge_h, 2 * 5, ENCODER, 2 * N - ENCODER);
  /* Of a linear layer only its input is needed on the way back. */
  assert_block (layers[LINEAR].output, 8 * 3, LINEAR, N);
  assert_block (layers[LINEAR].gradient, 8 * 5, 2 * N - LINEAR, 2 * N - DECODER);
  g_assert_cmpuint (layers[CONV].forward_scratch.first, ==, CONV);
  g_assert_cmpuint (layers[CONV].backward_scratch.first, ==, 2 * N - CONV);
  for (size_t i = 0; i < blocks->len; i++)
    g_assert_cmpuint (((NnBlock *)blocks->pdata[i])->n, >, 0);
}

static void
test_inference (void)
{
  NnLayer layers[N];
  NnBlock input, gradient;
  NnPass pass = {.n_signals = 2};
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  build (layers);
  nn_plan_blocks (blocks, &pass, layers, N, &input, &gradient);
  assert_block (input, 8 * 3, 0, N); /* the loss compares it with the output */
  assert_block (layers[CONV].output, 8 * 4, CONV, ENCODER);
  assert_block (layers[ENCODER].output, 8 * 5, ENCODER, N); /* the embedding */
  assert_block (layers[ENCODER].cells, 8 * 5, ENCODER, DECODER);
  assert_block (layers[DECODER].output, 8 * 5, DECODER, LINEAR);
  assert_block (layers[LINEAR].output, 8 * 3, LINEAR, N);
  g_assert_cmpuint (gradient.n, ==, 0);
  for (size_t i = 0; i < N; i++) {
    g_assert_cmpuint (layers[i].gates.n, ==, 0);
    g_assert_cmpuint (layers[i].gradient.n, ==, 0);
    g_assert_cmpuint (layers[i].backward_scratch.n, ==, 0);
  }

  /* The encoder alone. */
  nn_plan_blocks (blocks, &pass, layers, ENCODER + 1, &input, &gradient);
  assert_block (layers[ENCODER].output, 8 * 5, ENCODER, ENCODER + 1);
  for (size_t i = 0; i < blocks->len; i++)
    g_assert_true (blocks->pdata[i] != &layers[LINEAR].output);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/plan/training", test_training);
  g_test_add_func ("/nn/plan/inference", test_inference);
  return g_test_run ();
}
