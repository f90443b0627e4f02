#include "session/projection.h"

#include "analysis/pca.h"

SaeProjection *
sae_projection_new (AnalysisEmbedding *embedding, GError **error)
{
  SaeProjection *self = g_new0 (SaeProjection, 1);

  g_atomic_ref_count_init (&self->count);
  self->embedding = embedding;
  if (analysis_pca (&embedding->values, 2, &self->xy, self->explained, error))
    return self;
  sae_projection_unref (self);
  return NULL;
}

SaeProjection *
sae_projection_ref (const SaeProjection *projection)
{
  SaeProjection *self = (SaeProjection *)projection;

  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
sae_projection_unref (gpointer projection)
{
  SaeProjection *self = projection;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  analysis_embedding_free (self->embedding);
  analysis_matrix_clear (&self->xy);
  g_free (self);
}
