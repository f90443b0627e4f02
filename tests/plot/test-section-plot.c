#include "plot/section-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

enum { N_RECORDS = 9, N = 6000, N_CURVE = 30 };

static const PlotRectangle rect = {8, 8, 624, 424};

typedef struct {
  PlotSection plot;
  PlotSectionRecord records[N_RECORDS];
  PlotSectionCurve curves[2];
  double values[N_RECORDS][N], distances[N_CURVE], times[2][N_CURVE];
  char labels[N_RECORDS][8];
} Section;

/* Bursts that leave at 6 km/s, at 5, 17 … km; times from the origin. */
static Section *
section_new (void)
{
  Section *section = g_new0 (Section, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  for (size_t k = 0; k < N_RECORDS; k++) {
    double distance = 5 + 12 * (double)k, arrival = distance / 6;
    for (size_t i = 0; i < N; i++) {
      double t = (double)i / 100 - 5 - arrival;
      section->values[k][i] = 7 * (double)k + (t > 0 ? exp (-t / 4) : 0.01) *
                                                  g_rand_double_range (random, -1, 1);
    }
    g_snprintf (section->labels[k], sizeof section->labels[k], "S%02zu", k);
    section->records[k] = (PlotSectionRecord){.label = section->labels[k],
                                              .distance_km = distance,
                                              .values = section->values[k],
                                              .n = N,
                                              .rate_hz = 100,
                                              .start_s = -5};
  }
  for (size_t i = 0; i < N_CURVE; i++) {
    section->distances[i] = 5 * (double)i;
    section->times[0][i] = section->distances[i] / 6;
    section->times[1][i] = section->distances[i] / 3.46;
  }
  for (size_t k = 0; k < 2; k++)
    section->curves[k] = (PlotSectionCurve){.label = k ? "S" : "P",
                                            .is_s = k == 1,
                                            .distances_km = section->distances,
                                            .times_s = section->times[k],
                                            .n = N_CURVE};
  section->plot = (PlotSection){.records = section->records,
                                .n_records = N_RECORDS,
                                .curves = section->curves,
                                .n_curves = 2,
                                .view_begin_s = -5,
                                .view_end_s = 45,
                                .time_label = "Time after origin (s)",
                                .distance_label = "Distance (km)",
                                .selected = SIZE_MAX};
  return section;
}

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_section_draw (cr, r, data, style);
}

static void
test_picture (void)
{
  g_autofree Section *section = section_new ();
  PlotStyle style = image_reference_style ();
  section->plot.title = "M 4.5 · 2019-10-15 05:33:42 UTC";
  section->plot.selected = 4;
  cairo_surface_t *image = image_draw (640, 440, rect, draw, &section->plot, &style);
  image_assert_reference (image, "section-plot");
  cairo_surface_destroy (image);
}

/* The burst begins at its arrival, at its distance; each record is as tall as the others,
 * whatever its size. */
static void
test_places (void)
{
  g_autofree Section *section = section_new ();
  PlotStyle style = plot_style_window (false, false);
  PlotFrame frame;
  style.reconstruction = (PlotColor){1, 0, 0, 1};
  section->plot.n_curves = 0;
  section->plot.selected = 7;
  for (size_t i = 0; i < N; i++)
    section->values[7][i] *= 1e6;
  g_assert_true (plot_section_frame (&frame, rect, &section->plot, &style));
  cairo_surface_t *image = image_draw (640, 440, rect, draw, &section->plot, &style);
  double y = plot_scale_px (&frame.y, 5 + 12 * 7), arrival = (5 + 12.0 * 7) / 6;
  int onset = 0, tallest = 0, first, last;
  for (int x = (int)frame.area.x; x < 620; x++)
    if (image_column_extent (image, style.reconstruction, 60, x, (int)frame.area.y, 430,
                             &first, &last)) {
      if (onset == 0 && last - first > 8)
        onset = x;
      tallest = MAX (tallest, last - first);
      g_assert_cmpfloat (fabs ((first + last) / 2.0 - y), <, 25);
    }
  g_assert_cmpfloat_with_epsilon (onset, plot_scale_px (&frame.x, arrival), 3);
  g_assert_cmpint (tallest, >, 25);
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  cairo_surface_destroy (image);
}

static void
test_find (void)
{
  g_autofree Section *section = section_new ();
  PlotStyle style = plot_style_window (false, false);
  PlotFrame frame;
  section->records[3].distance_km = NAN;
  g_assert_true (plot_section_frame (&frame, rect, &section->plot, &style));
  for (size_t k = 0; k < N_RECORDS; k++) {
    double y = plot_scale_px (&frame.y, 5 + 12 * (double)k + (k == 3 ? 4 : 0));
    g_assert_cmpuint (plot_section_find (&frame, &section->plot, frame.area.x + 9, y), ==,
                      k == 3 ? 4 : k);
  }
  g_assert_cmpuint (plot_section_find (&frame, &section->plot, 0, 100), ==, SIZE_MAX);
  section->plot.n_records = 0;
  g_assert_cmpuint (
      plot_section_find (&frame, &section->plot, frame.area.x + 9, frame.area.y + 9), ==,
      SIZE_MAX);
}

static void
test_degenerate (void)
{
  g_autofree Section *section = section_new ();
  PlotStyle style = plot_style_window (true, false);
  for (size_t n = 0; n <= 2; n++) {
    section->plot.n_records = n;
    cairo_surface_destroy (image_draw (640, 440, rect, draw, &section->plot, &style));
  }
  section->plot.n_records = N_RECORDS;
  for (size_t i = 0; i < N; i++) {
    section->values[0][i] = NAN;
    section->values[1][i] = 5;
  }
  section->records[2].n = 0;
  section->records[3].rate_hz = 0;
  section->records[4].start_s = 1e9;
  section->records[5].distance_km = INFINITY;
  section->records[6].label = NULL;
  section->curves[0].n = 0;
  section->times[1][3] = NAN;
  section->plot.gain = 30;
  cairo_surface_t *image = image_draw (640, 440, rect, draw, &section->plot, &style);
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  cairo_surface_destroy (image);
}

/* Where there is nothing to draw, the figure says why. */
static void
test_note (void)
{
  g_autofree Section *section = section_new ();
  PlotStyle style = image_reference_style ();
  section->plot.n_curves = 0;
  for (int note = 0; note < 2; note++)
    for (int known = 0; known < 2; known++) {
      size_t ink;
      section->plot.note = note ? "No distance is known" : NULL;
      for (size_t k = 0; k < N_RECORDS; k++)
        section->records[k].distance_km = known ? 5 + 12 * (double)k : NAN;
      cairo_surface_t *image = image_draw (640, 440, rect, draw, &section->plot, &style);
      ink = image_count_color (image, style.dim, 60, 250, 190, 420, 240);
      if (!known && note)
        g_assert_cmpuint (ink, >, 100);
      else if (!known)
        g_assert_cmpuint (ink, <, 10);
      cairo_surface_destroy (image);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/section-plot/picture", test_picture);
  g_test_add_func ("/plot/section-plot/places", test_places);
  g_test_add_func ("/plot/section-plot/find", test_find);
  g_test_add_func ("/plot/section-plot/degenerate", test_degenerate);
  g_test_add_func ("/plot/section-plot/note", test_note);
  return g_test_run ();
}
