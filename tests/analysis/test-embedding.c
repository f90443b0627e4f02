#include "analysis/embedding.h"
#include "analysis/error.h"
#include "support/tiny-library.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static AnalysisModel *
new_model (double rate_hz)
{
  static const char *const no_events[] = {NULL};
  const NnConfig config = {
      .n_channels = 3, .widths = {4, 5, 6}, .hidden = 5, .n_layers = 2};
  const NnTrainerConfig trainer = {.n_epochs = 1, .learning_rate = 1e-3};
  g_autoptr (GError) error = NULL;
  NnAutoencoder *network = nn_autoencoder_new (&config, 3, &error);
  g_assert_no_error (error);
  NnCheckpoint *checkpoint = nn_checkpoint_new (network, &trainer, 3);
  for (size_t c = 0; c < 3; c++)
    checkpoint->scale[c] = 100;
  return analysis_model_new (checkpoint, rate_hz, no_events);
}

static AnalysisEmbedding *
embed (TinyLibrary *tiny, AnalysisModel *model)
{
  g_autoptr (GError) error = NULL;
  AnalysisEmbedding *embedding = analysis_embed (
      tiny->library, model, ANALYSIS_EMBEDDING_HIDDEN, NULL, NULL, &error);
  g_assert_no_error (error);
  return embedding;
}

static const char *
row_id (const AnalysisEmbedding *embedding, size_t row)
{
  const SeismicSignalInfo *info = embedding->signals->pdata[row];
  return info->id;
}

/* The signal encoded by itself. */
static void
check_row (TinyLibrary *tiny, AnalysisModel *model, const AnalysisEmbedding *embedding,
           size_t row)
{
  g_auto (AnalysisSeries) series = {0};
  const AnalysisPreparation preparation = analysis_model_preparation (model);
  g_assert_true (analysis_series_read (tiny->library, row_id (embedding, row),
                                       &preparation, &series, NULL));
  g_auto (NnBatch) batch = {0};
  nn_batch_resize (&batch, 1, series.n_samples, 3);
  analysis_series_normalise (&series, model->checkpoint->mean, model->checkpoint->scale,
                             &batch, 0);
  nn_real alone[10];
  nn_autoencoder_encode (model->checkpoint->model, &batch, alone, NULL);
  for (size_t j = 0; j < 10; j++)
    g_assert_cmpfloat_with_epsilon (embedding->values.data[row * 10 + j], alone[j], 1e-6);
}

/* Rows are in the library's order though short signals are encoded first, and each is
 * what its signal gives alone. */
static void
test_order (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 5, 4);
  for (size_t i = 0; i < 2; i++) {
    g_autoptr (AnalysisModel) model = new_model (i == 0 ? 0 : 20);
    g_autoptr (AnalysisEmbedding) embedding = embed (&tiny, model);
    g_autoptr (GPtrArray) infos = seismic_library_list_signals (tiny.library, NULL);
    g_assert_cmpuint (embedding->values.rows, ==, 20);
    g_assert_cmpuint (embedding->values.columns, ==, 10);
    g_assert_cmpuint (embedding->signals->len, ==, 20);
    g_assert_cmpuint (embedding->skipped->len, ==, 0);
    for (size_t row = 0; row < 20; row++) {
      const SeismicSignalInfo *info = infos->pdata[row];
      g_assert_cmpstr (row_id (embedding, row), ==, info->id);
      check_row (&tiny, model, embedding, row);
    }
  }
}

/* The mean over time is another row of the same signal. */
static void
test_mean (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  g_autoptr (AnalysisModel) model = new_model (20);
  AnalysisEmbeddingKind kind = ANALYSIS_EMBEDDING_HIDDEN;
  g_assert_false (analysis_embedding_kind_from_string ("median", &kind));
  g_assert_true (analysis_embedding_kind_from_string ("mean", &kind));
  g_autoptr (AnalysisEmbedding) hidden = embed (&tiny, model);
  g_autoptr (AnalysisEmbedding) mean =
      analysis_embed (tiny.library, model, kind, NULL, NULL, NULL);
  g_assert_cmpuint (mean->values.columns, ==, 10);
  for (size_t row = 0; row < 4; row++) {
    g_auto (AnalysisSeries) series = {0};
    g_auto (NnBatch) batch = {0};
    nn_real alone[10];
    g_assert_true (analysis_series_read (tiny.library, row_id (mean, row),
                                         &(AnalysisPreparation){.rate_hz = 20}, &series,
                                         NULL));
    nn_batch_resize (&batch, 1, series.n_samples, 3);
    analysis_series_normalise (&series, model->checkpoint->mean, model->checkpoint->scale,
                               &batch, 0);
    nn_autoencoder_encode_mean (model->checkpoint->model, &batch, alone, NULL);
    for (size_t j = 0; j < 10; j++) {
      g_assert_cmpfloat_with_epsilon (mean->values.data[row * 10 + j], alone[j], 1e-6);
      g_assert_cmpfloat (mean->values.data[row * 10 + j], !=,
                         hidden->values.data[row * 10 + j]);
    }
  }
}

static void
test_skips (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 3);
  static const char *const lost[][2] = {{"ev3", "S0"}, {"ev1", "S2"}, {"ev0", "S2"}};
  g_autoptr (AnalysisModel) model = new_model (20);
  for (size_t i = 0; i < G_N_ELEMENTS (lost); i++) {
    g_autofree char *path = tiny_library_record_path (&tiny, lost[i][0], lost[i][1]);
    g_assert_cmpint (g_remove (path), ==, 0);
    g_autoptr (AnalysisEmbedding) embedding = embed (&tiny, model);
    g_assert_cmpuint (embedding->skipped->len, ==, i + 1);
    g_assert_cmpuint (embedding->signals->len, ==, 11 - i);
    g_assert_cmpuint (embedding->values.rows, ==, 11 - i);
    for (size_t k = 0; k <= i; k++) {
      g_autofree char *id = g_strdup_printf ("%s/XX.%s..HN", lost[k][0], lost[k][1]);
      const SeismicSkip *skip = embedding->skipped->pdata[k];
      g_assert_cmpstr (skip->item, ==, id); /* lost in the library's order */
      g_assert_nonnull (skip->reason);
    }
    for (size_t row = 0; row < embedding->values.rows; row++)
      check_row (&tiny, model, embedding, row);
  }
}

static bool
stop_at_two (const SeismicProgress *progress, void *user_data)
{
  g_assert_cmpuint (progress->total, ==, 4);
  return progress->done < 2;
}

static void
test_refused (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autoptr (AnalysisModel) model = new_model (20);
  g_autoptr (GError) error = NULL;
  g_assert_null (analysis_embed (tiny.library, model, ANALYSIS_EMBEDDING_HIDDEN, NULL,
                                 NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  tiny_library_fill (&tiny, 2, 2);
  g_assert_null (analysis_embed (tiny.library, model, ANALYSIS_EMBEDDING_HIDDEN,
                                 stop_at_two, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A network of NaN answers with NaN: no row, and a reason. */
static void
test_not_finite (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  g_autoptr (AnalysisModel) model = new_model (20);
  NnParams *params = nn_autoencoder_get_params (model->checkpoint->model);
  for (size_t i = 0; i < params->size; i++)
    params->value[i] = NAN;
  g_autoptr (GError) error = NULL;
  g_assert_null (analysis_embed (tiny.library, model, ANALYSIS_EMBEDDING_HIDDEN, NULL,
                                 NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
}

static SeismicSignalInfo *
info_of (const char *id)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  g_autoptr (GPtrArray) infos = seismic_library_list_signals (tiny.library, NULL);
  SeismicSignalInfo *info = seismic_signal_info_copy (infos->pdata[0]);
  g_free (info->id);
  info->id = g_strdup (id);
  return info;
}

/* Two rows of two numbers, one id in need of quotes. */
static AnalysisEmbedding *
made_by_hand (void)
{
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);
  embedding->signals =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
  g_ptr_array_add (embedding->signals, info_of ("a/XX.S..HN"));
  g_ptr_array_add (embedding->signals, info_of ("b,\"c\"/XX.S..HN"));
  analysis_matrix_init (&embedding->values, 2, 2);
  embedding->values.data[0] = 0.1f;
  embedding->values.data[1] = -1;
  embedding->values.data[2] = 16777217.0f / 3;
  embedding->values.data[3] = 1e-30f;
  return embedding;
}

static void
test_csv (void)
{
  g_autoptr (AnalysisEmbedding) embedding = made_by_hand ();
  g_autoptr (GBytes) bytes = analysis_embedding_to_csv (embedding);
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[0], ==, "signal,e0,e1");
  g_assert_cmpstr (lines[1], ==, "a/XX.S..HN,0.1,-1");
  g_assert_cmpstr (lines[2], ==, "\"b,\"\"c\"\"/XX.S..HN\",5592405.5,1e-30");
  g_assert_cmpstr (lines[3], ==, "");
}

static void
test_npy (void)
{
  g_autoptr (AnalysisEmbedding) embedding = made_by_hand ();
  g_autoptr (GBytes) bytes = analysis_matrix_to_npy (&embedding->values);
  size_t size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  g_assert_cmpuint (size, >, 10);
  g_assert_cmpmem (data, 8, "\x93NUMPY\x01\x00", 8);
  const size_t length = data[8] + 256u * data[9];
  g_assert_cmpuint ((10 + length) % 64, ==, 0);
  g_assert_cmpuint (size, ==, 10 + length + 16);
  g_assert_cmpint (data[10 + length - 1], ==, '\n');
  g_autofree char *header = g_strndup ((const char *)data + 10, length);
  g_assert_cmpstr (g_strchomp (header), ==,
                   "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }");
  for (size_t i = 0; i < 4; i++) {
    const uint8_t *b = data + 10 + length + 4 * i;
    const uint32_t bits =
        b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    float value;
    memcpy (&value, &bits, sizeof value);
    g_assert_cmpfloat (value, ==, embedding->values.data[i]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/embedding/order", test_order);
  g_test_add_func ("/analysis/embedding/mean", test_mean);
  g_test_add_func ("/analysis/embedding/skips", test_skips);
  g_test_add_func ("/analysis/embedding/refused", test_refused);
  g_test_add_func ("/analysis/embedding/not-finite", test_not_finite);
  g_test_add_func ("/analysis/embedding/csv", test_csv);
  g_test_add_func ("/analysis/embedding/npy", test_npy);
  return g_test_run ();
}
