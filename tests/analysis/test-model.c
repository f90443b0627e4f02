#include "analysis/model.h"
#include "analysis/error.h"
#include "analysis/run-file.h"
#include "nn/error.h"
#include "seismic/error.h"
#include "support/tiny-library.h"

#include <math.h>
#include <string.h>

static NnCheckpoint *
new_checkpoint (size_t n_channels)
{
  const NnConfig config = {
      .n_channels = n_channels, .widths = {4, 5, 6}, .hidden = 7, .n_layers = 1};
  const NnTrainerConfig trainer = {.n_epochs = 1, .learning_rate = 1e-3};
  g_autoptr (GError) error = NULL;
  NnAutoencoder *network = nn_autoencoder_new (&config, 3, &error);
  g_assert_no_error (error);
  NnCheckpoint *checkpoint = nn_checkpoint_new (network, &trainer, 3);
  for (size_t c = 0; c < n_channels; c++) {
    checkpoint->mean[c] = 0.25 * (double)c;
    checkpoint->scale[c] = 100 + (double)c;
  }
  return checkpoint;
}

static AnalysisModel *
new_model (double rate_hz, const char *const *validation_events)
{
  return analysis_model_new (new_checkpoint (3), rate_hz, validation_events);
}

static const char *const no_events[] = {NULL};

/* Writes bytes as the library's model file. */
static void
put_bytes (TinyLibrary *tiny, GBytes *bytes)
{
  g_autofree char *path = analysis_run_path (tiny->folder, ANALYSIS_RUN_DEFAULT);
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
}

static void
test_none (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autoptr (GError) error = NULL;
  g_assert_null (analysis_model_load (tiny.library, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL);
}

/* The processing gives what a batch is filled with. */
static void
test_processing (void)
{
  const double rates[] = {0, 10};

  for (size_t r = 0; r < G_N_ELEMENTS (rates); r++) {
    g_auto (TinyLibrary) tiny = {0};
    tiny_library_init (&tiny);
    tiny_library_put_event (&tiny, "ev0", 0);
    tiny_library_put_record (&tiny, "ev0", "S0", 20, 333, 4);
    g_autoptr (AnalysisModel) model = new_model (rates[r], no_events);
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (tiny.library, "ev0/XX.S0..HN", &error);
    g_assert_no_error (error);

    SeismicProcessing processing = {.demean = true};
    analysis_model_processing (model, &processing);
    g_autoptr (SeismicSignal) seen =
        seismic_processing_apply (&processing, signal, NAN, &error);
    g_assert_no_error (error);

    g_auto (AnalysisSeries) series = {0};
    analysis_preprocess (signal, rates[r], &series, &error);
    g_assert_no_error (error);
    const size_t n = series.n_samples;
    g_autofree nn_real *data = g_new0 (nn_real, 3 * n);
    size_t length = 0;
    NnBatch batch = {.data = data, .lengths = &length, .max_length = n};
    analysis_series_normalise (&series, model->checkpoint->mean, model->checkpoint->scale,
                               &batch, 0);
    g_assert_cmpuint (seen->n_samples, ==, n);
    g_assert_cmpint (seen->start_ns, ==, series.start_ns);
    g_assert_cmpfloat (seen->rate_hz, ==, series.rate_hz);
    for (size_t i = 0; i < 3 * n; i++)
      g_assert_cmpfloat_with_epsilon (seen->samples[i % 3 * n + i / 3], data[i],
                                      1e-6 * (1 + fabs ((double)data[i])));
  }
}

static void
test_round_trip (void)
{
  static const char *const events[] = {"\\",   "a\nb\\n\"c\"", "nc73291880",
                                       "nc\\", "séisme, 1",    NULL};
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  g_autoptr (AnalysisModel) model = new_model (20.5, events);
  g_autoptr (GError) error = NULL;
  for (size_t i = 0; i < 2; i++) { /* the second replaces the first */
    analysis_model_save (model, tiny.library, &error);
    g_assert_no_error (error);
  }
  g_autoptr (AnalysisModel) loaded = analysis_model_load (tiny.library, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (loaded->notes.rate_hz, ==, 20.5);
  g_assert_true (
      g_strv_equal ((const char *const *)loaded->notes.validation_events, events));
  for (size_t c = 0; c < 3; c++) {
    g_assert_cmpfloat (loaded->checkpoint->mean[c], ==, model->checkpoint->mean[c]);
    g_assert_cmpfloat (loaded->checkpoint->scale[c], ==, model->checkpoint->scale[c]);
  }

  g_auto (AnalysisReconstruction) a = {0}, b = {0};
  g_assert_true (
      analysis_model_reconstruct (model, tiny.library, "ev0/XX.S0..HN", &a, NULL));
  g_assert_true (
      analysis_model_reconstruct (loaded, tiny.library, "ev0/XX.S0..HN", &b, NULL));
  const size_t bytes = 3 * a.original.n_samples * sizeof (float);
  g_assert_cmpmem (a.reconstruction, bytes, b.reconstruction, bytes);
}

/* A checkpoint without our metadata, as a script may write it. */
static void
test_bare (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autoptr (NnCheckpoint) checkpoint = new_checkpoint (3);
  g_autoptr (GBytes) bytes = nn_checkpoint_encode (checkpoint);
  put_bytes (&tiny, bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (model->notes.rate_hz, ==, 0);
  g_assert_cmpuint (g_strv_length (model->notes.validation_events), ==, 0);
}

static void
check_refused (GBytes *bytes, GQuark domain, int code)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  put_bytes (&tiny, bytes);
  g_autoptr (GError) error = NULL;
  g_assert_null (analysis_model_load (tiny.library, &error));
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, "model.safetensors"));
}

static void
test_refused (void)
{
  g_autoptr (GBytes) garbage = g_bytes_new_static ("no model at all", 15);
  check_refused (garbage, NN_ERROR, NN_ERROR_FORMAT);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  check_refused (empty, NN_ERROR, NN_ERROR_FORMAT);

  g_autoptr (NnCheckpoint) two = new_checkpoint (2);
  g_autoptr (GBytes) two_bytes = nn_checkpoint_encode (two);
  check_refused (two_bytes, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);

  static const char *const rates[] = {"", "fast", "20 Hz", "-1", "nan", "1e30"};
  for (size_t i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_autoptr (NnCheckpoint) checkpoint = new_checkpoint (3);
    g_hash_table_insert (checkpoint->metadata, g_strdup ("rate_hz"), g_strdup (rates[i]));
    g_autoptr (GBytes) bytes = nn_checkpoint_encode (checkpoint);
    check_refused (bytes, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
  }
}

/* Ids with a broken escape are taken as far as they go. */
static void
test_broken_ids (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autoptr (NnCheckpoint) checkpoint = new_checkpoint (3);
  g_hash_table_insert (checkpoint->metadata, g_strdup ("validation_events"),
                       g_strdup ("z\\\na\\\\\\\n\\"));
  g_autoptr (GBytes) bytes = nn_checkpoint_encode (checkpoint);
  put_bytes (&tiny, bytes);
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, NULL);
  g_assert_nonnull (model);
  static const char *const expected[] = {"", "a\\", "z", NULL};
  g_assert_true (
      g_strv_equal ((const char *const *)model->notes.validation_events, expected));
}

static void
test_unwritable (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autoptr (AnalysisModel) model = new_model (0, no_events);
  g_autofree char *path = analysis_run_path (tiny.folder, ANALYSIS_RUN_DEFAULT);
  g_autofree char *inside = g_build_filename (path, "x", NULL);
  g_assert_cmpint (g_mkdir_with_parents (inside, 0755), ==, 0); /* a folder in the way */
  g_autoptr (GError) error = NULL;
  g_assert_false (analysis_model_save (model, tiny.library, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
}

static void
test_reconstruct (void)
{
  static const char *const events[] = {"ev1", NULL};
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 1);
  g_autoptr (AnalysisModel) model = new_model (20, events);
  g_auto (AnalysisSeries) series = {0};
  g_assert_true (analysis_series_read (tiny.library, "ev1/XX.S0..HN",
                                       &(AnalysisPreparation){.rate_hz = 20}, &series,
                                       NULL));
  g_auto (AnalysisReconstruction) r = {0};
  g_autoptr (GError) error = NULL;
  analysis_model_reconstruct (model, tiny.library, "ev1/XX.S0..HN", &r, &error);
  g_assert_no_error (error);
  g_assert_true (r.in_validation);
  g_assert_cmpuint (r.original.n_samples, ==, series.n_samples);
  const size_t n = series.n_samples;
  g_assert_cmpmem (r.original.samples, 3 * n * sizeof (float), series.samples,
                   3 * n * sizeof (float));

  /* The error is a third of the loss, and that of the samples given back. */
  const double *mean = model->checkpoint->mean, *scale = model->checkpoint->scale;
  g_auto (NnBatch) batch = {0};
  nn_batch_resize (&batch, 1, n, 3);
  analysis_series_normalise (&series, mean, scale, &batch, 0);
  const NnLoss l1 = {NN_LOSS_L1, 0};
  double loss;
  nn_autoencoder_loss (model->checkpoint->model, &batch, &l1, &loss, NULL);
  g_assert_cmpfloat_with_epsilon (r.normalized_error / (loss / 3), 1, 1e-5);
  double sum = 0;
  for (size_t i = 0; i < 3 * n; i++)
    sum += fabs (r.original.samples[i] - r.reconstruction[i]) / scale[i / n];
  g_assert_cmpfloat_with_epsilon (sum / (double)(3 * n) / r.normalized_error, 1, 1e-4);

  g_auto (AnalysisReconstruction) other = {0};
  g_assert_true (
      analysis_model_reconstruct (model, tiny.library, "ev0/XX.S0..HN", &other, NULL));
  g_assert_false (other.in_validation);

  g_auto (AnalysisReconstruction) none = {0};
  static const char *const unknown[] = {"ev1/XX.S7..HN", "ev1", "", "/"};
  for (size_t i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_assert_false (
        analysis_model_reconstruct (model, tiny.library, unknown[i], &none, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
    g_clear_error (&error);
  }
}

/* A model that pools refuses what it would pool to nothing, by name. */
static void
test_too_short (void)
{
  g_autoptr (GError) error = NULL;
  NnConfig config = nn_config_default ();
  const NnTrainerConfig trainer = {.n_epochs = 1, .learning_rate = 1e-3};
  config.architecture = NN_ARCHITECTURE_POOLED;
  config.widths[0] = config.widths[1] = config.widths[2] = config.hidden = 4;
  NnAutoencoder *network = nn_autoencoder_new (&config, 1, NULL);
  g_autoptr (AnalysisModel) model =
      analysis_model_new (nn_checkpoint_new (network, &trainer, 1), 0, no_events);
  g_assert_true (analysis_model_check_length (model, 8, &error));
  g_assert_false (analysis_model_check_length (model, 7, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
}

/* What pooling cuts off is no error. */
static void
test_reconstruct_pooled (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_put_event (&tiny, "ev0", 0);
  tiny_library_put_record (&tiny, "ev0", "S0", 20, 340, 4); /* 339 first differences */
  NnConfig config = nn_config_default ();
  const NnTrainerConfig trainer = {.n_epochs = 1, .learning_rate = 1e-3};
  config.architecture = NN_ARCHITECTURE_POOLED;
  config.widths[0] = config.widths[1] = config.widths[2] = config.hidden = 4;
  NnCheckpoint *checkpoint =
      nn_checkpoint_new (nn_autoencoder_new (&config, 1, NULL), &trainer, 1);
  g_autoptr (AnalysisModel) model = analysis_model_new (checkpoint, 0, no_events);
  g_auto (AnalysisReconstruction) r = {0};
  g_autoptr (GError) error = NULL;
  analysis_model_reconstruct (model, tiny.library, "ev0/XX.S0..HN", &r, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (r.original.n_samples, ==, 339);
  g_assert_cmpuint (r.n_reconstructed, ==, 336);
  double sum = 0;
  for (size_t c = 0; c < 3; c++) {
    for (size_t t = 0; t < 336; t++)
      sum += fabs (r.original.samples[c * 339 + t] - r.reconstruction[c * 339 + t]) /
             checkpoint->scale[c];
    for (size_t t = 336; t < 339; t++)
      g_assert_cmpfloat (r.reconstruction[c * 339 + t], ==, (float)checkpoint->mean[c]);
  }
  g_assert_cmpfloat_with_epsilon (sum / (3 * 336) / r.normalized_error, 1, 1e-4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/model/processing", test_processing);
  g_test_add_func ("/analysis/model/none", test_none);
  g_test_add_func ("/analysis/model/round-trip", test_round_trip);
  g_test_add_func ("/analysis/model/bare", test_bare);
  g_test_add_func ("/analysis/model/refused", test_refused);
  g_test_add_func ("/analysis/model/broken-ids", test_broken_ids);
  g_test_add_func ("/analysis/model/unwritable", test_unwritable);
  g_test_add_func ("/analysis/model/reconstruct", test_reconstruct);
  g_test_add_func ("/analysis/model/reconstruct-pooled", test_reconstruct_pooled);
  g_test_add_func ("/analysis/model/too-short", test_too_short);
  return g_test_run ();
}
