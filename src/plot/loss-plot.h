/* Training and validation loss by epoch, batch losses as a thin line behind. */
#pragma once

#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>

typedef struct {
  const char *title, *subtitle; /* NULL for none */
  size_t n_epochs;              /* finished epochs */
  const double *training;       /* (n_epochs); value i stands at epoch i + 1 */
  const double *validation;     /* (n_epochs), NAN where there is none, or NULL */
  size_t n_batches;
  const double *batch_epoch; /* (n_batches) ascending: place in epochs, 0 … */
  const double *batch_loss;  /* (n_batches) */
  size_t n_epochs_planned;   /* the axis goes at least this far */
  const char *training_label, *validation_label, *epoch_label, *loss_label;
} PlotLosses;

void plot_loss_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotLosses *losses,
                          const PlotStyle *style);
