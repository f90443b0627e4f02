#include "analysis/classifier.h"
#include "support/random-matrix.h"
#include "support/wave-points.h"

#include <string.h>

enum { N = 120, N_TRAINING = 80 };

/* Three classes that the points tell in part. In NumPy:
 *   k = np.arange (120); v = np.sin (.37 * k) + 3 * (k % 4 == 0) - np.sin (.37 * 3 * k)
 *     - 3 * (k % 4 == 2) + 1.5 * np.sin (1.3 * k)
 *   y = np.where (v < -.5, 0, np.where (v < .8, 1, 2)) */
static void
wave_labels (uint32_t *label)
{
  for (size_t k = 0; k < N; k++) {
    const double v = sin (0.37 * (double)k) + (k % 4 == 0 ? 3 : 0) -
                     sin (0.37 * 3 * (double)k) - (k % 4 == 2 ? 3 : 0) +
                     1.5 * sin (1.3 * (double)k);
    label[k] = v < -0.5 ? 0 : v < 0.8 ? 1 : 2;
  }
}

/* scikit-learn 1.2.1, taught with x[:80] in double, predict_proba (x[80:])[[0, 1, 17,
 * 39]] and how many of the 40 it tells:
 *   GaussianNB (), GaussianNB (priors=[1/3, 1/3, 1/3]), KNeighborsClassifier (5),
 *   LogisticRegression (multi_class='multinomial', solver='newton-cg', tol=1e-12), and
 * the same with class_weight='balanced', C=.1. */
static const struct {
  AnalysisClassifierSettings settings;
  double probability[4][3];
  size_t n_right;
} peers[] = {
    {{ANALYSIS_CLASSIFIER_BAYES, false, 5, 1},
     {{0.024442, 0.0115545, 0.9640036},
      {0.7733402, 0.1760375, 0.0506223},
      {0.5084216, 0.3724249, 0.1191535},
      {0.2479011, 0.5681397, 0.1839592}},
     30},
    {{ANALYSIS_CLASSIFIER_BAYES, true, 5, 1},
     {{0.0231993, 0.0348951, 0.9419056},
      {0.5581384, 0.4042517, 0.0376099},
      {0.2799574, 0.6525022, 0.0675404},
      {0.1104242, 0.8052235, 0.0843523}},
     28},
    {{ANALYSIS_CLASSIFIER_NEIGHBORS, false, 5, 1},
     {{0, 0, 1}, {0.6, 0.4, 0}, {0.4, 0.2, 0.4}, {0.6, 0, 0.4}},
     SIZE_MAX}, /* equal votes are decided otherwise */
    {{ANALYSIS_CLASSIFIER_LOGISTIC, false, 5, 1},
     {{0.13487559, 0.11988544, 0.74523896},
      {0.95055491, 0.04855145, 0.00089364},
      {0.90851033, 0.08623536, 0.00525431},
      {0.35647701, 0.32265408, 0.32086891}},
     31},
    {{ANALYSIS_CLASSIFIER_LOGISTIC, true, 5, 0.1},
     {{0.22975099, 0.18179344, 0.58845557},
      {0.57304391, 0.38391537, 0.04304072},
      {0.51521685, 0.41096927, 0.07381388},
      {0.26977877, 0.48589373, 0.24432750}},
     30},
};

static void
test_peer (void)
{
  g_auto (AnalysisMatrix) x = wave_points (N);
  uint32_t label[N];
  wave_labels (label);
  const AnalysisMatrix training = {N_TRAINING, 5, x.data};
  const AnalysisMatrix rest = {N - N_TRAINING, 5, x.data + 5 * N_TRAINING};
  static const size_t rows[] = {0, 1, 17, 39};
  for (size_t p = 0; p < G_N_ELEMENTS (peers); p++) {
    g_autoptr (AnalysisClassifier) classifier =
        analysis_classifier_new (&training, label, 3, &peers[p].settings);
    double probability[N - N_TRAINING][3];
    uint32_t decided[N - N_TRAINING];
    analysis_classifier_predict (classifier, probability[0], &rest);
    for (size_t i = 0; i < 4; i++)
      for (size_t c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon (probability[rows[i]][c],
                                        peers[p].probability[i][c], 3e-6);
    analysis_classifier_decide (classifier, decided, &rest);
    size_t n_right = 0;
    for (size_t i = 0; i < N - N_TRAINING; i++)
      n_right += decided[i] == label[N_TRAINING + i];
    if (peers[p].n_right != SIZE_MAX)
      g_assert_cmpuint (n_right, ==, peers[p].n_right);
  }
}

/* Balanced, a class that is there ten times over weighs no more than before. */
static void
test_balanced (void)
{
  size_t cluster[60];
  g_auto (AnalysisMatrix) x = clustered_matrix (60, 3, 2, 0.8, 5, cluster);
  g_auto (AnalysisMatrix) more = {0};
  analysis_matrix_init (&more, 600, 3);
  uint32_t label[60], more_label[600];
  size_t n = 0;
  for (size_t i = 0; i < 60; i++) {
    label[i] = (uint32_t)cluster[i];
    for (size_t r = 0; r < (label[i] == 1 ? 10 : 1); r++, n++) {
      memcpy (more.data + 3 * n, x.data + 3 * i, 3 * sizeof (float));
      more_label[n] = label[i];
    }
  }
  more.rows = n;
  for (size_t m = 0; m <= ANALYSIS_CLASSIFIER_LOGISTIC; m++) {
    AnalysisClassifierSettings settings = analysis_classifier_default ();
    settings.method = (AnalysisClassifierMethod)m;
    settings.c = 1e3; /* so that the number of rows hardly matters to the penalty */
    if (m == ANALYSIS_CLASSIFIER_NEIGHBORS)
      continue; /* ten of a kind are all of the nearest */
    g_autoptr (AnalysisClassifier) one =
        analysis_classifier_new (&x, label, 2, &settings);
    g_autoptr (AnalysisClassifier) ten =
        analysis_classifier_new (&more, more_label, 2, &settings);
    double p[60][2], q[60][2];
    analysis_classifier_predict (one, p[0], &x);
    analysis_classifier_predict (ten, q[0], &x);
    for (size_t i = 0; i < 60; i++)
      g_assert_cmpfloat_with_epsilon (p[i][0], q[i][0], 2e-3);
  }
}

/* Of three neighbours two are of the common class, but the one of the rare class counts
 * more when balanced. Equal votes: the nearest decides. */
static void
test_votes (void)
{
  float data[] = {0, 1, 2, 30, 31, 32, 33, 34}, asked[] = {0.4f};
  const uint32_t label[] = {1, 0, 0, 0, 0, 0, 0, 0};
  const AnalysisMatrix x = {8, 1, data}, query = {1, 1, asked};
  uint32_t decided = 9;
  AnalysisClassifierSettings settings = analysis_classifier_default ();
  settings.method = ANALYSIS_CLASSIFIER_NEIGHBORS;
  settings.n_neighbors = 3;
  for (int balanced = 0; balanced < 2; balanced++) {
    settings.balanced = balanced;
    g_autoptr (AnalysisClassifier) classifier =
        analysis_classifier_new (&x, label, 2, &settings);
    analysis_classifier_decide (classifier, &decided, &query);
    g_assert_cmpuint (decided, ==, balanced);
    g_auto (AnalysisNeighbors) found = {0};
    g_assert_true (analysis_neighbors_of (&query, &x, 3, NULL, NULL, &found, NULL));
    decided = 9;
    analysis_classifier_decide_among (classifier, &decided, &found);
    g_assert_cmpuint (decided, ==, balanced);
  }
  settings.n_neighbors = 2;
  settings.balanced = false;
  g_autoptr (AnalysisClassifier) two = analysis_classifier_new (&x, label, 2, &settings);
  analysis_classifier_decide (two, &decided, &query);
  g_assert_cmpuint (decided, ==, 1);
}

/* A class that was not taught is never told; one row, equal rows: finite. */
static void
test_edges (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (20, 2, 1);
  g_auto (AnalysisMatrix) same = {0};
  analysis_matrix_init (&same, 20, 2);
  uint32_t label[20], decided[20];
  double probability[20][3];
  for (uint32_t i = 0; i < 20; i++)
    label[i] = i % 2 == 0 ? 0 : 2;
  for (size_t m = 0; m <= ANALYSIS_CLASSIFIER_LOGISTIC; m++) {
    AnalysisClassifierSettings settings = analysis_classifier_default ();
    settings.method = (AnalysisClassifierMethod)m;
    g_autoptr (AnalysisClassifier) classifier =
        analysis_classifier_new (&x, label, 3, &settings);
    analysis_classifier_predict (classifier, probability[0], &x);
    analysis_classifier_decide (classifier, decided, &x);
    for (size_t i = 0; i < 20; i++) {
      g_assert_cmpuint (decided[i], !=, 1);
      g_assert_cmpfloat (probability[i][1], ==, 0);
      g_assert_cmpfloat_with_epsilon (probability[i][0] + probability[i][2], 1, 1e-12);
    }
    g_autoptr (AnalysisClassifier) equal =
        analysis_classifier_new (&same, label, 3, &settings);
    analysis_classifier_predict (equal, probability[0], &x);
    for (size_t i = 0; i < 20; i++)
      g_assert_cmpfloat_with_epsilon (probability[i][0] + probability[i][2], 1, 1e-12);
    const AnalysisMatrix one = {1, 2, x.data}, none = {0, 2, x.data};
    g_autoptr (AnalysisClassifier) single =
        analysis_classifier_new (&one, label, 3, &settings);
    analysis_classifier_decide (single, decided, &x);
    g_assert_cmpuint (decided[19], ==, 0);
    analysis_classifier_decide (single, decided, &none);
  }
}

static void
test_names (void)
{
  AnalysisClassifierMethod method = ANALYSIS_CLASSIFIER_BAYES;
  g_assert_false (analysis_classifier_from_string ("svm", &method));
  for (size_t m = 0; m <= ANALYSIS_CLASSIFIER_LOGISTIC; m++) {
    g_assert_true (analysis_classifier_from_string (
        analysis_classifier_to_string ((AnalysisClassifierMethod)m), &method));
    g_assert_cmpuint (method, ==, m);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/classifier/peer", test_peer);
  g_test_add_func ("/analysis/classifier/balanced", test_balanced);
  g_test_add_func ("/analysis/classifier/votes", test_votes);
  g_test_add_func ("/analysis/classifier/edges", test_edges);
  g_test_add_func ("/analysis/classifier/names", test_names);
  return g_test_run ();
}
