#include "analysis/classification.h"
#include "analysis/error.h"
#include "seismic/synthesis.h"
#include "support/tiny-library.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* A synthetic library and an embedding that tells explosions by its first number. */
static AnalysisEmbedding *
fill (TinyLibrary *tiny)
{
  tiny_library_init (tiny);
  SeismicSynthesisSettings synthesis = seismic_synthesis_default ();
  synthesis.n_events = 20;
  synthesis.n_stations = 2;
  g_assert_true (seismic_synthesis_fill (tiny->library, &synthesis, NULL, NULL, NULL));
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);
  embedding->signals = seismic_library_list_signals (tiny->library, NULL);
  embedding->skipped = g_ptr_array_new ();
  analysis_matrix_init (&embedding->values, embedding->signals->len, 2);
  for (guint i = 0; i < embedding->signals->len; i++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[i];
    embedding->values.data[2 * i] =
        (float)(strcmp (info->event.type, "explosion") == 0 ? 5 : 0) +
        (float)sin ((double)i);
    embedding->values.data[2 * i + 1] = (float)cos (3.0 * i);
  }
  return embedding;
}

static void
test_beside_baselines (void)
{
  g_auto (TinyLibrary) tiny = {0};
  g_autoptr (AnalysisEmbedding) embedding = fill (&tiny);
  AnalysisValidationSettings settings = analysis_validation_default ();
  settings.n_folds = 3;
  g_auto (AnalysisClassification) c = {0};
  g_assert_true (
      analysis_classify (tiny.library, embedding, NULL, &settings, NULL, NULL, &c, NULL));
  g_assert_cmpuint (c.dropped->len, ==, 0);
  g_assert_cmpuint (c.labels.names->len, ==, 2);
  g_assert_cmpfloat (c.embedding.balanced.value, ==, 1);
  g_assert_cmpfloat (c.embedding.p_value, <, 0.02);
  g_assert_cmpfloat (c.spectra.balanced.value, >, 0.6);
  g_assert_true (isnan (c.spectra.p_value));
  g_assert_cmpuint (c.n_ratios, >, 30);
  g_assert_cmpuint (c.ratios.n_signals, ==, 40);
}

/* Labels by signal id, some signals without one, one label too rare. */
static void
test_labels (void)
{
  g_auto (TinyLibrary) tiny = {0};
  g_autoptr (AnalysisEmbedding) embedding = fill (&tiny);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < 40; i++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[i];
    const bool explosion = embedding->values.data[2 * i] > 2;
    if (i >= 4)
      g_hash_table_insert (by_id, info->id, explosion ? "blast" : "quake");
    else if (i == 0)
      g_hash_table_insert (by_id, info->id, "odd");
  }
  AnalysisValidationSettings settings = analysis_validation_default ();
  settings.n_folds = 2;
  settings.n_permutations = 0;
  g_auto (AnalysisClassification) c = {0};
  g_assert_true (analysis_classify (tiny.library, embedding, by_id, &settings, NULL, NULL,
                                    &c, NULL));
  g_assert_cmpuint (c.dropped->len, ==, 1);
  g_assert_cmpstr (c.dropped->pdata[0], ==, "odd");
  g_assert_cmpuint (c.embedding.n_signals, ==, 36);
  g_assert_cmpfloat (c.embedding.balanced.value, ==, 1);
}

static bool
stop (const SeismicProgress *progress, void *user_data)
{
  return progress->done < 5;
}

static void
test_errors (void)
{
  g_auto (TinyLibrary) tiny = {0};
  g_autoptr (AnalysisEmbedding) embedding = fill (&tiny);
  AnalysisValidationSettings settings = analysis_validation_default ();
  g_auto (AnalysisClassification) c = {0};
  g_autoptr (GError) error = NULL;
  settings.n_folds = 15;
  g_assert_false (analysis_classify (tiny.library, embedding, NULL, &settings, NULL, NULL,
                                     &c, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_nonnull (strstr (error->message, "explosion: "));
  g_clear_error (&error);
  settings.n_folds = 2;
  g_assert_false (analysis_classify (tiny.library, embedding, NULL, &settings, stop, NULL,
                                     &c, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_autoptr (GHashTable) nothing = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_false (analysis_classify (tiny.library, embedding, nothing, &settings, NULL,
                                     NULL, &c, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/classification/beside-baselines", test_beside_baselines);
  g_test_add_func ("/analysis/classification/labels", test_labels);
  g_test_add_func ("/analysis/classification/errors", test_errors);
  return g_test_run ();
}
