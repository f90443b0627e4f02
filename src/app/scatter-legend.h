/* SaeScatterLegend: the categories of a scatter plot, each with its mark, its name and
 * how many points it has; a click hides and shows it. Signal "toggled" (). */
#pragma once

#include "app/coloring.h"
#include <adwaita.h>

#define SAE_TYPE_SCATTER_LEGEND (sae_scatter_legend_get_type ())
G_DECLARE_FINAL_TYPE (SaeScatterLegend, sae_scatter_legend, SAE, SCATTER_LEGEND, AdwBin)

/* The categories of the coloring of n points that have any, all of them shown; nothing
 * for numbers. */
void sae_scatter_legend_show (SaeScatterLegend *self, const SaeColoring *coloring,
                              guint n);
gboolean sae_scatter_legend_is_shown (SaeScatterLegend *self, guint category);
