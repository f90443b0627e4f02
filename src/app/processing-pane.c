#include "app/processing-pane.h"

#include "app/slider-row.h"
#include <glib/gi18n.h>
#include <math.h>

#define DEFAULT_ORDER 4
#define DEFAULT_LOW_HZ 0.1
#define DEFAULT_HIGH_HZ 20.0

struct _SaeProcessingPane {
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *network_row, *baseline, *filter, *motion_group;
  GtkSwitch *network, *demean, *detrend, *zero_phase;
  SaeSliderRow *taper, *order, *low, *high;
  AdwComboRow *kind, *motion, *rotation;
  GtkWidget *zero_phase_row;

  gboolean is_resetting;
};

G_DEFINE_FINAL_TYPE (SaeProcessingPane, sae_processing_pane, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
sae_processing_pane_read (SaeProcessingPane *self, SaeTreatment *treatment)
{
  SeismicProcessing *processing = &treatment->processing;

  memset (treatment, 0, sizeof *treatment);
  treatment->as_network = gtk_switch_get_active (self->network);
  processing->demean = gtk_switch_get_active (self->demean);
  processing->detrend = gtk_switch_get_active (self->detrend);
  processing->taper = sae_slider_row_get_value (self->taper) / 100;
  processing->motion = (SeismicMotion)adw_combo_row_get_selected (self->motion);
  processing->rotation = (SeismicRotation)adw_combo_row_get_selected (self->rotation);
  processing->filter.kind =
      (SeismicButterworthKind)adw_combo_row_get_selected (self->kind);
  if (processing->filter.kind == SEISMIC_BUTTERWORTH_NONE)
    return;
  processing->filter.order = (size_t)lround (sae_slider_row_get_value (self->order));
  processing->filter.low_hz = sae_slider_row_get_value (self->low);
  processing->filter.high_hz = sae_slider_row_get_value (self->high);
  processing->filter.zero_phase = gtk_switch_get_active (self->zero_phase);
}

/* Rows that say nothing about this kind of filter are hidden. */
static void
update (SaeProcessingPane *self)
{
  guint kind = adw_combo_row_get_selected (self->kind);
  gboolean filters = kind != SEISMIC_BUTTERWORTH_NONE;
  gboolean own = !gtk_switch_get_active (self->network);

  gtk_widget_set_visible (GTK_WIDGET (self->order), filters);
  gtk_widget_set_visible (self->zero_phase_row, filters);
  gtk_widget_set_visible (GTK_WIDGET (self->low),
                          filters && kind != SEISMIC_BUTTERWORTH_LOWPASS);
  gtk_widget_set_visible (GTK_WIDGET (self->high),
                          filters && kind != SEISMIC_BUTTERWORTH_HIGHPASS);
  gtk_widget_set_sensitive (self->baseline, own);
  gtk_widget_set_sensitive (self->filter, own);
  gtk_widget_set_sensitive (self->motion_group, own);
  if (!self->is_resetting)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
sae_processing_pane_reset (SaeProcessingPane *self)
{
  self->is_resetting = TRUE;
  gtk_switch_set_active (self->network, FALSE);
  gtk_switch_set_active (self->demean, FALSE);
  gtk_switch_set_active (self->detrend, FALSE);
  sae_slider_row_set_value (self->taper, 0);
  adw_combo_row_set_selected (self->kind, SEISMIC_BUTTERWORTH_NONE);
  sae_slider_row_set_value (self->order, DEFAULT_ORDER);
  sae_slider_row_set_value (self->low, DEFAULT_LOW_HZ);
  sae_slider_row_set_value (self->high, DEFAULT_HIGH_HZ);
  gtk_switch_set_active (self->zero_phase, TRUE);
  adw_combo_row_set_selected (self->motion, SEISMIC_MOTION_AS_RECORDED);
  adw_combo_row_set_selected (self->rotation, SEISMIC_ROTATION_NONE);
  self->is_resetting = FALSE;
  update (self);
}

static void
reset_by_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_processing_pane_reset (SAE_PROCESSING_PANE (widget));
}

static const char *
rotation_hint (const SeismicSignalInfo *info)
{
  if (!info)
    return "";
  if (info->components[2] != 'Z')
    return _ ("The record has no vertical component");
  if (isnan (info->back_azimuth))
    return _ ("Radial needs the places of event and station");
  if (info->components[0] != 'E' && isnan (info->azimuths[0]))
    return _ ("It is not known where the components point");
  return "";
}

void
sae_processing_pane_adapt (SaeProcessingPane *self, SaeSignalItem *item,
                           gboolean has_model)
{
  const SeismicSignalInfo *info = item ? sae_signal_item_get_info (item) : NULL;

  gtk_widget_set_sensitive (self->network_row,
                            has_model || gtk_switch_get_active (self->network));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->network_row),
                               has_model ? _ ("At its rate, as normalised differences")
                                         : _ ("Needs a trained model"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rotation), rotation_hint (info));
}

static void
sae_processing_pane_class_init (SaeProcessingPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (SAE_TYPE_SLIDER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/processing-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, network_row);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, baseline);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, filter);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, motion_group);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, network);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, demean);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, detrend);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, zero_phase);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, zero_phase_row);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, taper);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, order);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, low);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, high);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, kind);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, motion);
  gtk_widget_class_bind_template_child (widget_class, SaeProcessingPane, rotation);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "processing.reset", NULL,
                                   reset_by_action);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_PROCESSING_PANE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_processing_pane_init (SaeProcessingPane *self)
{
  self->is_resetting = TRUE; /* no signals from the template's values */
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_processing_pane_reset (self);
}
