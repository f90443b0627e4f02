/* Classifiers of rows of numbers. What they are given is scaled already; every row has a
 * class. Deterministic; any thread.
 *
 * Gaussian naive Bayes: each column of each class a normal distribution of its own, its
 * variance raised by 1e-9 of the largest column's. k nearest neighbours: the class with
 * most votes, of equal ones that of the nearest. Logistic regression: softmax over x W +
 * b, ½ |W|² + C Σ_i s_i (−log p_i), least by L-BFGS (Liu and Nocedal 1989,
 * doi 10.1007/BF01589116); C = 1 as scikit-learn's.
 *
 * Balanced, every class counts the same however many rows it has: equal priors, votes of
 * 1 / rows of the class, s_i = n / (classes × rows of the class). */
#pragma once

#include "analysis/neighbors.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum {
  ANALYSIS_CLASSIFIER_BAYES,
  ANALYSIS_CLASSIFIER_NEIGHBORS,
  ANALYSIS_CLASSIFIER_LOGISTIC
} AnalysisClassifierMethod;

typedef struct {
  AnalysisClassifierMethod method;
  bool balanced;
  size_t n_neighbors; /* ≥ 1; fewer where there are fewer rows */
  double c;           /* > 0: of the logistic regression */
} AnalysisClassifierSettings;

/* Logistic, balanced; 5 neighbours, C = 1. Naive Bayes takes the numbers of an embedding
 * for independent, which they are not. */
AnalysisClassifierSettings analysis_classifier_default (void);

/* "nb", "knn", "logistic". FALSE if there is none of that name. */
const char *analysis_classifier_to_string (AnalysisClassifierMethod method);
bool analysis_classifier_from_string (const char *name, AnalysisClassifierMethod *method);

typedef struct AnalysisClassifier AnalysisClassifier;

/* From x (n, d), n, d ≥ 1, finite, with label (n) below n_classes, of which some may have
 * no rows. Copies what it needs. */
AnalysisClassifier *analysis_classifier_new (const AnalysisMatrix *x,
                                             const uint32_t *label, size_t n_classes,
                                             const AnalysisClassifierSettings *settings);
void analysis_classifier_free (AnalysisClassifier *classifier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisClassifier, analysis_classifier_free)

/* probability (m, n_classes), overwritten: of each row of x (m, d), the sum of a row 1.
 * A class without training rows has 0. */
void analysis_classifier_predict (const AnalysisClassifier *classifier,
                                  double *probability, const AnalysisMatrix *x);
/* label (m), overwritten: the most probable class, of equal ones the first. */
void analysis_classifier_decide (const AnalysisClassifier *classifier, uint32_t *label,
                                 const AnalysisMatrix *x);
/* The same by the nearest neighbours of rows that were looked for before, found (m, k):
 * they are the same whatever the labels. Of the method NEIGHBORS alone. */
void analysis_classifier_decide_among (const AnalysisClassifier *classifier,
                                       uint32_t *label, const AnalysisNeighbors *found);
