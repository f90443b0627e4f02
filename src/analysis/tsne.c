#include "analysis/tsne.h"
#include "analysis/error.h"
#include "analysis/tsne-tree.h"
#include "nn/gemm.h"
#include "nn/parallel.h"

#include <float.h>
#include <math.h>

#define MOMENTUM_EXAGGERATED 0.5f
#define MOMENTUM 0.8f
#define MIN_GAIN 0.01f
/* Deviation of the start: small, so that the layout unfolds from one spot. */
#define START_DEVIATION 1e-4

struct AnalysisTsne {
  AnalysisTsneSettings settings;
  double perplexity;
  AnalysisGraph graph; /* p_ij, their sum 1; owned */
  AnalysisMatrix layout;
  float *gradient, *update, *gain; /* (n, 2); owned */
  AnalysisTsneTree *tree;          /* owned */
  size_t iteration;
};

AnalysisTsneSettings
analysis_tsne_default (void)
{
  return (AnalysisTsneSettings){
      .perplexity = 30,
      .n_iterations = 1000,
      .exaggeration = 12,
      .n_exaggerated = 250,
      .theta = 0.5,
      .seed = 1,
  };
}

/* p (k): exp (−β (d² − the least d²)), their sum 1. Returns the entropy. */
static double
distribute (double *p, const float *distance, size_t k, double beta)
{
  const double nearest = (double)distance[0] * distance[0];
  double sum = 0, weighted = 0;
  for (size_t j = 0; j < k; j++) {
    const double squared = (double)distance[j] * distance[j] - nearest;
    p[j] = exp (-beta * squared);
    sum += p[j];
    weighted += p[j] * squared;
  }
  for (size_t j = 0; j < k; j++)
    p[j] /= sum;
  return log (sum) + beta * weighted / sum;
}

/* β by bisection, from where the farthest neighbour has a share of 1/e of the nearest. */
static void
calibrate_row (double *p, const float *distance, size_t k, double wanted)
{
  const double last = distance[k - 1], first = distance[0];
  const double range = last * last - first * first;
  double low = 0, high = INFINITY, beta = range > 0 ? 1 / range : 0;
  for (int i = 0; i < 200 && range > 0; i++) {
    const double entropy = distribute (p, distance, k, beta);
    if (fabs (entropy - wanted) < 1e-7)
      return;
    if (entropy > wanted)
      low = beta;
    else
      high = beta;
    beta = isinf (high) ? 2 * beta : (low + high) / 2;
    if (!isfinite (beta * range))
      break; /* so many equally near that the entropy stays above */
  }
  distribute (p, distance, k, isfinite (beta * range) ? beta : low);
}

typedef struct {
  float *weight;
  const AnalysisNeighbors *neighbors;
  double entropy;
} Calibration;

static void
calibrate_share (void *data, size_t thread, size_t n_threads)
{
  const Calibration *c = data;
  const size_t k = c->neighbors->k;
  size_t first, end;
  nn_parallel_share (&first, &end, c->neighbors->n, 1, thread, n_threads);
  g_autofree double *p = g_new (double, k);
  for (size_t i = first; i < end; i++) {
    calibrate_row (p, c->neighbors->distance + i * k, k, c->entropy);
    for (size_t j = 0; j < k; j++)
      c->weight[i * k + j] = (float)p[j];
  }
}

void
analysis_tsne_calibrate (float *weight, const AnalysisNeighbors *neighbors,
                         double perplexity)
{
  Calibration calibration = {weight, neighbors, log (perplexity)};
  nn_parallel_run (calibrate_share, &calibration);
}

static double
mean (double there, double back)
{
  return (there + back) / 2;
}

/* From each row's p_{j|i} to p_ij. */
static void
normalise (AnalysisGraph *graph)
{
  for (size_t e = 0; e < graph->start[graph->n]; e++)
    graph->weight[e] /= (float)graph->n;
}

typedef struct {
  const AnalysisGraph *graph;
  const float *y;
  float *gradient; /* holds the repulsion, overwritten with the gradient */
  float exaggeration, z;
} Attraction;

NN_MULTIVERSION static void
attract (const Attraction *a, size_t first, size_t end)
{
  const AnalysisGraph *graph = a->graph;
  const float *y = a->y;
  for (size_t i = first; i < end; i++) {
    float sum_x = 0, sum_y = 0;
    for (size_t e = graph->start[i]; e < graph->start[i + 1]; e++) {
      const size_t j = graph->index[e];
      const float dx = y[2 * i] - y[2 * j], dy = y[2 * i + 1] - y[2 * j + 1];
      const float w = graph->weight[e] / (1 + dx * dx + dy * dy);
      sum_x += w * dx;
      sum_y += w * dy;
    }
    float *gradient = a->gradient + 2 * i;
    gradient[0] = 4 * (a->exaggeration * sum_x - gradient[0] / a->z);
    gradient[1] = 4 * (a->exaggeration * sum_y - gradient[1] / a->z);
  }
}

static void
attract_share (void *data, size_t thread, size_t n_threads)
{
  const Attraction *a = data;
  size_t first, end;
  nn_parallel_share (&first, &end, a->graph->n, 64, thread, n_threads);
  attract (a, first, end);
}

/* 4 Σ_j (p_ij − q_ij) w_ij (y_i − y_j), van der Maaten and Hinton's equation 5, with the
 * sum over p along the graph and the one over q by the tree. */
static void
find_gradient (AnalysisTsneTree *tree, float *gradient, const AnalysisGraph *graph,
               const float *y, double exaggeration, double theta)
{
  const double z = analysis_tsne_tree_repulsion (tree, gradient, y, theta);
  Attraction attraction = {graph, y, gradient, (float)exaggeration,
                           (float)fmax (z, FLT_MIN)};
  nn_parallel_run (attract_share, &attraction);
}

void
analysis_tsne_gradient (float *gradient, const AnalysisGraph *graph, const float *y,
                        double exaggeration, double theta)
{
  g_autoptr (AnalysisTsneTree) tree = analysis_tsne_tree_new (graph->n);
  find_gradient (tree, gradient, graph, y, exaggeration, theta);
}

static bool
check (const AnalysisMatrix *x, const AnalysisTsneSettings *s, GError **error)
{
  if (x->rows < 4 || x->columns < 1)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "t-SNE needs 4 rows, there are %zu of %zu numbers", x->rows, x->columns);
  else if (!(s->perplexity >= 1) || !isfinite (s->perplexity))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "perplexity %g is not at least 1", s->perplexity);
  else if (!(s->exaggeration >= 1 && s->exaggeration <= 1000))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "exaggeration %g is not 1 to 1000", s->exaggeration);
  else if (!(s->learning_rate >= 0) || !isfinite (s->learning_rate))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "learning rate %g is not above 0", s->learning_rate);
  else if (!(s->theta >= 0 && s->theta <= 1))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS, "theta %g is not 0 to 1",
                 s->theta);
  else
    return true;
  return false;
}

AnalysisTsne *
analysis_tsne_new (const AnalysisMatrix *x, const AnalysisTsneSettings *settings,
                   SeismicProgressFunc progress, void *user_data, GError **error)
{
  if (!check (x, settings, error))
    return NULL;
  const size_t n = x->rows;
  g_autoptr (AnalysisTsne) tsne = g_new0 (AnalysisTsne, 1);
  tsne->settings = *settings;
  tsne->perplexity = fmin (settings->perplexity, (double)(n - 1) / 3);
  if (tsne->settings.learning_rate == 0)
    tsne->settings.learning_rate = fmax ((double)n / settings->exaggeration / 4, 50);

  const size_t k = MIN ((size_t)(3 * tsne->perplexity), n - 1);
  g_auto (AnalysisNeighbors) neighbors = {0};
  if (!analysis_neighbors_all (x, k, progress, user_data, &neighbors, error) ||
      !analysis_layout_init (&tsne->layout, x, START_DEVIATION, settings->seed, error))
    return NULL;
  g_autofree float *weight = g_new (float, n *k);
  analysis_tsne_calibrate (weight, &neighbors, tsne->perplexity);
  analysis_graph_init (&tsne->graph, &neighbors, weight, mean);
  normalise (&tsne->graph);

  tsne->gradient = g_new0 (float, 2 * n);
  tsne->update = g_new0 (float, 2 * n);
  tsne->gain = g_new (float, 2 * n);
  for (size_t i = 0; i < 2 * n; i++)
    tsne->gain[i] = 1;
  tsne->tree = analysis_tsne_tree_new (n);
  return g_steal_pointer (&tsne);
}

void
analysis_tsne_free (AnalysisTsne *tsne)
{
  if (tsne == NULL)
    return;
  analysis_graph_clear (&tsne->graph);
  analysis_matrix_clear (&tsne->layout);
  g_free (tsne->gradient);
  g_free (tsne->update);
  g_free (tsne->gain);
  analysis_tsne_tree_free (tsne->tree);
  g_free (tsne);
}

/* Gradient descent with momentum; a coordinate's gain grows while it goes on in one
 * direction (Jacobs 1988, as in the first t-SNE). */
static void
iterate (void *self)
{
  AnalysisTsne *tsne = self;
  const size_t n = tsne->layout.rows;
  const bool early = tsne->iteration < tsne->settings.n_exaggerated;
  const float momentum = early ? MOMENTUM_EXAGGERATED : MOMENTUM;
  const float rate = (float)tsne->settings.learning_rate;
  float *y = tsne->layout.data;
  find_gradient (tsne->tree, tsne->gradient, &tsne->graph, y,
                 early ? tsne->settings.exaggeration : 1, tsne->settings.theta);
  double middle[2] = {0};
  for (size_t i = 0; i < 2 * n; i++) {
    const bool onward = tsne->update[i] * tsne->gradient[i] < 0;
    tsne->gain[i] =
        fmaxf (onward ? tsne->gain[i] + 0.2f : tsne->gain[i] * 0.8f, MIN_GAIN);
    tsne->update[i] =
        momentum * tsne->update[i] - rate * tsne->gain[i] * tsne->gradient[i];
    y[i] += tsne->update[i];
    middle[i % 2] += y[i] / (double)n;
  }
  for (size_t i = 0; i < 2 * n; i++)
    y[i] -= (float)middle[i % 2];
}

size_t
analysis_tsne_run (AnalysisTsne *tsne, size_t most, AnalysisLayoutFunc progress,
                   void *user_data)
{
  return analysis_layout_run (iterate, tsne, &tsne->iteration,
                              tsne->settings.n_iterations, most, &tsne->layout, progress,
                              user_data);
}

const AnalysisMatrix *
analysis_tsne_get_layout (const AnalysisTsne *tsne)
{
  return &tsne->layout;
}

double
analysis_tsne_get_perplexity (const AnalysisTsne *tsne)
{
  return tsne->perplexity;
}

double
analysis_tsne_get_divergence (AnalysisTsne *tsne)
{
  const AnalysisGraph *graph = &tsne->graph;
  const float *y = tsne->layout.data;
  const double z =
      analysis_tsne_tree_repulsion (tsne->tree, tsne->gradient, y, tsne->settings.theta);
  double sum = 0;
  for (size_t i = 0; i < graph->n; i++)
    for (size_t e = graph->start[i]; e < graph->start[i + 1]; e++) {
      const size_t j = graph->index[e];
      const double p = graph->weight[e];
      const double dx = y[2 * i] - y[2 * j], dy = y[2 * i + 1] - y[2 * j + 1];
      if (p > 0)
        sum += p * log (p * (1 + dx * dx + dy * dy) * z);
    }
  return sum;
}
