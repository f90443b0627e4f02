/* SaeLayout: where the points of a projection stand in the plane, as it is being found.
 * Signal "changed" (main thread, coalesced: at most one pending). Main thread unless
 * said. */
#pragma once

#include "analysis/matrix.h"
#include <glib-object.h>

typedef enum { SAE_LAYOUT_PCA, SAE_LAYOUT_TSNE, SAE_LAYOUT_UMAP } SaeLayoutMethod;
#define SAE_N_LAYOUTS 3

typedef struct {
  SaeLayoutMethod method;
  double perplexity;   /* of t-SNE, at least 1 */
  size_t n_neighbors;  /* of UMAP, at least 2 */
  size_t n_iterations; /* 0: as many as are usual */
  guint64 seed;
} SaeLayoutSettings;

/* Perplexity 30, 15 neighbours, seed 1. */
SaeLayoutSettings sae_layout_default (SaeLayoutMethod method);

#define SAE_TYPE_LAYOUT (sae_layout_get_type ())
G_DECLARE_FINAL_TYPE (SaeLayout, sae_layout, SAE, LAYOUT, GObject)

SaeLayout *sae_layout_new (void);
/* Forgets everything; shows xy (n, 2; copied) as the principal components, or, with NULL,
 * nothing. */
void sae_layout_reset (SaeLayout *self, const AnalysisMatrix *xy);

/* A run begins; what is shown stays until its first post. The number is the run's: posts
 * of former ones count for nothing from now on. */
guint sae_layout_begin (SaeLayout *self, const SaeLayoutSettings *settings);
/* Any thread: the layout (n, 2) after `iteration` of n_iterations is copied, unless the
 * last one has not been shown yet and this is not the run's last. */
void sae_layout_post (SaeLayout *self, guint run, const AnalysisMatrix *xy,
                      size_t iteration, size_t n_iterations, gboolean is_last);
/* Shows the principal components, or the last layout found with these settings; FALSE if
 * there is none. */
gboolean sae_layout_recall (SaeLayout *self, const SaeLayoutSettings *settings);

/* (n, 2); n 0 when there is nothing. Borrowed, until the next "changed". */
const AnalysisMatrix *sae_layout_get_xy (SaeLayout *self);
/* Of what is shown. */
SaeLayoutMethod sae_layout_get_method (SaeLayout *self);
size_t sae_layout_get_iteration (SaeLayout *self);
size_t sae_layout_get_n_iterations (SaeLayout *self);
