/* Shares with their intervals, a row each, against the line of chance. */
#pragma once

#include "plot/style.h"
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
  const char *label;       /* "Embedding"; borrowed */
  double value, low, high; /* 0 … 1; NAN: nothing is known */
  bool is_main;            /* drawn in the accent's colour, the others in grey */
} PlotScore;

typedef struct {
  const char *title, *subtitle; /* NULL for none; borrowed, like all here */
  size_t n;
  const PlotScore *scores;  /* (n), from the top */
  double chance;            /* NAN for no line */
  const char *chance_label; /* at the line's top */
  const char *value_label;  /* of the axis: "Balanced accuracy" */
} PlotScores;

/* Draws into rect. The axis goes from 0 to 1. */
void plot_scores_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotScores *scores,
                            const PlotStyle *style);
