#include "app/class-charts.h"

#include "app/format.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

struct _SaeConfusionChart {
  SaeChart parent_instance;

  /* Borrowed */
  const SaeClassFigures *figures;
};

struct _SaeScoresChart {
  SaeChart parent_instance;

  /* Borrowed */
  const SaeClassFigures *figures;
};

G_DEFINE_FINAL_TYPE (SaeConfusionChart, sae_confusion_chart, SAE_TYPE_CHART)
G_DEFINE_FINAL_TYPE (SaeScoresChart, sae_scores_chart, SAE_TYPE_CHART)

static PlotScore
score_of (const char *label, AnalysisShare share, gboolean is_main)
{
  return (PlotScore){label, share.value, share.low, share.high, is_main};
}

/* Embedding, baselines, then the recall of each class. */
static void
init_scores (SaeClassFigures *self, const AnalysisClassification *classification)
{
  const AnalysisShare unknown = {NAN, NAN, NAN};
  guint n_classes = classification->labels.names->len, n = 3;

  self->rows = g_new0 (PlotScore, n + n_classes);
  self->row_labels = g_new0 (char *, n_classes + 1);
  self->rows[0] = score_of (_ ("Embedding"), classification->embedding.balanced, TRUE);
  self->rows[1] =
      score_of (_ ("Amplitude spectrum"), classification->spectra.balanced, FALSE);
  self->rows[2] = score_of (
      _ ("P/S ratio"),
      classification->n_ratios > 0 ? classification->ratios.balanced : unknown, FALSE);
  for (guint c = 0; c < n_classes; c++) {
    /* Translators: the share of a class ("explosion") that was recognised */
    self->row_labels[c] = g_strdup_printf (_ ("Recall: %s"), self->labels[c]);
    self->rows[n + c] =
        score_of (self->row_labels[c], classification->embedding.recall[c], TRUE);
  }
  self->scores = (PlotScores){.n = n + n_classes,
                              .scores = self->rows,
                              .chance = classification->embedding.chance,
                              .chance_label = _ ("chance"),
                              .value_label = _ ("Balanced accuracy (interval: 95 %)")};
}

void
sae_class_figures_init (SaeClassFigures *self,
                        const AnalysisClassification *classification)
{
  GPtrArray *names = classification->labels.names;

  *self = (SaeClassFigures){.labels = g_new0 (char *, names->len + 1)};
  for (guint c = 0; c < names->len; c++)
    self->labels[c] = g_strdup (sae_format_event_type (g_ptr_array_index (names, c)));
  self->confusion = (PlotConfusion){.n_classes = names->len,
                                    .labels = (const char *const *)self->labels,
                                    .counts = classification->embedding.confusion,
                                    /* Translators: of a confusion matrix: what the
                                     * signals are, what they were taken for */
                                    .truth_label = _ ("Is"),
                                    .told_label = _ ("Taken for")};
  init_scores (self, classification);
}

void
sae_class_figures_clear (SaeClassFigures *self)
{
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->row_labels, g_strfreev);
  g_clear_pointer (&self->rows, g_free);
}

static void
sae_confusion_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                          const PlotStyle *style)
{
  const SaeClassFigures *figures = SAE_CONFUSION_CHART (chart)->figures;
  PlotConfusion confusion;

  if (!figures)
    return;
  confusion = figures->confusion;
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    confusion.palette = PLOT_PALETTE_CIVIDIS;
  plot_confusion_plot_draw (cr, rect, &confusion, style);
}

static void
sae_confusion_chart_class_init (SaeConfusionChartClass *class)
{
  SAE_CHART_CLASS (class)->draw = sae_confusion_chart_draw;
}

static void
sae_confusion_chart_init (SaeConfusionChart *self)
{
}

/* "earthquake as earthquake: 88", … for the screen reader. */
static char *
describe_confusion (const PlotConfusion *confusion)
{
  GString *text = g_string_new (NULL);

  for (size_t c = 0; c < confusion->n_classes; c++)
    for (size_t o = 0; o < confusion->n_classes; o++) {
      /* Translators: class, class it was taken for, how often */
      g_string_append_printf (text, _ ("%s taken for %s: %zu"), confusion->labels[c],
                              confusion->labels[o],
                              confusion->counts[c * confusion->n_classes + o]);
      g_string_append (text, "; ");
    }
  return g_string_free (text, FALSE);
}

void
sae_confusion_chart_show (SaeConfusionChart *self, const SaeClassFigures *figures)
{
  g_autofree char *text = figures ? describe_confusion (&figures->confusion) : NULL;

  self->figures = figures;
  sae_chart_describe (SAE_CHART (self), _ ("Confusion matrix"), text ? text : "");
  sae_chart_redraw (SAE_CHART (self));
}

static void
sae_scores_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                       const PlotStyle *style)
{
  const SaeClassFigures *figures = SAE_SCORES_CHART (chart)->figures;

  if (figures)
    plot_scores_plot_draw (cr, rect, &figures->scores, style);
}

static void
sae_scores_chart_class_init (SaeScoresChartClass *class)
{
  SAE_CHART_CLASS (class)->draw = sae_scores_chart_draw;
}

static void
sae_scores_chart_init (SaeScoresChart *self)
{
}

static char *
describe_scores (const PlotScores *scores)
{
  GString *text = g_string_new (NULL);

  for (size_t i = 0; i < scores->n; i++) {
    const PlotScore *score = &scores->scores[i];
    g_autofree char *value = sae_format_number (score->value, 2);
    g_autofree char *low = sae_format_number (score->low, 2);
    g_autofree char *high = sae_format_number (score->high, 2);

    /* Translators: what is measured, its value, the ends of its interval */
    g_string_append_printf (text, _ ("%s %s (%s to %s)"), score->label, value, low, high);
    g_string_append (text, "; ");
  }
  return g_string_free (text, FALSE);
}

void
sae_scores_chart_show (SaeScoresChart *self, const SaeClassFigures *figures)
{
  g_autofree char *text = figures ? describe_scores (&figures->scores) : NULL;

  self->figures = figures;
  sae_chart_describe (SAE_CHART (self), _ ("Balanced accuracy"), text ? text : "");
  sae_chart_redraw (SAE_CHART (self));
}
