#include "app/loss-chart.h"

#include "app/format.h"
#include "plot/loss-plot.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeLossChart {
  SaeChart parent_instance;

  /* Owned */
  SaeLossHistory *history;
};

G_DEFINE_FINAL_TYPE (SaeLossChart, sae_loss_chart, SAE_TYPE_CHART)

enum { PROP_0, PROP_HISTORY, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
sae_loss_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                     const PlotStyle *style)
{
  SaeLossChart *self = SAE_LOSS_CHART (chart);
  SaeLossView view = {0};
  PlotLosses losses;

  if (self->history)
    view = sae_loss_history_get_view (self->history);
  losses = (PlotLosses){.n_epochs = view.n_epochs,
                        .training = view.training,
                        .validation = view.validation,
                        .n_batches = view.n_batches,
                        .batch_epoch = view.batch_epoch,
                        .batch_loss = view.batch_loss,
                        .n_epochs_planned = view.n_epochs_planned,
                        .training_label = _ ("Training"),
                        .validation_label = _ ("Validation"),
                        .epoch_label = _ ("Epoch"),
                        .loss_label = _ ("Loss (mean absolute error)")};
  plot_loss_plot_draw (cr, rect, &losses, style);
}

static void
describe (SaeLossChart *self)
{
  SaeLossView view = sae_loss_history_get_view (self->history);
  g_autofree char *training = NULL, *validation = NULL, *description = NULL;

  if (view.n_epochs == 0) {
    sae_chart_describe (SAE_CHART (self), _ ("Loss"), _ ("No epoch finished yet"));
    return;
  }
  training = sae_format_significant (view.training[view.n_epochs - 1], 3);
  validation = sae_format_significant (view.validation[view.n_epochs - 1], 3);
  description =
      g_strdup_printf (_ ("After epoch %zu of %zu: training loss %s, validation loss %s"),
                       view.n_epochs, view.n_epochs_planned, training, validation);
  sae_chart_describe (SAE_CHART (self), _ ("Loss"), description);
}

static void
on_changed (SaeLossChart *self)
{
  describe (self);
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_loss_chart_set_history (SaeLossChart *self, SaeLossHistory *history)
{
  if (self->history)
    g_signal_handlers_disconnect_by_func (self->history, on_changed, self);
  if (!g_set_object (&self->history, history))
    return;
  if (history) {
    g_signal_connect_object (history, "changed", G_CALLBACK (on_changed), self,
                             G_CONNECT_SWAPPED);
    on_changed (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY]);
}

static void
sae_loss_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_HISTORY)
    g_value_set_object (value, SAE_LOSS_CHART (object)->history);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_loss_chart_set_property (GObject *object, guint id, const GValue *value,
                             GParamSpec *pspec)
{
  if (id == PROP_HISTORY)
    sae_loss_chart_set_history (SAE_LOSS_CHART (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_loss_chart_finalize (GObject *object)
{
  g_clear_object (&SAE_LOSS_CHART (object)->history);
  G_OBJECT_CLASS (sae_loss_chart_parent_class)->finalize (object);
}

static void
sae_loss_chart_class_init (SaeLossChartClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_loss_chart_get_property;
  object_class->set_property = sae_loss_chart_set_property;
  object_class->finalize = sae_loss_chart_finalize;
  SAE_CHART_CLASS (class)->draw = sae_loss_chart_draw;
  properties[PROP_HISTORY] = g_param_spec_object (
      "history", NULL, NULL, SAE_TYPE_LOSS_HISTORY,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_loss_chart_init (SaeLossChart *self)
{
}
