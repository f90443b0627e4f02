#include "app/scatter-chart.h"

#include "plot/embedding-plot.h"
#include <glib/gi18n.h>
#include <math.h>

#define PICK_RADIUS 14.0
#define RING_RADIUS 8.0f
/* Zoomed in as far as this share of all data. */
#define MIN_SHARE 1e-3

struct _SaeScatterChart {
  SaeChart parent_instance;

  /* Owned */
  PlotEmbedding plot; /* its arrays and strings are those below */
  float *xy;
  uint16_t *category;
  char **category_labels, *x_label, *y_label;
  uint8_t *category_shapes;
};

G_DEFINE_FINAL_TYPE (SaeScatterChart, sae_scatter_chart, SAE_TYPE_CHART)

enum { PROP_0, PROP_SELECTED, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
sae_scatter_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                        const PlotStyle *style)
{
  PlotEmbedding plot = SAE_SCATTER_CHART (chart)->plot;

  plot.hovered = SIZE_MAX; /* the overlay's */
  plot_embedding_plot_draw (cr, rect, &plot, style);
}

static PlotEmbeddingFrame
get_frame (SaeScatterChart *self)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));

  return plot_embedding_plot_frame (sae_chart_get_rectangle (SAE_CHART (self)),
                                    &self->plot, &style);
}

static void
sae_scatter_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot,
                                PlotRectangle rect, const PlotStyle *style)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  PlotEmbeddingFrame frame = get_frame (self);
  GdkRGBA color = sae_chart_rgba (style->text);
  const float *point;
  GskRoundedRect ring;
  float x, y;

  if (self->plot.hovered >= self->plot.n_points)
    return;
  point = self->xy + 2 * self->plot.hovered;
  x = (float)(frame.area.x +
              (point[0] - frame.x0) / (frame.x1 - frame.x0) * frame.area.width);
  y = (float)(frame.area.y +
              (frame.y1 - point[1]) / (frame.y1 - frame.y0) * frame.area.height);
  gsk_rounded_rect_init_from_rect (&ring,
                                   &GRAPHENE_RECT_INIT (x - RING_RADIUS, y - RING_RADIUS,
                                                        2 * RING_RADIUS, 2 * RING_RADIUS),
                                   RING_RADIUS);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]){1.5f, 1.5f, 1.5f, 1.5f},
                              (GdkRGBA[4]){color, color, color, color});
}

static size_t
pick (SaeScatterChart *self, double x, double y)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));

  if (self->plot.n_points == 0 || isnan (x))
    return SIZE_MAX;
  return plot_embedding_plot_pick (sae_chart_get_rectangle (SAE_CHART (self)),
                                   &self->plot, &style, x, y, PICK_RADIUS);
}

static void
sae_scatter_chart_hover (SaeChart *chart, double x, double y)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  size_t hovered = pick (self, x, y);

  if (hovered == self->plot.hovered)
    return;
  self->plot.hovered = hovered;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   hovered == SIZE_MAX ? NULL : "pointer");
  sae_chart_redraw_overlay (chart);
}

static void
sae_scatter_chart_click (SaeChart *chart, double x, double y)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  size_t picked = pick (self, x, y);

  if (picked != SIZE_MAX)
    sae_scatter_chart_set_selected (self, (guint)picked);
}

static void
set_view (SaeScatterChart *self, const PlotEmbeddingFrame *frame)
{
  self->plot.view_x0 = frame->x0;
  self->plot.view_x1 = frame->x1;
  self->plot.view_y0 = frame->y0;
  self->plot.view_y1 = frame->y1;
  sae_chart_redraw (SAE_CHART (self));
}

static void
sae_scatter_chart_reset (SaeChart *chart)
{
  set_view (SAE_SCATTER_CHART (chart), &(PlotEmbeddingFrame){0});
}

/* The frame that shows everything. */
static PlotEmbeddingFrame
full_frame (SaeScatterChart *self)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotEmbedding plot = self->plot;

  plot.view_x0 = plot.view_x1 = plot.view_y0 = plot.view_y1 = 0;
  return plot_embedding_plot_frame (sae_chart_get_rectangle (SAE_CHART (self)), &plot,
                                    &style);
}

static void
sae_scatter_chart_zoom (SaeChart *chart, double x, double y, double factor)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  PlotEmbeddingFrame frame = get_frame (self), full = full_frame (self);
  double share_x = (x - frame.area.x) / MAX (frame.area.width, 1);
  double share_y = 1 - (y - frame.area.y) / MAX (frame.area.height, 1);
  double centre_x, centre_y;

  if (self->plot.n_points == 0)
    return;
  centre_x = frame.x0 + CLAMP (share_x, 0, 1) * (frame.x1 - frame.x0);
  centre_y = frame.y0 + CLAMP (share_y, 0, 1) * (frame.y1 - frame.y0);
  sae_chart_zoom_range (&frame.x0, &frame.x1, centre_x, factor, full.x0, full.x1,
                        MIN_SHARE * (full.x1 - full.x0));
  sae_chart_zoom_range (&frame.y0, &frame.y1, centre_y, factor, full.y0, full.y1,
                        MIN_SHARE * (full.y1 - full.y0));
  set_view (self, &frame);
}

static void
sae_scatter_chart_pan (SaeChart *chart, double dx, double dy)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  PlotEmbeddingFrame frame = get_frame (self), full = full_frame (self);

  if (self->plot.n_points == 0)
    return;
  sae_chart_pan_range (&frame.x0, &frame.x1,
                       -dx / MAX (frame.area.width, 1) * (frame.x1 - frame.x0), full.x0,
                       full.x1);
  sae_chart_pan_range (&frame.y0, &frame.y1,
                       dy / MAX (frame.area.height, 1) * (frame.y1 - frame.y0), full.y0,
                       full.y1);
  set_view (self, &frame);
}

/* Along the rows: a whole library is passed by one key. */
static void
sae_scatter_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  guint n = (guint)self->plot.n_points;
  guint selected = sae_scatter_chart_get_selected (self);
  gboolean back = direction == GTK_DIR_LEFT || direction == GTK_DIR_UP;

  if (n == 0)
    return;
  if (selected == SAE_SCATTER_NONE)
    selected = back ? n - 1 : 0;
  else
    selected = (selected + (back ? n - 1 : 1)) % n;
  sae_scatter_chart_set_selected (self, selected);
}

static void
release_data (SaeScatterChart *self)
{
  g_clear_pointer (&self->xy, g_free);
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->category_labels, g_strfreev);
  g_clear_pointer (&self->category_shapes, g_free);
  g_clear_pointer (&self->x_label, g_free);
  g_clear_pointer (&self->y_label, g_free);
  self->plot = (PlotEmbedding){
      .selected = SIZE_MAX, .hovered = SIZE_MAX, .x_label = "", .y_label = ""};
}

static void
select_and_notify (SaeScatterChart *self, guint before)
{
  sae_chart_redraw (SAE_CHART (self));
  if (sae_scatter_chart_get_selected (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

void
sae_scatter_chart_show (SaeScatterChart *self, const SaeScatterData *data)
{
  guint before = sae_scatter_chart_get_selected (self);
  size_t n = data->n_points;
  size_t n_categories = g_strv_length ((char **)data->category_labels);
  g_autofree char *description = NULL;

  release_data (self);
  self->xy = g_memdup2 (data->xy, sizeof (float) * 2 * n);
  self->category = g_memdup2 (data->category, sizeof (uint16_t) * n);
  self->category_labels = g_strdupv ((char **)data->category_labels);
  self->category_shapes = g_memdup2 (data->category_shapes, n_categories);
  self->x_label = g_strdup (data->x_label);
  self->y_label = g_strdup (data->y_label);
  self->plot.n_points = n;
  self->plot.xy = self->xy;
  self->plot.category = self->category;
  self->plot.n_categories = n_categories;
  self->plot.category_labels = (const char *const *)self->category_labels;
  self->plot.category_shapes = self->category_shapes;
  self->plot.x_label = self->x_label;
  self->plot.y_label = self->y_label;
  description = g_strdup_printf (
      ngettext ("%u point; %s against %s", "%u points; %s against %s", data->n_points),
      data->n_points, data->y_label, data->x_label);
  sae_chart_describe (SAE_CHART (self), _ ("Projection of the embeddings"), description);
  select_and_notify (self, before);
}

void
sae_scatter_chart_clear (SaeScatterChart *self)
{
  guint before = sae_scatter_chart_get_selected (self);

  release_data (self);
  select_and_notify (self, before);
}

guint
sae_scatter_chart_get_selected (SaeScatterChart *self)
{
  return self->plot.selected == SIZE_MAX ? SAE_SCATTER_NONE : (guint)self->plot.selected;
}

void
sae_scatter_chart_set_selected (SaeScatterChart *self, guint selected)
{
  guint before = sae_scatter_chart_get_selected (self);

  if (selected == before)
    return;
  self->plot.selected = selected < self->plot.n_points ? selected : SIZE_MAX;
  select_and_notify (self, before);
}

static void
sae_scatter_chart_get_property (GObject *object, guint id, GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    g_value_set_uint (value, sae_scatter_chart_get_selected (SAE_SCATTER_CHART (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_scatter_chart_set_property (GObject *object, guint id, const GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    sae_scatter_chart_set_selected (SAE_SCATTER_CHART (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_scatter_chart_finalize (GObject *object)
{
  release_data (SAE_SCATTER_CHART (object));
  G_OBJECT_CLASS (sae_scatter_chart_parent_class)->finalize (object);
}

static void
sae_scatter_chart_class_init (SaeScatterChartClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  object_class->get_property = sae_scatter_chart_get_property;
  object_class->set_property = sae_scatter_chart_set_property;
  object_class->finalize = sae_scatter_chart_finalize;
  chart_class->draw = sae_scatter_chart_draw;
  chart_class->draw_overlay = sae_scatter_chart_draw_overlay;
  chart_class->hover = sae_scatter_chart_hover;
  chart_class->click = sae_scatter_chart_click;
  chart_class->zoom = sae_scatter_chart_zoom;
  chart_class->pan = sae_scatter_chart_pan;
  chart_class->reset = sae_scatter_chart_reset;
  chart_class->step = sae_scatter_chart_step;
  properties[PROP_SELECTED] = g_param_spec_uint (
      "selected", NULL, NULL, 0, G_MAXUINT, SAE_SCATTER_NONE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_scatter_chart_init (SaeScatterChart *self)
{
  release_data (self);
  sae_chart_describe (SAE_CHART (self), _ ("Projection of the embeddings"),
                      _ ("Nothing is shown"));
}
