/* Products of matrices: the one door to BLAS, and a small kernel for the few rows of a
 * recurrent step. All matrices are row-major; sizes are at least 1 and below 2³¹. */
#pragma once

#include "nn/shape.h"

/* Compiled for several generations of x86-64 and chosen when the program starts: for the
 * inner loops of the layer. The sanitizers run before the choice can be made. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                   \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NN_MULTIVERSION                                                                  \
  __attribute__ ((target_clones ("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define NN_MULTIVERSION
#endif

/* C (m, n) = op(A) (m, k) · op(B) (k, n) + beta · C, with op the transposition where
 * asked. lda, ldb, ldc: from one row to the next of the matrix as stored; beta is 0 or 1,
 * with 0 C is only written. C overlaps neither A nor B. */
void nn_gemm (nn_real *c, size_t ldc, const nn_real *a, size_t lda, bool transpose_a,
              const nn_real *b, size_t ldb, bool transpose_b, size_t m, size_t n,
              size_t k, nn_real beta);

/* Threads of nn_gemm from now on. Called by nn/parallel.c alone. */
void nn_gemm_set_threads (size_t n_threads);

/* sums (n) += the sum of the n_rows rows of x (n_rows, n), added up in double. */
void nn_add_column_sums (nn_real *sums, const nn_real *x, size_t n_rows, size_t n);

/* A matrix B (k, n) stored for nn_panels_multiply: panels of NN_PANEL columns, within a
 * panel row after row, the last one filled up with zeros. */
#define NN_PANEL 32
/* nn_real of the packed B (k, n). */
size_t nn_panels_size (size_t k, size_t n);
/* panels (nn_panels_size (k, n)): overwritten with B, whose element (i, j) is
 * b[i × row_stride + j × column_stride]. */
void nn_panels_pack (nn_real *panels, const nn_real *b, size_t row_stride,
                     size_t column_stride, size_t k, size_t n);
/* c[rows[i] × ldc …] (n) += a[rows[i] × lda …] (k) · B for each i < m; the rows differ
 * from each other, c overlaps nothing. Each row's result is the same, bit for bit,
 * whatever the other rows are. Runs in the calling thread. */
void nn_panels_multiply (nn_real *c, size_t ldc, const nn_real *a, size_t lda,
                         const size_t *rows, size_t m, const nn_real *panels, size_t k,
                         size_t n);
