/* Colours of numbers: palettes whose brightness grows evenly with the number, so that
 * they keep their order in grey and for the colour-blind. */
#pragma once

#include "plot/style.h"
#include <stdint.h>

typedef enum {
  PLOT_PALETTE_VIRIDIS, /* S. van der Walt and N. Smith 2015, for matplotlib; CC0 */
  PLOT_PALETTE_CIVIDIS, /* J. Nuñez, C. Anderton and R. Renslow 2018, PLOS ONE 13 */
} PlotPalette;

/* Of a number's place in its range, 0 … 1; what lies outside is given the end's. NAN is
 * transparent. */
PlotColor plot_palette_color (PlotPalette palette, double part);
/* The same for marks on the style's ground: without the end that is too near to it in
 * brightness to be seen. NAN is grey. */
PlotColor plot_palette_mark (PlotPalette palette, double part, const PlotStyle *style);
/* 256 of them as pixels of CAIRO_FORMAT_ARGB32, opaque. */
void plot_palette_pixels (PlotPalette palette, uint32_t pixels[256]);
