/* All embeddings of a library with their principal components: what the Explore page
 * stands on. Nothing in it changes once it is made: any thread may read it. */
#pragma once

#include "analysis/embedding.h"

typedef struct {
  AnalysisEmbedding *embedding; /* rows of xy and of embedding->signals go together */
  AnalysisMatrix xy;            /* (n, 2) */
  double explained[2];          /* shares of the variance */
  GHashTable *rows; /* const char *id → row + 1, see sae_projection_find () */

  gatomicrefcount count;
} SaeProjection;

/* Takes ownership of embedding, also on failure: NULL with the errors of analysis_pca. */
SaeProjection *sae_projection_new (AnalysisEmbedding *embedding, GError **error);
/* TRUE if the same signals are their rows. */
gboolean sae_projection_is_of_rows (const SaeProjection *projection,
                                    const SaeProjection *other);
SaeProjection *sae_projection_ref (const SaeProjection *projection);
/* The row of the signal of that id (NULL: of none), SAE_NO_ROW if it has none. */
#define SAE_NO_ROW G_MAXUINT
guint sae_projection_find (const SaeProjection *projection, const char *id);
/* A GDestroyNotify. */
void sae_projection_unref (gpointer projection);
