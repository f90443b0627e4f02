/* Gaussian naive Bayes. */
#include "analysis/classifier-private.h"

#include <math.h>

/* Share of the largest column's variance that is added to all, as in scikit-learn. */
#define SMOOTHING 1e-9

/* The largest variance of a column over all rows. */
static double
largest_variance (const AnalysisMatrix *x)
{
  double largest = 0;
  for (size_t j = 0; j < x->columns; j++) {
    double mean = 0, squares = 0;
    for (size_t i = 0; i < x->rows; i++)
      mean += x->data[i * x->columns + j] / (double)x->rows;
    for (size_t i = 0; i < x->rows; i++) {
      const double difference = x->data[i * x->columns + j] - mean;
      squares += difference * difference;
    }
    largest = fmax (largest, squares / (double)x->rows);
  }
  return largest;
}

void
analysis_classifier_fit_bayes (AnalysisClassifier *classifier, const AnalysisMatrix *x,
                               const uint32_t *label)
{
  const size_t d = x->columns, n_all = classifier->n_classes * d;
  double *mean = classifier->first = g_new0 (double, n_all);
  double *variance = classifier->second = g_new0 (double, n_all);
  for (size_t i = 0; i < x->rows; i++)
    for (size_t j = 0; j < d; j++)
      mean[label[i] * d + j] += x->data[i * d + j] / (double)classifier->sizes[label[i]];
  for (size_t i = 0; i < x->rows; i++)
    for (size_t j = 0; j < d; j++) {
      const double difference = x->data[i * d + j] - mean[label[i] * d + j];
      variance[label[i] * d + j] +=
          difference * difference / (double)classifier->sizes[label[i]];
    }
  const double added = SMOOTHING * largest_variance (x);
  for (size_t j = 0; j < n_all; j++)
    variance[j] += added > 0 ? added : 1; /* all rows equal: nothing can be told */
}

void
analysis_classifier_bayes (const AnalysisClassifier *classifier, double *log_odds,
                           const float *row)
{
  const size_t d = classifier->d;
  for (size_t c = 0; c < classifier->n_classes; c++) {
    /* The prior: the class's share of all that counts. */
    log_odds[c] = log ((double)classifier->sizes[c] * classifier->share[c]);
    const double *mean = classifier->first + c * d,
                 *variance = classifier->second + c * d;
    for (size_t j = 0; j < d && classifier->sizes[c] > 0; j++) {
      const double difference = row[j] - mean[j];
      log_odds[c] -=
          (log (2 * G_PI * variance[j]) + difference * difference / variance[j]) / 2;
    }
  }
}
