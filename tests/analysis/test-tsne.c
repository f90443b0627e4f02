#include "analysis/tsne.h"
#include "analysis/error.h"
#include "nn/parallel.h"
#include "support/random-matrix.h"
#include "support/wave-points.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

static double
mean (double there, double back)
{
  return (there + back) / 2;
}

/* scikit-learn 1.2.1, sklearn.manifold._utils._binary_search_perplexity of the squared
 * distances (float32) with perplexity 10, row 7. */
static void
test_calibration (void)
{
  const size_t n = 120, k = n - 1;
  g_auto (AnalysisMatrix) x = wave_points (n);
  g_auto (AnalysisNeighbors) neighbors = {0};
  g_assert_true (analysis_neighbors_all (&x, k, NULL, NULL, &neighbors, NULL));
  g_autofree float *weight = g_new (float, n *k);
  analysis_tsne_calibrate (weight, &neighbors, 10);
  static const uint32_t index[] = {75, 59, 51, 119, 91, 22};
  static const double p[] = {0.392902, 0.211271,  0.0541145,
                             0.051164, 0.0325147, 0.0272873};
  for (size_t j = 0; j < 6; j++) {
    g_assert_cmpuint (neighbors.index[7 * k + j], ==, index[j]);
    g_assert_cmpfloat_with_epsilon (weight[7 * k + j], p[j], 2e-5);
  }
  for (size_t i = 0; i < n; i++) {
    double sum = 0, entropy = 0;
    for (size_t j = 0; j < k; j++) {
      const double share = weight[i * k + j];
      sum += share;
      entropy -= share > 0 ? share * log (share) : 0;
    }
    g_assert_cmpfloat_with_epsilon (sum, 1, 1e-6);
    g_assert_cmpfloat_with_epsilon (exp (entropy), 10, 1e-4);
  }
}

/* Equal distances can only be shared equally, distances of any unit in the same way. */
static void
test_calibration_edges (void)
{
  uint32_t index[] = {1, 2, 3, 4};
  float distance[][4] = {{0, 0, 0, 0},
                         {5, 5, 5, 5},
                         {1e-20f, 2e-20f, 3e-20f, 4e-20f},
                         {1e18f, 2e18f, 3e18f, 4e18f},
                         {0, 0, 0, 1}};
  for (size_t i = 0; i < G_N_ELEMENTS (distance); i++) {
    const AnalysisNeighbors neighbors = {1, 4, index, distance[i]};
    float weight[4];
    analysis_tsne_calibrate (weight, &neighbors, 2);
    double sum = 0, entropy = 0;
    for (size_t j = 0; j < 4; j++) {
      sum += weight[j];
      entropy -= weight[j] > 0 ? weight[j] * log (weight[j]) : 0;
    }
    g_assert_cmpfloat_with_epsilon (sum, 1, 1e-6);
    g_assert_cmpfloat_with_epsilon (exp (entropy), i < 2 ? 4 : i < 4 ? 2 : 3, 1e-3);
  }
}

/* Σ p_ij log (p_ij Z / w_ij), with p times exaggeration, over all pairs in double. */
static double
divergence (const AnalysisGraph *graph, const double *y, double exaggeration)
{
  double z = 0, sum = 0, total = 0;
  for (size_t i = 0; i < graph->n; i++)
    for (size_t j = 0; j < graph->n; j++)
      if (i != j)
        z +=
            1 / (1 + pow (y[2 * i] - y[2 * j], 2) + pow (y[2 * i + 1] - y[2 * j + 1], 2));
  for (size_t i = 0; i < graph->n; i++)
    for (size_t e = graph->start[i]; e < graph->start[i + 1]; e++) {
      const size_t j = graph->index[e];
      const double p = graph->weight[e] * exaggeration;
      const double w =
          1 / (1 + pow (y[2 * i] - y[2 * j], 2) + pow (y[2 * i + 1] - y[2 * j + 1], 2));
      sum += p > 0 ? p * log (p / w) : 0;
      total += graph->weight[e];
    }
  /* With exaggeration the p no longer add up to 1, as the gradient of log Z has it. */
  return sum + total * log (z);
}

static void
check_gradient (double exaggeration, double theta, double limit)
{
  const size_t n = 60;
  g_auto (AnalysisMatrix) x = wave_points (n);
  g_auto (AnalysisNeighbors) neighbors = {0};
  g_assert_true (analysis_neighbors_all (&x, 18, NULL, NULL, &neighbors, NULL));
  g_autofree float *weight = g_new (float, n * 18);
  analysis_tsne_calibrate (weight, &neighbors, 6);
  g_auto (AnalysisGraph) graph = {0};
  analysis_graph_init (&graph, &neighbors, weight, mean);
  for (size_t e = 0; e < graph.start[n]; e++)
    graph.weight[e] /= n;

  g_auto (AnalysisMatrix) layout = random_matrix (n, 2, 3);
  float gradient[2 * 60];
  double y[2 * 60], size = 0, differences[2 * 60];
  for (size_t i = 0; i < 2 * n; i++)
    y[i] = layout.data[i] *= 4;
  analysis_tsne_gradient (gradient, &graph, layout.data, exaggeration, theta);
  for (size_t i = 0; i < 2 * n; i++) {
    const double here = y[i], step = 1e-5;
    y[i] = here + step;
    const double above = divergence (&graph, y, exaggeration);
    y[i] = here - step;
    differences[i] = (above - divergence (&graph, y, exaggeration)) / (2 * step);
    y[i] = here;
    size = fmax (size, fabs (differences[i]));
  }
  for (size_t i = 0; i < 2 * n; i++)
    g_assert_cmpfloat_with_epsilon (gradient[i], differences[i], limit * size);
}

static void
test_gradient (void)
{
  check_gradient (1, 0, 1e-5);
  check_gradient (12, 0, 1e-5);
  check_gradient (1, 0.3, 0.02);
}

/* scikit-learn 1.2.1 on these points: TSNE (perplexity=10, init='pca',
 * learning_rate='auto', random_state=0).fit (x).kl_divergence_ is 0.2320, and 0.2427 with
 * method='exact', whose p_ij reach all rows. A better layout than either is fine. */
static void
test_peer (void)
{
  g_auto (AnalysisMatrix) x = wave_points (120);
  AnalysisTsneSettings settings = analysis_tsne_default ();
  settings.perplexity = 10;
  g_autoptr (AnalysisTsne) tsne = analysis_tsne_new (&x, &settings, NULL, NULL, NULL);
  const double before = analysis_tsne_get_divergence (tsne);
  g_assert_cmpuint (analysis_tsne_run (tsne, SIZE_MAX, NULL, NULL), ==, 1000);
  g_assert_cmpfloat (before, >, 1);
  g_assert_cmpfloat (analysis_tsne_get_divergence (tsne), <, 0.25);
  g_assert_cmpfloat (analysis_tsne_get_divergence (tsne), >, 0.2);
  g_assert_cmpfloat (analysis_tsne_get_perplexity (tsne), ==, 10);
}

/* The nearest point of the layout is of the same cluster. */
static void
test_clusters (void)
{
  size_t cluster[400];
  g_auto (AnalysisMatrix) x = clustered_matrix (400, 10, 5, 3, 1, cluster);
  const AnalysisTsneSettings settings = analysis_tsne_default ();
  g_autoptr (AnalysisTsne) tsne = analysis_tsne_new (&x, &settings, NULL, NULL, NULL);
  analysis_tsne_run (tsne, SIZE_MAX, NULL, NULL);
  g_auto (AnalysisNeighbors) nearest = {0};
  g_assert_true (analysis_neighbors_all (analysis_tsne_get_layout (tsne), 1, NULL, NULL,
                                         &nearest, NULL));
  size_t n_same = 0;
  for (size_t i = 0; i < 400; i++)
    n_same += cluster[nearest.index[i]] == cluster[i];
  g_assert_cmpuint (n_same, >=, 396);
}

static bool
stop_at_seven (const AnalysisLayoutProgress *progress, void *user_data)
{
  ++*(size_t *)user_data;
  g_assert_cmpuint (progress->iteration, ==, *(size_t *)user_data);
  g_assert_cmpuint (progress->n_iterations, ==, 40);
  g_assert_cmpuint (progress->layout->rows, ==, 200);
  return progress->iteration < 7;
}

/* Stopped, gone on with in pieces, in one or many threads: the same layout. */
static void
test_steps (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (200, 6, 4);
  AnalysisTsneSettings settings = analysis_tsne_default ();
  settings.n_iterations = 40;
  settings.n_exaggerated = 20;
  g_autoptr (AnalysisTsne) whole = analysis_tsne_new (&x, &settings, NULL, NULL, NULL);
  nn_parallel_set_threads (3);
  g_assert_cmpuint (analysis_tsne_run (whole, SIZE_MAX, NULL, NULL), ==, 40);
  nn_parallel_set_threads (1);
  g_autoptr (AnalysisTsne) pieces = analysis_tsne_new (&x, &settings, NULL, NULL, NULL);
  size_t calls = 0;
  g_assert_cmpuint (analysis_tsne_run (pieces, 30, stop_at_seven, &calls), ==, 7);
  g_assert_cmpuint (calls, ==, 7);
  g_assert_cmpuint (analysis_tsne_run (pieces, 0, NULL, NULL), ==, 7);
  g_assert_cmpuint (analysis_tsne_run (pieces, 5, NULL, NULL), ==, 12);
  g_assert_cmpuint (analysis_tsne_run (pieces, 1000, NULL, NULL), ==, 40);
  g_assert_cmpuint (analysis_tsne_run (pieces, 1000, NULL, NULL), ==, 40);
  nn_parallel_set_threads (0);
  g_assert_cmpmem (analysis_tsne_get_layout (whole)->data, 400 * sizeof (float),
                   analysis_tsne_get_layout (pieces)->data, 400 * sizeof (float));

  settings.seed = 2;
  g_autoptr (AnalysisTsne) other = analysis_tsne_new (&x, &settings, NULL, NULL, NULL);
  g_assert_cmpfloat (analysis_tsne_get_layout (other)->data[0], !=,
                     analysis_tsne_get_layout (whole)->data[0]);
}

/* Few rows, all rows equal, pairs of equal rows: finite, with a perplexity that fits. */
static void
test_small (void)
{
  for (size_t n = 4; n < 40; n += 5)
    for (int equal = 0; equal < 3; equal++) {
      g_auto (AnalysisMatrix) x = random_matrix (n, 3, n);
      if (equal == 1)
        memset (x.data, 0, n * 3 * sizeof (float));
      for (size_t i = 0; equal == 2 && i + 1 < n; i += 2)
        memcpy (x.data + 3 * i, x.data + 3 * i + 3, 3 * sizeof (float));
      const AnalysisTsneSettings settings = analysis_tsne_default ();
      g_autoptr (AnalysisTsne) tsne = analysis_tsne_new (&x, &settings, NULL, NULL, NULL);
      g_assert_nonnull (tsne);
      g_assert_cmpfloat (analysis_tsne_get_perplexity (tsne), ==, (double)(n - 1) / 3);
      analysis_tsne_run (tsne, SIZE_MAX, NULL, NULL);
      for (size_t i = 0; i < 2 * n; i++)
        g_assert_true (isfinite (analysis_tsne_get_layout (tsne)->data[i]));
    }
}

static bool
stop_search (const SeismicProgress *progress, void *user_data)
{
  return false;
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (20, 3, 1);
  g_autoptr (GError) error = NULL;
  AnalysisTsneSettings settings = analysis_tsne_default ();
  g_assert_null (analysis_tsne_new (&x, &settings, stop_search, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  const AnalysisMatrix few = {3, 3, x.data};
  g_clear_error (&error);
  g_assert_null (analysis_tsne_new (&few, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);

  const AnalysisTsneSettings wrong[] = {
      {.perplexity = 0.5, .exaggeration = 12},
      {.perplexity = NAN, .exaggeration = 12},
      {.perplexity = 5, .exaggeration = 0},
      {.perplexity = 5, .exaggeration = 12, .learning_rate = -1},
      {.perplexity = 5, .exaggeration = 12, .theta = 1.5},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_clear_error (&error);
    g_assert_null (analysis_tsne_new (&x, &wrong[i], NULL, NULL, &error));
    g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  }
  x.data[4] = NAN;
  g_clear_error (&error);
  g_assert_null (analysis_tsne_new (&x, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tsne/calibration", test_calibration);
  g_test_add_func ("/analysis/tsne/calibration-edges", test_calibration_edges);
  g_test_add_func ("/analysis/tsne/gradient", test_gradient);
  g_test_add_func ("/analysis/tsne/peer", test_peer);
  g_test_add_func ("/analysis/tsne/clusters", test_clusters);
  g_test_add_func ("/analysis/tsne/steps", test_steps);
  g_test_add_func ("/analysis/tsne/small", test_small);
  g_test_add_func ("/analysis/tsne/errors", test_errors);
  return g_test_run ();
}
