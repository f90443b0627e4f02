#include "analysis/scaler.h"

#include <math.h>

/* Mean and deviation (of n, as scikit-learn's StandardScaler) of the training rows alone;
 * unknown numbers, a constant column, numbers far away. */
static void
test_scaler (void)
{
  float data[] = {
      1, 5,   1e9f, 3, 5, NAN,  5,        5,     1e9f + 64, /* trained on these */
      7, 5.5, NAN,  9, 5, 1e9f, INFINITY, 1e30f, 0};
  const AnalysisMatrix x = {6, 3, data};
  const size_t training[] = {0, 1, 2}, rest[] = {3, 5};
  g_auto (AnalysisScaler) scaler = {0};
  analysis_scaler_init (&scaler, &x, training, 3);
  g_assert_cmpfloat_with_epsilon (scaler.mean[0], 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (scaler.scale[0], sqrt (8.0 / 3), 1e-12);
  g_assert_cmpfloat (scaler.mean[1], ==, 5);
  g_assert_cmpfloat (scaler.scale[1], ==, 1);
  g_assert_cmpfloat (scaler.mean[2], ==, 1e9 + 32);
  g_assert_cmpfloat (scaler.scale[2], ==, 32);
  g_auto (AnalysisMatrix) scaled = {0};
  analysis_scaler_apply (&scaler, &scaled, &x, rest, 2);
  g_assert_cmpuint (scaled.rows, ==, 2);
  g_assert_cmpfloat_with_epsilon (scaled.data[0], 4 / sqrt (8.0 / 3), 1e-6);
  g_assert_cmpfloat (scaled.data[1], ==, 0.5);
  g_assert_cmpfloat (scaled.data[2], ==, 0);
  g_assert_cmpfloat (scaled.data[3], ==, 0);
  g_assert_cmpfloat (scaled.data[4], ==, 1e6f);
  g_assert_cmpfloat (scaled.data[5], ==, -1e6f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/scaler/scaler", test_scaler);
  return g_test_run ();
}
