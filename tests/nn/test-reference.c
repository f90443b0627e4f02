/* The autoencoder against PyTorch: every case of a folder of safetensors files, given by
 * SAE_REFERENCE_DIRECTORY or else the fixtures. A case that cannot be run is a failure.
 */
#include "nn/adam.h"
#include "nn/autoencoder.h"
#include "nn/safetensors.h"
#include <glib.h>
#include <math.h>

/* Largest differences allowed, relative to the tensor's largest value. */
#define TOLERANCE 1e-4
#define TOLERANCE_ADAM 1e-3

typedef struct {
  NnSafetensors *file;  /* owned */
  NnAutoencoder *model; /* owned, with the case's parameters */
  NnBatch batch;        /* all its signals */
  double learning_rate;
} Case;

static void
case_clear (Case *c)
{
  nn_safetensors_free (c->file);
  nn_autoencoder_free (c->model);
  nn_batch_clear (&c->batch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static const NnTensor *
find (const Case *c, const char *prefix, const char *name)
{
  g_autofree char *full = g_strconcat (prefix, name, NULL);
  const NnTensor *tensor = nn_safetensors_find (c->file, full);
  if (!tensor)
    g_error ("no tensor %s", full);
  return tensor;
}

static const NnTensor *
find_numbered (const Case *c, const char *prefix, size_t i)
{
  g_autofree char *number = g_strdup_printf ("%zu", i);
  return find (c, prefix, number);
}

static nn_real *
read_values (const NnTensor *tensor)
{
  g_autoptr (GError) error = NULL;
  nn_real *values = g_new (nn_real, tensor->n_values + 1);
  nn_tensor_read_real (tensor, values, &error);
  g_assert_no_error (error);
  return values;
}

static double
read_number (const NnTensor *tensor)
{
  g_autofree nn_real *values = read_values (tensor);
  g_assert_cmpuint (tensor->n_values, ==, 1);
  return (double)values[0];
}

static size_t
read_count (const Case *c, const char *key)
{
  guint64 value = 0;
  const char *text = nn_safetensors_get_metadata (c->file, key);
  if (!text || !g_ascii_string_to_unsigned (text, 10, 1, 1000000, &value, NULL))
    g_error ("metadata %s is no count", key);
  return (size_t)value;
}

/* got (n_values) against tensor. */
static void
compare (const NnTensor *tensor, const nn_real *got, size_t n)
{
  g_autofree nn_real *expected = read_values (tensor);
  double largest = 0, difference = 0;
  g_assert_cmpuint (tensor->n_values, ==, n);
  for (size_t i = 0; i < n; i++) {
    g_assert_true (isfinite (got[i]));
    largest = MAX (largest, fabs ((double)expected[i]));
    difference = MAX (difference, fabs ((double)(got[i] - expected[i])));
  }
  if (difference > TOLERANCE * largest)
    g_error ("%s differs by %g, its largest value is %g", tensor->name, difference,
             largest);
}

static void
compare_number (const char *what, double got, double expected, double tolerance)
{
  if (!(fabs (got - expected) <= tolerance * fabs (expected)))
    g_error ("%s is %.9g, not %.9g", what, got, expected);
}

static void
load_model (Case *c)
{
  g_autoptr (GError) error = NULL;
  const char *architecture = nn_safetensors_get_metadata (c->file, "architecture");
  const char *input = nn_safetensors_get_metadata (c->file, "decoder_input");
  NnConfig config = {.n_channels = read_count (c, "n_channel"),
                     .widths = {read_count (c, "n_conv_channel_1"),
                                read_count (c, "n_conv_channel_2"),
                                read_count (c, "n_conv_channel_3")},
                     .hidden = read_count (c, "lstm_hidden_size"),
                     .n_layers = read_count (c, "n_lstm_layer")};
  if (!architecture || !nn_architecture_from_string (architecture, &config.architecture))
    g_error ("architecture %s is unknown", architecture);
  if (g_strcmp0 (input, "sequence") != 0)
    g_error ("decoder input %s is unknown", input);
  c->model = nn_autoencoder_new (&config, 1, &error);
  g_assert_no_error (error);

  NnParams *params = nn_autoencoder_get_params (c->model);
  size_t n_model = 0;
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    const NnTensor *tensor = find (c, "model.", param->name);
    g_assert_cmpuint (tensor->n_dimensions, ==, param->n_dimensions);
    for (size_t d = 0; d < param->n_dimensions; d++)
      g_assert_cmpuint (tensor->shape[d], ==, param->shape[d]);
    nn_tensor_read_real (tensor, params->value + param->offset, &error);
    g_assert_no_error (error);
  }
  for (size_t i = 0; i < nn_safetensors_get_n_tensors (c->file); i++)
    n_model += g_str_has_prefix (nn_safetensors_get_tensor (c->file, i)->name, "model.");
  g_assert_cmpuint (n_model, ==, params->n_params);
}

static void
load_batch (Case *c)
{
  size_t n_signals = read_count (c, "n_signal"), longest = 0;
  size_t n_channels = nn_autoencoder_get_config (c->model)->n_channels;
  for (size_t b = 0; b < n_signals; b++)
    longest = MAX (longest, find_numbered (c, "signal.", b)->shape[0]);
  nn_batch_resize (&c->batch, n_signals, longest, n_channels);
  for (size_t b = 0; b < n_signals; b++) {
    const NnTensor *tensor = find_numbered (c, "signal.", b);
    g_assert_cmpuint (tensor->n_dimensions, ==, 2);
    g_assert_cmpuint (tensor->shape[1], ==, n_channels);
    c->batch.lengths[b] = tensor->shape[0];
    nn_tensor_read_real (tensor, c->batch.data + b * longest * n_channels, NULL);
  }
}

static void
load_case (Case *c, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  size_t n;
  g_file_get_contents (path, &text, &n, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), n);
  c->file = nn_safetensors_decode (bytes, &error);
  g_assert_no_error (error);
  const char *rate = nn_safetensors_get_metadata (c->file, "learning_rate");
  g_assert_nonnull (rate);
  c->learning_rate = g_ascii_strtod (rate, NULL);
  g_assert_cmpfloat (c->learning_rate, >, 0);
  load_model (c);
  load_batch (c);
}

/* Each signal's rows of reconstruction (B, T, C), and zeros after them. */
static void
compare_reconstructions (const Case *c, const char *prefix, const nn_real *reconstruction)
{
  size_t signal_size = c->batch.max_length * c->batch.n_channels;
  for (size_t b = 0; b < c->batch.n_signals; b++) {
    size_t n = c->batch.lengths[b] * c->batch.n_channels;
    compare (find_numbered (c, prefix, b), reconstruction + b * signal_size, n);
    for (size_t i = n; i < signal_size; i++)
      g_assert_cmpfloat (reconstruction[b * signal_size + i], ==, 0);
  }
}

static void
check_inference (Case *c)
{
  NnBatch *batch = &c->batch;
  size_t n_embedding = nn_autoencoder_embedding_size (c->model);
  g_autofree nn_real *reconstruction =
      g_new (nn_real, batch->n_signals * batch->max_length * batch->n_channels);
  g_autofree nn_real *embedding = g_new (nn_real, batch->n_signals * n_embedding);
  g_autofree nn_real *encoded = g_new (nn_real, batch->n_signals * n_embedding);
  nn_autoencoder_reconstruct (c->model, batch, reconstruction, embedding);
  nn_autoencoder_encode (c->model, batch, encoded);
  compare_reconstructions (c, "eval.reconstruction.", reconstruction);
  for (size_t b = 0; b < batch->n_signals; b++) {
    const NnTensor *expected = find_numbered (c, "eval.embedding.", b);
    compare (expected, embedding + b * n_embedding, n_embedding);
    compare (expected, encoded + b * n_embedding, n_embedding);
  }
  compare_number ("eval.loss", nn_autoencoder_loss (c->model, batch),
                  read_number (find (c, "eval.", "loss")), TOLERANCE);
}

static void
check_training (Case *c)
{
  NnBatch *batch = &c->batch;
  NnParams *params = nn_autoencoder_get_params (c->model);
  g_autofree nn_real *reconstruction =
      g_new (nn_real, batch->n_signals * batch->max_length * batch->n_channels);
  double loss = nn_autoencoder_backward (c->model, batch, reconstruction);
  compare_number ("train.loss", loss, read_number (find (c, "train.", "loss")),
                  TOLERANCE);
  compare_reconstructions (c, "train.reconstruction.", reconstruction);
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    compare (find (c, "train.gradient.", param->name), params->gradient + param->offset,
             param->size);
  }
}

static void
check_adam (Case *c)
{
  NnParams *params = nn_autoencoder_get_params (c->model);
  const NnTensor *tensor = find (c, "adam.", "loss");
  g_autofree nn_real *expected = read_values (tensor);
  g_assert_cmpuint (tensor->n_values, ==, 10);
  for (size_t step = 0; step < tensor->n_values; step++) {
    double loss = nn_autoencoder_backward (c->model, &c->batch, NULL);
    compare_number ("adam.loss", loss, (double)expected[step], TOLERANCE_ADAM);
    nn_adam_step (params->value, params->m, params->v, params->gradient, params->size,
                  c->learning_rate, step + 1);
  }
}

static void
test_case (gconstpointer path)
{
  g_auto (Case) c = {0};
  load_case (&c, path);
  check_inference (&c);
  check_training (&c);
  check_adam (&c);
}

static void
test_folder (gconstpointer n_cases)
{
  g_assert_cmpuint (GPOINTER_TO_SIZE (n_cases), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *given = g_getenv ("SAE_REFERENCE_DIRECTORY");
  g_autofree char *folder =
      given ? g_strdup (given)
            : g_test_build_filename (G_TEST_DIST, "fixtures", "reference", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  size_t n_cases = 0;
  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name;
       name = g_dir_read_name (dir)) {
    if (!g_str_has_suffix (name, ".safetensors"))
      continue;
    g_autofree char *test = g_strdup_printf ("/nn/reference/%s", name);
    g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_case,
                               g_free);
    n_cases++;
  }
  g_test_add_data_func ("/nn/reference/folder", GSIZE_TO_POINTER (n_cases), test_folder);
  return g_test_run ();
}
