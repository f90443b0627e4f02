#include "app/amplitude-button.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_SCALINGS 4

struct _SaeAmplitudeButton {
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *button;
  GtkCheckButton *each, *common, *robust, *fixed, *counts, *physical;
  GtkWidget *limit_box;
  GtkSpinButton *limit;
  GtkLabel *limit_unit, *no_sensitivity, *button_label;

  double shown_limit;
};

G_DEFINE_FINAL_TYPE (SaeAmplitudeButton, sae_amplitude_button, ADW_TYPE_BIN)

enum { SCALING_CHANGED, UNIT_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

PlotScaling
sae_amplitude_button_get_scaling (SaeAmplitudeButton *self, double *limit)
{
  *limit = gtk_spin_button_get_value (self->limit);
  if (gtk_check_button_get_active (self->common))
    return PLOT_SCALING_COMMON;
  if (gtk_check_button_get_active (self->robust))
    return PLOT_SCALING_ROBUST;
  if (gtk_check_button_get_active (self->fixed))
    return PLOT_SCALING_FIXED;
  return PLOT_SCALING_EACH;
}

gboolean
sae_amplitude_button_get_physical (SaeAmplitudeButton *self)
{
  return gtk_check_button_get_active (self->physical);
}

static void
show_choice (SaeAmplitudeButton *self)
{
  const char *const names[N_SCALINGS] = {
      /* Translators: scales of a signal's amplitudes, on a small button */
      _ ("Each"), _ ("Common"), _ ("Robust"), _ ("Fixed")};
  double limit;
  PlotScaling scaling = sae_amplitude_button_get_scaling (self, &limit);
  g_autofree char *text =
      g_strdup_printf ("%s · %s", names[scaling], gtk_label_get_label (self->limit_unit));

  gtk_label_set_label (self->button_label, text);
  gtk_widget_set_sensitive (self->limit_box, scaling == PLOT_SCALING_FIXED);
}

/* Two significant digits, so that the entry shows a round number. */
static double
round_limit (double limit)
{
  double scale = limit > 0 ? pow (10, floor (log10 (limit)) - 1) : 1;

  return limit > 0 ? ceil (limit / scale) * scale : 1;
}

static void
on_scaling (SaeAmplitudeButton *self)
{
  show_choice (self);
  g_signal_emit (self, signals[SCALING_CHANGED], 0);
}

/* A fixed scale begins as what is seen. */
static void
on_fixed (SaeAmplitudeButton *self)
{
  if (gtk_check_button_get_active (self->fixed))
    gtk_spin_button_set_value (self->limit, round_limit (self->shown_limit));
  show_choice (self);
  g_signal_emit (self, signals[SCALING_CHANGED], 0);
}

static void
on_unit (SaeAmplitudeButton *self)
{
  g_signal_emit (self, signals[UNIT_CHANGED], 0);
}

void
sae_amplitude_button_adapt (SaeAmplitudeButton *self, const char *unit,
                            gboolean has_sensitivity, double limit)
{
  double old;
  gboolean is_new = g_strcmp0 (gtk_label_get_label (self->limit_unit), unit) != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->no_sensitivity), !has_sensitivity);
  gtk_label_set_label (self->limit_unit, unit);
  self->shown_limit = limit;
  show_choice (self);
  /* A limit in another unit means nothing. */
  if (is_new && sae_amplitude_button_get_scaling (self, &old) == PLOT_SCALING_FIXED)
    on_fixed (self);
}

static void
sae_amplitude_button_class_init (SaeAmplitudeButtonClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/amplitude-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, button);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, button_label);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, each);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, common);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, robust);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, fixed);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, counts);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, physical);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, limit_box);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, limit);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, limit_unit);
  gtk_widget_class_bind_template_child (widget_class, SaeAmplitudeButton, no_sensitivity);
  gtk_widget_class_bind_template_callback (widget_class, on_scaling);
  gtk_widget_class_bind_template_callback (widget_class, on_fixed);
  gtk_widget_class_bind_template_callback (widget_class, on_unit);
  signals[SCALING_CHANGED] =
      g_signal_new ("scaling-changed", SAE_TYPE_AMPLITUDE_BUTTON, G_SIGNAL_RUN_LAST, 0,
                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNIT_CHANGED] =
      g_signal_new ("unit-changed", SAE_TYPE_AMPLITUDE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_amplitude_button_init (SaeAmplitudeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown_limit = 1;
}
