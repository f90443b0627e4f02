#include "nn/gemm.h"

#include "nn/parallel.h"

#include <cblas.h>

typedef struct {
  nn_real *c;
  const nn_real *a, *b;
  size_t ldc, lda, ldb, m, n, k;
  bool transpose_a, transpose_b;
  nn_real beta;
} Product;

static void
multiply (const Product *p)
{
#ifdef NN_DOUBLE
  cblas_dgemm
#else
  cblas_sgemm
#endif
      (CblasRowMajor, p->transpose_a ? CblasTrans : CblasNoTrans,
       p->transpose_b ? CblasTrans : CblasNoTrans, (int)p->m, (int)p->n, (int)p->k, 1,
       p->a, (int)p->lda, p->b, (int)p->ldb, p->beta, p->c, (int)p->ldc);
}

/* A thread's share: some rows of C, or some columns where there are more of these. The
 * grain keeps the shares apart by a cache line and BLAS's kernels filled. */
static void
multiply_share (void *data, size_t thread, size_t n_threads)
{
  const Product *whole = data;
  Product share = *whole;
  const size_t grain = 16;
  size_t first, end;
  if (whole->m >= whole->n) {
    nn_parallel_share (&first, &end, whole->m, grain, thread, n_threads);
    share.a += first * (whole->transpose_a ? 1 : whole->lda);
    share.c += first * whole->ldc;
    share.m = end - first;
  } else {
    nn_parallel_share (&first, &end, whole->n, grain, thread, n_threads);
    share.b += first * (whole->transpose_b ? whole->ldb : 1);
    share.c += first;
    share.n = end - first;
  }
  if (end > first)
    multiply (&share);
}

void
nn_gemm (nn_real *c, size_t ldc, const nn_real *a, size_t lda, bool transpose_a,
         const nn_real *b, size_t ldb, bool transpose_b, size_t m, size_t n, size_t k,
         nn_real beta)
{
  Product product = {.c = c,
                     .a = a,
                     .b = b,
                     .ldc = ldc,
                     .lda = lda,
                     .ldb = ldb,
                     .m = m,
                     .n = n,
                     .k = k,
                     .transpose_a = transpose_a,
                     .transpose_b = transpose_b,
                     .beta = beta};
  /* At some 80 multiply-adds a nanosecond. */
  nn_parallel_run_long (multiply_share, &product, (double)m * (double)n * (double)k / 80);
}

void
nn_gemm_use_one_thread (void)
{
#if HAVE_OPENBLAS_SET_NUM_THREADS
  openblas_set_num_threads (1);
#endif
}

/* Columns summed at once. */
enum { PANEL = 32 };

/* width is a constant where it can be, so that the sums live in registers. */
static inline __attribute__ ((always_inline)) void
add_sums (nn_real *sums, const nn_real *x, size_t ldx, size_t n_rows, const size_t width)
{
  double total[PANEL] = {0};
  for (size_t row = 0; row < n_rows; row++) {
    for (size_t j = 0; j < width; j++)
      total[j] += x[row * ldx + j];
  }
  for (size_t j = 0; j < width; j++)
    sums[j] += (nn_real)total[j];
}

NN_MULTIVERSION static void
add_column_sums (nn_real *sums, const nn_real *x, size_t ldx, size_t n_rows, size_t n)
{
  size_t first = 0;
  for (; first + PANEL <= n; first += PANEL)
    add_sums (sums + first, x + first, ldx, n_rows, PANEL);
  if (first < n)
    add_sums (sums + first, x + first, ldx, n_rows, n - first);
}

typedef struct {
  nn_real *sums;
  const nn_real *x;
  size_t ldx, n_rows, n;
} Sums;

static void
add_share (void *data, size_t thread, size_t n_threads)
{
  const Sums *s = data;
  size_t first, end;
  nn_parallel_share (&first, &end, s->n, PANEL, thread, n_threads);
  add_column_sums (s->sums + first, s->x + first, s->ldx, s->n_rows, end - first);
}

void
nn_add_column_sums (nn_real *sums, const nn_real *x, size_t ldx, size_t n_rows, size_t n)
{
  Sums s = {.sums = sums, .x = x, .ldx = ldx, .n_rows = n_rows, .n = n};
  nn_parallel_run_long (add_share, &s, (double)n_rows * (double)n / 4);
}
