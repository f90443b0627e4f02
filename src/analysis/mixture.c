#include "analysis/mixture.h"

#include <math.h>
#include <string.h>

enum { MAX_ROUNDS = 500 };
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

/* Weights, means and variances of what the rows' shares say. */
static void
maximise (Mixture *m)
{
  const size_t n = m->x->rows, d = m->x->columns, k = m->k;
  for (size_t c = 0; c < k; c++) {
    double *mean = m->mean + c * d, *variance = m->variance + c * d, sum = 1e-12;
    for (size_t i = 0; i < n; i++)
      sum += m->share[i * k + c];
    m->weight[c] = sum / (double)n;
    memset (mean, 0, d * sizeof (double));
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; j < d; j++)
        mean[j] += m->share[i * k + c] / sum * m->x->data[i * d + j];
    for (size_t j = 0; j < d; j++)
      variance[j] = m->floor;
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; j < d; j++) {
        const double difference = m->x->data[i * d + j] - mean[j];
        variance[j] += m->share[i * k + c] / sum * difference * difference;
      }
  }
}

/* Shares of what the components say. Returns the mean log likelihood. */
static double
expect (Mixture *m)
{
  const size_t n = m->x->rows, d = m->x->columns, k = m->k;
  g_autofree double *constant = g_new (double, k);
  for (size_t c = 0; c < k; c++) {
    constant[c] = log (m->weight[c]);
    for (size_t j = 0; j < d; j++)
      constant[c] -= log (2 * G_PI * m->variance[c * d + j]) / 2;
  }
  double total = 0;
  for (size_t i = 0; i < n; i++) {
    double *share = m->share + i * k, largest = -INFINITY, sum = 0;
    for (size_t c = 0; c < k; c++) {
      double squares = 0;
      for (size_t j = 0; j < d; j++) {
        const double difference = m->x->data[i * d + j] - m->mean[c * d + j];
        squares += difference * difference / m->variance[c * d + j];
      }
      share[c] = constant[c] - squares / 2;
      largest = fmax (largest, share[c]);
    }
    for (size_t c = 0; c < k; c++)
      sum += share[c] = exp (share[c] - largest);
    for (size_t c = 0; c < k; c++)
      share[c] /= sum;
    total += largest + log (sum);
  }
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
    maximise (&m);
    mixture->log_likelihood = expect (&m);
    if (mixture->log_likelihood - before < TOLERANCE)
      break;
    before = mixture->log_likelihood;
  }
  decide (mixture, &m);
  return true;
}
