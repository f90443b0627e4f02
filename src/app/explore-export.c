#include "app/explore-export.h"

#include "app/explore-report.h"
#include "plot/export.h"
#include "session/points-csv.h"
#include <glib/gi18n.h>

#define FIGURE_WIDTH 1000.0
#define FIGURE_HEIGHT 750.0

static const struct {
  const char *name, *file_name;
} exports[SAE_N_EXPORTS] = {
    [SAE_EXPORT_POINTS] = {"points", "points.csv"},
    [SAE_EXPORT_EMBEDDINGS] = {"embeddings", "embeddings.csv"},
    [SAE_EXPORT_EMBEDDINGS_NPY] = {"embeddings-npy", "embeddings.npy"},
    [SAE_EXPORT_FIGURE] = {"figure", "projection.png"},
    [SAE_EXPORT_REPORT] = {"report", "report.html"},
};

gboolean
sae_export_from_string (const char *name, SaeExport *export)
{
  for (int i = 0; i < SAE_N_EXPORTS; i++)
    if (g_strcmp0 (exports[i].name, name) == 0) {
      *export = (SaeExport)i;
      return TRUE;
    }
  return FALSE;
}

const char *
sae_export_file_name (SaeExport export)
{
  return exports[export].file_name;
}

static void
draw_figure (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_embedding_plot_draw (cr, rect, data, style);
}

static gboolean
write_figure (SaeExploreView *view, SaeSession *session, const char *path, GError **error)
{
  g_autofree char *title = sae_explore_view_title (view);
  PlotEmbedding plot = sae_scatter_chart_get_figure (sae_explore_view_get_chart (view));

  plot.title = title;
  plot.subtitle = sae_session_get_name (session);
  return plot_export (path, FIGURE_WIDTH, FIGURE_HEIGHT, 2, draw_figure, &plot, error);
}

gboolean
sae_export_write (SaeExport export, SaeExploreView *view, SaeSession *session,
                  const char *path, GError **error)
{
  const SaeProjection *projection = sae_session_get_projection (session);
  g_autoptr (GBytes) bytes = NULL;

  switch (export) {
  case SAE_EXPORT_POINTS:
    bytes = sae_points_to_csv (session);
    break;
  case SAE_EXPORT_EMBEDDINGS:
    bytes = analysis_embedding_to_csv (projection->embedding);
    break;
  case SAE_EXPORT_EMBEDDINGS_NPY:
    bytes = analysis_matrix_to_npy (&projection->embedding->values);
    break;
  case SAE_EXPORT_REPORT:
    bytes = sae_explore_report (view, session, error);
    break;
  case SAE_EXPORT_FIGURE:
  case SAE_N_EXPORTS:
  default:
    return write_figure (view, session, path, error);
  }
  return bytes && sae_write_file (path, bytes, error);
}
