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
/* 256 of them as pixels of CAIRO_FORMAT_ARGB32, opaque. */
void plot_palette_pixels (PlotPalette palette, uint32_t pixels[256]);
