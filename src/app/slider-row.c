#include "app/slider-row.h"

#include <math.h>

struct _SaeSliderRow {
  AdwPreferencesRow parent_instance;

  /* Template widgets */
  GtkLabel *title, *unit;
  GtkSpinButton *entry;
  GtkScale *slider;

  double lower, upper, step;
  gboolean logarithmic;
  guint digits;
};

G_DEFINE_FINAL_TYPE (SaeSliderRow, sae_slider_row, ADW_TYPE_PREFERENCES_ROW)

enum {
  PROP_0,
  PROP_VALUE,
  PROP_LOWER,
  PROP_UPPER,
  PROP_STEP,
  PROP_DIGITS,
  PROP_LOGARITHMIC,
  PROP_UNIT,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

/* A slider's 1000 steps. */
#define SLIDER_STEPS 1000

double
sae_slider_row_get_value (SaeSliderRow *self)
{
  return gtk_spin_button_get_value (self->entry);
}

void
sae_slider_row_set_value (SaeSliderRow *self, double value)
{
  gtk_spin_button_set_value (self->entry, value);
}

static gboolean
to_slider (GBinding *binding, const GValue *from, GValue *to, gpointer logarithmic)
{
  double value = g_value_get_double (from);

  g_value_set_double (to, GPOINTER_TO_INT (logarithmic) ? log10 (value) : value);
  return TRUE;
}

/* In as many digits as the entry shows. */
static gboolean
from_slider (GBinding *binding, const GValue *from, GValue *to, gpointer logarithmic)
{
  double value = g_value_get_double (from);

  if (GPOINTER_TO_INT (logarithmic)) {
    double scale;

    value = pow (10, value);
    scale = pow (10, 2 - floor (log10 (value)));
    value = round (value * scale) / scale;
  }
  g_value_set_double (to, value);
  return TRUE;
}

static void
on_value_changed (SaeSliderRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
sae_slider_row_constructed (GObject *object)
{
  SaeSliderRow *self = SAE_SLIDER_ROW (object);
  gpointer logarithmic = GINT_TO_POINTER (self->logarithmic);
  double low = self->logarithmic ? log10 (self->lower) : self->lower;
  double high = self->logarithmic ? log10 (self->upper) : self->upper;
  GtkAdjustment *entry, *slider;

  G_OBJECT_CLASS (sae_slider_row_parent_class)->constructed (object);
  entry = gtk_adjustment_new (self->lower, self->lower, self->upper, self->step,
                              10 * self->step, 0);
  slider = gtk_adjustment_new (
      low, low, high, self->logarithmic ? (high - low) / SLIDER_STEPS * 10 : self->step,
      (high - low) / 10, 0);
  gtk_spin_button_configure (self->entry, entry, 0, self->digits);
  gtk_range_set_adjustment (GTK_RANGE (self->slider), slider);
  g_object_bind_property_full (entry, "value", slider, "value",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, to_slider,
                               from_slider, logarithmic, NULL);
}

static void
sae_slider_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeSliderRow *self = SAE_SLIDER_ROW (object);

  if (id == PROP_VALUE)
    g_value_set_double (value, sae_slider_row_get_value (self));
  else if (id == PROP_UNIT)
    g_value_set_string (value, gtk_label_get_label (self->unit));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_slider_row_set_property (GObject *object, guint id, const GValue *value,
                             GParamSpec *pspec)
{
  SaeSliderRow *self = SAE_SLIDER_ROW (object);

  switch (id) {
  case PROP_VALUE:
    sae_slider_row_set_value (self, g_value_get_double (value));
    break;
  case PROP_LOWER:
    self->lower = g_value_get_double (value);
    break;
  case PROP_UPPER:
    self->upper = g_value_get_double (value);
    break;
  case PROP_STEP:
    self->step = g_value_get_double (value);
    break;
  case PROP_DIGITS:
    self->digits = g_value_get_uint (value);
    break;
  case PROP_LOGARITHMIC:
    self->logarithmic = g_value_get_boolean (value);
    break;
  case PROP_UNIT:
    gtk_label_set_label (self->unit, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static GParamSpec *
number (const char *name, GParamFlags flags)
{
  return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 1,
                              flags | G_PARAM_STATIC_STRINGS);
}

static void
sae_slider_row_class_init (SaeSliderRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags once = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY;

  object_class->constructed = sae_slider_row_constructed;
  object_class->get_property = sae_slider_row_get_property;
  object_class->set_property = sae_slider_row_set_property;
  properties[PROP_VALUE] = number ("value", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOWER] = number ("lower", once);
  properties[PROP_UPPER] = number ("upper", once);
  properties[PROP_STEP] = number ("step", once);
  properties[PROP_DIGITS] =
      g_param_spec_uint ("digits", NULL, NULL, 0, 20, 0, once | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOGARITHMIC] = g_param_spec_boolean ("logarithmic", NULL, NULL, FALSE,
                                                       once | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNIT] = g_param_spec_string (
      "unit", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/slider-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSliderRow, title);
  gtk_widget_class_bind_template_child (widget_class, SaeSliderRow, unit);
  gtk_widget_class_bind_template_child (widget_class, SaeSliderRow, entry);
  gtk_widget_class_bind_template_child (widget_class, SaeSliderRow, slider);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
}

static void
sae_slider_row_init (SaeSliderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
