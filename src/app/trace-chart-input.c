/* What the pointer and the keys do to a trace chart. */
#include "app/trace-chart-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define AXIS_PX 120.0 /* dragged along an axis, for twice the scale */
#define PICK_PX 4.0   /* sideways, before it is an uncertainty */
#define STEPS 200     /* of the cursor over the view */
#define AMPLITUDE_STEP 1.25
#define NEAR_PX 12.0 /* of the cursor, for Delete */

static gboolean
is_within (PlotRectangle area, double x, double y)
{
  return x >= area.x && x <= area.x + area.width && y >= area.y &&
         y <= area.y + area.height;
}

static void
sae_trace_chart_hover (SaeChart *chart, double x, double y)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  const PlotTraceLayout *layout = sae_trace_chart_layout (self);
  size_t component = plot_trace_layout_find (layout, y);

  if (self->traces.n_samples == 0 || !is_within (layout->area, x, y)) {
    sae_trace_chart_set_cursor (self, SAE_NO_CURSOR);
    return;
  }
  if (component != PLOT_TRACE_ALL)
    self->active = component;
  sae_trace_chart_move_cursor (self, sae_trace_chart_time_at (self, x));
}

static void
sae_trace_chart_zoom (SaeChart *chart, double x, double y, double factor)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  PlotRectangle area = sae_trace_chart_layout (self)->area;

  if (x < area.x && y < area.y + area.height)
    sae_trace_chart_zoom_amplitude (self, factor);
  else
    sae_trace_chart_zoom_time (
        self, sae_trace_chart_time_at (self, CLAMP (x, area.x, area.x + area.width)),
        factor);
}

static void
sae_trace_chart_zoom_y (SaeChart *chart, double y, double factor)
{
  sae_trace_chart_zoom_amplitude (SAE_TRACE_CHART (chart), factor);
}

/* The time of the nearest sample. */
static double
sample_time_at (SaeTraceChart *self, double x)
{
  double rate_hz = self->traces.rate_hz;
  double sample = round (sae_trace_chart_time_at (self, x) * rate_hz);

  return CLAMP (sample, 0, (double)self->traces.n_samples - 1) / rate_hz;
}

static void
begin_pick (SaeTraceChart *self, size_t component)
{
  gboolean is_s = self->phase == SAE_TRACE_S;

  self->pending = (PlotTraceMark){.kind = PLOT_MARK_PICK,
                                  .label = is_s ? "S" : "P",
                                  .is_s = is_s,
                                  .component = component,
                                  .time_s = self->drag_s};
  sae_chart_redraw_front (SAE_CHART (self));
}

static gboolean
sae_trace_chart_drag_begin (SaeChart *chart, double x, double y, GdkModifierType state)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  const PlotTraceLayout *layout = sae_trace_chart_layout (self);
  PlotRectangle area = layout->area;
  size_t component = plot_trace_layout_find (layout, y);

  self->drag = SAE_DRAG_NONE;
  if (self->traces.n_samples == 0)
    return FALSE;
  if (x < area.x && y < area.y + area.height)
    self->drag = SAE_DRAG_AMPLITUDE_AXIS;
  else if (y > area.y + area.height)
    self->drag = SAE_DRAG_TIME_AXIS;
  else if (self->phase != SAE_TRACE_NO_PHASE && component != PLOT_TRACE_ALL)
    self->drag = SAE_DRAG_PICK;
  else if (state & GDK_SHIFT_MASK)
    self->drag = SAE_DRAG_SELECT;
  self->drag_x = x;
  self->drag_y = y;
  self->drag_s = sample_time_at (self, x);
  if (self->drag == SAE_DRAG_PICK)
    begin_pick (self, component);
  return self->drag != SAE_DRAG_NONE;
}

/* The time under the pointer at the drag's begin stays; pulling right or up enlarges. */
static void
scale_by_drag (SaeTraceChart *self, double x, double y)
{
  if (self->drag == SAE_DRAG_TIME_AXIS)
    sae_trace_chart_zoom_time (self, self->drag_s, exp2 ((self->drag_x - x) / AXIS_PX));
  else
    sae_trace_chart_zoom_amplitude (self, exp2 ((y - self->drag_y) / AXIS_PX));
  self->drag_x = x;
  self->drag_y = y;
}

static void
sae_trace_chart_drag_to (SaeChart *chart, double x, double y)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  double time_s = sample_time_at (self, x);

  switch (self->drag) {
  case SAE_DRAG_SELECT:
    sae_trace_chart_select (self, MIN (self->drag_s, time_s), MAX (self->drag_s, time_s));
    break;
  case SAE_DRAG_PICK:
    self->pending.uncertainty_s =
        fabs (x - self->drag_x) < PICK_PX ? 0 : fabs (time_s - self->drag_s);
    sae_chart_redraw_front (chart);
    break;
  case SAE_DRAG_TIME_AXIS:
  case SAE_DRAG_AMPLITUDE_AXIS:
    scale_by_drag (self, x, y);
    break;
  case SAE_DRAG_NONE:
    break;
  }
}

static void
sae_trace_chart_drag_end (SaeChart *chart, gboolean done)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  gboolean picked = self->drag == SAE_DRAG_PICK && done;

  self->drag = SAE_DRAG_NONE;
  sae_chart_redraw_front (chart);
  if (picked)
    sae_trace_chart_emit_picked (self, self->pending.component,
                                 self->pending.is_s ? SAE_TRACE_S : SAE_TRACE_P,
                                 self->pending.time_s, self->pending.uncertainty_s);
}

/* Puts a cursor into the view where there is none. */
static double
cursor_or_middle (SaeTraceChart *self)
{
  double cursor_s = sae_trace_chart_cursor_s (self);

  return isnan (cursor_s) ? (self->traces.view_begin_s + self->traces.view_end_s) / 2
                          : cursor_s;
}

/* The view follows what has left it. */
static void
bring_into_view (SaeTraceChart *self, double time_s)
{
  double begin_s = self->traces.view_begin_s, end_s = self->traces.view_end_s;

  if (time_s < begin_s || time_s > end_s)
    sae_trace_chart_set_view (self, time_s - (end_s - begin_s) / 2,
                              time_s + (end_s - begin_s) / 2);
}

static double
stride_s (SaeTraceChart *self)
{
  double length_s = self->traces.view_end_s - self->traces.view_begin_s;
  double rate_hz = self->traces.rate_hz;

  return MAX (1, round (length_s * rate_hz / STEPS)) / rate_hz;
}

static void
step_cursor (SaeTraceChart *self, int direction)
{
  double cursor_s = sae_trace_chart_cursor_s (self);

  if (isnan (cursor_s))
    sae_trace_chart_move_cursor (self, cursor_or_middle (self));
  else
    sae_trace_chart_move_cursor (self, cursor_s + direction * stride_s (self));
  bring_into_view (self, sae_trace_chart_cursor_s (self));
}

static void
sae_trace_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);

  if (self->traces.n_samples == 0)
    return;
  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    sae_trace_chart_zoom_amplitude (self, direction == GTK_DIR_UP ? 1 / AMPLITUDE_STEP
                                                                  : AMPLITUDE_STEP);
  else
    step_cursor (self, direction == GTK_DIR_LEFT ? -1 : 1);
}

/* Shift and an arrow: the end of the selection that the cursor is at goes along. */
static gboolean
extend_selection (GtkWidget *widget, GVariant *direction, gpointer unused)
{
  SaeTraceChart *self = SAE_TRACE_CHART (widget);
  double from_s = cursor_or_middle (self), begin_s, end_s, anchor_s = from_s;

  if (self->traces.n_samples == 0)
    return GDK_EVENT_STOP;
  if (sae_trace_chart_get_selection (self, &begin_s, &end_s) &&
      (from_s == begin_s || from_s == end_s))
    anchor_s = from_s == begin_s ? end_s : begin_s;
  sae_trace_chart_move_cursor (self, from_s);
  step_cursor (self, g_variant_get_int32 (direction));
  from_s = sae_trace_chart_cursor_s (self);
  sae_trace_chart_select (self, MIN (anchor_s, from_s), MAX (anchor_s, from_s));
  return GDK_EVENT_STOP;
}

/* Control and an arrow: a quarter of the view. */
static gboolean
pan_by_key (GtkWidget *widget, GVariant *direction, gpointer unused)
{
  SaeChart *chart = SAE_CHART (widget);
  double width = sae_trace_chart_get_area (SAE_TRACE_CHART (widget)).width;

  SAE_CHART_GET_CLASS (chart)->pan (chart, -g_variant_get_int32 (direction) * width / 4,
                                    0);
  return GDK_EVENT_STOP;
}

/* Home and End. */
static gboolean
jump (GtkWidget *widget, GVariant *direction, gpointer unused)
{
  SaeTraceChart *self = SAE_TRACE_CHART (widget);

  sae_trace_chart_move_cursor (self,
                               g_variant_get_int32 (direction) < 0 ? 0 : G_MAXDOUBLE);
  bring_into_view (self, sae_trace_chart_cursor_s (self));
  return GDK_EVENT_STOP;
}

static gboolean
change_active (GtkWidget *widget, GVariant *direction, gpointer unused)
{
  SaeTraceChart *self = SAE_TRACE_CHART (widget);
  int active = (int)self->active + g_variant_get_int32 (direction);

  self->active = (size_t)CLAMP (active, 0, SAE_N_COMPONENTS - 1);
  sae_chart_redraw_overlay (SAE_CHART (self));
  return GDK_EVENT_STOP;
}

static gboolean
zoom_to_selection (GtkWidget *widget, GVariant *unused, gpointer data)
{
  SaeTraceChart *self = SAE_TRACE_CHART (widget);
  double begin_s, end_s;

  if (!sae_trace_chart_get_selection (self, &begin_s, &end_s))
    return GDK_EVENT_PROPAGATE;
  sae_trace_chart_set_view (self, begin_s, end_s);
  return GDK_EVENT_STOP;
}

/* Leaves what is under way, else pick mode, else the selection. */
static gboolean
leave (GtkWidget *widget, GVariant *unused, gpointer data)
{
  SaeTraceChart *self = SAE_TRACE_CHART (widget);
  double begin_s, end_s;

  if (self->drag == SAE_DRAG_PICK)
    sae_trace_chart_drag_end (SAE_CHART (self), FALSE);
  else if (self->phase != SAE_TRACE_NO_PHASE)
    g_object_set (self, "phase", SAE_TRACE_NO_PHASE, NULL);
  else if (sae_trace_chart_get_selection (self, &begin_s, &end_s))
    sae_trace_chart_select (self, 0, 0);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

void
sae_trace_chart_pick_at_cursor (SaeTraceChart *self, SaeTracePhase phase)
{
  double cursor_s = sae_trace_chart_cursor_s (self);

  if (!isnan (cursor_s))
    sae_trace_chart_emit_picked (self, self->active, phase, cursor_s, 0);
}

static gboolean
pick_by_key (GtkWidget *widget, GVariant *phase, gpointer unused)
{
  sae_trace_chart_pick_at_cursor (SAE_TRACE_CHART (widget),
                                  (SaeTracePhase)g_variant_get_int32 (phase));
  return GDK_EVENT_STOP;
}

/* The pick of the active component nearest to the cursor, at most max_s away; or the
 * number of marks. */
static size_t
nearest_pick (SaeTraceChart *self, double max_s)
{
  double cursor_s = sae_trace_chart_cursor_s (self), least_s = max_s;
  size_t found = self->traces.n_marks;

  for (size_t i = 0; i < self->traces.n_marks; i++) {
    const PlotTraceMark *mark = &self->traces.marks[i];
    double away_s = fabs (mark->time_s - cursor_s);

    if (mark->kind == PLOT_MARK_PICK && mark->component == self->active &&
        away_s <= least_s) {
      least_s = away_s;
      found = i;
    }
  }
  return found;
}

static gboolean
set_uncertainty (GtkWidget *widget, GVariant *unused, gpointer data)
{
  SaeTraceChart *self = SAE_TRACE_CHART (widget);
  size_t found = nearest_pick (self, G_MAXDOUBLE);
  PlotTraceMark mark;

  if (found == self->traces.n_marks)
    return GDK_EVENT_STOP;
  mark = self->traces.marks[found];
  sae_trace_chart_emit_picked (self, mark.component,
                               mark.is_s ? SAE_TRACE_S : SAE_TRACE_P, mark.time_s,
                               fabs (sae_trace_chart_cursor_s (self) - mark.time_s));
  return GDK_EVENT_STOP;
}

static gboolean
remove_pick (GtkWidget *widget, GVariant *unused, gpointer data)
{
  SaeTraceChart *self = SAE_TRACE_CHART (widget);
  double length_s = self->traces.view_end_s - self->traces.view_begin_s;
  double width = MAX (sae_trace_chart_get_area (self).width, 1);
  size_t found = nearest_pick (self, length_s * NEAR_PX / width);

  if (found == self->traces.n_marks)
    return GDK_EVENT_PROPAGATE;
  sae_trace_chart_emit_unpicked (self, found);
  return GDK_EVENT_STOP;
}

void
sae_trace_chart_class_init_input (SaeTraceChartClass *class)
{
  static const struct {
    guint key;
    GdkModifierType state;
    GtkShortcutFunc function;
    gint32 argument;
  } bindings[] = {
      {GDK_KEY_Left, GDK_SHIFT_MASK, extend_selection, -1},
      {GDK_KEY_Right, GDK_SHIFT_MASK, extend_selection, 1},
      {GDK_KEY_Left, GDK_CONTROL_MASK, pan_by_key, -1},
      {GDK_KEY_Right, GDK_CONTROL_MASK, pan_by_key, 1},
      {GDK_KEY_Up, GDK_CONTROL_MASK, change_active, -1},
      {GDK_KEY_Down, GDK_CONTROL_MASK, change_active, 1},
      {GDK_KEY_Home, 0, jump, -1},
      {GDK_KEY_End, 0, jump, 1},
      {GDK_KEY_1, 0, pick_by_key, SAE_TRACE_P},
      {GDK_KEY_2, 0, pick_by_key, SAE_TRACE_S},
      {GDK_KEY_u, 0, set_uncertainty, 0},
      {GDK_KEY_Delete, 0, remove_pick, 0},
      {GDK_KEY_Return, 0, zoom_to_selection, 0},
      {GDK_KEY_KP_Enter, 0, zoom_to_selection, 0},
      {GDK_KEY_Escape, 0, leave, 0},
  };
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  chart_class->hover = sae_trace_chart_hover;
  chart_class->zoom = sae_trace_chart_zoom;
  chart_class->zoom_y = sae_trace_chart_zoom_y;
  chart_class->drag_begin = sae_trace_chart_drag_begin;
  chart_class->drag_to = sae_trace_chart_drag_to;
  chart_class->drag_end = sae_trace_chart_drag_end;
  chart_class->step = sae_trace_chart_step;
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding (GTK_WIDGET_CLASS (class), bindings[i].key,
                                  bindings[i].state, bindings[i].function, "i",
                                  bindings[i].argument);
}
