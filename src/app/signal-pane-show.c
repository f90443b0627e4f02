#include "app/error-text.h"
#include "app/format.h"
#include "app/processing-text.h"
#include "app/signal-marks.h"
#include "app/signal-pane-private.h"
#include <glib/gi18n.h>

char *
sae_signal_pane_facts (const SaeShown *shown)
{
  const SeismicSignal *signal = shown->recording->record->signal;
  g_autofree char *start = sae_format_time (signal->start_ns, 2);
  g_autofree char *rate = sae_format_significant (signal->rate_hz, 3);
  g_autofree char *n_samples = sae_format_number ((double)signal->n_samples, 0);
  g_autofree char *seconds =
      sae_format_number ((double)signal->n_samples / signal->rate_hz, 1);
  g_autofree char *peak = sae_format_significant (shown->peak, 3);
  char channel[8];

  seismic_signal_channel (signal, shown->peak_component, channel);
  /* Translators: start time, rate, number of samples, duration, peak value, its unit and
   * channel of a record; the odd spaces keep numbers and units together */
  return g_strdup_printf (_ ("Start %s\u00a0UTC  ·  %s\u202fHz  ·  %s\u00a0samples, "
                             "%s\u202fs  ·  Peak %s\u00a0%s on %s"),
                          start, rate, n_samples, seconds, peak, shown->wave->unit,
                          channel);
}

char *
sae_signal_pane_spans (const SaeShown *shown)
{
  const GArray *spans = shown->raw->record->spans;
  guint n_gaps = 0, n_overlaps = 0;
  g_autofree char *gaps = NULL, *overlaps = NULL;

  for (guint i = 0; i < spans->len; i++)
    if (g_array_index (spans, SeismicSpan, i).kind == SEISMIC_SPAN_GAP)
      n_gaps++;
    else
      n_overlaps++;
  gaps = g_strdup_printf (ngettext ("%u gap", "%u gaps", n_gaps), n_gaps);
  overlaps =
      g_strdup_printf (ngettext ("%u overlap", "%u overlaps", n_overlaps), n_overlaps);
  if (n_gaps > 0 && n_overlaps > 0)
    return g_strdup_printf (_ ("%s, %s"), gaps, overlaps);
  if (n_gaps > 0 || n_overlaps > 0)
    return g_strdup (n_gaps > 0 ? gaps : overlaps);
  if (sae_signal_item_get_info (shown->item)->has_gaps)
    return g_strdup (_ ("The record has long gaps: its longest stretch without one is "
                        "shown."));
  return NULL;
}

void
sae_signal_pane_show_note (SaeSignalPane *self, const char *text, gboolean is_flaw)
{
  gtk_label_set_label (self->applied, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->applied), text);
  gtk_widget_set_visible (self->applied_row, *text != '\0');
  gtk_widget_set_visible (self->flaw_icon, is_flaw);
}

static void
show_applied (SaeSignalPane *self, const SaeShown *shown)
{
  g_autofree char *text =
      shown->flaw ? sae_error_text (shown->flaw) : sae_processing_text (&shown->applied);

  sae_signal_pane_show_note (self, text, shown->flaw != NULL);
}

void
sae_signal_pane_show_selection (SaeSignalPane *self)
{
  const SaeShown *shown = sae_signal_view_get_shown (self->view);
  double begin_s = 0, end_s = shown ? sae_wave_duration_s (shown->wave) : 0;
  gboolean selected =
      shown && sae_trace_chart_get_selection (sae_signal_views_get_trace (self->views),
                                              &begin_s, &end_s);
  gboolean is_seen = shown && (selected || self->numbers);

  gtk_widget_set_visible (self->selection_row, is_seen);
  if (is_seen)
    sae_selection_table_show (self->selection, shown->recording, begin_s, end_s,
                              shown->wave->unit);
  else
    sae_selection_table_show (self->selection, NULL, 0, 0, NULL);
}

void
sae_signal_pane_show_marks (SaeSignalPane *self)
{
  const SaeShown *shown = sae_signal_view_get_shown (self->view);
  g_autofree char *text = sae_pick_bar_text (self->picks);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PlotTraceMark));

  gtk_label_set_label (self->picks_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->picks_label), *text != '\0');
  if (!shown)
    return;
  sae_signal_marks_append (marks, sae_signal_item_get_info (shown->item),
                           shown->wave->start_ns);
  sae_pick_bar_append_marks (self->picks, marks);
  sae_trace_chart_set_marks (sae_signal_views_get_trace (self->views),
                             (const PlotTraceMark *)(void *)marks->data, marks->len);
}

static void
adapt_amplitude (SaeSignalPane *self, const SaeShown *shown)
{
  sae_amplitude_button_adapt (
      self->amplitude, shown->wave->unit, sae_signal_view_has_sensitivity (shown->item),
      sae_trace_chart_get_limit (sae_signal_views_get_trace (self->views)));
}

static void
describe (SaeSignalPane *self, const SaeShown *shown)
{
  g_autofree char *facts = sae_signal_pane_facts (shown);
  g_autofree char *spans = sae_signal_pane_spans (shown);
  g_autofree char *all = spans ? g_strdup_printf ("%s. %s", facts, spans) : NULL;

  gtk_label_set_label (self->facts, facts);
  gtk_label_set_label (self->gaps, spans ? spans : "");
  gtk_widget_set_visible (GTK_WIDGET (self->gaps), spans != NULL);
  sae_chart_describe (SAE_CHART (sae_signal_views_get_trace (self->views)),
                      sae_signal_item_get_instrument (shown->item), all ? all : facts);
}

void
sae_signal_pane_show_record (SaeSignalPane *self, const SaeShown *shown)
{
  sae_signal_pane_show_marks (self);
  show_applied (self, shown);
  sae_signal_pane_show_selection (self);
  describe (self, shown);
  adapt_amplitude (self, shown);
}
