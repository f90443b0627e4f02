/* Products of matrices: the one door to BLAS. All matrices are row-major; sizes are at
 * least 1 and below 2³¹. */
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
 * with 0 C is only written. C overlaps neither A nor B. Shared out among the engine's
 * threads (nn/parallel.h); in a function that these run already, the thread's own. */
void nn_gemm (nn_real *c, size_t ldc, const nn_real *a, size_t lda, bool transpose_a,
              const nn_real *b, size_t ldb, bool transpose_b, size_t m, size_t n,
              size_t k, nn_real beta);

/* BLAS computes in the calling thread alone from now on. Called by nn/parallel.c. */
void nn_gemm_use_one_thread (void);

/* sums (n) += the sum of the n_rows rows of x, (n) each and ldx apart, added up in
 * double. */
void nn_add_column_sums (nn_real *sums, const nn_real *x, size_t ldx, size_t n_rows,
                         size_t n);
