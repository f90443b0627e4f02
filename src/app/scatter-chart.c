#include "app/scatter-chart-private.h"

#include "plot/lasso.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define RING_RADIUS 8.0f

G_STATIC_ASSERT ((int)SAE_POINT_SELECTED == (int)PLOT_POINT_SELECTED);
G_STATIC_ASSERT ((int)SAE_POINT_HIDDEN == (int)PLOT_POINT_HIDDEN);

G_DEFINE_FINAL_TYPE (SaeScatterChart, sae_scatter_chart, SAE_TYPE_CHART)

enum { PROP_0, PROP_CURRENT, PROP_TOOL, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { CLICKED, OUTLINED, DWELT, N_SIGNALS };
static guint signals[N_SIGNALS];

void
sae_scatter_chart_emit_clicked (SaeScatterChart *self, guint point, SaeSelectMode mode)
{
  g_signal_emit (self, signals[CLICKED], 0, point, (int)mode);
}

void
sae_scatter_chart_emit_outlined (SaeScatterChart *self, const guint8 *mask,
                                 SaeSelectMode mode)
{
  g_signal_emit (self, signals[OUTLINED], 0, mask, (int)mode);
}

void
sae_scatter_chart_emit_dwelt (SaeScatterChart *self, guint point)
{
  g_signal_emit (self, signals[DWELT], 0, point);
}

static void
sae_scatter_chart_draw_back (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                             const PlotStyle *style)
{
  plot_embedding_plot_draw_axes (cr, rect, &SAE_SCATTER_CHART (chart)->plot, style);
}

static void
sae_scatter_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                        const PlotStyle *style)
{
  plot_embedding_plot_draw_points (cr, rect, &SAE_SCATTER_CHART (chart)->plot, style);
}

static void
sae_scatter_chart_draw_front (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                              const PlotStyle *style)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  PlotEmbedding plot = self->plot;

  plot.hovered = SIZE_MAX; /* the overlay's */
  plot_embedding_plot_draw_rings (cr, rect, &plot, style);
  plot_lasso_draw (cr, (const double *)(void *)self->outline->data, self->outline->len,
                   style);
}

const PlotEmbeddingFrame *
sae_scatter_chart_frame (SaeScatterChart *self)
{
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (self));
  PlotStyle style;

  if (!self->frame_valid || memcmp (&rect, &self->frame_rect, sizeof rect) != 0) {
    style = sae_chart_get_style (SAE_CHART (self));
    self->frame = plot_embedding_plot_frame (rect, &self->plot, &style);
    self->frame_rect = rect;
    self->frame_valid = TRUE;
  }
  return &self->frame;
}

gboolean
sae_scatter_chart_locate (SaeScatterChart *self, guint point, double *x, double *y)
{
  const PlotEmbeddingFrame *frame = sae_scatter_chart_frame (self);
  PlotRectangle area = frame->area;

  if (point >= self->plot.n_points || frame->is_empty)
    return FALSE;
  plot_embedding_frame_to_px (frame, self->xy + 2 * (gsize)point, x, y);
  return *x >= area.x && *x <= area.x + area.width && *y >= area.y &&
         *y <= area.y + area.height;
}

static void
sae_scatter_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot,
                                PlotRectangle rect, const PlotStyle *style)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  GdkRGBA color = sae_chart_rgba (style->text);
  GskRoundedRect ring;
  double x, y;

  if (!sae_scatter_chart_locate (
          self,
          self->plot.hovered == SIZE_MAX ? SAE_SCATTER_NONE : (guint)self->plot.hovered,
          &x, &y))
    return;
  gsk_rounded_rect_init_from_rect (&ring,
                                   &GRAPHENE_RECT_INIT ((float)x - RING_RADIUS,
                                                        (float)y - RING_RADIUS,
                                                        2 * RING_RADIUS, 2 * RING_RADIUS),
                                   RING_RADIUS);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]){1.5f, 1.5f, 1.5f, 1.5f},
                              (GdkRGBA[4]){color, color, color, color});
}

void
sae_scatter_chart_changed (SaeScatterChart *self)
{
  self->frame_valid = FALSE;
  sae_chart_redraw (SAE_CHART (self));
}

static void
release_data (SaeScatterChart *self)
{
  double size = self->plot.size, opacity = self->plot.opacity;

  g_clear_pointer (&self->grid, plot_point_grid_free);
  g_clear_pointer (&self->xy, g_free);
  g_clear_pointer (&self->states, g_free);
  g_clear_pointer (&self->x_label, g_free);
  g_clear_pointer (&self->y_label, g_free);
  sae_coloring_clear (&self->coloring);
  self->plot = (PlotEmbedding){.selected = SIZE_MAX,
                               .hovered = SIZE_MAX,
                               .x_label = "",
                               .y_label = "",
                               .size = size,
                               .opacity = opacity};
}

static void
take_places (SaeScatterChart *self, const float *xy, const char *x_label,
             const char *y_label)
{
  size_t n = self->plot.n_points;
  g_autofree char *description = NULL;
  g_autofree char *x_text = g_strdup (x_label), *y_text = g_strdup (y_label);

  g_clear_pointer (&self->grid, plot_point_grid_free);
  g_free (self->xy);
  g_free (self->x_label);
  g_free (self->y_label);
  self->xy = g_memdup2 (xy, sizeof (float) * 2 * n);
  self->grid = plot_point_grid_new (self->xy, n);
  self->x_label = g_steal_pointer (&x_text);
  self->y_label = g_steal_pointer (&y_text);
  self->plot.xy = self->xy;
  self->plot.grid = self->grid;
  self->plot.x_label = self->x_label;
  self->plot.y_label = self->y_label;
  description = g_strdup_printf (
      ngettext ("%u point; %s against %s", "%u points; %s against %s", (gulong)n),
      (guint)n, self->y_label, self->x_label);
  sae_chart_describe (SAE_CHART (self), _ ("Projection of the embeddings"), description);
}

void
sae_scatter_chart_show (SaeScatterChart *self, const float *xy, guint n,
                        const char *x_label, const char *y_label)
{
  guint before = sae_scatter_chart_get_current (self);
  SaeColoring plain = {.category = g_new0 (uint16_t, MAX (n, 1)),
                       .labels = g_strsplit ("-", " ", 1),
                       .shapes = g_new0 (uint8_t, 1)};

  sae_scatter_chart_leave (self);
  release_data (self);
  self->plot.n_points = n;
  take_places (self, xy, x_label, y_label);
  self->states = g_new0 (guint8, MAX (n, 1));
  self->plot.state = self->states;
  sae_scatter_chart_set_coloring (self, &plain);
  sae_coloring_clear (&plain);
  if (before != SAE_SCATTER_NONE)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

void
sae_scatter_chart_move (SaeScatterChart *self, const float *xy, const char *x_label,
                        const char *y_label)
{
  sae_scatter_chart_leave (self);
  take_places (self, xy, x_label, y_label);
  sae_scatter_chart_changed (self);
}

void
sae_scatter_chart_set_coloring (SaeScatterChart *self, const SaeColoring *coloring)
{
  size_t n = self->plot.n_points;
  guint n_labels = coloring->labels ? g_strv_length (coloring->labels) : 0;
  AdwStyleManager *manager = adw_style_manager_get_default ();

  sae_coloring_clear (&self->coloring);
  self->coloring = *coloring;
  self->coloring.category = g_memdup2 (coloring->category, sizeof (uint16_t) * n);
  self->coloring.value = g_memdup2 (coloring->value, sizeof (float) * n);
  self->coloring.labels = g_strdupv (coloring->labels);
  self->coloring.shapes = g_memdup2 (coloring->shapes, n_labels);
  self->coloring.label = g_strdup (coloring->label);
  self->coloring.low = g_strdup (coloring->low);
  self->coloring.high = g_strdup (coloring->high);
  self->plot.category = self->coloring.category;
  self->plot.n_categories = n_labels;
  self->plot.category_shapes = self->coloring.shapes;
  self->plot.value = self->coloring.value;
  self->plot.value_min = self->coloring.min;
  self->plot.value_max = self->coloring.max;
  self->plot.value_label = self->coloring.label;
  self->plot.value_low = self->coloring.low;
  self->plot.value_high = self->coloring.high;
  /* Translators: of points whose number is not known */
  self->plot.unknown_label = _ ("unknown");
  self->plot.palette = adw_style_manager_get_high_contrast (manager)
                           ? PLOT_PALETTE_CIVIDIS
                           : PLOT_PALETTE_VIRIDIS;
  sae_scatter_chart_changed (self);
}

void
sae_scatter_chart_set_states (SaeScatterChart *self, const guint8 *states)
{
  if (self->plot.n_points == 0)
    return;
  memcpy (self->states, states, self->plot.n_points);
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_scatter_chart_set_marks (SaeScatterChart *self, double size, double opacity)
{
  self->plot.size = size;
  self->plot.opacity = opacity;
  sae_chart_redraw (SAE_CHART (self));
}

const PlotEmbedding *
sae_scatter_chart_get_plot (SaeScatterChart *self)
{
  return &self->plot;
}

PlotEmbedding
sae_scatter_chart_get_figure (SaeScatterChart *self)
{
  PlotEmbedding figure = self->plot;

  figure.category_labels = (const char *const *)self->coloring.labels;
  figure.selected = figure.hovered = SIZE_MAX;
  return figure;
}

guint
sae_scatter_chart_get_current (SaeScatterChart *self)
{
  return self->plot.selected == SIZE_MAX ? SAE_SCATTER_NONE : (guint)self->plot.selected;
}

void
sae_scatter_chart_set_current (SaeScatterChart *self, guint current)
{
  if (current >= self->plot.n_points)
    current = SAE_SCATTER_NONE;
  if (current == sae_scatter_chart_get_current (self))
    return;
  self->plot.selected = current == SAE_SCATTER_NONE ? SIZE_MAX : current;
  sae_chart_redraw_front (SAE_CHART (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
sae_scatter_chart_get_property (GObject *object, guint id, GValue *value,
                                GParamSpec *pspec)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (object);

  if (id == PROP_CURRENT)
    g_value_set_uint (value, sae_scatter_chart_get_current (self));
  else if (id == PROP_TOOL)
    g_value_set_int (value, self->tool);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_scatter_chart_set_property (GObject *object, guint id, const GValue *value,
                                GParamSpec *pspec)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (object);

  if (id == PROP_CURRENT)
    sae_scatter_chart_set_current (self, g_value_get_uint (value));
  else if (id == PROP_TOOL)
    self->tool = (SaeScatterTool)g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_scatter_chart_finalize (GObject *object)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (object);

  g_clear_handle_id (&self->dwell, g_source_remove);
  release_data (self);
  g_array_unref (self->outline);
  G_OBJECT_CLASS (sae_scatter_chart_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  signals[CLICKED] = g_signal_new ("clicked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  signals[OUTLINED] = g_signal_new ("outlined", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
  signals[DWELT] = g_signal_new ("dwelt", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sae_scatter_chart_class_init (SaeScatterChartClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sae_scatter_chart_get_property;
  object_class->set_property = sae_scatter_chart_set_property;
  object_class->finalize = sae_scatter_chart_finalize;
  chart_class->draw_back = sae_scatter_chart_draw_back;
  chart_class->draw = sae_scatter_chart_draw;
  chart_class->draw_front = sae_scatter_chart_draw_front;
  chart_class->draw_overlay = sae_scatter_chart_draw_overlay;
  sae_scatter_chart_class_init_input (class);
  properties[PROP_CURRENT] =
      g_param_spec_uint ("current", NULL, NULL, 0, G_MAXUINT, SAE_SCATTER_NONE, flags);
  properties[PROP_TOOL] = g_param_spec_int ("tool", NULL, NULL, SAE_SCATTER_PAN,
                                            SAE_SCATTER_LASSO, SAE_SCATTER_PAN, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  install_signals (SAE_TYPE_SCATTER_CHART);
}

static void
sae_scatter_chart_init (SaeScatterChart *self)
{
  self->outline = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  release_data (self);
  sae_chart_describe (SAE_CHART (self), _ ("Projection of the embeddings"),
                      _ ("Nothing is shown"));
}
