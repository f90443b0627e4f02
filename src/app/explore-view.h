/* SaeExploreView: the projection of a session as a scatter plot with what belongs to it:
 * how it is laid out and coloured, the tools, the legend, the hovered point's card. It
 * shows the session's layout, selection and selected signal, and changes them.
 *
 * Properties:
 *   session  SaeSession  read-write, set once
 *   color-by int         read-write: SaeColorBy */
#pragma once

#include "app/scatter-chart.h"
#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_EXPLORE_VIEW (sae_explore_view_get_type ())
G_DECLARE_FINAL_TYPE (SaeExploreView, sae_explore_view, SAE, EXPLORE_VIEW, AdwBin)

SaeScatterChart *sae_explore_view_get_chart (SaeExploreView *self);
/* What is taken as the embedding, as it is chosen in the options. */
AnalysisEmbeddingKind sae_explore_view_get_embedding (SaeExploreView *self);
/* The settings of a layout by this method, as they stand in the options. */
SaeLayoutSettings sae_explore_view_get_settings (SaeExploreView *self,
                                                 SaeLayoutMethod method);
/* Computes the chosen layout again, with the options as they are now. */
void sae_explore_view_lay_out (SaeExploreView *self);
/* Where the signal in hand is shown over its reconstruction, for a report: borrowed, and
 * NULL while there is none. A weak pointer is kept. */
void sae_explore_view_set_example (SaeExploreView *self, SaeChart *example);
SaeChart *sae_explore_view_get_example (SaeExploreView *self);
/* "t-SNE of 120 signals, coloured by event type"; free with g_free. */
char *sae_explore_view_title (SaeExploreView *self);
/* "214 signals  ·  12 selected  ·  3 hidden"; free with g_free. */
char *sae_explore_view_caption (guint n, guint n_skipped, guint n_selected,
                                guint n_hidden);
