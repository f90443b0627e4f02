#include "app/view-settings.h"

#include "app/slider-row.h"

struct _SaeViewSettings {
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *button;
  GtkStack *stack;
  SaeSliderRow *window, *overlap, *range, *bandwidth, *gain;
  GtkSwitch *logarithmic, *smooth;
  AdwComboRow *align, *component;
};

G_DEFINE_FINAL_TYPE (SaeViewSettings, sae_view_settings, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
sae_view_settings_set_view (SaeViewSettings *self, const char *view)
{
  gboolean has_any = gtk_stack_get_child_by_name (self->stack, view) != NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), has_any);
  if (has_any)
    gtk_stack_set_visible_child_name (self->stack, view);
}

void
sae_view_settings_get_spectrogram (SaeViewSettings *self,
                                   SaeSpectrogramSettings *settings)
{
  settings->window_s = sae_slider_row_get_value (self->window);
  settings->overlap = sae_slider_row_get_value (self->overlap) / 100;
  settings->range_db = sae_slider_row_get_value (self->range);
  settings->logarithmic = gtk_switch_get_active (self->logarithmic);
}

double
sae_view_settings_get_smoothing (SaeViewSettings *self)
{
  return gtk_switch_get_active (self->smooth) ? sae_slider_row_get_value (self->bandwidth)
                                              : 0;
}

void
sae_view_settings_get_section (SaeViewSettings *self, SaeSectionSettings *settings)
{
  settings->align_on_p = adw_combo_row_get_selected (self->align) == 1;
  settings->gain = sae_slider_row_get_value (self->gain);
  settings->component = adw_combo_row_get_selected (self->component);
}

static void
update (SaeViewSettings *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->bandwidth),
                            gtk_switch_get_active (self->smooth));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
sae_view_settings_class_init (SaeViewSettingsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (SAE_TYPE_SLIDER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/view-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, button);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, window);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, overlap);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, range);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, logarithmic);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, smooth);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, bandwidth);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, align);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, component);
  gtk_widget_class_bind_template_child (widget_class, SaeViewSettings, gain);
  gtk_widget_class_bind_template_callback (widget_class, update);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_VIEW_SETTINGS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_view_settings_init (SaeViewSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
