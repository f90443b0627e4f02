#include "plot/scores-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotRectangle rect = {5, 5, 390, 190};

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_scores_plot_draw (cr, r, data, style);
}

/* Columns where the colour is, from the first to the last. */
static void
extent (cairo_surface_t *image, PlotColor color, int *first, int *last)
{
  *first = 400;
  *last = -1;
  for (int x = 0; x < 400; x++)
    if (image_count_color (image, color, 30, x, 0, x + 1, 200) > 0) {
      *first = MIN (*first, x);
      *last = x;
    }
}

/* The interval is drawn as long as it is, and its number after it. */
static void
test_interval (void)
{
  PlotScore scores[] = {{"Embedding", 0.5, 0.3, 0.7, true}};
  PlotScores plot = {.n = 1, .scores = scores, .chance = NAN};
  PlotStyle style = plot_style_export ();
  int first, last, narrow_first, narrow_last;
  cairo_surface_t *wide = image_draw (400, 200, rect, draw, &plot, &style);
  scores[0].low = 0.4;
  cairo_surface_t *narrow = image_draw (400, 200, rect, draw, &plot, &style);
  extent (wide, style.reconstruction, &first, &last);
  extent (narrow, style.reconstruction, &narrow_first, &narrow_last);
  g_assert_cmpint (narrow_last, ==, last); /* the number */
  /* A tenth of the axis, which has the room left of label and number. */
  g_assert_cmpint (narrow_first - first, >, 18);
  g_assert_cmpint (narrow_first - first, <, 34);
  g_assert_cmpuint (image_count_outside (wide, rect, 1), ==, 0);
  cairo_surface_destroy (wide);
  cairo_surface_destroy (narrow);
}

/* Chance is a line through all rows; what is unknown has no mark. */
static void
test_chance (void)
{
  PlotScore scores[] = {{"Embedding", 0.9, 0.8, 0.95, true},
                        {"Amplitude spectrum", 0.7, 0.6, 0.8, false},
                        {"P/S ratio", NAN, NAN, NAN, false}};
  PlotScores plot = {.title = "How well types are told",
                     .n = 3,
                     .scores = scores,
                     .chance = NAN,
                     .value_label = "Balanced accuracy"};
  PlotStyle style = plot_style_window (true, false);
  cairo_surface_t *without = image_draw (400, 200, rect, draw, &plot, &style);
  plot.chance = 0.5;
  cairo_surface_t *with = image_draw (400, 200, rect, draw, &plot, &style);
  size_t ink = image_count_ink (with, 0, 0, 400, 200);
  g_assert_cmpuint (ink, >, image_count_ink (without, 0, 0, 400, 200) + 20);
  plot.chance_label = "chance";
  cairo_surface_t *labelled = image_draw (400, 200, rect, draw, &plot, &style);
  g_assert_cmpfloat (image_difference (with, labelled, 0), >, 0);
  g_assert_cmpuint (image_count_outside (labelled, rect, 1), ==, 0);
  cairo_surface_destroy (without);
  cairo_surface_destroy (with);
  cairo_surface_destroy (labelled);
}

static void
test_little_room (void)
{
  PlotScore scores[] = {{"Embedding", 0.9, 0.8, 0.95, true}};
  PlotScores plot = {.n = 1, .scores = scores, .chance = 0.5, .chance_label = "chance"},
             none = {.chance = 0.5};
  PlotStyle style = plot_style_window (false, false);
  for (double size = 1; size < 120; size += 9) {
    PlotRectangle small = {20, 20, size, size};
    cairo_surface_t *image = image_draw (200, 200, small, draw, &plot, &style);
    g_assert_cmpuint (image_count_outside (image, small, 1), ==, 0);
    cairo_surface_destroy (image);
  }
  cairo_surface_t *image = image_draw (400, 200, rect, draw, &none, &style);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 400, 200), ==, 0);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/scores-plot/interval", test_interval);
  g_test_add_func ("/plot/scores-plot/chance", test_chance);
  g_test_add_func ("/plot/scores-plot/little-room", test_little_room);
  return g_test_run ();
}
