/* Weights go from PyTorch to the engine and back: python-model.py plays the user of
 * Python. Skipped where there is no PyTorch. */
#include "nn/checkpoint.h"
#include "nn/safetensors.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <glib/gstdio.h>
#include <sys/wait.h>

enum { N_SIGNALS = 3, C = 3, LONGEST = 50 };

static const size_t lengths[N_SIGNALS] = {LONGEST, 8, 21};
static const char *const cases[] = {"readme,sequence,1",  "readme,sequence,3",
                                    "readme,embedding,2", "pooled,sequence,1",
                                    "pooled,embedding,2", "batchnorm,sequence,2"};

static char *
make_path (const char *folder, const char *name, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, ".safetensors", NULL);
  return g_build_filename (folder, file, NULL);
}

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_file_set_contents (path, data, (gssize)size, &error);
  g_assert_no_error (error);
}

static GBytes *
read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  size_t size = 0;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
write_signals (const char *folder, const NnBatch *batch)
{
  g_autoptr (NnSafetensors) file = nn_safetensors_new ();
  g_autofree char *path = make_path (folder, "signals", "");
  for (size_t b = 0; b < N_SIGNALS; b++) {
    g_autofree char *name = g_strdup_printf ("signal.%zu", b);
    nn_safetensors_add_f32 (file, name, 2, (size_t[]){lengths[b], C},
                            batch->data + b * LONGEST * C);
  }
  g_autoptr (GBytes) bytes = nn_safetensors_encode (file);
  write_bytes (path, bytes);
}

/* A checkpoint of the engine after some steps, as the program writes it. */
static void
write_ours (const char *folder, const char *name, const NnBatch *batch)
{
  g_auto (GStrv) parts = g_strsplit (name, ",", 3);
  NnConfig config = {.n_channels = C, .widths = {5, 6, 7}, .hidden = 8};
  config.n_layers = (size_t)g_ascii_strtoull (parts[2], NULL, 10);
  g_assert_true (nn_architecture_from_string (parts[0], &config.architecture));
  if (g_str_equal (parts[1], "embedding"))
    config.decoder_input = NN_DECODER_INPUT_EMBEDDING;
  const NnTrainerConfig trainer = {.n_epochs = 1, .learning_rate = 1e-3};
  g_autoptr (NnCheckpoint) checkpoint =
      nn_checkpoint_new (nn_autoencoder_new (&config, 5, NULL), &trainer, 5);
  const NnLoss l1 = {NN_LOSS_L1, 0};
  double loss;
  nn_autoencoder_backward (checkpoint->model, batch, &l1, 1, &loss, NULL, NULL);
  nn_autoencoder_track (checkpoint->model);
  g_autoptr (GBytes) bytes = nn_checkpoint_encode (checkpoint);
  g_autofree char *path = make_path (folder, name, ".ours");
  write_bytes (path, bytes);
}

static void
compare (NnSafetensors *file, const char *what, size_t b, const nn_real *got, size_t n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s.%zu", what, b);
  const NnTensor *tensor = nn_safetensors_find (file, name);
  g_assert_nonnull (tensor);
  g_assert_cmpuint (tensor->n_values, ==, n);
  g_autofree nn_real *expected = g_new (nn_real, n);
  nn_tensor_read_real (tensor, expected, &error);
  g_assert_no_error (error);
  test_assert_close (name, got, expected, n, 1e-4);
}

/* What the engine makes of a file of weights is what PyTorch made of it. */
static void
check_answer (const char *folder, const char *name, const char *whose,
              const NnBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path (folder, name, whose);
  g_autofree char *suffix = g_strconcat (whose, ".answer", NULL);
  g_autofree char *answer_path = make_path (folder, name, suffix);
  g_autoptr (GBytes) bytes = read_bytes (path);
  g_autoptr (GBytes) answer_bytes = read_bytes (answer_path);
  g_autoptr (NnSafetensors) answer = nn_safetensors_decode (answer_bytes, &error);
  g_assert_no_error (error);
  g_autoptr (NnCheckpoint) checkpoint = nn_checkpoint_decode (bytes, &error);
  g_assert_no_error (error);
  size_t n_embedding = nn_autoencoder_embedding_size (checkpoint->model);
  g_autofree nn_real *embedding = g_new (nn_real, N_SIGNALS * n_embedding);
  g_autofree nn_real *reconstruction = g_new (nn_real, N_SIGNALS * LONGEST * C);
  nn_autoencoder_reconstruct (checkpoint->model, batch, reconstruction, embedding, NULL);
  for (size_t b = 0; b < N_SIGNALS; b++) {
    size_t n = nn_config_reconstructed (nn_autoencoder_get_config (checkpoint->model),
                                        lengths[b]);
    compare (answer, "reconstruction", b, reconstruction + b * LONGEST * C, n * C);
    compare (answer, "embedding", b, embedding + b * n_embedding, n_embedding);
  }
}

/* FALSE if there is no Python with PyTorch. */
static bool
run_python (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "nn", "python-model.py", NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_ptr_array_add (arguments, (char *)"/usr/bin/python3");
  g_ptr_array_add (arguments, script);
  g_ptr_array_add (arguments, (char *)folder);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_ptr_array_add (arguments, (char *)cases[i]);
  g_ptr_array_add (arguments, NULL);
  int status = 0;
  if (!g_spawn_sync (NULL, (char **)arguments->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                     NULL, NULL, &status, &error)) {
    g_assert_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
    return false;
  }
  g_assert_true (WIFEXITED (status));
  g_assert_true (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 77);
  return WEXITSTATUS (status) == 0;
}

/* Of files alone. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (files); name; name = g_dir_read_name (files)) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

static void
test_round_trip (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sae-python-XXXXXX", NULL);
  g_auto (NnBatch) batch = {0};
  NnRng rng;
  nn_rng_seed (&rng, 1);
  nn_batch_resize (&batch, N_SIGNALS, LONGEST, C);
  for (size_t b = 0; b < N_SIGNALS; b++) {
    batch.lengths[b] = lengths[b];
    for (size_t i = 0; i < LONGEST * C; i++)
      batch.data[b * LONGEST * C + i] = (nn_real)nn_rng_normal (&rng);
  }
  write_signals (folder, &batch);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    write_ours (folder, cases[i], &batch);
  if (!run_python (folder))
    g_test_skip ("there is no /usr/bin/python3 with PyTorch (python3-torch)");
  else {
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
      check_answer (folder, cases[i], ".theirs", &batch);
      check_answer (folder, cases[i], ".ours", &batch);
    }
  }
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/python/round-trip", test_round_trip);
  return g_test_run ();
}
