#include "session/projection.h"

#include "analysis/pca.h"

SaeProjection *
sae_projection_new (AnalysisEmbedding *embedding, GError **error)
{
  SaeProjection *self = g_new0 (SaeProjection, 1);

  g_atomic_ref_count_init (&self->count);
  self->embedding = embedding;
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < embedding->signals->len; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (embedding->signals, i);

    g_hash_table_insert (self->rows, info->id, GUINT_TO_POINTER (i + 1));
  }
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

gboolean
sae_projection_is_of_rows (const SaeProjection *projection, const SaeProjection *other)
{
  GPtrArray *signals = projection->embedding->signals;

  if (signals->len != other->embedding->signals->len)
    return FALSE;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (signals, i);

    if (sae_projection_find (other, info->id) != i)
      return FALSE;
  }
  return TRUE;
}

guint
sae_projection_find (const SaeProjection *projection, const char *id)
{
  gpointer row = id ? g_hash_table_lookup (projection->rows, id) : NULL;

  return row ? GPOINTER_TO_UINT (row) - 1 : SAE_NO_ROW;
}

void
sae_projection_unref (gpointer projection)
{
  SaeProjection *self = projection;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_hash_table_unref (self->rows);
  analysis_embedding_free (self->embedding);
  analysis_matrix_clear (&self->xy);
  g_free (self);
}
