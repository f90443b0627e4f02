/* Training and validation loss by epoch, batch losses as a thin line behind: where they
 * are dense, the least and the largest of each pixel column (plot/line.h), so that a
 * drawing is one pass over them and no batch is lost. */
#pragma once

#include "plot/scale.h"
#include "plot/style.h"
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
  PLOT_LOSS_AXIS_FITTING, /* logarithmic where losses are positive and span a decade */
  PLOT_LOSS_AXIS_LINEAR,
  PLOT_LOSS_AXIS_LOG /* what is not positive is left out; linear if nothing is */
} PlotLossAxis;

/* One training among several. */
typedef struct {
  const char *label;
  size_t n_epochs;
  const double *training, *validation; /* (n_epochs), as below */
} PlotLossCurve;

typedef struct {
  const char *title, *subtitle; /* NULL for none */
  size_t n_epochs;              /* finished epochs */
  const double *training;       /* (n_epochs); value i stands at epoch i + 1 */
  const double *validation;     /* (n_epochs), NAN where there is none, or NULL */
  size_t n_batches;
  const double *batch_epoch; /* (n_batches) ascending: place in epochs, 0 … */
  const double *batch_loss;  /* (n_batches) */
  size_t n_epochs_planned;   /* the axis goes at least this far */
  /* Several trainings, each in a colour of its own: the validation's line thick, or the
   * training's where there is none, else the training's thin. What is above is then not
   * drawn. */
  const PlotLossCurve *curves; /* (n_curves) */
  size_t n_curves;
  PlotLossAxis axis;
  const char *training_label, *validation_label, *epoch_label, *loss_label;
} PlotLosses;

void plot_loss_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotLosses *losses,
                          const PlotStyle *style);

/* Where the data stand: x is in epochs, y in losses. */
typedef struct {
  PlotRectangle area;
  PlotScale x, y;
} PlotLossPlace;

/* Of the picture that draw makes of the same. FALSE, and *place untouched, where rect has
 * no room for data. */
bool plot_loss_plot_locate (PlotLossPlace *place, PlotRectangle rect,
                            const PlotLosses *losses, const PlotStyle *style);
/* The batch nearest to a place in epochs; SIZE_MAX without batches. */
size_t plot_loss_plot_nearest (const PlotLosses *losses, double epochs);
