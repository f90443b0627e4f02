#include "nn/gemm.h"

#include <cblas.h>
#include <string.h>

void
nn_gemm (nn_real *c, size_t ldc, const nn_real *a, size_t lda, bool transpose_a,
         const nn_real *b, size_t ldb, bool transpose_b, size_t m, size_t n, size_t k,
         nn_real beta)
{
#ifdef NN_DOUBLE
  cblas_dgemm
#else
  cblas_sgemm
#endif
      (CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,
       transpose_b ? CblasTrans : CblasNoTrans, (int)m, (int)n, (int)k, 1, a, (int)lda, b,
       (int)ldb, beta, c, (int)ldc);
}

void
nn_gemm_set_threads (size_t n_threads)
{
#if HAVE_OPENBLAS_SET_NUM_THREADS
  openblas_set_num_threads ((int)n_threads);
#endif
}

/* width is a constant where it can be, so that the sums live in registers. */
static inline __attribute__ ((always_inline)) void
add_sums (nn_real *sums, const nn_real *x, size_t n_rows, size_t n, const size_t width)
{
  double total[NN_PANEL] = {0};
  for (size_t row = 0; row < n_rows; row++) {
    for (size_t j = 0; j < width; j++)
      total[j] += x[row * n + j];
  }
  for (size_t j = 0; j < width; j++)
    sums[j] += (nn_real)total[j];
}

NN_MULTIVERSION void
nn_add_column_sums (nn_real *sums, const nn_real *x, size_t n_rows, size_t n)
{
  size_t first = 0;
  for (; first + NN_PANEL <= n; first += NN_PANEL)
    add_sums (sums + first, x + first, n_rows, n, NN_PANEL);
  if (first < n)
    add_sums (sums + first, x + first, n_rows, n, n - first);
}

size_t
nn_panels_size (size_t k, size_t n)
{
  return k * ((n + NN_PANEL - 1) / NN_PANEL * NN_PANEL);
}

void
nn_panels_pack (nn_real *panels, const nn_real *b, size_t row_stride,
                size_t column_stride, size_t k, size_t n)
{
  for (size_t first = 0; first < n; first += NN_PANEL) {
    for (size_t i = 0; i < k; i++) {
      for (size_t j = 0; j < NN_PANEL; j++)
        *panels++ = first + j < n ? b[i * row_stride + (first + j) * column_stride] : 0;
    }
  }
}

/* A vector register's worth of numbers: GCC splits it where the machine's are shorter. */
typedef nn_real Vector
    __attribute__ ((vector_size (64), aligned (sizeof (nn_real)), may_alias));
enum { LANES = 64 / sizeof (nn_real), VECTORS = NN_PANEL / LANES };

/* m rows times one panel, of whose columns the first width are kept. m is a constant
 * where this is called, so that the sums live in registers. */
static inline __attribute__ ((always_inline)) void
multiply_rows (nn_real *c, size_t ldc, const nn_real *a, size_t lda, const size_t *rows,
               const size_t m, const nn_real *panel, size_t k, size_t width)
{
  Vector sum[4][VECTORS];
  const nn_real *row[4];
  for (size_t i = 0; i < m; i++) {
    row[i] = a + rows[i] * lda;
    for (size_t v = 0; v < VECTORS; v++)
      sum[i][v] = (Vector){0};
  }
  for (size_t p = 0; p < k; p++) {
    const Vector *values = (const Vector *)(panel + p * NN_PANEL);
    for (size_t i = 0; i < m; i++) {
      for (size_t v = 0; v < VECTORS; v++)
        sum[i][v] += row[i][p] * values[v];
    }
  }
  for (size_t i = 0; i < m; i++) {
    nn_real *out = c + rows[i] * ldc;
    const nn_real *total = (const nn_real *)sum[i];
    for (size_t j = 0; j < width; j++)
      out[j] += total[j];
  }
}

NN_MULTIVERSION void
nn_panels_multiply (nn_real *c, size_t ldc, const nn_real *a, size_t lda,
                    const size_t *rows, size_t m, const nn_real *panels, size_t k,
                    size_t n)
{
  for (size_t first = 0; first < n; first += NN_PANEL) {
    const nn_real *panel = panels + first * k;
    size_t width = n - first < NN_PANEL ? n - first : NN_PANEL, i = 0;
    for (; i + 4 <= m; i += 4)
      multiply_rows (c + first, ldc, a, lda, rows + i, 4, panel, k, width);
    if (m - i == 3)
      multiply_rows (c + first, ldc, a, lda, rows + i, 3, panel, k, width);
    else if (m - i == 2)
      multiply_rows (c + first, ldc, a, lda, rows + i, 2, panel, k, width);
    else if (m - i == 1)
      multiply_rows (c + first, ldc, a, lda, rows + i, 1, panel, k, width);
  }
}
