#include "analysis/mixture.h"
#include "nn/gemm.h"
#include "nn/parallel.h"

#include <math.h>

/* Rounds at most; numbers side by side. */
enum { MAX_ROUNDS = 500, LANES = 8 };
/* The mean log likelihood grows by less at the end. */
#define TOLERANCE 1e-7

typedef struct {
  const AnalysisMatrix *x;
  size_t k;
  double *weight;          /* (k) */
  double *mean, *variance; /* (k, d) */
  double *share;           /* (n, k): of each row in each component */
  double floor;
} Mixture;

static void
mixture_clear (Mixture *m)
{
  g_free (m->weight);
  g_free (m->mean);
  g_free (m->variance);
  g_free (m->share);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mixture, mixture_clear)

void
analysis_mixture_clear (AnalysisMixture *mixture)
{
  g_clear_pointer (&mixture->cluster, g_free);
  g_clear_pointer (&mixture->probability, g_free);
}

static double
mean_variance (const AnalysisMatrix *x)
{
  const size_t n = x->rows, d = x->columns;
  double total = 0;
  for (size_t j = 0; j < d; j++) {
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
      mean += x->data[i * d + j] / (double)n;
    for (size_t i = 0; i < n; i++)
      squares += (x->data[i * d + j] - mean) * (x->data[i * d + j] - mean);
    total += squares / (double)n / (double)d;
  }
  return total;
}

/* Weights, means and variances of what the rows' shares say: a component's. */
NN_MULTIVERSION static void
maximise_one (Mixture *m, size_t c)
{
  const size_t n = m->x->rows, d = m->x->columns, k = m->k;
  double *mean = m->mean + c * d, *variance = m->variance + c * d, sum = 1e-12;
  for (size_t i = 0; i < n; i++)
    sum += m->share[i * k + c];
  m->weight[c] = sum / (double)n;
  for (size_t j = 0; j < d; j++) {
    mean[j] = 0;
    variance[j] = m->floor;
  }
  for (size_t i = 0; i < n; i++) {
    const double part = m->share[i * k + c] / sum;
    for (size_t j = 0; j < d && part > 0; j++)
      mean[j] += part * m->x->data[i * d + j];
  }
  for (size_t i = 0; i < n; i++) {
    const double part = m->share[i * k + c] / sum;
    for (size_t j = 0; j < d && part > 0; j++) {
      const double difference = m->x->data[i * d + j] - mean[j];
      variance[j] += part * difference * difference;
    }
  }
}

static void
maximise_share (void *data, size_t thread, size_t n_threads)
{
  Mixture *m = data;
  for (size_t c = thread; c < m->k; c += n_threads)
    maximise_one (m, c);
}

/* Shares of what the components say of row i. Returns its log likelihood. precision
 * (k, d): 1 / variance; constant (k): the logarithm of what does not depend on it. */
NN_MULTIVERSION static double
expect_row (Mixture *m, size_t i, const double *precision, const double *constant)
{
  const size_t d = m->x->columns, k = m->k;
  const float *row = m->x->data + i * d;
  double *share = m->share + i * k, largest = -INFINITY, sum = 0;
  for (size_t c = 0; c < k; c++) {
    double squares[LANES] = {0};
    size_t j = 0;
    for (; j + LANES <= d; j += LANES)
      for (size_t l = 0; l < LANES; l++) {
        const double difference = row[j + l] - m->mean[c * d + j + l];
        squares[l] += difference * difference * precision[c * d + j + l];
      }
    for (size_t l = 0; j + l < d; l++) {
      const double difference = row[j + l] - m->mean[c * d + j + l];
      squares[l] += difference * difference * precision[c * d + j + l];
    }
    share[c] = constant[c];
    for (size_t l = 0; l < LANES; l++)
      share[c] -= squares[l] / 2;
    largest = fmax (largest, share[c]);
  }
  for (size_t c = 0; c < k; c++)
    sum += share[c] = exp (share[c] - largest);
  for (size_t c = 0; c < k; c++)
    share[c] /= sum;
  return largest + log (sum);
}

typedef struct {
  Mixture *mixture;
  const double *precision, *constant;
  double *likelihood; /* (n) logarithms */
} Expectation;

static void
expect_share (void *data, size_t thread, size_t n_threads)
{
  const Expectation *e = data;
  size_t first, end;
  nn_parallel_share (&first, &end, e->mixture->x->rows, 16, thread, n_threads);
  for (size_t i = first; i < end; i++)
    e->likelihood[i] = expect_row (e->mixture, i, e->precision, e->constant);
}

/* Returns the mean log likelihood. */
static double
expect (Mixture *m)
{
  const size_t n = m->x->rows, d = m->x->columns, k = m->k;
  g_autofree double *constant = g_new (double, k);
  g_autofree double *precision = g_new (double, k *d);
  g_autofree double *likelihood = g_new (double, n);
  for (size_t c = 0; c < k; c++) {
    constant[c] = log (m->weight[c]);
    for (size_t j = 0; j < d; j++) {
      constant[c] -= log (2 * G_PI * m->variance[c * d + j]) / 2;
      precision[c * d + j] = 1 / m->variance[c * d + j];
    }
  }
  Expectation expectation = {m, precision, constant, likelihood};
  nn_parallel_run (expect_share, &expectation);
  double total = 0;
  for (size_t i = 0; i < n; i++)
    total += likelihood[i];
  return total / (double)n;
}

static void
decide (AnalysisMixture *mixture, const Mixture *m)
{
  const size_t n = m->x->rows, d = m->x->columns, k = m->k;
  mixture->cluster = g_new (uint32_t, n);
  mixture->probability = g_new (float, n);
  for (size_t i = 0; i < n; i++) {
    uint32_t best = 0;
    for (uint32_t c = 1; c < k; c++)
      if (m->share[i * k + c] > m->share[i * k + best])
        best = c;
    mixture->cluster[i] = best;
    mixture->probability[i] = (float)m->share[i * k + best];
  }
  analysis_number_clusters (mixture->cluster, n, k, NULL);
  const double n_parameters = (double)(2 * k * d + k - 1);
  mixture->bic = n_parameters * log ((double)n) - 2 * (double)n * mixture->log_likelihood;
}

bool
analysis_mixture (AnalysisMixture *mixture, const AnalysisMatrix *x,
                  const AnalysisKmeansSettings *settings, SeismicProgressFunc progress,
                  void *user_data, GError **error)
{
  g_auto (AnalysisKmeans) start = {0};
  if (!analysis_kmeans (&start, x, settings, progress, user_data, error))
    return false;
  const size_t n = x->rows, k = settings->n_clusters, n_all = k * x->columns;
  const double variance = mean_variance (x);
  g_auto (Mixture) m = {.x = x,
                        .k = k,
                        .weight = g_new (double, k),
                        .mean = g_new (double, n_all),
                        .variance = g_new (double, n_all),
                        .share = g_new0 (double, n *k),
                        .floor = variance > 0 ? ANALYSIS_MIXTURE_FLOOR * variance : 1};
  for (size_t i = 0; i < n; i++)
    m.share[i * k + start.cluster[i]] = 1;
  double before = -INFINITY;
  for (int round = 0; round < MAX_ROUNDS; round++) {
    nn_parallel_run (maximise_share, &m);
    mixture->log_likelihood = expect (&m);
    if (mixture->log_likelihood - before < TOLERANCE)
      break;
    before = mixture->log_likelihood;
  }
  decide (mixture, &m);
  return true;
}
