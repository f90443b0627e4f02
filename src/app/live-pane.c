#include "app/live-pane.h"

#include "app/format.h"
#include "app/trace-chart.h"
#include <glib/gi18n.h>

struct _SaeLivePane {
  AdwBin parent_instance;

  /* Template widgets */
  GtkDropDown *choice;
  GtkLabel *error;
  SaeTraceChart *chart;

  /* Owned */
  SaeSession *session;
  char *shown; /* id of the signal in the chart, or NULL */
  gboolean is_listing;
};

G_DEFINE_FINAL_TYPE (SaeLivePane, sae_live_pane, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

/* "BK.CMB.00.HN · M 6.0 · 2019-10-15" */
static char *
name_of (SaeSession *session, const char *id)
{
  SaeSignalItem *item = sae_session_find_signal (session, id);
  g_autofree char *event = NULL;

  if (!item)
    return g_strdup (id);
  event = sae_format_event_short (&sae_signal_item_get_info (item)->event);
  if (*event == '\0')
    return g_strdup (sae_signal_item_get_instrument (item));
  return g_strdup_printf ("%s · %s", sae_signal_item_get_instrument (item), event);
}

static void
on_listed (SaeLivePane *self)
{
  SaeLiveSignal *live = sae_session_get_live (self->session);
  const char *const *ids = sae_live_signal_get_ids (live);
  const char *chosen = sae_live_signal_get_chosen (live);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; ids && ids[i]; i++) {
    gtk_string_list_take (names, name_of (self->session, ids[i]));
    if (g_strcmp0 (ids[i], chosen) == 0)
      selected = i;
  }
  self->is_listing = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->choice, selected);
  self->is_listing = FALSE;
}

static void
on_chosen (SaeLivePane *self)
{
  const char *const *ids =
      self->session ? sae_live_signal_get_ids (sae_session_get_live (self->session))
                    : NULL;
  guint selected = gtk_drop_down_get_selected (self->choice);

  if (!self->is_listing && ids && selected != GTK_INVALID_LIST_POSITION)
    sae_live_signal_choose (sae_session_get_live (self->session), ids[selected]);
}

static void
show_error (SaeLivePane *self, const SaeLiveView *view)
{
  g_autofree char *error =
      sae_format_significant (view->reconstruction.normalized_error, 3);
  g_autofree char *epochs = sae_format_number (view->epochs, 1);
  g_autofree char *text =
      /* Translators: a mean absolute error, after a number of epochs such as 2.5 */
      g_strdup_printf (_ ("Normalised error %s after %s epochs"), error, epochs);
  g_autofree char *name = name_of (self->session, view->id);
  g_autofree char *label = g_strdup_printf (_ ("Reconstruction of %s"), name);

  gtk_label_set_label (self->error, text);
  sae_chart_describe (SAE_CHART (self->chart), label, text);
}

static SaeWave *
make_wave (SaeLivePane *self, const SaeLiveView *view)
{
  const AnalysisSeries *original = &view->reconstruction.original;
  SaeSignalItem *item = sae_session_find_signal (self->session, view->id);
  const char *instrument = item ? sae_signal_item_get_instrument (item) : view->id;
  size_t n = SAE_N_COMPONENTS * original->n_samples;
  char labels[SAE_N_COMPONENTS][64];
  SaeTraceInfo info = {.n_samples = original->n_samples,
                       .start_ns = original->start_ns,
                       .rate_hz = original->rate_hz,
                       /* Translators: unit of first differences of a record's counts */
                       .unit = _ ("counts/sample")};

  for (size_t i = 0; i < SAE_N_COMPONENTS; i++) {
    g_snprintf (labels[i], sizeof labels[i], "%s%c", instrument,
                item ? sae_signal_item_get_info (item)->components[i] : '1' + (int)i);
    info.labels[i] = labels[i];
  }
  return sae_wave_new (&info, sae_wave_widen (original->samples, n),
                       sae_wave_widen (view->reconstruction.reconstruction, n));
}

static void
on_changed (SaeLivePane *self)
{
  const SaeLiveView *view =
      sae_live_signal_get_view (sae_session_get_live (self->session));
  g_autoptr (SaeWave) wave = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), view != NULL);
  if (!view) {
    sae_trace_chart_clear (self->chart);
    g_clear_pointer (&self->shown, g_free);
    return;
  }
  wave = make_wave (self, view);
  sae_trace_chart_set_wave (self->chart, wave, g_strcmp0 (self->shown, view->id) == 0);
  g_free (self->shown);
  self->shown = g_strdup (view->id);
  show_error (self, view);
}

static void
set_session (SaeLivePane *self, SaeSession *session)
{
  SaeLiveSignal *live;

  if (!g_set_object (&self->session, session) || !session)
    return;
  live = sae_session_get_live (session);
  g_signal_connect_object (live, "listed", G_CALLBACK (on_listed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  on_listed (self);
  on_changed (self);
}

static void
sae_live_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_LIVE_PANE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_live_pane_set_property (GObject *object, guint id, const GValue *value,
                            GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SAE_LIVE_PANE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_live_pane_dispose (GObject *object)
{
  SaeLivePane *self = SAE_LIVE_PANE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (sae_live_pane_parent_class)->dispose (object);
}

static void
sae_live_pane_class_init (SaeLivePaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_live_pane_get_property;
  object_class->set_property = sae_live_pane_set_property;
  object_class->dispose = sae_live_pane_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (SAE_TYPE_TRACE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/live-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeLivePane, choice);
  gtk_widget_class_bind_template_child (widget_class, SaeLivePane, error);
  gtk_widget_class_bind_template_child (widget_class, SaeLivePane, chart);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
}

static void
sae_live_pane_init (SaeLivePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
