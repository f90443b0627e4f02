#include "analysis/classifier-private.h"

#include <math.h>
#include <string.h>

static const char *const names[] = {
    [ANALYSIS_CLASSIFIER_BAYES] = "nb",
    [ANALYSIS_CLASSIFIER_NEIGHBORS] = "knn",
    [ANALYSIS_CLASSIFIER_LOGISTIC] = "logistic",
};

AnalysisClassifierSettings
analysis_classifier_default (void)
{
  return (AnalysisClassifierSettings){
      .method = ANALYSIS_CLASSIFIER_LOGISTIC, .balanced = true, .n_neighbors = 5, .c = 1};
}

const char *
analysis_classifier_to_string (AnalysisClassifierMethod method)
{
  return names[method];
}

bool
analysis_classifier_from_string (const char *name, AnalysisClassifierMethod *method)
{
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0) {
      *method = (AnalysisClassifierMethod)i;
      return true;
    }
  return false;
}

void
analysis_classifier_softmax (double *log_odds, size_t n_classes)
{
  double largest = -INFINITY, sum = 0;
  for (size_t c = 0; c < n_classes; c++)
    largest = fmax (largest, log_odds[c]);
  for (size_t c = 0; c < n_classes; c++)
    sum += log_odds[c] = exp (log_odds[c] - largest);
  for (size_t c = 0; c < n_classes; c++)
    log_odds[c] /= sum;
}

static void
count (AnalysisClassifier *classifier, const uint32_t *label, size_t n)
{
  const size_t n_classes = classifier->n_classes;
  classifier->sizes = g_new0 (size_t, n_classes);
  classifier->share = g_new0 (double, n_classes);
  size_t n_filled = 0;
  for (size_t i = 0; i < n; i++)
    n_filled += classifier->sizes[label[i]]++ == 0;
  for (size_t c = 0; c < n_classes; c++)
    if (classifier->sizes[c] > 0)
      classifier->share[c] =
          classifier->settings.balanced
              ? (double)n / ((double)n_filled * (double)classifier->sizes[c])
              : 1;
}

AnalysisClassifier *
analysis_classifier_new (const AnalysisMatrix *x, const uint32_t *label, size_t n_classes,
                         const AnalysisClassifierSettings *settings)
{
  AnalysisClassifier *classifier = g_new0 (AnalysisClassifier, 1);
  classifier->settings = *settings;
  classifier->n_classes = n_classes;
  classifier->d = x->columns;
  count (classifier, label, x->rows);
  switch (settings->method) {
  case ANALYSIS_CLASSIFIER_BAYES:
    analysis_classifier_fit_bayes (classifier, x, label);
    break;
  case ANALYSIS_CLASSIFIER_NEIGHBORS:
    classifier->rows = (AnalysisMatrix){
        x->rows, x->columns, g_memdup2 (x->data, x->rows * x->columns * sizeof (float))};
    classifier->label = g_memdup2 (label, x->rows * sizeof (uint32_t));
    break;
  case ANALYSIS_CLASSIFIER_LOGISTIC:
    analysis_classifier_fit_logistic (classifier, x, label);
    break;
  }
  return classifier;
}

void
analysis_classifier_free (AnalysisClassifier *classifier)
{
  if (classifier == NULL)
    return;
  g_free (classifier->sizes);
  g_free (classifier->share);
  g_free (classifier->first);
  g_free (classifier->second);
  g_free (classifier->label);
  analysis_matrix_clear (&classifier->rows);
  g_free (classifier);
}

/* A little of the vote that the nearest has more decides between equal ones. */
static void
vote (const AnalysisClassifier *classifier, double *probability, const uint32_t *index,
      size_t k)
{
  memset (probability, 0, classifier->n_classes * sizeof (double));
  double sum = 0;
  for (size_t j = 0; j < k; j++) {
    const uint32_t label = classifier->label[index[j]];
    const double weight = classifier->share[label] * (j == 0 ? 1 + 1e-9 : 1);
    probability[label] += weight;
    sum += weight;
  }
  for (size_t c = 0; c < classifier->n_classes; c++)
    probability[c] /= sum;
}

static void
vote_all (const AnalysisClassifier *classifier, double *probability,
          const AnalysisNeighbors *found)
{
  for (size_t i = 0; i < found->n; i++)
    vote (classifier, probability + i * classifier->n_classes,
          found->index + i * found->k, found->k);
}

static void
predict_neighbors (const AnalysisClassifier *classifier, double *probability,
                   const AnalysisMatrix *x)
{
  const size_t k = MIN (classifier->settings.n_neighbors, classifier->rows.rows);
  g_auto (AnalysisNeighbors) found = {0};
  /* All rows are finite and k fits: nothing can fail. */
  const bool done =
      analysis_neighbors_of (x, &classifier->rows, k, NULL, NULL, &found, NULL);
  g_assert (done);
  vote_all (classifier, probability, &found);
}

void
analysis_classifier_predict (const AnalysisClassifier *classifier, double *probability,
                             const AnalysisMatrix *x)
{
  if (x->rows == 0)
    return;
  if (classifier->settings.method == ANALYSIS_CLASSIFIER_NEIGHBORS) {
    predict_neighbors (classifier, probability, x);
    return;
  }
  for (size_t i = 0; i < x->rows; i++) {
    double *row = probability + i * classifier->n_classes;
    if (classifier->settings.method == ANALYSIS_CLASSIFIER_BAYES)
      analysis_classifier_bayes (classifier, row, x->data + i * x->columns);
    else
      analysis_classifier_logistic (classifier, row, x->data + i * x->columns);
    analysis_classifier_softmax (row, classifier->n_classes);
  }
}

/* label (m), overwritten, of probability (m, classes). */
static void
choose (uint32_t *label, const double *probability, size_t m, size_t n_classes)
{
  for (size_t i = 0; i < m; i++) {
    label[i] = 0;
    for (uint32_t c = 1; c < n_classes; c++)
      if (probability[i * n_classes + c] > probability[i * n_classes + label[i]])
        label[i] = c;
  }
}

void
analysis_classifier_decide (const AnalysisClassifier *classifier, uint32_t *label,
                            const AnalysisMatrix *x)
{
  g_autofree double *probability = g_new (double, x->rows * classifier->n_classes + 1);
  analysis_classifier_predict (classifier, probability, x);
  choose (label, probability, x->rows, classifier->n_classes);
}

void
analysis_classifier_decide_among (const AnalysisClassifier *classifier, uint32_t *label,
                                  const AnalysisNeighbors *found)
{
  g_autofree double *probability = g_new (double, found->n * classifier->n_classes + 1);
  vote_all (classifier, probability, found);
  choose (label, probability, found->n, classifier->n_classes);
}
