/* Pointer and keys of a SaeScatterChart. */
#include "app/scatter-chart-private.h"

#include "plot/lasso.h"
#include <math.h>

#define PICK_RADIUS 14.0
#define DWELL_MS 125
/* Corners of a free outline stand so far apart, px. */
#define CORNER_STEP 3.0
/* Zoomed in as far as this share of all data. */
#define MIN_SHARE 1e-3

static size_t
pick (SaeScatterChart *self, double x, double y)
{
  if (self->plot.n_points == 0 || isnan (x))
    return SIZE_MAX;
  return plot_embedding_frame_pick (sae_scatter_chart_frame (self), &self->plot, x, y,
                                    PICK_RADIUS);
}

static gboolean
on_dwelt (gpointer data)
{
  SaeScatterChart *self = data;

  self->dwell = 0;
  self->has_dwelt = TRUE;
  sae_scatter_chart_emit_dwelt (self, (guint)self->plot.hovered);
  return G_SOURCE_REMOVE;
}

static void
hover_point (SaeScatterChart *self, size_t hovered)
{
  if (hovered == self->plot.hovered)
    return;
  g_clear_handle_id (&self->dwell, g_source_remove);
  self->plot.hovered = hovered;
  if (self->has_dwelt)
    sae_scatter_chart_emit_dwelt (self, SAE_SCATTER_NONE);
  self->has_dwelt = FALSE;
  if (hovered != SIZE_MAX)
    self->dwell = g_timeout_add (DWELL_MS, on_dwelt, self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), hovered != SIZE_MAX ? "pointer"
                                                      : self->tool != SAE_SCATTER_PAN
                                                          ? "crosshair"
                                                          : NULL);
  sae_chart_redraw_overlay (SAE_CHART (self));
}

void
sae_scatter_chart_leave (SaeScatterChart *self)
{
  hover_point (self, SIZE_MAX);
}

static void
sae_scatter_chart_hover (SaeChart *chart, double x, double y)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);

  hover_point (self, self->outline->len > 0 ? SIZE_MAX : pick (self, x, y));
}

static SaeSelectMode
mode_of (GdkModifierType state)
{
  return state & GDK_ALT_MASK     ? SAE_SELECT_SUBTRACT
         : state & GDK_SHIFT_MASK ? SAE_SELECT_ADD
                                  : SAE_SELECT_REPLACE;
}

static void
sae_scatter_chart_click (SaeChart *chart, double x, double y)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  size_t picked = pick (self, x, y);
  SaeSelectMode mode = mode_of (sae_chart_get_modifiers (chart));

  if (picked == SIZE_MAX)
    return;
  if (mode != SAE_SELECT_SUBTRACT)
    sae_scatter_chart_set_current (self, (guint)picked);
  sae_scatter_chart_emit_clicked (self, (guint)picked, mode);
}

static void
add_corner (SaeScatterChart *self, double x, double y)
{
  double corner[2] = {x, y};

  g_array_append_val (self->outline, corner);
}

static gboolean
sae_scatter_chart_drag_begin (SaeChart *chart, double x, double y, GdkModifierType state)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);

  self->mode = mode_of (state);
  self->is_lasso = self->tool == SAE_SCATTER_LASSO;
  if (self->plot.n_points == 0 ||
      (self->tool == SAE_SCATTER_PAN && self->mode == SAE_SELECT_REPLACE))
    return FALSE;
  g_array_set_size (self->outline, 0);
  add_corner (self, x, y);
  return TRUE;
}

static void
sae_scatter_chart_drag_to (SaeChart *chart, double x, double y)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  const double *first = (const double *)(void *)self->outline->data;
  const double *last = first + 2 * (self->outline->len - 1);

  hover_point (self, SIZE_MAX);
  if (self->is_lasso) {
    if (hypot (x - last[0], y - last[1]) < CORNER_STEP)
      return;
    add_corner (self, x, y);
  } else {
    /* The first corner stays where the drag began. */
    double corners[8] = {first[0], first[1], x, first[1], x, y, first[0], y};

    g_array_set_size (self->outline, 0);
    g_array_append_vals (self->outline, corners, 4);
  }
  sae_chart_redraw_front (chart);
}

/* Points in data, so that the outline is taken there. */
static void
tell_outline (SaeScatterChart *self)
{
  const PlotEmbeddingFrame *frame = sae_scatter_chart_frame (self);
  guint n_corners = self->outline->len;
  size_t n = self->plot.n_points;
  g_autofree double *corners = g_new (double, 2 * (gsize)n_corners);
  g_autofree guint8 *mask = g_new (guint8, n);
  const double *px = (const double *)(void *)self->outline->data;

  for (guint i = 0; i < n_corners; i++)
    plot_embedding_frame_to_data (frame, px[2 * i], px[2 * i + 1], corners + 2 * i);
  plot_lasso_inside (mask, self->xy, n, corners, n_corners);
  for (size_t i = 0; i < n; i++)
    if (self->states[i] & SAE_POINT_HIDDEN)
      mask[i] = 0;
  sae_scatter_chart_emit_outlined (self, mask, self->mode);
}

static void
sae_scatter_chart_drag_end (SaeChart *chart, gboolean done)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);

  if (done && self->outline->len > 2)
    tell_outline (self);
  g_array_set_size (self->outline, 0);
  sae_chart_redraw_front (chart);
}

static void
set_view (SaeScatterChart *self, const PlotEmbeddingFrame *frame)
{
  self->plot.view_x0 = frame->x0;
  self->plot.view_x1 = frame->x1;
  self->plot.view_y0 = frame->y0;
  self->plot.view_y1 = frame->y1;
  sae_scatter_chart_leave (self);
  sae_scatter_chart_changed (self);
}

void
sae_scatter_chart_show_all (SaeScatterChart *self)
{
  set_view (self, &(PlotEmbeddingFrame){0});
}

static void
sae_scatter_chart_reset (SaeChart *chart)
{
  sae_scatter_chart_show_all (SAE_SCATTER_CHART (chart));
}

void
sae_scatter_chart_zoom_to_selection (SaeScatterChart *self)
{
  PlotEmbeddingFrame frame = {
      .x0 = INFINITY, .x1 = -INFINITY, .y0 = INFINITY, .y1 = -INFINITY};
  double margin;

  for (size_t i = 0; i < self->plot.n_points; i++)
    if (self->states[i] == SAE_POINT_SELECTED && isfinite (self->xy[2 * i])) {
      frame.x0 = MIN (frame.x0, self->xy[2 * i]);
      frame.x1 = MAX (frame.x1, self->xy[2 * i]);
      frame.y0 = MIN (frame.y0, self->xy[2 * i + 1]);
      frame.y1 = MAX (frame.y1, self->xy[2 * i + 1]);
    }
  if (frame.x0 > frame.x1)
    return;
  margin = MAX (0.08 * MAX (frame.x1 - frame.x0, frame.y1 - frame.y0), 1e-6);
  frame.x0 -= margin;
  frame.x1 += margin;
  frame.y0 -= margin;
  frame.y1 += margin;
  set_view (self, &frame);
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
  PlotEmbeddingFrame frame = *sae_scatter_chart_frame (self), full = full_frame (self);
  PlotRectangle area = frame.area;
  double centre[2];

  if (self->plot.n_points == 0)
    return;
  plot_embedding_frame_to_data (&frame, CLAMP (x, area.x, area.x + area.width),
                                CLAMP (y, area.y, area.y + area.height), centre);
  sae_chart_zoom_range (&frame.x0, &frame.x1, centre[0], factor, full.x0, full.x1,
                        MIN_SHARE * (full.x1 - full.x0));
  sae_chart_zoom_range (&frame.y0, &frame.y1, centre[1], factor, full.y0, full.y1,
                        MIN_SHARE * (full.y1 - full.y0));
  set_view (self, &frame);
}

static void
sae_scatter_chart_pan (SaeChart *chart, double dx, double dy)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  PlotEmbeddingFrame frame = *sae_scatter_chart_frame (self), full = full_frame (self);

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

/* Along the rows that are shown: a whole library is passed by one key. */
static void
sae_scatter_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeScatterChart *self = SAE_SCATTER_CHART (chart);
  guint n = (guint)self->plot.n_points;
  guint current = sae_scatter_chart_get_current (self);
  gboolean back = direction == GTK_DIR_LEFT || direction == GTK_DIR_UP;

  if (current == SAE_SCATTER_NONE)
    current = back ? 0 : n - 1;
  for (guint i = 0; i < n; i++) {
    current = (current + (back ? n - 1 : 1)) % n;
    if (!(self->states[current] & SAE_POINT_HIDDEN)) {
      sae_scatter_chart_set_current (self, current);
      return;
    }
  }
}

void
sae_scatter_chart_class_init_input (SaeScatterChartClass *class)
{
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  chart_class->hover = sae_scatter_chart_hover;
  chart_class->click = sae_scatter_chart_click;
  chart_class->drag_begin = sae_scatter_chart_drag_begin;
  chart_class->drag_to = sae_scatter_chart_drag_to;
  chart_class->drag_end = sae_scatter_chart_drag_end;
  chart_class->zoom = sae_scatter_chart_zoom;
  chart_class->pan = sae_scatter_chart_pan;
  chart_class->reset = sae_scatter_chart_reset;
  chart_class->step = sae_scatter_chart_step;
}
