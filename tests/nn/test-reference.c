/* The autoencoder against PyTorch: every case of a folder of safetensors files, given by
 * SAE_REFERENCE_DIRECTORY or else the fixtures and, where it is there, the shared folder
 * of more. A case that cannot be run is a failure. */
#include "nn/adam.h"
#include "nn/autoencoder.h"
#include "nn/safetensors.h"
#include "support/shared.h"
#include <glib.h>
#include <math.h>
#include <string.h>

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

/* NULL, and the test has failed, if there is none of that name. */
static const NnTensor *
find (const Case *c, const char *prefix, const char *name)
{
  g_autofree char *full = g_strconcat (prefix, name, NULL);
  const NnTensor *tensor = nn_safetensors_find (c->file, full);
  if (!tensor)
    g_test_fail_printf ("no tensor %s", full);
  return tensor;
}

static const NnTensor *
find_numbered (const Case *c, const char *prefix, size_t i)
{
  g_autofree char *number = g_strdup_printf ("%zu", i);
  return find (c, prefix, number);
}

/* values (n): the tensor's, whose shape must be that. */
static bool
read_values (const NnTensor *tensor, nn_real *values, size_t n_dimensions,
             const size_t *shape)
{
  g_autoptr (GError) error = NULL;
  bool same = tensor && tensor->n_dimensions == n_dimensions;
  for (size_t i = 0; same && i < n_dimensions; i++)
    same = tensor->shape[i] == shape[i];
  if (tensor && !same)
    g_test_fail_printf ("%s has another shape", tensor->name);
  if (same && !nn_tensor_read_real (tensor, values, &error))
    g_test_fail_printf ("%s", error->message);
  return same && !error;
}

/* got (shape) against tensor: the difference relative to the tensor's largest value; or,
 * of a tensor that is 0 but for the rounding of doubles, to scale. */
static void
compare_beside (const NnTensor *tensor, const nn_real *got, size_t n_dimensions,
                const size_t *shape, double tolerance, double scale)
{
  double largest = 0, difference = 0;
  size_t n = 1;
  for (size_t i = 0; i < n_dimensions; i++)
    n *= shape[i];
  g_autofree nn_real *expected = g_new (nn_real, n);
  if (!read_values (tensor, expected, n_dimensions, shape))
    return;
  for (size_t i = 0; i < n; i++) {
    double d = fabs ((double)(got[i] - expected[i]));
    difference = isnan (d) ? INFINITY : MAX (difference, d);
    largest = MAX (largest, fabs ((double)expected[i]));
  }
  if (largest < 1e-12 * scale)
    largest = scale;
  if (!(difference <= tolerance * largest))
    g_test_fail_printf ("%s differs by %g, its largest value is %g", tensor->name,
                        difference, largest);
}

static void
compare (const NnTensor *tensor, const nn_real *got, size_t n_dimensions,
         const size_t *shape, double tolerance)
{
  compare_beside (tensor, got, n_dimensions, shape, tolerance, 0);
}

static void
compare_number (const NnTensor *tensor, double got)
{
  nn_real value = (nn_real)got;
  compare (tensor, &value, 1, (size_t[]){1}, TOLERANCE);
}

static bool
read_count (const Case *c, const char *key, size_t *count)
{
  guint64 value = 0;
  const char *text = nn_safetensors_get_metadata (c->file, key);
  if (!text || !g_ascii_string_to_unsigned (text, 10, 1, 1000000, &value, NULL)) {
    g_test_fail_printf ("metadata %s is no count", key);
    return false;
  }
  *count = (size_t)value;
  return true;
}

/* The network that the metadata names. */
static bool
read_config (const Case *c, NnConfig *config)
{
  const char *architecture = nn_safetensors_get_metadata (c->file, "architecture");
  const char *input = nn_safetensors_get_metadata (c->file, "decoder_input");
  if (!architecture ||
      !nn_architecture_from_string (architecture, &config->architecture)) {
    g_test_fail_printf ("architecture %s is unknown", architecture);
    return false;
  }
  if (!input || !nn_decoder_input_from_string (input, &config->decoder_input)) {
    g_test_fail_printf ("decoder input %s is unknown", input);
    return false;
  }
  return read_count (c, "n_channel", &config->n_channels) &&
         read_count (c, "n_conv_channel_1", &config->widths[0]) &&
         read_count (c, "n_conv_channel_2", &config->widths[1]) &&
         read_count (c, "n_conv_channel_3", &config->widths[2]) &&
         read_count (c, "lstm_hidden_size", &config->hidden) &&
         read_count (c, "n_lstm_layer", &config->n_layers);
}

/* Those entries of a table from their model.NAME. */
static bool
load_table (const Case *c, const NnParam *table, size_t n, nn_real *values)
{
  for (size_t i = 0; i < n; i++) {
    if (!read_values (find (c, "model.", table[i].name), values + table[i].offset,
                      table[i].n_dimensions, table[i].shape))
      return false;
  }
  return true;
}

/* Every parameter and buffer from its model.NAME, and no model.NAME left over. */
static bool
load_model (Case *c)
{
  g_autoptr (GError) error = NULL;
  NnConfig config = nn_config_default ();
  if (!read_config (c, &config))
    return false;
  c->model = nn_autoencoder_new (&config, 1, &error);
  if (!c->model) {
    g_test_fail_printf ("%s", error->message);
    return false;
  }
  NnParams *params = nn_autoencoder_get_params (c->model);
  size_t n_model = 0;
  if (!load_table (c, params->table, params->n_params, params->value) ||
      !load_table (c, params->buffer_table, params->n_buffers, params->buffer))
    return false;
  for (size_t i = 0; i < nn_safetensors_get_n_tensors (c->file); i++)
    n_model += g_str_has_prefix (nn_safetensors_get_tensor (c->file, i)->name, "model.");
  if (n_model != params->n_params + params->n_buffers)
    g_test_fail_printf ("%zu tensors of the model, the network has %zu", n_model,
                        params->n_params + params->n_buffers);
  return true;
}

static bool
load_batch (Case *c)
{
  size_t n_signals, longest = 1;
  size_t n_channels = nn_autoencoder_get_config (c->model)->n_channels;
  if (!read_count (c, "n_signal", &n_signals))
    return false;
  for (size_t b = 0; b < n_signals; b++) {
    const NnTensor *tensor = find_numbered (c, "signal.", b);
    if (!tensor)
      return false;
    longest = MAX (longest, tensor->shape[0]);
  }
  nn_batch_resize (&c->batch, n_signals, longest, n_channels);
  for (size_t b = 0; b < n_signals; b++) {
    const NnTensor *tensor = find_numbered (c, "signal.", b);
    c->batch.lengths[b] = tensor->shape[0];
    if (!read_values (tensor, c->batch.data + b * longest * n_channels, 2,
                      (size_t[]){tensor->shape[0], n_channels}))
      return false;
  }
  return true;
}

static bool
load_case (Case *c, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  size_t n;
  if (g_file_get_contents (path, &text, &n, &error)) {
    g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), n);
    c->file = nn_safetensors_decode (bytes, &error);
  }
  if (!c->file) {
    g_test_fail_printf ("%s", error->message);
    return false;
  }
  const char *rate = nn_safetensors_get_metadata (c->file, "learning_rate");
  c->learning_rate = rate ? g_ascii_strtod (rate, NULL) : 0;
  if (!(c->learning_rate > 0)) {
    g_test_fail_printf ("metadata learning_rate is no positive number");
    return false;
  }
  return load_model (c) && load_batch (c);
}

/* Each signal's rows of reconstruction (B, T, C), and zeros after them. */
static void
compare_reconstructions (const Case *c, const char *prefix, const nn_real *reconstruction)
{
  size_t n_channels = c->batch.n_channels, signal_size = c->batch.max_length * n_channels;
  for (size_t b = 0; b < c->batch.n_signals; b++) {
    size_t length = nn_config_reconstructed (nn_autoencoder_get_config (c->model),
                                             c->batch.lengths[b]);
    compare (find_numbered (c, prefix, b), reconstruction + b * signal_size, 2,
             (size_t[]){length, n_channels}, TOLERANCE);
    for (size_t i = length * n_channels; i < signal_size; i++)
      g_assert_cmpfloat (reconstruction[b * signal_size + i], ==, 0);
  }
}

static const NnLoss l1 = {NN_LOSS_L1, 0};

static void
check_inference (Case *c)
{
  NnBatch *batch = &c->batch;
  size_t n_embedding = nn_autoencoder_embedding_size (c->model);
  g_autofree nn_real *reconstruction =
      g_new (nn_real, batch->n_signals * batch->max_length * batch->n_channels);
  g_autofree nn_real *embedding = g_new (nn_real, batch->n_signals * n_embedding);
  g_autofree nn_real *encoded = g_new (nn_real, batch->n_signals * n_embedding);
  nn_autoencoder_reconstruct (c->model, batch, reconstruction, embedding, NULL);
  nn_autoencoder_encode (c->model, batch, encoded, NULL);
  compare_reconstructions (c, "eval.reconstruction.", reconstruction);
  for (size_t b = 0; b < batch->n_signals; b++) {
    const NnTensor *expected = find_numbered (c, "eval.embedding.", b);
    compare (expected, embedding + b * n_embedding, 1, &n_embedding, TOLERANCE);
    compare (expected, encoded + b * n_embedding, 1, &n_embedding, TOLERANCE);
  }
  double loss;
  nn_autoencoder_loss (c->model, batch, &l1, &loss, NULL);
  compare_number (find (c, "eval.", "loss"), loss);
}

static void
check_training (Case *c)
{
  NnBatch *batch = &c->batch;
  NnParams *params = nn_autoencoder_get_params (c->model);
  g_autofree nn_real *reconstruction =
      g_new (nn_real, batch->n_signals * batch->max_length * batch->n_channels);
  double loss;
  nn_autoencoder_backward (c->model, batch, &l1, 0, &loss, reconstruction, NULL);
  compare_number (find (c, "train.", "loss"), loss);
  compare_reconstructions (c, "train.reconstruction.", reconstruction);
  double largest = 0;
  for (size_t i = 0; i < params->size; i++)
    largest = MAX (largest, fabs ((double)params->gradient[i]));
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    /* The bias of a convolution before a batch normalisation has a derivative of 0, which
     * both sides have but for rounding: it is compared with the others'. */
    compare_beside (find (c, "train.gradient.", param->name),
                    params->gradient + param->offset, param->n_dimensions, param->shape,
                    TOLERANCE, largest);
  }
  nn_autoencoder_track (c->model);
  for (size_t i = 0; i < params->n_buffers; i++) {
    const NnParam *buffer = &params->buffer_table[i];
    compare (find (c, "train.", buffer->name), params->buffer + buffer->offset,
             buffer->n_dimensions, buffer->shape, TOLERANCE);
  }
}

/* The losses of ten steps, each within the tolerance of its own. */
static void
check_adam (Case *c)
{
  enum { N_STEPS = 10 };
  NnParams *params = nn_autoencoder_get_params (c->model);
  nn_real expected[N_STEPS];
  if (!read_values (find (c, "adam.", "loss"), expected, 1, (size_t[]){N_STEPS}))
    return;
  for (uint64_t step = 1; step <= N_STEPS; step++) {
    double loss, value = (double)expected[step - 1];
    nn_autoencoder_backward (c->model, &c->batch, &l1, 0, &loss, NULL, NULL);
    if (!(fabs (loss - value) <= TOLERANCE_ADAM * fabs (value)))
      g_test_fail_printf ("adam.loss %d is %.9g, not %.9g", (int)step, loss, value);
    nn_adam_step (params->value, params->m, params->v, params->gradient, params->size,
                  &(NnAdam){c->learning_rate, 0, 1}, step);
  }
}

static void
test_case (gconstpointer path)
{
  g_auto (Case) c = {0};
  if (!load_case (&c, path))
    return;
  check_inference (&c);
  check_training (&c);
  check_adam (&c);
}

static void
test_folder (gconstpointer n_cases)
{
  if (GPOINTER_TO_SIZE (n_cases) == 0)
    g_test_fail_printf ("the folder is missing or has no *.safetensors");
}

static int
compare_paths (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The paths of the cases of folder, sorted. */
static GPtrArray *
list_cases (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name;
       name = g_dir_read_name (dir)) {
    if (g_str_has_suffix (name, ".safetensors"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  }
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

static void
test_shared (void)
{
  g_autofree char *folder = test_shared_path ("reference", NULL);
  if (!folder)
    return;
  g_autoptr (GPtrArray) paths = list_cases (folder);
  g_assert_cmpuint (paths->len, >, 0);
  for (guint i = 0; i < paths->len; i++) {
    g_test_message ("%s", (const char *)paths->pdata[i]);
    test_case (paths->pdata[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *given = g_getenv ("SAE_REFERENCE_DIRECTORY");
  g_autofree char *folder =
      given ? g_strdup (given)
            : g_test_build_filename (G_TEST_DIST, "fixtures", "reference", NULL);
  g_autoptr (GPtrArray) paths = list_cases (folder);
  for (guint i = 0; i < paths->len; i++) {
    g_autofree char *name = g_path_get_basename (paths->pdata[i]);
    g_autofree char *test = g_strdup_printf ("/nn/reference/%s", name);
    g_test_add_data_func (test, paths->pdata[i], test_case);
  }
  g_test_add_data_func ("/nn/reference/folder", GSIZE_TO_POINTER (paths->len),
                        test_folder);
  if (!given)
    g_test_add_func ("/nn/reference/shared", test_shared);
  return g_test_run ();
}
