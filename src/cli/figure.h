/* Figures of what the commands have at hand, into PNG, SVG or PDF by path's suffix. All
 * fail with PLOT_ERROR; records of network SY are said to be synthetic. */
#pragma once

#include "analysis/classification.h"
#include "analysis/clustering.h"
#include "analysis/embedding.h"
#include "analysis/model.h"
#include "seismic/library.h"

/* The suffixes that the figures take, NULL-terminated; with ".csv" before them. */
extern const char *const cli_figure_suffixes[];
extern const char *const cli_figure_or_csv_suffixes[];

/* Three components. event_id may be NULL. */
bool cli_figure_signal (const char *path, const SeismicSignal *signal,
                        const char *event_id, GError **error);
/* Original under reconstruction, and the residual. */
bool cli_figure_reconstruction (const char *path, const SeismicSignalInfo *info,
                                const AnalysisReconstruction *reconstruction,
                                GError **error);
typedef struct {
  const char *method;      /* a name; NULL: principal components, which have … */
  const double *explained; /* … (2) shares of the variance */
  const AnalysisClustering *clustering; /* colours; NULL: by event type */
} CliProjection;

/* layout (n, 2) of the embedding's rows. */
bool cli_figure_projection (const char *path, const AnalysisEmbedding *embedding,
                            const AnalysisMatrix *layout, const CliProjection *projection,
                            GError **error);
/* history: NnEpoch. */
bool cli_figure_loss (const char *path, const GArray *history, GError **error);
/* The confusion matrix of the embedding's classifier. */
bool cli_figure_confusion (const char *path, const AnalysisClassification *classification,
                           const AnalysisValidationSettings *settings, GError **error);
