/* What the classifiers share. */
#pragma once

#include "analysis/classifier.h"

struct AnalysisClassifier {
  AnalysisClassifierSettings settings;
  size_t n_classes, d;
  size_t *sizes;  /* (n_classes) training rows of each; owned */
  double *share;  /* (n_classes) what a row of the class counts, 0 without rows; owned */
  double *first;  /* Bayes: means (classes, d); logistic: W (classes, d), b; owned */
  double *second; /* Bayes: variances (classes, d); owned */
  AnalysisMatrix rows; /* neighbours: the training rows; owned */
  uint32_t *label;     /* and their classes; owned */
};

/* log_odds (n_classes) become probabilities: exp, their sum 1. −∞ is 0. */
void analysis_classifier_softmax (double *log_odds, size_t n_classes);

void analysis_classifier_fit_bayes (AnalysisClassifier *classifier,
                                    const AnalysisMatrix *x, const uint32_t *label);
/* log_odds (n_classes), overwritten, of row (d). */
void analysis_classifier_bayes (const AnalysisClassifier *classifier, double *log_odds,
                                const float *row);
void analysis_classifier_fit_logistic (AnalysisClassifier *classifier,
                                       const AnalysisMatrix *x, const uint32_t *label);
void analysis_classifier_logistic (const AnalysisClassifier *classifier, double *log_odds,
                                   const float *row);
