#include "analysis/umap.h"
#include "analysis/error.h"
#include "nn/parallel.h"

#include <math.h>
#include <string.h>

/* Rows drawn by chance for each pair; deviation of the start; largest move in one
 * coordinate; of a step's denominator; least σ, as a share of the mean distance. All as
 * in the authors' implementation, umap-learn. */
enum { N_NEGATIVE = 5, MIN_ROWS = 4, SMALL = 10000 };
#define START_DEVIATION 4.0
#define LARGEST_STEP 4.0f
#define SOFTENING 0.001f
#define LEAST_SIGMA 1e-3

struct AnalysisUmap {
  AnalysisUmapSettings settings;
  float a, b;
  AnalysisGraph graph; /* w of the pairs; owned */
  float *period, *due; /* (edges): iterations from draw to draw; the next; owned */
  AnalysisMatrix layout, next; /* (n, 2); owned */
  size_t iteration;
};

AnalysisUmapSettings
analysis_umap_default (void)
{
  return (AnalysisUmapSettings){
      .n_neighbors = 15,
      .min_distance = 0.1,
      .learning_rate = 1,
      .seed = 1,
  };
}

/* Σ exp (−max (0, d_j − ρ) / σ) */
static double
sum_weights (const float *distance, size_t k, double rho, double sigma)
{
  double sum = 0;
  for (size_t j = 0; j < k; j++)
    sum += distance[j] > rho ? exp ((rho - distance[j]) / sigma) : 1;
  return sum;
}

/* σ by bisection; at least `least`. */
static double
find_sigma (const float *distance, size_t k, double rho, double least)
{
  const double wanted = log2 ((double)k + 1);
  double low = 0, high = INFINITY, sigma = fmax (distance[k - 1] - rho, least);
  for (int i = 0; i < 100 && sigma > 0 && isfinite (sigma); i++) {
    const double sum = sum_weights (distance, k, rho, sigma);
    if (fabs (sum - wanted) < 1e-7)
      break;
    if (sum > wanted)
      high = sigma;
    else
      low = sigma;
    sigma = isinf (high) ? 2 * sigma : (low + high) / 2;
  }
  return fmax (sigma, least);
}

typedef struct {
  float *weight;
  const AnalysisNeighbors *neighbors;
  double mean; /* of all distances */
} Calibration;

static void
calibrate_share (void *data, size_t thread, size_t n_threads)
{
  const Calibration *c = data;
  const size_t k = c->neighbors->k;
  size_t first, end;
  nn_parallel_share (&first, &end, c->neighbors->n, 1, thread, n_threads);
  for (size_t i = first; i < end; i++) {
    const float *distance = c->neighbors->distance + i * k;
    float *weight = c->weight + i * k;
    double rho = 0, sum = 0;
    for (size_t j = k; j > 0; j--) {
      rho = distance[j - 1] > 0 ? distance[j - 1] : rho;
      sum += distance[j - 1];
    }
    const double mean = rho > 0 ? sum / (double)(k + 1) : c->mean;
    const double sigma = find_sigma (distance, k, rho, LEAST_SIGMA * mean);
    for (size_t j = 0; j < k; j++)
      weight[j] =
          distance[j] > rho && sigma > 0 ? (float)exp ((rho - distance[j]) / sigma) : 1;
  }
}

void
analysis_umap_calibrate (float *weight, const AnalysisNeighbors *neighbors)
{
  const size_t n_all = neighbors->n * neighbors->k;
  double sum = 0;
  for (size_t e = 0; e < n_all; e++)
    sum += neighbors->distance[e];
  Calibration calibration = {weight, neighbors, sum / (double)(n_all + neighbors->n)};
  nn_parallel_run (calibrate_share, &calibration);
}

/* Σ (f − target)² and, unless NULL, JᵀJ (a, ab, b) and Jᵀ(f − target) by log a, log b. */
static double
curve_error (double log_a, double log_b, double min_distance, double *jj, double *jr)
{
  enum { N_POINTS = 300 };
  const double a = exp (log_a), b = exp (log_b);
  double error = 0;
  for (int i = 0; i < N_POINTS; i++) {
    const double x = 3.0 * i / (N_POINTS - 1);
    const double target = x < min_distance ? 1 : exp (min_distance - x);
    const double power = x > 0 ? a * pow (x, 2 * b) : 0;
    const double f = 1 / (1 + power), residual = f - target;
    error += residual * residual;
    if (jj == NULL)
      continue;
    const double by_a = -f * f * power;
    const double by_b = x > 0 ? by_a * 2 * b * log (x) : 0;
    jj[0] += by_a * by_a;
    jj[1] += by_a * by_b;
    jj[2] += by_b * by_b;
    jr[0] += by_a * residual;
    jr[1] += by_b * residual;
  }
  return error;
}

/* Levenberg and Marquardt's steps. */
void
analysis_umap_fit_curve (double min_distance, double *a, double *b)
{
  double log_a = 0, log_b = 0, damping = 1e-3;
  for (int i = 0; i < 200; i++) {
    double jj[3] = {0}, jr[2] = {0};
    const double error = curve_error (log_a, log_b, min_distance, jj, jr);
    const double p = jj[0] * (1 + damping), q = jj[2] * (1 + damping);
    const double determinant = p * q - jj[1] * jj[1];
    const double step_a = -(q * jr[0] - jj[1] * jr[1]) / determinant;
    const double step_b = -(p * jr[1] - jj[1] * jr[0]) / determinant;
    if (curve_error (log_a + step_a, log_b + step_b, min_distance, NULL, NULL) <= error) {
      log_a += step_a;
      log_b += step_b;
      damping /= 10;
      if (fabs (step_a) + fabs (step_b) < 1e-12)
        break;
    } else
      damping *= 10;
  }
  *a = exp (log_a);
  *b = exp (log_b);
}

/* The fuzzy union. */
static double
unite (double there, double back)
{
  return there + back - there * back;
}

static bool
check (const AnalysisMatrix *x, const AnalysisUmapSettings *s, GError **error)
{
  if (x->rows < MIN_ROWS || x->columns < 1)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "UMAP needs %d rows, there are %zu of %zu numbers", MIN_ROWS, x->rows,
                 x->columns);
  else if (s->n_neighbors < 2)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "%zu neighbours are not at least 2", s->n_neighbors);
  else if (!(s->min_distance >= 0 && s->min_distance <= 3))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "least distance %g is not 0 to 3", s->min_distance);
  else if (!(s->learning_rate > 0) || !isfinite (s->learning_rate))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "learning rate %g is not above 0", s->learning_rate);
  else
    return true;
  return false;
}

/* How often each pair is drawn: the heaviest in every iteration. */
static void
plan_draws (AnalysisUmap *umap)
{
  const size_t n_edges = umap->graph.start[umap->graph.n];
  float largest = 0;
  for (size_t e = 0; e < n_edges; e++)
    largest = fmaxf (largest, umap->graph.weight[e]);
  umap->period = g_new (float, n_edges);
  umap->due = g_new (float, n_edges);
  for (size_t e = 0; e < n_edges; e++)
    umap->period[e] = umap->due[e] = largest / umap->graph.weight[e]; /* maybe ∞ */
}

AnalysisUmap *
analysis_umap_new (const AnalysisMatrix *x, const AnalysisUmapSettings *settings,
                   SeismicProgressFunc progress, void *user_data, GError **error)
{
  if (!check (x, settings, error))
    return NULL;
  const size_t n = x->rows, k = MIN (settings->n_neighbors, n) - 1;
  g_autoptr (AnalysisUmap) umap = g_new0 (AnalysisUmap, 1);
  umap->settings = *settings;
  if (settings->n_iterations == 0)
    umap->settings.n_iterations = n <= SMALL ? 500 : 200;

  g_auto (AnalysisNeighbors) neighbors = {0};
  if (!analysis_neighbors_all (x, k, progress, user_data, &neighbors, error) ||
      !analysis_layout_init (&umap->layout, x, START_DEVIATION, settings->seed, error))
    return NULL;
  g_autofree float *weight = g_new (float, n *k);
  analysis_umap_calibrate (weight, &neighbors);
  analysis_graph_init (&umap->graph, &neighbors, weight, unite);
  plan_draws (umap);
  double a, b;
  analysis_umap_fit_curve (settings->min_distance, &a, &b);
  umap->a = (float)a;
  umap->b = (float)b;
  analysis_matrix_init (&umap->next, n, 2);
  return g_steal_pointer (&umap);
}

void
analysis_umap_free (AnalysisUmap *umap)
{
  if (umap == NULL)
    return;
  analysis_graph_clear (&umap->graph);
  analysis_matrix_clear (&umap->layout);
  analysis_matrix_clear (&umap->next);
  g_free (umap->period);
  g_free (umap->due);
  g_free (umap);
}

/* Splitmix64: a stream for each row and iteration costs nothing to start. */
static inline uint64_t
draw (uint64_t *state)
{
  uint64_t z = *state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static inline float
limited (float step)
{
  return fminf (fmaxf (step, -LARGEST_STEP), LARGEST_STEP);
}

/* Moves point (2) by rate along −∂ of the cross entropy of a pair with other. */
static inline void
attract (const AnalysisUmap *umap, float *point, const float *other, float rate)
{
  const float dx = point[0] - other[0], dy = point[1] - other[1];
  const float squared = dx * dx + dy * dy;
  if (!(squared > 0))
    return;
  const float power = umap->a * powf (squared, umap->b);
  const float factor = -2 * umap->b * power / (squared * (1 + power));
  point[0] += rate * limited (factor * dx);
  point[1] += rate * limited (factor * dy);
}

static inline void
repel (const AnalysisUmap *umap, float *point, const float *other, float rate)
{
  const float dx = point[0] - other[0], dy = point[1] - other[1];
  const float squared = dx * dx + dy * dy;
  if (!(squared > 0))
    return;
  const float power = umap->a * powf (squared, umap->b);
  const float factor = 2 * umap->b / ((SOFTENING + squared) * (1 + power));
  point[0] += rate * limited (factor * dx);
  point[1] += rate * limited (factor * dy);
}

/* A row's iteration. A pair is met from both of its ends, and from each moves both in the
 * authors' version: two attractions of each end for five repulsions. */
static void
move_row (AnalysisUmap *umap, size_t i, float rate)
{
  const AnalysisGraph *graph = &umap->graph;
  const float *y = umap->layout.data;
  const float now = (float)umap->iteration + 1;
  float point[2] = {y[2 * i], y[2 * i + 1]};
  uint64_t state = umap->settings.seed + umap->iteration * graph->n + i;
  state = draw (&state);
  for (size_t e = graph->start[i]; e < graph->start[i + 1]; e++) {
    if (umap->due[e] > now)
      continue;
    umap->due[e] += umap->period[e];
    const float *other = y + 2 * (size_t)graph->index[e];
    attract (umap, point, other, rate);
    attract (umap, point, other, rate);
    for (int s = 0; s < N_NEGATIVE; s++) {
      const size_t any = (size_t)((draw (&state) >> 32) * graph->n >> 32);
      if (any != i)
        repel (umap, point, y + 2 * any, rate);
    }
  }
  memcpy (umap->next.data + 2 * i, point, sizeof point);
}

static void
move_share (void *data, size_t thread, size_t n_threads)
{
  AnalysisUmap *umap = data;
  size_t first, end;
  nn_parallel_share (&first, &end, umap->graph.n, 16, thread, n_threads);
  const double left = 1 - (double)umap->iteration / (double)umap->settings.n_iterations;
  for (size_t i = first; i < end; i++)
    move_row (umap, i, (float)(umap->settings.learning_rate * left));
}

static void
iterate (void *self)
{
  AnalysisUmap *umap = self;
  nn_parallel_run (move_share, umap);
  float *moved = umap->next.data;
  umap->next.data = umap->layout.data;
  umap->layout.data = moved;
}

size_t
analysis_umap_run (AnalysisUmap *umap, size_t most, AnalysisLayoutFunc progress,
                   void *user_data)
{
  return analysis_layout_run (iterate, umap, &umap->iteration,
                              umap->settings.n_iterations, most, &umap->layout, progress,
                              user_data);
}

const AnalysisMatrix *
analysis_umap_get_layout (const AnalysisUmap *umap)
{
  return &umap->layout;
}
