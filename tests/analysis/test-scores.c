#include "analysis/scores.h"
#include "analysis/labels.h"

#include <math.h>

/* SciPy 1.10: scipy.stats.binomtest (k, n).proportion_ci (method='wilson'). */
static void
test_wilson (void)
{
  static const double expected[][4] = {
      {0, 10, 0, 0.27753279986288926},
      {7, 10, 0.39677814746114526, 0.892208732593699},
      {10, 10, 0.7224672001371109, 1},
      {81, 263, 0.2552885198782742, 0.36620957698280004}};
  double low = -1, high = -1;
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    analysis_wilson (&low, &high, expected[i][0] / expected[i][1], expected[i][1]);
    g_assert_cmpfloat_with_epsilon (low, expected[i][2], 1e-12);
    g_assert_cmpfloat_with_epsilon (high, expected[i][3], 1e-12);
  }
  analysis_wilson (&low, &high, 0, 0);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 1);
}

/* Recalls 9/10 of 5 events and 1/2 of 2; a class without rows does not count. */
static void
test_balanced (void)
{
  const size_t confusion[] = {9, 1, 0, 2, 2, 0, 0, 0, 0}, n_events[] = {5, 2, 0};
  AnalysisShare recall[3];
  const AnalysisShare balanced =
      analysis_balanced_accuracy (recall, confusion, n_events, 3);
  double low[2], high[2];
  analysis_wilson (&low[0], &high[0], 0.9, 5);
  analysis_wilson (&low[1], &high[1], 0.5, 2);
  g_assert_cmpfloat (recall[0].low, ==, low[0]);
  g_assert_cmpfloat (recall[1].high, ==, high[1]);
  g_assert_true (isnan (recall[2].value));
  g_assert_cmpfloat_with_epsilon (balanced.value, 0.7, 1e-12);
  g_assert_cmpfloat_with_epsilon (balanced.low,
                                  0.7 - hypot (0.9 - low[0], 0.5 - low[1]) / 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (balanced.high,
                                  0.7 + hypot (high[0] - 0.9, high[1] - 0.5) / 2, 1e-12);

  /* All right is not certain, and one class alone has its own interval. */
  const size_t right[] = {20, 0, 0, 20}, ten[] = {10, 10};
  const AnalysisShare perfect = analysis_balanced_accuracy (NULL, right, ten, 2);
  g_assert_cmpfloat (perfect.value, ==, 1);
  g_assert_cmpfloat_with_epsilon (perfect.low, 1 - (1 - 0.7224672001371109) / sqrt (2),
                                  1e-12);
  g_assert_cmpfloat (perfect.high, ==, 1);
  const size_t nothing[4] = {0};
  g_assert_true (isnan (analysis_balanced_accuracy (NULL, nothing, ten, 2).value));
}

/* That the interval covers what is true: in 2000 draws of 30 and 12 events told with
 * 0.8 and 0.6, about 95 times of 100. */
static void
test_coverage (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  const size_t n_events[] = {30, 12};
  size_t n_covered = 0;
  for (int i = 0; i < 2000; i++) {
    size_t confusion[4] = {0};
    for (size_t c = 0; c < 2; c++)
      for (size_t e = 0; e < n_events[c]; e++)
        confusion[2 * c + (g_rand_double (rand) < (c == 0 ? 0.8 : 0.6) ? c : 1 - c)]++;
    const AnalysisShare share = analysis_balanced_accuracy (NULL, confusion, n_events, 2);
    n_covered += share.low <= 0.7 && 0.7 <= share.high;
  }
  g_assert_cmpuint (n_covered, >=, 1860);
  g_assert_cmpuint (n_covered, <=, 1970);
}

static void
test_confusion (void)
{
  const uint32_t truth[] = {0, 1, 1, ANALYSIS_NO_LABEL, 1},
                 predicted[] = {0, 0, 1, ANALYSIS_NO_LABEL, 1};
  size_t confusion[4] = {1, 0, 0, 0};
  analysis_confusion_add (confusion, truth, predicted, 5, 2);
  g_assert_cmpuint (confusion[0], ==, 2);
  g_assert_cmpuint (confusion[1], ==, 0);
  g_assert_cmpuint (confusion[2], ==, 1);
  g_assert_cmpuint (confusion[3], ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/scores/wilson", test_wilson);
  g_test_add_func ("/analysis/scores/balanced", test_balanced);
  g_test_add_func ("/analysis/scores/coverage", test_coverage);
  g_test_add_func ("/analysis/scores/confusion", test_confusion);
  return g_test_run ();
}
