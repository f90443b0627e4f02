/* Extremes of a long row of samples at several coarsenesses, so that any stretch's
 * minimum and maximum cost a few dozen reads however long it is. Buckets are aligned to
 * absolute sample numbers: what a stretch gives does not depend on the view. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Samples of a bucket of the finest level, and buckets of one in the next: below 64
 * samples a scan is as fast, and each level is a quarter of the one before. */
#define PLOT_PYRAMID_BUCKET 64
#define PLOT_PYRAMID_FACTOR 4

typedef struct _PlotPyramid PlotPyramid;

/* Of values (n), read here alone; it takes n / 3 bytes and one pass. Samples that are not
 * finite are gaps and count for nothing. Any thread; afterwards any number may read. */
PlotPyramid *plot_pyramid_new (const double *values, size_t n);
PlotPyramid *plot_pyramid_ref (PlotPyramid *pyramid);
void plot_pyramid_unref (PlotPyramid *pyramid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotPyramid, plot_pyramid_unref)

/* The extremes of the finite samples first … end − 1 of the same values (end at most n).
 * FALSE if there are none: *min and *max are untouched. */
bool plot_pyramid_range (const PlotPyramid *pyramid, const double *values, size_t first,
                         size_t end, double *min, double *max);

/* The same by looking at every sample. */
bool plot_pyramid_scan (const double *values, size_t first, size_t end, double *min,
                        double *max);
