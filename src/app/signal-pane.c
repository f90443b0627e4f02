#include "app/signal-pane-private.h"

#include "app/error-text.h"
#include "app/format.h"
#include <math.h>

G_DEFINE_FINAL_TYPE (SaeSignalPane, sae_signal_pane, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_SIDE, PROP_VIEW, PROP_NUMBERS, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

SaeSignalView *
sae_signal_pane_get_signal_view (SaeSignalPane *self)
{
  return self->view;
}

SaeChart *
sae_signal_pane_get_chart (SaeSignalPane *self)
{
  return sae_signal_views_get_chart (self->views);
}

gboolean
sae_signal_pane_get_window (SaeSignalPane *self, int64_t *from_ns, int64_t *to_ns)
{
  const SaeShown *shown = sae_signal_view_get_shown (self->view);
  double begin_s, end_s;

  if (!shown || !sae_trace_chart_get_selection (sae_signal_views_get_trace (self->views),
                                                &begin_s, &end_s))
    return FALSE;
  *from_ns = shown->wave->start_ns + llround (begin_s * 1e9);
  *to_ns = shown->wave->start_ns + llround (end_s * 1e9);
  return TRUE;
}

static void
show_heading (SaeSignalPane *self, SaeSignalItem *item)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  g_autofree char *event = sae_format_event (&info->event);

  gtk_label_set_label (self->title, sae_signal_item_get_instrument (item));
  gtk_label_set_label (self->event, event);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), sae_signal_item_get_synthetic (item));
}

static void
set_numbers (SaeSignalPane *self, gboolean numbers)
{
  if (self->numbers == numbers)
    return;
  self->numbers = numbers;
  sae_signal_pane_show_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NUMBERS]);
}

static void
on_shown (SaeSignalPane *self, gboolean same_record)
{
  const SaeShown *shown = sae_signal_view_get_shown (self->view);

  sae_signal_views_show (self->views, self->view, same_record);
  sae_pick_bar_show (self->picks,
                     sae_session_get_folder (sae_signal_view_get_session (self->view)),
                     shown);
  if (!shown) {
    gtk_stack_set_visible_child_name (self->stack, "nothing");
    return;
  }
  sae_signal_pane_show_record (self, shown);
  gtk_stack_set_visible_child_name (self->stack, "signal");
}

static void
on_failed (SaeSignalPane *self, const GError *error)
{
  g_autofree char *text = sae_error_text (error);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  sae_signal_views_show (self->views, self->view, FALSE);
  sae_pick_bar_show (self->picks, NULL, NULL);
  adw_status_page_set_description (self->failure, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

static void
on_treatment (SaeSignalPane *self)
{
  SaeTreatment treatment;

  if (!self->view)
    return;
  sae_processing_pane_read (self->processing, &treatment);
  treatment.processing.physical = sae_amplitude_button_get_physical (self->amplitude);
  sae_signal_view_set_treatment (self->view, &treatment);
}

static void
on_scaling (SaeSignalPane *self)
{
  double limit;
  PlotScaling scaling = sae_amplitude_button_get_scaling (self->amplitude, &limit);

  sae_trace_chart_set_scaling (sae_signal_views_get_trace (self->views), scaling, limit);
}

static void
on_selected (SaeSignalPane *self)
{
  SaeSession *session = sae_signal_view_get_session (self->view);
  SaeSignalItem *item = sae_session_get_selected (session);

  sae_processing_pane_adapt (self->processing, item, sae_session_get_has_model (session));
  if (item)
    show_heading (self, item);
}

static void
set_session (SaeSignalPane *self, SaeSession *session)
{
  if (!session || sae_signal_view_get_session (self->view))
    return;
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::has-model", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  sae_signal_view_set_session (self->view, session);
  on_selected (self);
}

static void
reset_processing (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_processing_pane_reset (SAE_SIGNAL_PANE (widget)->processing);
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaePickBar *picks = SAE_SIGNAL_PANE (widget)->picks;

  if (g_str_equal (action, "signal.undo"))
    sae_pick_bar_undo (picks);
  else
    sae_pick_bar_redo (picks);
}

static void
pick (GtkWidget *widget, const char *action, GVariant *phase)
{
  SaeSignalPane *self = SAE_SIGNAL_PANE (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->picks)))
    sae_trace_chart_pick_at_cursor (sae_signal_views_get_trace (self->views),
                                    g_str_equal (g_variant_get_string (phase, NULL), "S")
                                        ? SAE_TRACE_S
                                        : SAE_TRACE_P);
}

/* The record is fine: what was wrong is said in the row above it. */
static void
on_pick_failed (SaeSignalPane *self, const GError *error)
{
  g_autofree char *text = sae_error_text (error);

  sae_signal_pane_show_note (self, text, TRUE);
}

static void
sae_signal_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeSignalPane *self = SAE_SIGNAL_PANE (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, sae_signal_view_get_session (self->view));
  else if (id == PROP_SIDE)
    g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
  else if (id == PROP_VIEW)
    g_value_set_string (value, sae_signal_views_get_view (self->views));
  else if (id == PROP_NUMBERS)
    g_value_set_boolean (value, self->numbers);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_pane_set_property (GObject *object, guint id, const GValue *value,
                              GParamSpec *pspec)
{
  SaeSignalPane *self = SAE_SIGNAL_PANE (object);

  if (id == PROP_SESSION)
    set_session (self, g_value_get_object (value));
  else if (id == PROP_SIDE)
    adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
  else if (id == PROP_VIEW)
    sae_signal_views_set_view (self->views, g_value_get_string (value));
  else if (id == PROP_NUMBERS)
    set_numbers (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
on_revealed (SaeSignalPane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDE]);
}

static void
on_view (SaeSignalPane *self)
{
  gboolean is_waveform =
      g_str_equal (sae_signal_views_get_view (self->views), "waveform");

  gtk_widget_set_sensitive (GTK_WIDGET (self->picks), is_waveform);
  sae_view_settings_set_view (self->settings, sae_signal_views_get_view (self->views));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

static void
on_settings (SaeSignalPane *self)
{
  sae_signal_views_apply (self->views, self->settings);
}

static void
sae_signal_pane_dispose (GObject *object)
{
  SaeSignalPane *self = SAE_SIGNAL_PANE (object);

  if (self->view)
    g_object_run_dispose (G_OBJECT (self->view)); /* waits for its thread */
  g_clear_object (&self->view);
  G_OBJECT_CLASS (sae_signal_pane_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (SAE_TYPE_SIGNAL_VIEWS);
  g_type_ensure (SAE_TYPE_VIEW_SETTINGS);
  g_type_ensure (SAE_TYPE_AMPLITUDE_BUTTON);
  g_type_ensure (SAE_TYPE_PROCESSING_PANE);
  g_type_ensure (SAE_TYPE_SELECTION_TABLE);
  g_type_ensure (SAE_TYPE_PICK_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/signal-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, flap);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, title);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, event);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, badge);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, gaps);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, facts);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, applied);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, applied_row);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, flaw_icon);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, selection_row);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, views);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, settings);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, amplitude);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, processing);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, selection);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, picks);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, picks_label);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_treatment);
  gtk_widget_class_bind_template_callback (widget_class, on_scaling);
  gtk_widget_class_bind_template_callback (widget_class, sae_signal_pane_show_selection);
  gtk_widget_class_bind_template_callback (widget_class, on_revealed);
  gtk_widget_class_bind_template_callback (widget_class, on_view);
  gtk_widget_class_bind_template_callback (widget_class, on_settings);
  gtk_widget_class_bind_template_callback (widget_class, sae_signal_pane_show_marks);
  gtk_widget_class_bind_template_callback (widget_class, on_pick_failed);
}

static void
sae_signal_pane_class_init (SaeSignalPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_signal_pane_get_property;
  object_class->set_property = sae_signal_pane_set_property;
  object_class->dispose = sae_signal_pane_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIDE] = g_param_spec_boolean (
      "side", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VIEW] = g_param_spec_string (
      "view", NULL, NULL, "waveform",
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NUMBERS] = g_param_spec_boolean (
      "numbers", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "signal.side", "side");
  gtk_widget_class_install_property_action (widget_class, "signal.view", "view");
  gtk_widget_class_install_property_action (widget_class, "signal.numbers", "numbers");
  gtk_widget_class_install_action (widget_class, "signal.pick", "s", pick);
  gtk_widget_class_install_action (widget_class, "signal.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "signal.redo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "signal.reset-processing", NULL,
                                   reset_processing);
}

static void
sae_signal_pane_init (SaeSignalPane *self)
{
  self->view = sae_signal_view_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->view, "shown", G_CALLBACK (on_shown), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->view, "busy", self->spinner, "spinning",
                          G_BINDING_SYNC_CREATE);
  sae_pick_bar_attach (self->picks, sae_signal_views_get_trace (self->views));
  on_settings (self);
  on_view (self);
}
