/* Figures of what the commands have at hand. All fail with PLOT_ERROR; records of network
 * SY are said to be synthetic. */
#pragma once

#include "analysis/classification.h"
#include "analysis/clustering.h"
#include "analysis/embedding.h"
#include "analysis/model.h"
#include "seismic/library.h"

/* Where a figure goes. */
typedef struct {
  const char *path; /* PNG, SVG or PDF by its suffix; or NULL: … */
  GBytes **svg;     /* … *svg is the new SVG */
} CliFigureTarget;

static inline CliFigureTarget
cli_figure_file (const char *path)
{
  return (CliFigureTarget){path, NULL};
}

static inline CliFigureTarget
cli_figure_svg (GBytes **svg)
{
  return (CliFigureTarget){NULL, svg};
}

/* The suffixes that the figures take, NULL-terminated; with ".csv" before them. */
extern const char *const cli_figure_suffixes[];
extern const char *const cli_figure_or_csv_suffixes[];

/* Three components. event_id may be NULL. */
bool cli_figure_signal (CliFigureTarget target, const SeismicSignal *signal,
                        const char *event_id, GError **error);
/* Original under reconstruction, and the residual. */
bool cli_figure_reconstruction (CliFigureTarget target, const SeismicSignalInfo *info,
                                const AnalysisReconstruction *reconstruction,
                                GError **error);
typedef struct {
  const char *method;      /* a name; NULL: principal components, which have … */
  const double *explained; /* … (2) shares of the variance */
  const AnalysisClustering *clustering; /* colours; NULL: by event type */
} CliProjection;

/* layout (n, 2) of the embedding's rows. */
bool cli_figure_projection (CliFigureTarget target, const AnalysisEmbedding *embedding,
                            const AnalysisMatrix *layout, const CliProjection *projection,
                            GError **error);
/* history: NnEpoch. */
bool cli_figure_loss (CliFigureTarget target, const GArray *history, GError **error);
/* The confusion matrix of the embedding's classifier. */
bool cli_figure_confusion (CliFigureTarget target,
                           const AnalysisClassification *classification,
                           const AnalysisValidationSettings *settings, GError **error);
