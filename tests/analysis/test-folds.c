#include "analysis/folds.h"
#include "analysis/error.h"
#include "support/signals.h"

#include <string.h>

/* No event in two folds; of each class's events the folds have equal numbers, up to one.
 */
static void
test_laws (void)
{
  for (size_t n_folds = 2; n_folds <= 7; n_folds++) {
    g_autoptr (GPtrArray) signals = two_classes (53, 6);
    g_auto (AnalysisLabels) labels = {0};
    analysis_labels_init (&labels, signals, NULL);
    uint32_t fold[106];
    g_assert_true (analysis_folds (fold, &labels, n_folds, 1, NULL));
    size_t count[2][7] = {{0}};
    for (size_t i = 0; i < 106; i += 2) {
      g_assert_cmpuint (fold[i], ==, fold[i + 1]);
      g_assert_cmpuint (fold[i], <, n_folds);
      count[labels.label[i]][fold[i]]++;
    }
    for (size_t c = 0; c < 2; c++)
      for (size_t f = 1; f < n_folds; f++)
        g_assert_cmpint (ABS ((int)count[c][f] - (int)count[c][0]), <=, 1);
  }
}

/* The signals' order does not matter, the seed does; what has no label is nowhere. */
static void
test_order (void)
{
  g_autoptr (GPtrArray) signals = two_classes (40, 4);
  add_signal (signals, "f", "AAA", "");
  g_auto (AnalysisLabels) labels = {0}, turned = {0};
  analysis_labels_init (&labels, signals, NULL);
  uint32_t fold[81], fold_turned[81], fold_seed[81];
  g_assert_true (analysis_folds (fold, &labels, 5, 1, NULL));
  g_assert_true (analysis_folds (fold_seed, &labels, 5, 2, NULL));
  g_assert_cmpint (memcmp (fold, fold_seed, sizeof fold), !=, 0);
  g_assert_cmpuint (fold[80], ==, ANALYSIS_NO_FOLD);
  for (size_t i = 0; i < 40; i++) {
    gpointer one = signals->pdata[i];
    signals->pdata[i] = signals->pdata[80 - i];
    signals->pdata[80 - i] = one;
  }
  analysis_labels_init (&turned, signals, NULL);
  g_assert_true (analysis_folds (fold_turned, &turned, 5, 1, NULL));
  for (size_t i = 0; i < 81; i++)
    g_assert_cmpuint (fold_turned[i], ==, fold[80 - i]);
}

static void
test_errors (void)
{
  g_autoptr (GPtrArray) signals = two_classes (20, 6); /* four explosions */
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  uint32_t fold[40] = {77};
  g_autoptr (GError) error = NULL;
  g_assert_false (analysis_folds (fold, &labels, 5, 1, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_nonnull (strstr (error->message, "explosion"));
  g_assert_true (analysis_folds (fold, &labels, 4, 1, NULL));
  g_clear_error (&error);
  analysis_labels_drop_rare (&labels, 5, NULL);
  fold[0] = 77;
  g_assert_false (analysis_folds (fold, &labels, 2, 1, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_cmpuint (fold[0], ==, 77);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/folds/laws", test_laws);
  g_test_add_func ("/analysis/folds/order", test_order);
  g_test_add_func ("/analysis/folds/errors", test_errors);
  return g_test_run ();
}
