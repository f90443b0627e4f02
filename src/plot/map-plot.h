/* A map of epicentres and stations on coastlines and borders. */
#pragma once

#include "plot/map-marks.h"
#include "plot/map-view.h"
#include "plot/map.h"
#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *title, *subtitle; /* drawn above, in exports; NULL for none */
  const PlotMapLines *lines;    /* coastlines and borders; NULL for none */
  double longitude, latitude;   /* of the middle, degrees */
  double degrees_per_px;        /* of latitude at the middle; 0: the whole Earth */
  size_t n_events;
  const double *event_lonlat;    /* (n_events, 2) degrees */
  const double *event_magnitude; /* (n_events), NAN if unknown; or NULL */
  const uint8_t *event_category; /* (n_events): 0 earthquake, 1 explosion, 2 other */
  const uint8_t *event_selected; /* (n_events), or NULL */
  size_t n_stations;
  const double *station_lonlat; /* (n_stations, 2) */
  double box[4]; /* west, south, east, north of a query's region, across the antimeridian
                    where west > east; south ≥ north or NAN: none */
  double circle[4]; /* longitude, latitude, least and greatest distance in degrees of
                       another such region; greatest 0 or NAN: none */
  const char *category_labels[PLOT_MAP_CATEGORIES]; /* legend, of categories that occur */
  const char *station_label;   /* legend; NULL for none, like the one above */
  const char *magnitude_label; /* "M": before the legend's sizes; NULL: no sizes */
} PlotMapFigure;

/* Draws into rect. The world in 1600 × 900 px takes some 15 ms, with
 * 10 000 events twice that. */
void plot_map_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotMapFigure *figure,
                         const PlotStyle *style);
/* What is shown: for pointer ↔ degrees, zoom and pan. */
PlotMapView plot_map_plot_view (PlotRectangle rect, const PlotMapFigure *figure,
                                const PlotStyle *style);
/* Of the events whose mark (x, y) is on, the one drawn on top; on none, the one nearest
 * within radius px; otherwise SIZE_MAX. */
size_t plot_map_plot_pick (PlotRectangle rect, const PlotMapFigure *figure,
                           const PlotStyle *style, double x, double y, double radius);
