#include "analysis/pca.h"
#include "analysis/error.h"

#include <float.h>
#include <lapacke.h>
#include <math.h>

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

/* centred (n, d): x minus its columns' means, in double. NULL if a value is not finite.
 */
static double *
centre (const AnalysisMatrix *x, GError **error)
{
  const size_t n = x->rows, d = x->columns;
  g_autofree double *mean = g_new0 (double, d);
  g_autofree double *centred = g_new (double, n *d);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < d; j++) {
      const double value = x->data[i * d + j];
      if (!isfinite (value)) {
        g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC,
                     "value in row %zu, column %zu is not finite", i, j);
        return NULL;
      }
      centred[i * d + j] = value;
      mean[j] += (value - mean[j]) / (double)(i + 1);
    }
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < d; j++)
      centred[i * d + j] -= mean[j];
  return g_steal_pointer (&centred);
}

/* Upper triangle of Aᵀ A / divisor, (d, d), of a (n, d). */
static double *
columns_product (const double *a, size_t n, size_t d, double divisor)
{
  double *product = g_new0 (double, d *d);
  for (size_t i = 0; i < n; i++)
    for (size_t p = 0; p < d; p++) {
      const double factor = a[i * d + p];
      for (size_t q = p; q < d; q++)
        product[p * d + q] += factor * a[i * d + q];
    }
  for (size_t i = 0; i < d * d; i++)
    product[i] /= divisor;
  return product;
}

/* Upper triangle of A Aᵀ / divisor, (n, n), of a (n, d). */
static double *
rows_product (const double *a, size_t n, size_t d, double divisor)
{
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
find_loading (double *loading, const double *vector, const double *a, size_t n, size_t d,
              bool gram)
{
  if (!gram) {
    for (size_t j = 0; j < d; j++)
      loading[j] = vector[j];
    return;
  }
  for (size_t j = 0; j < d; j++)
    loading[j] = 0;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < d; j++)
      loading[j] += vector[i] * a[i * d + j];
  double norm = 0;
  for (size_t j = 0; j < d; j++)
    norm += loading[j] * loading[j];
  norm = sqrt (norm);
  for (size_t j = 0; norm > 0 && j < d; j++)
    loading[j] /= norm;
}

static void
project (AnalysisMatrix *scores, const double *a, size_t d, const Eigen *eigen, bool gram,
         double threshold)
{
  g_autofree double *loading = g_new (double, d);
  for (size_t c = 0; c < eigen->k; c++) {
    if (eigen->values[c] <= threshold)
      continue; /* no variance in this direction: the scores stay 0 */
    find_loading (loading, eigen->vectors + c * eigen->n, a, scores->rows, d, gram);
    const double sign = loading_sign (loading, d);
    for (size_t i = 0; i < scores->rows; i++) {
      double sum = 0;
      for (size_t j = 0; j < d; j++)
        sum += a[i * d + j] * loading[j];
      scores->data[i * scores->columns + c] = (float)(sign * sum);
    }
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
  g_autofree double *a = centre (x, error);
  if (a == NULL)
    return false;

  double total = 0;
  for (size_t i = 0; i < n * d; i++)
    total += a[i] * a[i];
  total /= (double)(n - 1);

  /* The nonzero eigenvalues of AᵀA and AAᵀ are the same: take the smaller. */
  const bool gram = n < d;
  const size_t order = gram ? n : d;
  g_autofree double *matrix = gram ? rows_product (a, n, d, (double)(n - 1))
                                   : columns_product (a, n, d, (double)(n - 1));
  g_auto (Eigen) eigen = {0};
  if (total > 0 && !eigen_solve (&eigen, matrix, order, MIN (k, order), error))
    return false;

  const double threshold = total * (double)order * DBL_EPSILON;
  analysis_matrix_init (scores, n, k);
  project (scores, a, d, &eigen, gram, threshold);
  for (size_t c = 0; c < k; c++)
    explained[c] =
        c < eigen.k && eigen.values[c] > threshold ? eigen.values[c] / total : 0;
  return true;
}
