/* What a training would be, before it is begun. */
#pragma once

#include "analysis/training.h"

typedef struct {
  size_t n_training, n_validation; /* signals, on either side of the split */
  size_t n_left_out;               /* signals that the query does not take */
  size_t
      n_unfit;      /* signals that it takes, but that are too short for the network or do
                     * not hold the window; what else is wrong with one shows in reading it */
  size_t n_batches; /* of training in an epoch */
  size_t n_parameters;
  size_t memory_bytes;  /* at most at once: network, prepared signals, batches */
  double epoch_seconds; /* training and validation; without reading the signals first */
} AnalysisEstimate;

/* *estimate, overwritten, of a training by these settings (resume is not looked at; the
 * run that exists counts for nothing). Of the signals only what the catalogue says is
 * read: how long each would be, by which the batches are those of a training. The memory
 * is nn_autoencoder_measure ()'s for the largest of them. The time is measured: training
 * steps on noise in batches of that size, ever longer until one takes long enough to
 * tell, and then a line through the last two, as the work grows with the length. Some
 * tenths of a second for a classroom's network, some seconds for a large one.
 *
 * progress (may be NULL) is asked all the while, with done and total 0; FALSE ends it
 * with G_IO_ERROR_CANCELLED. Fails like analysis_train before its first batch. */
bool analysis_estimate (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
                        SeismicProgressFunc progress, void *user_data,
                        AnalysisEstimate *estimate, GError **error);
