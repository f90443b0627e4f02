#include "nn/gemm.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <string.h>

/* op (A) (m, k) · op (B) (k, n) + beta C with rows further apart than they are long. */
static void
check_gemm (NnRng *rng, bool transpose_a, bool transpose_b, size_t m, size_t n, size_t k,
            nn_real beta)
{
  size_t lda = (transpose_a ? m : k) + 2, ldb = (transpose_b ? k : n) + 1, ldc = n + 3;
  g_autofree nn_real *a = test_random (rng, lda * (transpose_a ? k : m));
  g_autofree nn_real *b = test_random (rng, ldb * (transpose_b ? n : k));
  g_autofree nn_real *c = test_random (rng, ldc * m);
  g_autofree nn_real *expected = g_memdup2 (c, ldc * m * sizeof *c);
  for (size_t i = 0; i < m; i++) {
    for (size_t j = 0; j < n; j++) {
      double sum = (double)(beta * c[i * ldc + j]);
      for (size_t p = 0; p < k; p++)
        sum += (double)(transpose_a ? a[p * lda + i] : a[i * lda + p]) *
               (double)(transpose_b ? b[j * ldb + p] : b[p * ldb + j]);
      expected[i * ldc + j] = (nn_real)sum;
    }
  }
  nn_gemm (c, ldc, a, lda, transpose_a, b, ldb, transpose_b, m, n, k, beta);
  test_assert_close ("gemm", c, expected, ldc * m, TEST_TOLERANCE);
}

static void
test_gemm (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t trial = 0; trial < 64; trial++)
    check_gemm (&rng, trial & 1, trial & 2, 1 + nn_rng_below (&rng, 40),
                1 + nn_rng_below (&rng, 40), 1 + nn_rng_below (&rng, 40),
                trial & 4 ? 1 : 0);
}

/* With beta 0 what C held is of no effect, not even NaN. */
static void
test_gemm_overwrites (void)
{
  nn_real a[] = {2}, b[] = {3}, c[] = {(nn_real)__builtin_nan ("")};
  nn_gemm (c, 1, a, 1, false, b, 1, false, 1, 1, 1, 0);
  g_assert_cmpfloat (c[0], ==, 6);
}

static void
test_column_sums (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 3);
  for (size_t n = 1; n < 70; n += 11) {
    size_t n_rows = 1 + nn_rng_below (&rng, 50);
    g_autofree nn_real *x = test_random (&rng, n_rows * n);
    g_autofree nn_real *sums = test_random (&rng, n);
    g_autofree nn_real *expected = g_new (nn_real, n);
    for (size_t j = 0; j < n; j++) {
      double sum = (double)sums[j];
      for (size_t i = 0; i < n_rows; i++)
        sum += (double)x[i * n + j];
      expected[j] = (nn_real)sum;
    }
    nn_add_column_sums (sums, x, n, n_rows, n);
    test_assert_close ("column sums", sums, expected, n, TEST_TOLERANCE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/gemm/product", test_gemm);
  g_test_add_func ("/nn/gemm/overwrites", test_gemm_overwrites);
  g_test_add_func ("/nn/gemm/column-sums", test_column_sums);
  return g_test_run ();
}
