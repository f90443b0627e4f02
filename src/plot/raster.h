/* Masks of very many short edges, such as a world's coast, which Cairo would fill and
 * stroke some ten times slower. For surfaces of pixels; on those of paths (PDF, SVG) use
 * Cairo's own. */
#pragma once

#include "plot/style.h"
#include <cairo.h>
#include <glib.h>

typedef struct _PlotRaster PlotRaster;

/* A mask, empty at first, of area and a few px around it. cr is borrowed and outlives
 * it; as everywhere here, area's corner lies on a boundary of device pixels, of which
 * there are `pixels` a px. */
PlotRaster *plot_raster_new (cairo_t *cr, PlotRectangle area, double pixels);
void plot_raster_free (PlotRaster *raster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotRaster, plot_raster_free)

/* Both take cr's path, as cairo_fill () and cairo_stroke () do, and know straight lines
 * only. What is outside of the mask is moved to its edge, so the path should be cut
 * there.
 *
 * Adds the inside, by the winding rule where rings do not overlap. */
void plot_raster_fill (PlotRaster *raster);
/* Adds lines `width` px wide with round joins and caps, alpha opaque; where lines meet,
 * the more opaque one shows, so that joints do not. */
void plot_raster_stroke (PlotRaster *raster, double width, double alpha);
/* Paints color through the mask. */
void plot_raster_paint (const PlotRaster *raster, PlotColor color);
