#include "app/explore-report.h"

#include "app/class-charts.h"
#include "app/classify-pane.h"
#include "app/format.h"
#include "app/run-text.h"
#include "plot/export.h"
#include "plot/loss-plot.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Rows of a table of the worst reconstructions. */
#define N_WORST 10

static void
append (GString *html, const char *tag, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (html, "<%s>%s</%s>\n", tag, escaped, tag);
}

static void
append_row (GString *html, const char *name, const char *value)
{
  g_autofree char *left = g_markup_escape_text (name, -1);
  g_autofree char *right = g_markup_escape_text (value, -1);

  g_string_append_printf (html, "<tr><th>%s</th><td>%s</td></tr>\n", left, right);
}

static void
append_count (GString *html, const char *name, gsize count)
{
  g_autofree char *number = sae_format_number ((double)count, 0);

  append_row (html, name, number);
}

/* The figure as a picture within the page, so that its ids meet no other's. */
static gboolean
append_figure (GString *html, double width, double height, PlotDrawFunc draw,
               const void *data, const char *alt, GError **error)
{
  g_autofree char *path = NULL, *svg = NULL, *base64 = NULL;
  g_autofree char *escaped = g_markup_escape_text (alt, -1);
  int file = g_file_open_tmp ("sae-figure-XXXXXX.svg", &path, error);
  gboolean done;
  gsize size;

  if (file < 0)
    return FALSE;
  g_close (file, NULL);
  done = plot_export (path, width, height, 1, draw, data, error) &&
         g_file_get_contents (path, &svg, &size, error);
  g_remove (path);
  if (!done)
    return FALSE;
  base64 = g_base64_encode ((const guchar *)svg, size);
  g_string_append_printf (
      html, "<img alt=\"%s\" width=\"%.0f\" src=\"data:image/svg+xml;base64,%s\">\n",
      escaped, width, base64);
  return TRUE;
}

static void
draw_projection (cairo_t *cr, PlotRectangle rect, const void *data,
                 const PlotStyle *style)
{
  plot_embedding_plot_draw (cr, rect, data, style);
}

static void
draw_example (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  SaeChart *chart = (SaeChart *)data;

  SAE_CHART_GET_CLASS (chart)->draw_figure (chart, cr, rect, style, NULL, NULL);
}

static void
draw_losses (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_loss_plot_draw (cr, rect, data, style);
}

static void
draw_confusion (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_confusion_plot_draw (cr, rect, data, style);
}

static void
draw_scores (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_scores_plot_draw (cr, rect, data, style);
}

static void
append_records (GString *html, SaeSession *session)
{
  const SaeProjection *projection = sae_session_get_projection (session);
  GPtrArray *signals = projection->embedding->signals;
  guint n_synthetic = 0;

  for (guint i = 0; i < signals->len; i++)
    n_synthetic += seismic_network_is_synthetic (
        ((const SeismicSignalInfo *)g_ptr_array_index (signals, i))->network);
  append (html, "h2", _ ("Records"));
  g_string_append (html, "<table>\n");
  append_row (html, _ ("Library"), sae_session_get_name (session));
  append_count (html, _ ("Events"),
                g_list_model_get_n_items (sae_session_get_events (session)));
  append_count (html, _ ("Signals"), signals->len);
  if (n_synthetic > 0)
    append_count (html, _ ("Synthetic, of these"), n_synthetic);
  append_row (html, _ ("Embedding"),
              projection->embedding->kind == ANALYSIS_EMBEDDING_MEAN
                  ? _ ("Mean over time")
                  : _ ("Final state"));
  append_count (html, _ ("Numbers in an embedding"),
                projection->embedding->values.columns);
  g_string_append (html, "</table>\n");
}

/* What became of the run whose model it is, and its settings. */
static void
append_settings (GString *html, SaeSession *session)
{
  const AnalysisRun *run = sae_session_get_run (session);
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autoptr (GPtrArray) facts = NULL;

  if (!run)
    return;
  g_ptr_array_add (runs, (gpointer)run);
  facts = sae_run_facts (runs);
  g_string_append (html, "<table>\n");
  for (guint i = 0; i < facts->len; i++) {
    const SaeRunFact *fact = facts->pdata[i];

    append_row (html, fact->title, fact->values[0]);
  }
  g_string_append (html, "</table>\n");
}

static gboolean
append_training (GString *html, SaeSession *session, GError **error)
{
  SaeLossView view = sae_loss_history_get_view (sae_session_get_losses (session));
  PlotLosses losses = {.n_epochs = view.n_epochs,
                       .training = view.training,
                       .validation = view.validation,
                       .n_batches = view.n_batches,
                       .batch_epoch = view.batch_epoch,
                       .batch_loss = view.batch_loss,
                       .n_epochs_planned = view.n_epochs,
                       .training_label = _ ("Training"),
                       .validation_label = _ ("Validation"),
                       .epoch_label = _ ("Epoch"),
                       .loss_label = _ ("Loss")};

  append (html, "h2", _ ("Training"));
  append_settings (html, session);
  if (view.n_epochs == 0)
    return TRUE;
  return append_figure (html, 800, 400, draw_losses, &losses, _ ("The loss by epoch"),
                        error);
}

static gboolean
append_projection (GString *html, SaeExploreView *view, GError **error)
{
  PlotEmbedding plot = sae_scatter_chart_get_figure (sae_explore_view_get_chart (view));
  g_autofree char *title = sae_explore_view_title (view);

  append (html, "h2", _ ("Projection"));
  append (html, "p", title);
  return append_figure (html, 800, 600, draw_projection, &plot, title, error);
}

/* The signal in hand, as it is shown beside the projection. */
static gboolean
append_example (GString *html, SaeChart *example, SaeSession *session, GError **error)
{
  SaeSignalItem *item = sae_session_get_selected (session);

  if (!example || !item)
    return TRUE;
  append (html, "h2", _ ("Original and reconstruction"));
  append (html, "p", sae_signal_item_get_id (item));
  return append_figure (html, 800, 480, draw_example, example,
                        sae_signal_item_get_id (item), error);
}

static int
compare_errors (gconstpointer a, gconstpointer b, gpointer errors)
{
  double left = ((const float *)errors)[*(const guint *)a];
  double right = ((const float *)errors)[*(const guint *)b];

  if (isnan (left) || isnan (right))
    return isnan (left) - isnan (right);
  return (left < right) - (left > right);
}

static void
append_errors (GString *html, SaeSession *session)
{
  GPtrArray *signals = sae_session_get_projection (session)->embedding->signals;
  const float *errors = sae_session_get_errors (session);
  g_autofree guint *order = g_new (guint, signals->len);

  if (!errors)
    return;
  for (guint i = 0; i < signals->len; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)signals->len, sizeof *order, compare_errors,
                     (gpointer)errors);
  append (html, "h2", _ ("Reconstruction errors"));
  append (html, "p",
          _ ("The worst first: mean distance between original and reconstruction, in "
             "standard deviations of the training data."));
  g_string_append (html, "<table>\n");
  for (guint i = 0; i < MIN (N_WORST, signals->len); i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (signals, order[i]);
    g_autofree char *number = sae_format_significant (errors[order[i]], 3);

    append_row (html, info->id, number);
  }
  g_string_append (html, "</table>\n");
}

static gboolean
append_classes (GString *html, SaeSession *session, GError **error)
{
  const AnalysisClassification *classification = sae_session_get_classification (session);
  g_auto (SaeClassFigures) figures = {0};
  g_autofree char *verdict = NULL;

  if (!classification)
    return TRUE;
  sae_class_figures_init (&figures, classification);
  verdict = sae_classify_pane_verdict (classification);
  append (html, "h2", _ ("Classification"));
  append (html, "p", verdict);
  return append_figure (html, 400, 360, draw_confusion, &figures.confusion,
                        _ ("Confusion matrix"), error) &&
         append_figure (html, 560, 300, draw_scores, &figures.scores,
                        _ ("Balanced accuracy"), error);
}

GBytes *
sae_explore_report (SaeExploreView *view, SaeSession *session, GError **error)
{
  g_autoptr (GString) html = g_string_new ("<!DOCTYPE html>\n<html><head>"
                                           "<meta charset=\"utf-8\">\n"
                                           "<meta name=\"color-scheme\" "
                                           "content=\"light\">\n");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d %H:%M UTC");
  g_autofree char *made = g_strdup_printf (_ ("Made with Signal Autoencoder, %s"), date);

  append (html, "title", sae_session_get_name (session));
  g_string_append (html,
                   "<style>body{font-family:sans-serif;max-width:56em;margin:2em auto;"
                   "padding:0 1em;color:#1a1a1a;background:#fff}"
                   "th{text-align:left;font-weight:normal;padding-right:2em}"
                   "td{text-align:right;font-variant-numeric:tabular-nums}"
                   "img{max-width:100%}</style></head><body>\n");
  append (html, "h1", sae_session_get_name (session));
  append (html, "p", made);
  append_records (html, session);
  if (!append_training (html, session, error) || !append_projection (html, view, error) ||
      !append_example (html, sae_explore_view_get_example (view), session, error))
    return NULL;
  append_errors (html, session);
  if (!append_classes (html, session, error))
    return NULL;
  g_string_append (html, "</body></html>\n");
  return g_string_free_to_bytes (g_steal_pointer (&html));
}
