#include "app/class-charts.h"

#include "support/widgets.h"
#include <math.h>

/* 8 of 10 earthquakes and 3 of 4 explosions are told; no ratio is known. */
static void
fill (AnalysisClassification *c)
{
  static size_t confusion[] = {8, 2, 1, 3}, n_events[] = {5, 4};
  static AnalysisShare recall[] = {{0.8, 0.5, 0.9}, {0.75, 0.3, 0.95}};

  *c = (AnalysisClassification){0};
  c->labels.names = g_ptr_array_new ();
  g_ptr_array_add (c->labels.names, (gpointer) "earthquake");
  g_ptr_array_add (c->labels.names, (gpointer) "explosion");
  c->embedding = (AnalysisValidation){.n_classes = 2,
                                      .n_signals = 14,
                                      .confusion = confusion,
                                      .n_events = n_events,
                                      .recall = recall,
                                      .balanced = {0.775, 0.6, 0.85},
                                      .chance = 0.5,
                                      .p_value = 0.01};
  c->spectra.balanced = (AnalysisShare){0.7, 0.5, 0.8};
}

static void
test_figures (void)
{
  AnalysisClassification c;
  g_auto (SaeClassFigures) figures = {0};

  fill (&c);
  sae_class_figures_init (&figures, &c);
  g_assert_cmpuint (figures.confusion.n_classes, ==, 2);
  g_assert_cmpuint (figures.confusion.counts[1], ==, 2);
  g_assert_cmpstr (figures.confusion.labels[1], ==, "explosion");
  g_assert_cmpuint (figures.scores.n, ==, 5);
  g_assert_cmpfloat (figures.scores.scores[0].value, ==, 0.775);
  g_assert_true (isnan (figures.scores.scores[2].value)); /* the ratio */
  g_assert_cmpstr (figures.scores.scores[4].label, ==, "Recall: explosion");
  g_assert_cmpfloat (figures.scores.scores[4].low, ==, 0.3);
  g_assert_cmpfloat (figures.scores.chance, ==, 0.5);
  g_ptr_array_unref (c.labels.names);
}

/* Both draw with figures and without. */
static void
test_charts (void)
{
  AnalysisClassification c;
  g_auto (SaeClassFigures) figures = {0};
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  SaeConfusionChart *confusion = g_object_new (SAE_TYPE_CONFUSION_CHART, "width-request",
                                               200, "height-request", 200, NULL);
  SaeScoresChart *scores =
      g_object_new (SAE_TYPE_SCORES_CHART, "width-request", 300, NULL);

  fill (&c);
  sae_class_figures_init (&figures, &c);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (confusion));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (scores));
  gtk_window_set_child (window, box);
  gtk_window_present (window);
  wait_until (gtk_widget_get_width (GTK_WIDGET (scores)) > 0);
  sae_confusion_chart_show (confusion, &figures);
  sae_scores_chart_show (scores, &figures);
  widget_test_drain ();
  sae_confusion_chart_show (confusion, NULL);
  sae_scores_chart_show (scores, NULL);
  widget_test_drain ();
  gtk_window_destroy (window);
  g_ptr_array_unref (c.labels.names);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/class-charts/figures", test_figures);
  g_test_add_func ("/app/class-charts/charts", test_charts);
  return g_test_run ();
}
