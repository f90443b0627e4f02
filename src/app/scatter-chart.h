/* SaeScatterChart: the projection as points to hover, to click and to walk through with
 * the arrow keys. Property "selected" (uint, G_MAXUINT for none), read-write; signal
 * notify::selected follows clicks and keys too. */
#pragma once

#include "app/chart.h"

#define SAE_TYPE_SCATTER_CHART (sae_scatter_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeScatterChart, sae_scatter_chart, SAE, SCATTER_CHART, SaeChart)

#define SAE_SCATTER_NONE G_MAXUINT

typedef struct {
  guint n_points;
  const float *xy;                    /* (n_points, 2) */
  const uint16_t *category;           /* (n_points), below n_categories */
  const char *const *category_labels; /* NULL-terminated */
  const uint8_t *category_shapes;     /* PlotShape of each label */
  const char *x_label, *y_label;
} SaeScatterData;

/* Everything is copied; view and selection are reset. */
void sae_scatter_chart_show (SaeScatterChart *self, const SaeScatterData *data);
void sae_scatter_chart_clear (SaeScatterChart *self);
guint sae_scatter_chart_get_selected (SaeScatterChart *self);
void sae_scatter_chart_set_selected (SaeScatterChart *self, guint selected);
