#include "app/chart.h"

#include <adwaita.h>
#include <math.h>

/* A layer of the figure: its render node stays as it is until redrawn, whatever happens
 * in the others or above them. */
#define SAE_TYPE_CHART_CANVAS (sae_chart_canvas_get_type ())
G_DECLARE_FINAL_TYPE (SaeChartCanvas, sae_chart_canvas, SAE, CHART_CANVAS, GtkWidget)

enum { LAYER_BACK, LAYER_FIGURE, LAYER_FRONT, N_LAYERS };

struct _SaeChartCanvas {
  GtkWidget parent_instance;

  int layer;
};

G_DEFINE_FINAL_TYPE (SaeChartCanvas, sae_chart_canvas, GTK_TYPE_WIDGET)

typedef struct {
  /* Owned */
  GtkWidget *layers[N_LAYERS];
  char *font, *readout, *description;

  double font_points;
  double pointer_x, pointer_y; /* NAN when outside */
  double dragged_x, dragged_y; /* of the running drag, already panned */
  GdkModifierType modifiers;   /* of the last click */
  gboolean own_drag;           /* the running drag is the subclass's */
  double pinched;              /* scale of the running pinch, already zoomed */
} SaeChartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SaeChart, sae_chart, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_READOUT, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

#define WHEEL_ZOOM 1.25   /* a click of the wheel */
#define SURFACE_ZOOM 1.01 /* a px of a touchpad */
#define DRAG_THRESHOLD 4.0
#define PLATE_PAD 4.0f
#define PLATE_ALPHA 0.92f

void
sae_chart_pan_range (double *begin, double *end, double delta, double low, double high)
{
  double length = *end - *begin;

  *begin = CLAMP (*begin + delta, low, MAX (low, high - length));
  *end = MIN (*begin + length, high);
}

void
sae_chart_zoom_range (double *begin, double *end, double centre, double factor,
                      double low, double high, double minimum)
{
  double old_length = *end - *begin;
  double share = old_length > 0 ? (centre - *begin) / old_length : 0.5;
  double length = MIN (MAX (old_length * factor, minimum), high - low);

  *begin = centre - share * length;
  *end = *begin + length;
  sae_chart_pan_range (begin, end, 0, low, high);
}

static void
sae_chart_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SaeChart *chart = SAE_CHART (gtk_widget_get_parent (widget));
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  PlotStyle style = sae_chart_get_style (chart);
  PlotRectangle rect = {0, 0, width, height};
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  void (*const draws[N_LAYERS]) (SaeChart *, cairo_t *, PlotRectangle,
                                 const PlotStyle *) = {class->draw_back, class->draw,
                                                       class->draw_front};
  int layer = SAE_CHART_CANVAS (widget)->layer;
  gboolean is_figure = layer == LAYER_FIGURE && !class->draw;
  cairo_t *cr;

  if (width <= 0 || height <= 0 || (!draws[layer] && !is_figure))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (is_figure)
    class->draw_figure (chart, cr, rect, &style, NULL, NULL);
  else
    draws[layer](chart, cr, rect, &style);
  cairo_destroy (cr);
}

static void
sae_chart_canvas_class_init (SaeChartCanvasClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->snapshot = sae_chart_canvas_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sae_chart_canvas_init (SaeChartCanvas *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

void
sae_chart_redraw (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  for (int i = 0; i < N_LAYERS; i++)
    gtk_widget_queue_draw (priv->layers[i]);
}

void
sae_chart_redraw_front (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  gtk_widget_queue_draw (priv->layers[LAYER_FRONT]);
}

void
sae_chart_redraw_overlay (SaeChart *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GdkModifierType
sae_chart_get_modifiers (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  return priv->modifiers;
}

PlotRectangle
sae_chart_get_rectangle (SaeChart *self)
{
  return (PlotRectangle){0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                         gtk_widget_get_height (GTK_WIDGET (self))};
}

PlotStyle
sae_chart_get_style (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  PlotStyle style = plot_style_window (adw_style_manager_get_dark (manager),
                                       adw_style_manager_get_high_contrast (manager));

  style.font = priv->font;
  style.font_points = priv->font_points;
  style.scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  return style;
}

static void
say (SaeChart *self, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* Once left, a chart is described as a whole again. */
static void
on_focus_left (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  say (self, priv->description);
}

void
sae_chart_describe (SaeChart *self, const char *label, const char *description)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  g_free (priv->description);
  priv->description = g_strdup (description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

const char *
sae_chart_get_readout (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  return priv->readout;
}

void
sae_chart_set_readout (SaeChart *self, const char *readout)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  if (g_str_equal (priv->readout, readout))
    return;
  g_free (priv->readout);
  priv->readout = g_strdup (readout);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, readout, -1);
  /* Screen readers speak a picture's description when it changes while they are on it,
   * but not its value. The pointer is not to be followed. */
  if (gtk_widget_has_focus (GTK_WIDGET (self)) && isnan (priv->pointer_x))
    say (self, *readout ? readout : priv->description);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READOUT]);
}

GdkRGBA
sae_chart_rgba (PlotColor color)
{
  return (GdkRGBA){(float)color.red, (float)color.green, (float)color.blue,
                   (float)color.alpha};
}

static PangoLayout *
lay_out_text (SaeChart *self, const PlotStyle *style, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_from_string (style->font);

  pango_font_description_set_size (font, (int)(style->font_points * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  return layout;
}

double
sae_chart_text_width (SaeChart *self, const PlotStyle *style, const char *text)
{
  g_autoptr (PangoLayout) layout = lay_out_text (self, style, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + 2 * PLATE_PAD;
}

void
sae_chart_append_text (SaeChart *self, GtkSnapshot *snapshot, const PlotStyle *style,
                       const char *text, SaeChartPlace place, double x, double y,
                       double x_min, double x_max)
{
  g_autoptr (PangoLayout) layout = lay_out_text (self, style, text);
  GdkRGBA ink = sae_chart_rgba (style->text), ground = sae_chart_rgba (style->background);
  int text_width, height;
  double width, left;

  pango_layout_get_pixel_size (layout, &text_width, &height);
  width = text_width + 2 * PLATE_PAD;
  if (place == SAE_CHART_CENTRED)
    left = MIN (x - width / 2, x_max - width);
  else
    left = x + width <= x_max ? x : x - width;
  left = round (MAX (left, x_min));
  ground.alpha = PLATE_ALPHA;
  gtk_snapshot_append_color (snapshot, &ground,
                             &GRAPHENE_RECT_INIT ((float)left,
                                                  roundf ((float)y - height / 2.0f),
                                                  (float)width, (float)height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float)left + PLATE_PAD, roundf ((float)y - height / 2.0f)));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

/* The interface font's family; its size as the text scaling factor has it. */
static void
read_font (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  g_autofree char *name = NULL;
  int dpi = 0;
  PangoFontDescription *description;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-font-name", &name,
                "gtk-xft-dpi", &dpi, NULL);
  description = pango_font_description_from_string (name ? name : "Sans");
  pango_font_description_unset_fields (description, PANGO_FONT_MASK_SIZE);
  g_free (priv->font);
  priv->font = pango_font_description_to_string (description);
  priv->font_points = dpi > 0 ? 10.0 * dpi / (96.0 * PANGO_SCALE) : 10.0;
  pango_font_description_free (description);
  sae_chart_redraw (self);
}

static void
zoom (SaeChart *self, double x, double y, double factor)
{
  if (SAE_CHART_GET_CLASS (self)->zoom)
    SAE_CHART_GET_CLASS (self)->zoom (self, x, y, factor);
}

/* At the pointer where it is inside, else in the middle. */
static void
zoom_here (SaeChart *self, double factor)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  PlotRectangle rect = sae_chart_get_rectangle (self);
  gboolean outside = isnan (priv->pointer_x);

  zoom (self, outside ? rect.width / 2 : priv->pointer_x,
        outside ? rect.height / 2 : priv->pointer_y, factor);
}

static void
zoom_y_here (SaeChart *self, double factor)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  PlotRectangle rect = sae_chart_get_rectangle (self);

  SAE_CHART_GET_CLASS (self)->zoom_y (
      self, isnan (priv->pointer_y) ? rect.height / 2 : priv->pointer_y, factor);
}

static gboolean
has_control (GtkEventControllerScroll *controller)
{
  return (gtk_event_controller_get_current_event_state (
              GTK_EVENT_CONTROLLER (controller)) &
          GDK_CONTROL_MASK) != 0;
}

static void
pan (SaeChart *self, double dx, double dy)
{
  if (SAE_CHART_GET_CLASS (self)->pan)
    SAE_CHART_GET_CLASS (self)->pan (self, dx, dy);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, SaeChart *self)
{
  gboolean wheel =
      gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;

  if (!SAE_CHART_GET_CLASS (self)->zoom)
    return GDK_EVENT_PROPAGATE;
  if (SAE_CHART_GET_CLASS (self)->zoom_y && has_control (controller))
    zoom_y_here (self, pow (wheel ? WHEEL_ZOOM : SURFACE_ZOOM, dy));
  else if (fabs (dx) > fabs (dy))
    pan (self, wheel ? -40 * dx : -dx, 0);
  else
    zoom_here (self, pow (wheel ? WHEEL_ZOOM : SURFACE_ZOOM, dy));
  return GDK_EVENT_STOP;
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  priv->pointer_x = x;
  priv->pointer_y = y;
  if (SAE_CHART_GET_CLASS (self)->hover)
    SAE_CHART_GET_CLASS (self)->hover (self, x, y);
}

static void
on_leave (GtkEventControllerMotion *controller, SaeChart *self)
{
  on_motion (controller, NAN, NAN, self);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  SaeChartClass *class = SAE_CHART_GET_CLASS (self);

  priv->dragged_x = priv->dragged_y = 0;
  priv->own_drag = class->drag_begin &&
                   class->drag_begin (self, x, y,
                                      gtk_event_controller_get_current_event_state (
                                          GTK_EVENT_CONTROLLER (gesture)));
}

static void
on_drag_update (GtkGestureDrag *gesture, double x, double y, SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  double x0, y0;

  if (priv->dragged_x == 0 && priv->dragged_y == 0 && hypot (x, y) < DRAG_THRESHOLD)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (priv->own_drag && gtk_gesture_drag_get_start_point (gesture, &x0, &y0))
    SAE_CHART_GET_CLASS (self)->drag_to (self, x0 + x, y0 + y);
  else if (!priv->own_drag)
    pan (self, x - priv->dragged_x, y - priv->dragged_y);
  priv->dragged_x = x;
  priv->dragged_y = y;
}

static void
end_drag (SaeChart *self, gboolean done)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  if (priv->own_drag)
    SAE_CHART_GET_CLASS (self)->drag_end (self, done);
  priv->own_drag = FALSE;
}

static void
on_drag_end (GtkGestureDrag *gesture, double x, double y, SaeChart *self)
{
  end_drag (self, TRUE);
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, SaeChart *self)
{
  end_drag (self, FALSE);
}

static void
reset (SaeChart *self)
{
  if (SAE_CHART_GET_CLASS (self)->reset)
    SAE_CHART_GET_CLASS (self)->reset (self);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  priv->modifiers =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    reset (self);
  else if (n_press == 1 && SAE_CHART_GET_CLASS (self)->click)
    SAE_CHART_GET_CLASS (self)->click (self, x, y);
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);

  priv->pinched = 1;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  double x, y;

  if (scale > 0 && gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y)) {
    zoom (self, x, y, priv->pinched / scale);
    priv->pinched = scale;
  }
}

static gboolean
zoom_by_key (GtkWidget *widget, GVariant *factor, gpointer unused)
{
  zoom_here (SAE_CHART (widget), g_variant_get_double (factor));
  return GDK_EVENT_STOP;
}

static gboolean
reset_by_key (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  reset (SAE_CHART (widget));
  return GDK_EVENT_STOP;
}

static gboolean
step_by_key (GtkWidget *widget, GVariant *direction, gpointer unused)
{
  SaeChartClass *class = SAE_CHART_GET_CLASS (widget);

  if (!class->step)
    return GDK_EVENT_PROPAGATE;
  class->step (SAE_CHART (widget), (GtkDirectionType)g_variant_get_int32 (direction));
  return GDK_EVENT_STOP;
}

static void
sae_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SaeChart *self = SAE_CHART (widget);
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  PlotStyle style = sae_chart_get_style (self);

  for (int i = 0; i < N_LAYERS; i++)
    gtk_widget_snapshot_child (widget, priv->layers[i], snapshot);
  if (SAE_CHART_GET_CLASS (self)->draw_overlay)
    SAE_CHART_GET_CLASS (self)->draw_overlay (self, snapshot,
                                              sae_chart_get_rectangle (self), &style);
}

static void
sae_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_READOUT)
    g_value_set_string (value, sae_chart_get_readout (SAE_CHART (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_chart_dispose (GObject *object)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (SAE_CHART (object));

  for (int i = 0; i < N_LAYERS; i++)
    g_clear_pointer (&priv->layers[i], gtk_widget_unparent);
  G_OBJECT_CLASS (sae_chart_parent_class)->dispose (object);
}

static void
sae_chart_finalize (GObject *object)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (SAE_CHART (object));

  g_free (priv->font);
  g_free (priv->readout);
  g_free (priv->description);
  G_OBJECT_CLASS (sae_chart_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *class)
{
  static const struct {
    guint key;
    double factor;
  } zooms[] = {{GDK_KEY_plus, 0.8},
               {GDK_KEY_equal, 0.8},
               {GDK_KEY_KP_Add, 0.8},
               {GDK_KEY_minus, 1.25},
               {GDK_KEY_KP_Subtract, 1.25}};
  static const struct {
    guint key;
    GtkDirectionType direction;
  } steps[] = {{GDK_KEY_Left, GTK_DIR_LEFT},
               {GDK_KEY_Right, GTK_DIR_RIGHT},
               {GDK_KEY_Up, GTK_DIR_UP},
               {GDK_KEY_Down, GTK_DIR_DOWN}};

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding (class, zooms[i].key, 0, zoom_by_key, "d",
                                  zooms[i].factor);
  gtk_widget_class_add_binding (class, GDK_KEY_plus, GDK_SHIFT_MASK, zoom_by_key, "d",
                                0.8);
  gtk_widget_class_add_binding (class, GDK_KEY_0, 0, reset_by_key, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_0, 0, reset_by_key, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_add_binding (class, steps[i].key, 0, step_by_key, "i",
                                  (gint32)steps[i].direction);
}

static void
sae_chart_class_init (SaeChartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->get_property = sae_chart_get_property;
  G_OBJECT_CLASS (class)->dispose = sae_chart_dispose;
  G_OBJECT_CLASS (class)->finalize = sae_chart_finalize;
  properties[PROP_READOUT] = g_param_spec_string (
      "readout", NULL, NULL, "",
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPERTIES, properties);
  widget_class->snapshot = sae_chart_snapshot;
  add_bindings (widget_class);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

/* The controllers belong to the widget, so that plain connections end with it. */
static void
add_controllers (SaeChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scroll), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_leave), self, 0);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag_update), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (on_drag_end), self, 0);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (on_drag_cancel), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  g_signal_connect_object (pinch, "begin", G_CALLBACK (on_pinch_begin), self, 0);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (on_pinch), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

static void
sae_chart_init (SaeChart *self)
{
  SaeChartPrivate *priv = sae_chart_get_instance_private (self);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));

  priv->pointer_x = priv->pointer_y = NAN;
  priv->readout = g_strdup ("");
  priv->description = g_strdup ("");
  for (int i = 0; i < N_LAYERS; i++) {
    priv->layers[i] = g_object_new (SAE_TYPE_CHART_CANVAS, NULL);
    SAE_CHART_CANVAS (priv->layers[i])->layer = i;
    gtk_widget_set_parent (priv->layers[i], GTK_WIDGET (self));
  }
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
  read_font (self);
  g_signal_connect_object (settings, "notify::gtk-font-name", G_CALLBACK (read_font),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (read_font), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (sae_chart_redraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast",
                           G_CALLBACK (sae_chart_redraw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::scale-factor", G_CALLBACK (sae_chart_redraw),
                           self, 0);
}
