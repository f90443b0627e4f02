#include "session/projection.h"

#include "analysis/error.h"
#include <math.h>

static const char *const ids[] = {"a", "b", "c"};

static AnalysisEmbedding *
embedding_of (const float *values, size_t n)
{
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);

  embedding->signals = g_ptr_array_new_with_free_func (g_free);
  for (size_t i = 0; i < n; i++) {
    SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);

    info->id = (char *)ids[i];
    g_ptr_array_add (embedding->signals, info);
  }
  embedding->skipped = g_ptr_array_new ();
  analysis_matrix_init (&embedding->values, n, 2);
  for (size_t i = 0; i < 2 * n; i++)
    embedding->values.data[i] = values[i];
  return embedding;
}

/* Points on a line have one component, along which they keep their distances. */
static void
test_line (void)
{
  const float values[] = {0, 0, 3, 4, 6, 8};
  SaeProjection *projection = sae_projection_new (embedding_of (values, 3), NULL);
  SaeProjection *other = sae_projection_ref (projection);

  sae_projection_unref (projection);
  g_assert_cmpuint (other->xy.rows, ==, 3);
  g_assert_cmpfloat_with_epsilon (other->explained[0], 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (fabsf (other->xy.data[4] - other->xy.data[0]), 10,
                                  1e-5);
  g_assert_cmpuint (sae_projection_find (other, "b"), ==, 1);
  g_assert_cmpuint (sae_projection_find (other, "d"), ==, SAE_NO_ROW);
  g_assert_cmpuint (sae_projection_find (other, NULL), ==, SAE_NO_ROW);
  sae_projection_unref (other);
}

static void
test_rows (void)
{
  const float values[] = {0, 0, 3, 4, 6, 8}, others[] = {5, 1, 2, 4, 9, 3};
  SaeProjection *projection = sae_projection_new (embedding_of (values, 3), NULL);
  SaeProjection *same = sae_projection_new (embedding_of (others, 3), NULL);
  SaeProjection *fewer = sae_projection_new (embedding_of (values, 2), NULL);
  AnalysisEmbedding *turned = embedding_of (values, 3);
  SaeProjection *other;

  ((SeismicSignalInfo *)turned->signals->pdata[0])->id = (char *)ids[1];
  ((SeismicSignalInfo *)turned->signals->pdata[1])->id = (char *)ids[0];
  other = sae_projection_new (turned, NULL);
  g_assert_true (sae_projection_is_of_rows (projection, same));
  g_assert_false (sae_projection_is_of_rows (projection, fewer));
  g_assert_false (sae_projection_is_of_rows (projection, other));
  sae_projection_unref (projection);
  sae_projection_unref (same);
  sae_projection_unref (fewer);
  sae_projection_unref (other);
}

static void
test_too_few (void)
{
  const float values[] = {1, 2};
  g_autoptr (GError) error = NULL;

  g_assert_null (sae_projection_new (embedding_of (values, 1), &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/projection/line", test_line);
  g_test_add_func ("/session/projection/rows", test_rows);
  g_test_add_func ("/session/projection/too-few", test_too_few);
  return g_test_run ();
}
