#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>

enum { C = 2 };

/* Signal b, sample t, channel c as a number that tells where it is. */
static nn_real
mark (size_t b, size_t t, size_t c)
{
  return (nn_real)(1 + b * 100 + t * 10 + c);
}

static void
test_gather_and_scatter (void)
{
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    size_t n = test_lengths[i].n_signals, T = 10, n_rows = n + 1;
    const size_t *lengths = test_lengths[i].lengths;
    g_autofree nn_real *padded = test_filled (0, n * T * C);
    for (size_t b = 0; b < n; b++) {
      n_rows += lengths[b];
      for (size_t j = 0; j < T * C; j++) /* also beyond the end: it must not be read */
        padded[b * T * C + j] = mark (b, j / C, j % C);
    }
    g_assert_cmpuint (nn_rows_count (lengths, n), ==, n_rows);
    g_autofree nn_real *rows = test_filled (-1, n_rows * C);
    nn_rows_gather (rows, padded, lengths, n, T, C);

    g_autofree nn_real *back = test_filled (-1, n * T * C);
    nn_rows_scatter (back, rows, lengths, n, T, C);
    size_t row = 0;
    for (size_t b = 0; b < n; b++) {
      g_assert_cmpfloat (rows[row * C], ==, 0);
      g_assert_cmpfloat (rows[row++ * C + 1], ==, 0);
      for (size_t t = 0; t < T; t++) {
        for (size_t c = 0; c < C; c++) {
          nn_real value = t < lengths[b] ? mark (b, t, c) : 0;
          g_assert_cmpfloat (back[(b * T + t) * C + c], ==, value);
          if (t < lengths[b])
            g_assert_cmpfloat (rows[row * C + c], ==, value);
        }
        row += t < lengths[b];
      }
    }
    g_assert_cmpfloat (rows[row * C], ==, 0);
    g_assert_cmpuint (row + 1, ==, n_rows);
  }
}

static void
test_gaps_and_last_rows (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    size_t n = test_lengths[i].n_signals;
    const size_t *lengths = test_lengths[i].lengths;
    size_t n_rows = nn_rows_count (lengths, n), stride = C + 3;
    g_autofree nn_real *rows = test_random (&rng, n_rows * C);
    g_autofree nn_real *kept = g_memdup2 (rows, n_rows * C * sizeof *rows);
    g_autofree nn_real *before = test_random (&rng, n * C);
    g_autofree nn_real *got = test_filled (-1, n * C);
    g_autofree nn_real *last = test_filled (-1, n * stride);
    g_autofree nn_real *mean = test_filled (-1, n * stride);

    nn_rows_set_gaps (rows, before, lengths, n, C);
    nn_rows_get_gaps (got, rows, lengths, n, C);
    g_assert_cmpmem (got, n * C * sizeof *got, before, n * C * sizeof *before);
    g_assert_cmpfloat (rows[(n_rows - 1) * C], ==, 0);
    nn_rows_get_last (last, stride, rows, lengths, n, C);
    nn_rows_get_mean (mean, stride, rows, lengths, n, C);
    nn_rows_add_last (rows, before, lengths, n, C);
    size_t row = 0;
    for (size_t b = 0; b < n; b++) {
      for (size_t c = 0; c < C; c++) {
        double sum = 0;
        for (size_t t = 1; t <= lengths[b]; t++)
          sum += kept[(row + t) * C + c];
        g_assert_cmpfloat_with_epsilon (mean[b * stride + c], sum / (double)lengths[b],
                                        1e-6);
      }
      g_assert_cmpfloat (mean[b * stride + C], ==, -1);
      row += lengths[b];
      for (size_t c = 0; c < C; c++) {
        g_assert_cmpfloat (last[b * stride + c], ==, kept[row * C + c]);
        g_assert_cmpfloat (rows[row * C + c], ==, kept[row * C + c] + before[b * C + c]);
      }
      g_assert_cmpfloat (last[b * stride + C], ==, -1);
      row++;
    }
    nn_rows_set_gaps (rows, NULL, lengths, n, C);
    nn_rows_get_gaps (got, rows, lengths, n, C);
    for (size_t j = 0; j < n * C; j++)
      g_assert_cmpfloat (got[j], ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/rows/gather-and-scatter", test_gather_and_scatter);
  g_test_add_func ("/nn/rows/gaps-and-last-rows", test_gaps_and_last_rows);
  return g_test_run ();
}
