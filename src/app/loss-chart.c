#include "app/loss-chart.h"

#include "app/format.h"
#include "plot/loss-plot.h"
#include <glib/gi18n.h>
#include <math.h>
#include <stdint.h>

struct _SaeLossChart {
  SaeChart parent_instance;

  /* Owned */
  SaeLossHistory *history;
  GArray *curves; /* PlotLossCurve, of which all is owned; empty: the history is shown */

  gboolean logarithmic;
  double cursor; /* in epochs; NAN without one */
};

G_DEFINE_FINAL_TYPE (SaeLossChart, sae_loss_chart, SAE_TYPE_CHART)

enum { PROP_0, PROP_HISTORY, PROP_LOGARITHMIC, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static PlotLosses
make_losses (SaeLossChart *self)
{
  SaeLossView view = {0};

  if (self->history)
    view = sae_loss_history_get_view (self->history);
  return (PlotLosses){.n_epochs = view.n_epochs,
                      .training = view.training,
                      .validation = view.validation,
                      .n_batches = view.n_batches,
                      .batch_epoch = view.batch_epoch,
                      .batch_loss = view.batch_loss,
                      .n_epochs_planned = view.n_epochs_planned,
                      .axis =
                          self->logarithmic ? PLOT_LOSS_AXIS_LOG : PLOT_LOSS_AXIS_LINEAR,
                      .curves = (const PlotLossCurve *)(void *)self->curves->data,
                      .n_curves = self->curves->len,
                      .training_label = _ ("Training"),
                      .validation_label = _ ("Validation"),
                      .epoch_label = _ ("Epoch"),
                      .loss_label = _ ("Loss (mean absolute error)")};
}

static void
sae_loss_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                     const PlotStyle *style)
{
  PlotLosses losses = make_losses (SAE_LOSS_CHART (chart));

  plot_loss_plot_draw (cr, rect, &losses, style);
}

/* "Epoch 3, batch 4 of 12: 0.43"; NULL without a batch. */
static char *
batch_text (SaeLossChart *self, const PlotLosses *losses, double epochs)
{
  size_t i = plot_loss_plot_nearest (losses, epochs);
  size_t n = sae_loss_history_get_view (self->history).latest.n_batches;
  g_autofree char *loss = NULL;
  double epoch;

  if (i == SIZE_MAX || n == 0)
    return NULL;
  epoch = ceil (losses->batch_epoch[i] - 1e-9); /* its last batch stands at its end */
  loss = sae_format_significant (losses->batch_loss[i], 3);
  return g_strdup_printf (_ ("Epoch %.0f, batch %.0f of %zu: %s"), epoch,
                          round ((losses->batch_epoch[i] - epoch + 1) * (double)n), n,
                          loss);
}

/* Of the finished epoch whose mark is nearest; NULL without one. */
static char *
epoch_text (const PlotLosses *losses, double epochs)
{
  double epoch = CLAMP (round (epochs), 1, (double)losses->n_epochs);
  g_autofree char *training = NULL, *validation = NULL;

  if (losses->n_epochs == 0)
    return NULL;
  training = sae_format_significant (losses->training[(size_t)epoch - 1], 3);
  validation = sae_format_significant (losses->validation[(size_t)epoch - 1], 3);
  if (isnan (losses->validation[(size_t)epoch - 1]))
    return g_strdup_printf (_ ("After epoch %.0f: training %s"), epoch, training);
  return g_strdup_printf (_ ("After epoch %.0f: training %s, validation %s"), epoch,
                          training, validation);
}

/* Of several runs at the nearest epoch, a line each; a run that has ended is left out. */
static char *
curves_text (const PlotLosses *losses, double epochs)
{
  double epoch = MAX (round (epochs), 1);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("After epoch %.0f"), epoch);
  for (size_t i = 0; i < losses->n_curves; i++) {
    const PlotLossCurve *curve = &losses->curves[i];
    size_t at = (size_t)epoch - 1;
    g_autofree char *loss = NULL;

    if (at >= curve->n_epochs)
      continue;
    loss = sae_format_significant (
        isnan (curve->validation[at]) ? curve->training[at] : curve->validation[at], 3);
    g_string_append_printf (text, "\n%s: %s", curve->label, loss);
  }
  return g_string_free (text, FALSE);
}

char *
sae_loss_chart_make_readout (SaeLossChart *self)
{
  PlotLosses losses = make_losses (self);
  g_autofree char *batch = NULL, *epoch = NULL;

  if (isnan (self->cursor))
    return g_strdup ("");
  if (losses.n_curves > 0)
    return curves_text (&losses, self->cursor);
  batch = batch_text (self, &losses, self->cursor);
  epoch = epoch_text (&losses, self->cursor);
  if (!batch || !epoch)
    return g_strdup (batch ? batch : epoch ? epoch : "");
  return g_strjoin ("\n", batch, epoch, NULL);
}

static void
sae_loss_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot, PlotRectangle rect,
                             const PlotStyle *style)
{
  SaeLossChart *self = SAE_LOSS_CHART (chart);
  PlotLosses losses = make_losses (self);
  g_autofree char *text = sae_loss_chart_make_readout (self);
  GdkRGBA color = sae_chart_rgba (style->dim);
  PlotLossPlace place;
  double x;

  if (*text == '\0' || !plot_loss_plot_locate (&place, rect, &losses, style))
    return;
  x = plot_scale_px (&place.x, self->cursor);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (floorf ((float)x), (float)place.area.y,
                                                  1, (float)place.area.height));
  sae_chart_append_text (chart, snapshot, style, text, SAE_CHART_BESIDE, x + 4,
                         place.area.y + 2.2 * style->font_points, place.area.x,
                         rect.x + rect.width);
}

static void
move_cursor (SaeLossChart *self, double epochs)
{
  if (self->cursor == epochs || (isnan (self->cursor) && isnan (epochs)))
    return;
  self->cursor = epochs;
  sae_chart_redraw_overlay (SAE_CHART (self));
}

/* Where the lines end, in epochs. */
static double
last_place (const PlotLosses *losses)
{
  double last = losses->n_batches ? losses->batch_epoch[losses->n_batches - 1] : 0;

  for (size_t i = 0; i < losses->n_curves; i++)
    last = MAX (last, (double)losses->curves[i].n_epochs);
  return MAX (last, (double)losses->n_epochs);
}

static void
sae_loss_chart_hover (SaeChart *chart, double x, double y)
{
  SaeLossChart *self = SAE_LOSS_CHART (chart);
  PlotLosses losses = make_losses (self);
  PlotStyle style = sae_chart_get_style (chart);
  PlotLossPlace place;

  if (isnan (x) ||
      !plot_loss_plot_locate (&place, sae_chart_get_rectangle (chart), &losses, &style) ||
      x < place.area.x || x > place.area.x + place.area.width)
    move_cursor (self, NAN);
  else
    move_cursor (self, MIN (plot_scale_value (&place.x, x), last_place (&losses)));
}

/* Several runs: how many, and what each has come to. */
static void
describe_curves (SaeLossChart *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->curves->len; i++) {
    const PlotLossCurve *curve = &g_array_index (self->curves, PlotLossCurve, i);

    g_string_append_printf (text, _ ("%s%s, %zu epochs"), i ? "; " : "", curve->label,
                            curve->n_epochs);
  }
  sae_chart_describe (SAE_CHART (self), _ ("Losses of several runs"), text->str);
  g_string_free (text, TRUE);
}

static void
describe (SaeLossChart *self)
{
  SaeLossView view = sae_loss_history_get_view (self->history);
  g_autofree char *training = NULL, *validation = NULL, *description = NULL;
  g_autofree char *readout = sae_loss_chart_make_readout (self);

  if (*readout != '\0' && gtk_widget_has_focus (GTK_WIDGET (self))) {
    sae_chart_describe (SAE_CHART (self), _ ("Loss"), readout);
    return;
  }
  if (self->curves->len > 0) {
    describe_curves (self);
    return;
  }
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

/* From epoch to epoch. */
static void
sae_loss_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeLossChart *self = SAE_LOSS_CHART (chart);
  PlotLosses losses = make_losses (self);
  double n_epochs = losses.n_curves ? last_place (&losses) : (double)losses.n_epochs;
  double from = isnan (self->cursor) ? n_epochs + 1 : round (self->cursor);

  if (n_epochs < 1)
    return;
  if (direction == GTK_DIR_LEFT)
    move_cursor (self, CLAMP (from - 1, 1, n_epochs));
  else if (direction == GTK_DIR_RIGHT)
    move_cursor (self, CLAMP (from + 1, 1, n_epochs));
  describe (self);
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
curve_clear (gpointer data)
{
  PlotLossCurve *curve = data;

  g_free ((char *)curve->label);
  g_free ((double *)curve->training);
  g_free ((double *)curve->validation);
}

static void
add_curve (SaeLossChart *self, const AnalysisRun *run)
{
  guint n = run->history->len;
  double *training = g_new (double, n), *validation = g_new (double, n);
  PlotLossCurve curve = {g_strdup (run->name), n, training, validation};

  for (guint i = 0; i < n; i++) {
    const NnEpoch *epoch = &g_array_index (run->history, NnEpoch, i);

    training[i] = epoch->training_loss;
    validation[i] = epoch->validation_loss;
  }
  g_array_append_val (self->curves, curve);
}

void
sae_loss_chart_set_runs (SaeLossChart *self, GPtrArray *runs)
{
  g_autoptr (SaeLossHistory) history = sae_loss_history_new ();
  const AnalysisRun *only = NULL;

  g_array_set_size (self->curves, 0);
  for (guint i = 0; i < runs->len; i++) {
    const AnalysisRun *run = runs->pdata[i];

    if (run->damage)
      continue;
    only = run;
    add_curve (self, run);
  }
  if (self->curves->len == 1) {
    g_array_set_size (self->curves, 0);
    sae_loss_history_restore (history, only);
  }
  self->cursor = NAN;
  sae_loss_chart_set_history (self, history);
}

static void
set_logarithmic (SaeLossChart *self, gboolean logarithmic)
{
  if (self->logarithmic == logarithmic)
    return;
  self->logarithmic = logarithmic;
  sae_chart_redraw (SAE_CHART (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGARITHMIC]);
}

static void
sae_loss_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_HISTORY)
    g_value_set_object (value, SAE_LOSS_CHART (object)->history);
  else if (id == PROP_LOGARITHMIC)
    g_value_set_boolean (value, SAE_LOSS_CHART (object)->logarithmic);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_loss_chart_set_property (GObject *object, guint id, const GValue *value,
                             GParamSpec *pspec)
{
  if (id == PROP_HISTORY)
    sae_loss_chart_set_history (SAE_LOSS_CHART (object), g_value_get_object (value));
  else if (id == PROP_LOGARITHMIC)
    set_logarithmic (SAE_LOSS_CHART (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_loss_chart_finalize (GObject *object)
{
  g_clear_object (&SAE_LOSS_CHART (object)->history);
  g_array_unref (SAE_LOSS_CHART (object)->curves);
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
  SAE_CHART_CLASS (class)->draw_overlay = sae_loss_chart_draw_overlay;
  SAE_CHART_CLASS (class)->hover = sae_loss_chart_hover;
  SAE_CHART_CLASS (class)->step = sae_loss_chart_step;
  properties[PROP_LOGARITHMIC] = g_param_spec_boolean (
      "logarithmic", NULL, NULL, TRUE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HISTORY] = g_param_spec_object (
      "history", NULL, NULL, SAE_TYPE_LOSS_HISTORY,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_loss_chart_init (SaeLossChart *self)
{
  self->curves = g_array_new (FALSE, FALSE, sizeof (PlotLossCurve));
  g_array_set_clear_func (self->curves, curve_clear);
  self->logarithmic = TRUE;
  self->cursor = NAN;
}
