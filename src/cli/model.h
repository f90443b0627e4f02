/* What several commands do with a library's model. */
#pragma once

#include "analysis/embedding.h"
#include "analysis/model.h"
#include "seismic/library.h"

/* Embeds the library by the model of that run (NULL: the current one), with progress;
 * stops at Ctrl-C. */
AnalysisEmbedding *cli_model_embed (SeismicLibrary *library, const char *run,
                                    AnalysisEmbeddingKind kind, GError **error);
/* "time" and, for each component, original and reconstruction in counts a sample, a row a
 * sample. */
GString *cli_model_reconstruction_csv (const SeismicSignalInfo *info,
                                       const AnalysisReconstruction *reconstruction);
/* "id,x,y,event_type", a row a signal; scores (n, 2). */
GString *cli_model_projection_csv (const AnalysisEmbedding *embedding,
                                   const AnalysisMatrix *scores);
