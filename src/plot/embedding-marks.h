/* What each point of a projection looks like. */
#pragma once

#include "plot/embedding-plot.h"
#include <glib.h>

typedef struct {
  uint16_t *mark;  /* (n_points): in marks, or PLOT_SCATTER_NONE; owned */
  PlotMark *marks; /* owned */
  size_t n_marks;
} PlotEmbeddingMarks;

/* marks, overwritten, of plot's points by their category or number, their states, and how
 * many there are: more are smaller and let more shine through, so that density shows.
 * Categories of under a tenth of the points are larger. */
void plot_embedding_marks_init (PlotEmbeddingMarks *marks, const PlotEmbedding *plot,
                                const PlotStyle *style);
void plot_embedding_marks_clear (PlotEmbeddingMarks *marks);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlotEmbeddingMarks, plot_embedding_marks_clear)

PlotShape plot_embedding_marks_shape (const PlotEmbedding *plot, size_t category);
