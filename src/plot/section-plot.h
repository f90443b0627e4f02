/* A record section: the records of an event by their distance, along one time axis that
 * is 0 at the origin time or at each record's P arrival. */
#pragma once

#include "plot/frame.h"
#include <cairo.h>
#include <stddef.h>

typedef struct {
  const char *label;    /* the station; drawn at the record's end */
  double distance_km;   /* records of unknown distance (NAN) are left out */
  const double *values; /* (n), NAN in gaps; borrowed */
  size_t n;
  double rate_hz;
  double start_s; /* of sample 0 on the section's time axis */
} PlotSectionRecord;

/* An arrival by a model, against distance. */
typedef struct {
  const char *label; /* "P" */
  bool is_s;
  const double *distances_km, *times_s; /* (n), distances ascending; NAN breaks it */
  size_t n;
} PlotSectionCurve;

typedef struct {
  const char *title, *subtitle; /* of exports; NULL for none */
  const PlotSectionRecord *records;
  size_t n_records;
  const PlotSectionCurve *curves;
  size_t n_curves;
  double view_begin_s, view_end_s; /* begin < end */
  double gain;                     /* of the wiggles; 1: they just touch. 0 is 1 */
  const char *time_label, *distance_label;
  const char *note; /* in the middle where no record can be drawn; NULL for none */
  size_t selected;  /* drawn in the accent, or SIZE_MAX */
} PlotSection;

/* Draws into rect; each record as tall as its own largest motion in view from its mean
 * there, so that all are seen. */
void plot_section_draw (cairo_t *cr, PlotRectangle rect, const PlotSection *section,
                        const PlotStyle *style);
bool plot_section_frame (PlotFrame *frame, PlotRectangle rect, const PlotSection *section,
                         const PlotStyle *style);
/* The record nearest to (x, y) px, or SIZE_MAX outside of the area. */
size_t plot_section_find (const PlotFrame *frame, const PlotSection *section, double x,
                          double y);
