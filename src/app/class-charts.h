/* The two pictures of a classification: SaeConfusionChart, its confusion matrix, and
 * SaeScoresChart, its balanced accuracy with its interval beside chance and baselines,
 * and the recall of each class. */
#pragma once

#include "analysis/classification.h"
#include "app/chart.h"
#include "plot/confusion-plot.h"
#include "plot/scores-plot.h"

#define SAE_TYPE_CONFUSION_CHART (sae_confusion_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeConfusionChart, sae_confusion_chart, SAE, CONFUSION_CHART,
                      SaeChart)
#define SAE_TYPE_SCORES_CHART (sae_scores_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeScoresChart, sae_scores_chart, SAE, SCORES_CHART, SaeChart)

/* The figures' data, owned; what they borrow lives as long. */
typedef struct {
  char **labels; /* in the user's language */
  PlotConfusion confusion;
  PlotScore *rows;
  char **row_labels;
  PlotScores scores;
} SaeClassFigures;

/* figures, overwritten, of classification, which is borrowed. */
void sae_class_figures_init (SaeClassFigures *figures,
                             const AnalysisClassification *classification);
void sae_class_figures_clear (SaeClassFigures *figures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaeClassFigures, sae_class_figures_clear)

/* figures are borrowed until the next call; NULL: nothing. */
void sae_confusion_chart_show (SaeConfusionChart *self, const SaeClassFigures *figures);
void sae_scores_chart_show (SaeScoresChart *self, const SaeClassFigures *figures);
