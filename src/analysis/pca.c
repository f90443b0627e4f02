#include "analysis/pca.h"
#include "analysis/distance.h"
#include "analysis/error.h"
#include "nn/gemm.h"
#include "nn/parallel.h"

#include <float.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* The leading eigenpairs of a symmetric matrix, largest first. */
typedef struct {
  size_t n, k;
  double *values;  /* (k) */
  double *vectors; /* (k, n): one eigenvector a row */
} Eigen;

static void
eigen_clear (Eigen *eigen)
{
  g_clear_pointer (&eigen->values, g_free);
  g_clear_pointer (&eigen->vectors, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Eigen, eigen_clear)

/* matrix (n, n), upper triangle; destroyed. */
static bool
eigen_solve (Eigen *eigen, double *matrix, size_t n, size_t k, GError **error)
{
  eigen->n = n;
  eigen->k = k;
  eigen->values = g_new0 (double, k);
  eigen->vectors = g_new0 (double, k *n);

  const lapack_int order = (lapack_int)n;
  g_autofree double *values = g_new (double, n);
  g_autofree double *vectors = g_new (double, n *k);
  g_autofree lapack_int *support = g_new (lapack_int, 2 * n);
  lapack_int found = 0;
  /* Row-major upper is column-major lower: the same symmetric matrix, without a copy. */
  const lapack_int info = LAPACKE_dsyevr (LAPACK_COL_MAJOR, 'V', 'I', 'L', order, matrix,
                                          order, 0, 0, (lapack_int)(n - k + 1), order, 0,
                                          &found, values, vectors, order, support);
  if (info != 0 || (size_t)found != k) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC,
                 "eigenvalue problem of order %zu did not converge (status %d)", n,
                 (int)info);
    return false;
  }
  for (size_t c = 0; c < k; c++) {
    eigen->values[c] = fmax (values[k - 1 - c], 0);
    for (size_t i = 0; i < n; i++)
      eigen->vectors[c * n + i] = vectors[(k - 1 - c) * n + i];
  }
  return true;
}

/* Numbers side by side, rows and columns of a tile, rows of x brought to double at a
 * time: the tile's sums stay in registers, the rows in the cache. */
enum { LANES = 8, TILE_ROWS = 4, TILE_COLUMNS = 2 * LANES, BLOCK = 64 };
typedef double Vector
    __attribute__ ((vector_size (8 * LANES), aligned (sizeof (double)), may_alias));

/* x about its columns' means. */
typedef struct {
  const AnalysisMatrix *x;
  double *mean; /* (d), owned */
} Centred;

static void
centred_clear (Centred *centred)
{
  g_clear_pointer (&centred->mean, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Centred, centred_clear)

/* The means of the shifts from the first row, so that an offset costs no precision. */
static void
centred_init (Centred *centred, const AnalysisMatrix *x)
{
  const size_t n = x->rows, d = x->columns;
  centred->x = x;
  centred->mean = g_new0 (double, d);
  for (size_t i = 1; i < n; i++)
    for (size_t j = 0; j < d; j++)
      centred->mean[j] += (double)x->data[i * d + j] - (double)x->data[j];
  for (size_t j = 0; j < d; j++)
    centred->mean[j] = x->data[j] + centred->mean[j] / (double)n;
}

/* out (d): row i. */
static inline void
centred_row (double *out, const Centred *a, size_t i)
{
  const size_t d = a->x->columns;
  for (size_t j = 0; j < d; j++)
    out[j] = a->x->data[i * d + j] - a->mean[j];
}

typedef struct {
  const Centred *a;
  double *product; /* (d, d) */
  size_t width;    /* d, filled up to whole tiles */
} Products;

/* sums (TILE_ROWS, TILE_COLUMNS) += Σ over n_rows of block (n_rows, width), of the
 * columns from p times those from q. */
static inline __attribute__ ((always_inline)) void
add_tile (double *sums, const double *block, size_t width, size_t n_rows, size_t p,
          size_t q)
{
  Vector tile[TILE_ROWS][2] = {{{0}}};
  for (size_t r = 0; r < n_rows; r++) {
    const double *row = block + r * width;
    const Vector left = *(const Vector *)(row + q);
    const Vector right = *(const Vector *)(row + q + LANES);
    for (size_t t = 0; t < TILE_ROWS; t++) {
      tile[t][0] += row[p + t] * left;
      tile[t][1] += row[p + t] * right;
    }
  }
  for (size_t t = 0; t < TILE_ROWS; t++)
    for (size_t half = 0; half < 2; half++)
      *(Vector *)(sums + t * TILE_COLUMNS + half * LANES) += tile[t][half];
}

/* A thread takes every n_threads-th strip of tiles, over all rows. sums: room for its
 * tiles, (tiles, TILE_ROWS, TILE_COLUMNS), zeroes. */
NN_MULTIVERSION static void
add_strips (const Products *products, double *sums, double *block, size_t thread,
            size_t n_threads)
{
  const size_t n = products->a->x->rows, width = products->width;
  for (size_t first = 0; first < n; first += BLOCK) {
    const size_t n_rows = MIN (BLOCK, n - first);
    for (size_t r = 0; r < n_rows; r++)
      centred_row (block + r * width, products->a, first + r);
    double *tile = sums;
    for (size_t p = thread * TILE_ROWS; p < width; p += n_threads * TILE_ROWS)
      for (size_t q = p / TILE_COLUMNS * TILE_COLUMNS; q < width; q += TILE_COLUMNS) {
        add_tile (tile, block, width, n_rows, p, q);
        tile += TILE_ROWS * TILE_COLUMNS;
      }
  }
}

static void
products_share (void *data, size_t thread, size_t n_threads)
{
  const Products *products = data;
  const size_t d = products->a->x->columns, width = products->width;
  const size_t strips = width / TILE_ROWS / n_threads + 1;
  g_autofree double *sums = g_new0 (double, strips *TILE_ROWS *width);
  g_autofree double *block = g_new0 (double, BLOCK *width);
  add_strips (products, sums, block, thread, n_threads);
  const double *tile = sums;
  for (size_t p = thread * TILE_ROWS; p < width; p += n_threads * TILE_ROWS)
    for (size_t q = p / TILE_COLUMNS * TILE_COLUMNS; q < width; q += TILE_COLUMNS) {
      for (size_t t = 0; t < TILE_ROWS && p + t < d; t++)
        for (size_t c = 0; c < TILE_COLUMNS && q + c < d; c++)
          products->product[(p + t) * d + q + c] = tile[t * TILE_COLUMNS + c];
      tile += TILE_ROWS * TILE_COLUMNS;
    }
}

/* Upper triangle of Aᵀ A / divisor, (d, d); what is below is of no meaning. */
static double *
columns_product (const Centred *a, double divisor)
{
  const size_t d = a->x->columns;
  double *product = g_new0 (double, d *d);
  Products products = {a, product, (d + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS};
  nn_parallel_run (products_share, &products);
  for (size_t i = 0; i < d * d; i++)
    product[i] /= divisor;
  return product;
}

/* Upper triangle of A Aᵀ / divisor, (n, n). */
static double *
rows_product (const Centred *centred, double divisor)
{
  const size_t n = centred->x->rows, d = centred->x->columns;
  g_autofree double *a = g_new (double, n *d);
  for (size_t i = 0; i < n; i++)
    centred_row (a + i * d, centred, i);
  double *product = g_new0 (double, n *n);
  for (size_t p = 0; p < n; p++)
    for (size_t q = p; q < n; q++) {
      double sum = 0;
      for (size_t j = 0; j < d; j++)
        sum += a[p * d + j] * a[q * d + j];
      product[p * n + q] = sum / divisor;
    }
  return product;
}

/* The sign of the loading of largest size. The first of those equal within rounding
 * decides, so that a repeated column cannot turn the picture over. */
static double
loading_sign (const double *loading, size_t d)
{
  double largest = 0;
  for (size_t j = 0; j < d; j++)
    largest = fmax (largest, fabs (loading[j]));
  for (size_t j = 0; j < d; j++)
    if (fabs (loading[j]) >= largest * (1 - 1e-6))
      return loading[j] < 0 ? -1 : 1;
  return 1;
}

/* loading (d): the component's direction in the space of the columns. From the covariance
 * it is the eigenvector v itself; from the Gram matrix Aᵀ u, up to its length. */
static void
find_loading (double *loading, const double *vector, const Centred *a, bool gram)
{
  const size_t n = a->x->rows, d = a->x->columns;
  if (!gram) {
    memcpy (loading, vector, d * sizeof (double));
    return;
  }
  g_autofree double *row = g_new (double, d);
  for (size_t j = 0; j < d; j++)
    loading[j] = 0;
  for (size_t i = 0; i < n; i++) {
    centred_row (row, a, i);
    for (size_t j = 0; j < d; j++)
      loading[j] += vector[i] * row[j];
  }
  double norm = 0;
  for (size_t j = 0; j < d; j++)
    norm += loading[j] * loading[j];
  norm = sqrt (norm);
  for (size_t j = 0; norm > 0 && j < d; j++)
    loading[j] /= norm;
}

/* scores: column c of the rows on loading (d). */
NN_MULTIVERSION static void
project_on (AnalysisMatrix *scores, size_t c, const Centred *a, const double *loading)
{
  const size_t d = a->x->columns;
  for (size_t i = 0; i < scores->rows; i++) {
    const float *row = a->x->data + i * d;
    Vector sums = {0};
    size_t j = 0;
    for (; j + LANES <= d; j += LANES)
      for (size_t l = 0; l < LANES; l++)
        sums[l] += (row[j + l] - a->mean[j + l]) * loading[j + l];
    double sum = 0;
    for (; j < d; j++)
      sum += (row[j] - a->mean[j]) * loading[j];
    for (size_t l = 0; l < LANES; l++)
      sum += sums[l];
    scores->data[i * scores->columns + c] = (float)sum;
  }
}

static void
project (AnalysisMatrix *scores, const Centred *a, const Eigen *eigen, bool gram,
         double threshold)
{
  const size_t d = a->x->columns;
  g_autofree double *loading = g_new (double, d);
  for (size_t c = 0; c < eigen->k; c++) {
    if (eigen->values[c] <= threshold)
      continue; /* no variance in this direction: the scores stay 0 */
    find_loading (loading, eigen->vectors + c * eigen->n, a, gram);
    const double sign = loading_sign (loading, d);
    for (size_t j = 0; j < d; j++)
      loading[j] *= sign;
    project_on (scores, c, a, loading);
  }
}

static bool
check (const AnalysisMatrix *x, size_t k, GError **error)
{
  if (x->rows < 2) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "principal components need 2 rows, there are %zu", x->rows);
    return false;
  }
  if (k < 1 || k > x->columns) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "%zu principal components of %zu columns", k, x->columns);
    return false;
  }
  if (MIN (x->rows, x->columns) > 20000) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC,
                 "a matrix of %zu × %zu is too large for principal components", x->rows,
                 x->columns);
    return false;
  }
  return true;
}

bool
analysis_pca (const AnalysisMatrix *x, size_t k, AnalysisMatrix *scores,
              double *explained, GError **error)
{
  if (!check (x, k, error))
    return false;
  const size_t n = x->rows, d = x->columns;
  if (!analysis_matrix_check_finite (x, error))
    return false;
  g_auto (Centred) a = {0};
  centred_init (&a, x);

  /* The nonzero eigenvalues of AᵀA and AAᵀ are the same: take the smaller. */
  const bool gram = n < d;
  const size_t order = gram ? n : d;
  g_autofree double *matrix =
      gram ? rows_product (&a, (double)(n - 1)) : columns_product (&a, (double)(n - 1));
  double total = 0;
  for (size_t i = 0; i < order; i++)
    total += matrix[i * order + i];
  g_auto (Eigen) eigen = {0};
  if (total > 0 && !eigen_solve (&eigen, matrix, order, MIN (k, order), error))
    return false;

  const double threshold = total * (double)order * DBL_EPSILON;
  analysis_matrix_init (scores, n, k);
  project (scores, &a, &eigen, gram, threshold);
  for (size_t c = 0; c < k; c++)
    explained[c] =
        c < eigen.k && eigen.values[c] > threshold ? eigen.values[c] / total : 0;
  return true;
}
