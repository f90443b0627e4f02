/* What a confusion matrix says. Pure functions. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* low, high: Wilson's interval (1927, doi 10.1080/01621459.1927.10502953) of the share p
 * of n trials, n > 0; of confidence 95 %. n = 0: 0 … 1. */
void analysis_wilson (double *low, double *high, double p, double n);

/* A value and its interval of 95 %. */
typedef struct {
  double value, low, high;
} AnalysisShare;

/* confusion (classes, classes), += 1 for each of n rows: at its truth's row and its
 * prediction's column; rows of truth ANALYSIS_NO_LABEL do not count. */
void analysis_confusion_add (size_t *confusion, const uint32_t *truth,
                             const uint32_t *predicted, size_t n, size_t n_classes);

/* recall (classes), may be NULL, overwritten: of each class the share of its rows that
 * were told. Its interval is Wilson's with as many trials as the class has events,
 * n_events (classes): records of one event are alike, and together are taken for one
 * observation, which is on the safe side. Returns the balanced accuracy, the mean of the
 * recalls of the classes that have rows, with the interval that follows from theirs by
 * the method of variance estimates recovery (Zou and Donner 2008, doi 10.1002/sim.3095,
 * eq. 3 and 4): value ∓ √Σ ((recall − its end) / classes)². */
AnalysisShare analysis_balanced_accuracy (AnalysisShare *recall, const size_t *confusion,
                                          const size_t *n_events, size_t n_classes);
