#include "analysis/validation.h"
#include "analysis/error.h"
#include "nn/parallel.h"
#include "support/random-matrix.h"
#include "support/signals.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* Rows of noise; those of explosions are `shift` away in the first column. */
static AnalysisMatrix
shifted (const AnalysisLabels *labels, double shift)
{
  AnalysisMatrix x = random_matrix (labels->n, 4, 9);
  for (size_t i = 0; i < labels->n; i++)
    if (labels->label[i] == 1)
      x.data[4 * i] += (float)shift;
  return x;
}

/* Classes far apart are told, noise is told by chance; the test knows which is which. */
static void
test_signal_and_noise (void)
{
  g_autoptr (GPtrArray) signals = two_classes (60, 3);
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_auto (AnalysisMatrix) apart = shifted (&labels, 8), noise = shifted (&labels, 0);
  for (size_t m = 0; m <= ANALYSIS_CLASSIFIER_LOGISTIC; m++) {
    AnalysisValidationSettings settings = analysis_validation_default ();
    settings.classifier.method = (AnalysisClassifierMethod)m;
    g_auto (AnalysisValidation) good = {0}, bad = {0};
    g_assert_true (
        analysis_validate (&apart, &labels, &settings, NULL, NULL, &good, NULL));
    g_assert_true (
        analysis_validate (&noise, &labels, &settings, NULL, NULL, &bad, NULL));
    g_assert_cmpuint (good.n_signals, ==, 120);
    g_assert_cmpuint (good.n_events[1], ==, 20);
    g_assert_cmpfloat (good.chance, ==, 0.5);
    g_assert_cmpfloat (good.balanced.value, >, 0.97);
    g_assert_cmpfloat_with_epsilon (good.p_value, 1.0 / 101, 1e-12);
    g_assert_cmpfloat (good.permuted_most, <, good.balanced.value);
    g_assert_cmpfloat (bad.balanced.value, <, 0.65);
    g_assert_cmpfloat (bad.balanced.low, <, 0.5);
    g_assert_cmpfloat (bad.p_value, >, 0.03);
    size_t n = 0;
    for (size_t i = 0; i < 4; i++)
      n += good.confusion[i];
    g_assert_cmpuint (n, ==, 120);
  }
}

/* What tells an event but not its type is no help where events are held out: split by
 * rows, the nearest neighbour would always be right. */
static void
test_no_leak (void)
{
  g_autoptr (GPtrArray) signals = two_classes (60, 2);
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_auto (AnalysisMatrix) x = random_matrix (120, 4, 3);
  for (size_t i = 1; i < 120; i += 2)
    for (size_t j = 0; j < 4; j++)
      x.data[4 * i + j] = x.data[4 * (i - 1) + j] + 1e-3f;
  AnalysisValidationSettings settings = analysis_validation_default ();
  settings.classifier.method = ANALYSIS_CLASSIFIER_NEIGHBORS;
  settings.classifier.n_neighbors = 1;
  settings.n_permutations = 0;
  g_auto (AnalysisValidation) validation = {0};
  g_assert_true (
      analysis_validate (&x, &labels, &settings, NULL, NULL, &validation, NULL));
  g_assert_cmpfloat (validation.balanced.value, <, 0.7);
  g_assert_true (isnan (validation.p_value));
}

/* Signals in another order, any number of threads: every signal is told the same. */
static void
test_order (void)
{
  g_autoptr (GPtrArray) signals = two_classes (40, 3);
  g_auto (AnalysisLabels) labels = {0}, turned = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_auto (AnalysisMatrix) x = shifted (&labels, 1.5), y = {0};
  analysis_matrix_init (&y, 80, 4);
  for (size_t i = 0; i < 80; i++)
    memcpy (y.data + 4 * i, x.data + 4 * (79 - i), 4 * sizeof (float));
  AnalysisValidationSettings settings = analysis_validation_default ();
  settings.n_permutations = 20;
  g_auto (AnalysisValidation) a = {0}, b = {0}, c = {0};
  g_assert_true (analysis_validate (&x, &labels, &settings, NULL, NULL, &a, NULL));
  nn_parallel_set_threads (3);
  g_assert_true (analysis_validate (&x, &labels, &settings, NULL, NULL, &c, NULL));
  nn_parallel_set_threads (0);
  g_assert_cmpfloat (a.p_value, ==, c.p_value);
  g_assert_cmpfloat (a.permuted_most, ==, c.permuted_most);
  for (size_t i = 0; i < 40; i++) {
    gpointer one = signals->pdata[i];
    signals->pdata[i] = signals->pdata[79 - i];
    signals->pdata[79 - i] = one;
  }
  analysis_labels_init (&turned, signals, NULL);
  g_assert_true (analysis_validate (&y, &turned, &settings, NULL, NULL, &b, NULL));
  for (size_t i = 0; i < 80; i++)
    g_assert_cmpuint (a.predicted[i], ==, b.predicted[79 - i]);
}

/* Labels of signals, not of events; signals without one; unknown numbers. */
static void
test_tags (void)
{
  g_autoptr (GPtrArray) signals = two_classes (30, 2);
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  for (size_t i = 0; i < 50; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_hash_table_insert (tags, info->id, i % 2 == 0 ? "clear" : "noisy");
  }
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, tags);
  g_auto (AnalysisMatrix) x = shifted (&labels, 6);
  x.data[4] = x.data[9] = x.data[14] = NAN;
  AnalysisValidationSettings settings = analysis_validation_default ();
  g_auto (AnalysisValidation) validation = {0};
  g_assert_true (
      analysis_validate (&x, &labels, &settings, NULL, NULL, &validation, NULL));
  g_assert_cmpuint (validation.n_signals, ==, 50);
  g_assert_cmpuint (validation.predicted[55], ==, ANALYSIS_NO_LABEL);
  g_assert_cmpfloat (validation.balanced.value, >, 0.9);
  g_assert_cmpfloat (validation.p_value, <, 0.02);
}

static bool
stop (const SeismicProgress *progress, void *user_data)
{
  return progress->done < 8;
}

static void
test_errors (void)
{
  g_autoptr (GPtrArray) signals = two_classes (30, 10); /* three explosions */
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_auto (AnalysisMatrix) x = shifted (&labels, 1);
  AnalysisValidationSettings settings = analysis_validation_default ();
  g_auto (AnalysisValidation) validation = {0};
  g_autoptr (GError) error = NULL;
  g_assert_false (
      analysis_validate (&x, &labels, &settings, NULL, NULL, &validation, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  settings.n_folds = 3;
  g_assert_false (
      analysis_validate (&x, &labels, &settings, stop, NULL, &validation, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  settings.classifier.n_neighbors = 0;
  g_assert_false (
      analysis_validate (&x, &labels, &settings, NULL, NULL, &validation, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  g_clear_error (&error);
  settings = analysis_validation_default ();
  settings.n_folds = 3;
  for (size_t i = 0; i < 60 * 4; i++)
    x.data[i] = NAN;
  g_assert_false (
      analysis_validate (&x, &labels, &settings, NULL, NULL, &validation, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  g_assert_null (validation.predicted);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/validation/signal-and-noise", test_signal_and_noise);
  g_test_add_func ("/analysis/validation/no-leak", test_no_leak);
  g_test_add_func ("/analysis/validation/order", test_order);
  g_test_add_func ("/analysis/validation/tags", test_tags);
  g_test_add_func ("/analysis/validation/errors", test_errors);
  return g_test_run ();
}
