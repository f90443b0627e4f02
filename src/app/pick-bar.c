#include "app/pick-bar.h"

#include "app/format.h"
#include "app/signal-marks.h"
#include "seismic/time.h"
#include "session/picks.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaePickBar {
  AdwBin parent_instance;

  /* Template widgets */
  GtkToggleButton *p, *s;

  /* Owned */
  SaePicks *picks;
  SaeSignalItem *item; /* whose picks they are; NULL for none */
  SaeRecording *raw, *recording;

  /* Borrowed */
  SaeTraceChart *trace;

  guint first_mark; /* of the picks, among the marks */
};

G_DEFINE_FINAL_TYPE (SaePickBar, sae_pick_bar, ADW_TYPE_BIN)

enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Picks stay with the channels as they were recorded, also where they are shown rotated.
 */
static void
channel_of (SaePickBar *self, size_t component, char channel[8])
{
  seismic_signal_channel (self->raw->record->signal, component, channel);
}

static size_t
component_of (SaePickBar *self, const SeismicPick *pick)
{
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    char channel[8];

    channel_of (self, c, channel);
    if (g_str_equal (channel, pick->channel))
      return c;
  }
  return PLOT_TRACE_ALL;
}

static int64_t
start_of (SaePickBar *self)
{
  return self->recording->record->signal->start_ns;
}

void
sae_pick_bar_append_marks (SaePickBar *self, GArray *marks)
{
  self->first_mark = marks->len;
  for (guint i = 0; self->recording && i < sae_picks_get_n (self->picks); i++) {
    const SeismicPick *pick = sae_picks_get (self->picks, i);
    PlotTraceMark mark = {.kind = PLOT_MARK_PICK,
                          .label = pick->phase,
                          .is_s = pick->phase[0] == 'S',
                          .component = component_of (self, pick),
                          .time_s = (double)(pick->time_ns - start_of (self)) / 1e9,
                          .uncertainty_s =
                              isfinite (pick->uncertainty_s) ? pick->uncertainty_s : 0};

    g_array_append_val (marks, mark);
  }
}

/* Seconds after the arrival that the model predicts; NAN if it does not. */
static double
residual_s (SaePickBar *self, const SeismicPick *pick)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (self->item);
  double arrival_s = sae_signal_marks_arrival_s (info, pick->phase[0] == 'S');

  if (info->event.time_ns == SEISMIC_TIME_UNSET)
    return NAN;
  return (double)(pick->time_ns - info->event.time_ns) / 1e9 - arrival_s;
}

static char *
pick_text (SaePickBar *self, const SeismicPick *pick)
{
  g_autofree char *clock = sae_format_clock (pick->time_ns, 2);
  double residual = residual_s (self, pick);
  GString *text = g_string_new (NULL);

  /* Translators: a phase (P or S), a channel, a time */
  g_string_printf (text, _ ("%s on %s at %s\u00a0UTC"), pick->phase, pick->channel,
                   clock);
  if (pick->uncertainty_s > 0) {
    g_autofree char *width = sae_format_quantity (pick->uncertainty_s, 2, _ ("s"));

    g_string_append_printf (text, " ±\u00a0%s", width);
  }
  if (isfinite (residual)) {
    g_autofree char *seconds = sae_format_quantity (residual, 2, _ ("s"));

    /* Translators: seconds by which a pick is later than predicted, such as +0.12 s */
    g_string_append_printf (text, _ (", %s%s from the model"), residual > 0 ? "+" : "",
                            seconds);
  }
  return g_string_free (text, FALSE);
}

char *
sae_pick_bar_text (SaePickBar *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->recording && i < sae_picks_get_n (self->picks); i++)
    g_ptr_array_add (parts, pick_text (self, sae_picks_get (self->picks, i)));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("  ·  ", (char **)parts->pdata);
}

static void
on_picked (SaePickBar *self, guint component, int phase, double time_s,
           double uncertainty_s)
{
  char channel[8];

  if (!self->recording)
    return;
  channel_of (self, component, channel);
  sae_picks_put (self->picks, channel, phase == SAE_TRACE_S ? "S" : "P",
                 start_of (self) + (int64_t)llround (time_s * 1e9),
                 uncertainty_s > 0 ? uncertainty_s : NAN);
}

static void
on_unpicked (SaePickBar *self, guint mark)
{
  if (mark >= self->first_mark)
    sae_picks_remove (self->picks, mark - self->first_mark);
}

static void
on_phase (SaePickBar *self)
{
  int phase;

  g_object_get (self->trace, "phase", &phase, NULL);
  gtk_toggle_button_set_active (self->p, phase == SAE_TRACE_P);
  gtk_toggle_button_set_active (self->s, phase == SAE_TRACE_S);
}

static void
on_toggled (SaePickBar *self, GtkToggleButton *button)
{
  int phase = button == self->p ? SAE_TRACE_P : SAE_TRACE_S, now;

  if (!self->trace)
    return;
  g_object_get (self->trace, "phase", &now, NULL);
  if (gtk_toggle_button_get_active (button))
    g_object_set (self->trace, "phase", phase, NULL);
  else if (now == phase)
    g_object_set (self->trace, "phase", SAE_TRACE_NO_PHASE, NULL);
}

void
sae_pick_bar_attach (SaePickBar *self, SaeTraceChart *trace)
{
  self->trace = trace;
  g_signal_connect_object (trace, "picked", G_CALLBACK (on_picked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trace, "unpicked", G_CALLBACK (on_unpicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trace, "notify::phase", G_CALLBACK (on_phase), self,
                           G_CONNECT_SWAPPED);
}

void
sae_pick_bar_show (SaePickBar *self, const char *folder, const SaeShown *shown)
{
  gboolean is_new = !shown || shown->raw != self->raw;

  g_clear_pointer (&self->raw, sae_recording_unref);
  g_clear_pointer (&self->recording, sae_recording_unref);
  if (shown) {
    self->raw = sae_recording_ref (shown->raw);
    self->recording = sae_recording_ref (shown->recording);
  }
  g_clear_object (&self->item);
  if (shown)
    self->item = g_object_ref (shown->item);
  if (is_new)
    sae_picks_show (self->picks, folder, self->item);
}

void
sae_pick_bar_undo (SaePickBar *self)
{
  sae_picks_undo (self->picks);
}

void
sae_pick_bar_redo (SaePickBar *self)
{
  sae_picks_redo (self->picks);
}

static void
on_changed (SaePickBar *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_failed (SaePickBar *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
sae_pick_bar_dispose (GObject *object)
{
  SaePickBar *self = SAE_PICK_BAR (object);

  g_clear_object (&self->picks); /* waits until all is written */
  g_clear_object (&self->item);
  g_clear_pointer (&self->raw, sae_recording_unref);
  g_clear_pointer (&self->recording, sae_recording_unref);
  G_OBJECT_CLASS (sae_pick_bar_parent_class)->dispose (object);
}

static void
sae_pick_bar_class_init (SaePickBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_pick_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/pick-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SaePickBar, p);
  gtk_widget_class_bind_template_child (widget_class, SaePickBar, s);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_PICK_BAR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", SAE_TYPE_PICK_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sae_pick_bar_init (SaePickBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->picks = sae_picks_new ();
  g_signal_connect_object (self->picks, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picks, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
}
