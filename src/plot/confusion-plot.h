/* A confusion matrix: how often each class was told to be which. */
#pragma once

#include "plot/palette.h"
#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>

typedef struct {
  const char *title, *subtitle; /* NULL for none; borrowed, like all here */
  size_t n_classes;
  const char *const *labels; /* (n_classes) */
  const size_t *counts;      /* (n_classes, n_classes): truth, told */
  const char *truth_label;   /* "Class" */
  const char *told_label;    /* "Told" */
  PlotPalette palette;
} PlotConfusion;

/* Draws into rect: cells, square or as wide as their names need, truth downwards, each
 * coloured by its share of its row and holding the count and, where there is room, the
 * share. A row without counts is empty. Without classes, or in too little room, nothing
 * but the heading. */
void plot_confusion_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotConfusion *plot,
                               const PlotStyle *style);
