#include "plot/text.h"

#include "support/image-compare.h"
#include <cairo-svg.h>
#include <glib.h>
#include <math.h>
#include <string.h>

static void
test_measure (void)
{
  PlotStyle style = plot_style_export ();
  g_autoptr (PlotText) text = plot_text_new (NULL, &style);
  g_assert_cmpfloat (plot_text_width (text, PLOT_FACE_LABEL, ""), ==, 0);
  double one = plot_text_width (text, PLOT_FACE_LABEL, "1");
  /* Tabular figures: all digits are as wide. */
  for (char digit = '0'; digit <= '9'; digit++) {
    const char string[] = {digit, '\0'};
    g_assert_cmpfloat (plot_text_width (text, PLOT_FACE_LABEL, string), ==, one);
  }
  g_assert_cmpfloat (plot_text_width (text, PLOT_FACE_LABEL, "111111"), >, 4 * one);
  g_assert_cmpfloat (plot_text_height (text, PLOT_FACE_LABEL), >=, 10);
  g_assert_cmpfloat (plot_text_height (text, PLOT_FACE_TITLE), >=,
                     plot_text_height (text, PLOT_FACE_LABEL));
}

static void
test_fit (void)
{
  PlotStyle style = plot_style_export ();
  g_autoptr (PlotText) text = plot_text_new (NULL, &style);
  const char *title =
      "Ein langer Titel über das Beben von Pleasant Hill, größer als alles";
  double width = plot_text_width (text, PLOT_FACE_TITLE, title);
  g_autofree char *whole = plot_text_fit (text, PLOT_FACE_TITLE, title, width);
  g_assert_cmpstr (whole, ==, title);
  for (double max = 0; max < width; max += 7) {
    g_autofree char *cut = plot_text_fit (text, PLOT_FACE_TITLE, title, max);
    g_assert_true (g_utf8_validate (cut, -1, NULL));
    g_assert_cmpfloat (plot_text_width (text, PLOT_FACE_TITLE, cut), <=, ceil (max));
    g_assert_true (cut[0] == '\0' || g_str_has_suffix (cut, "…"));
    if (max > 40)
      g_assert_cmpstr (cut, !=, "");
  }
  g_autofree char *lines = plot_text_fit (text, PLOT_FACE_LABEL, "a\nb\tc\x01", 1000);
  g_assert_cmpstr (lines, ==, "a b c ");
  g_autofree char *broken = plot_text_fit (text, PLOT_FACE_LABEL, "a\xff", 1000);
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

/* Where the ink of "HHH" lies for each alignment; and upwards it is higher than wide. */
static void
draw_alignments (cairo_t *cr, PlotRectangle rect, const void *data,
                 const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_START, 100, 20, "HHH");
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_END, 100, 60, "HHH");
  plot_text_draw_upwards (text, PLOT_FACE_LABEL, style->text, 100, 120, "HHHHH");
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_END, 100, 180, "");
}

static void
test_draw (void)
{
  PlotStyle style = plot_style_window (false, false);
  for (style.scale = 1; style.scale <= 2; style.scale++) {
    int s = (int)style.scale;
    cairo_surface_t *image =
        image_draw (200, 200, (PlotRectangle){0}, draw_alignments, NULL, &style);
    g_assert_cmpuint (image_count_ink (image, 100 * s, 8 * s, 200 * s, 32 * s), >, 20);
    g_assert_cmpuint (image_count_ink (image, 0, 8 * s, 99 * s, 32 * s), ==, 0);
    g_assert_cmpuint (image_count_ink (image, 0, 48 * s, 100 * s, 72 * s), >, 20);
    g_assert_cmpuint (image_count_ink (image, 101 * s, 48 * s, 200 * s, 72 * s), ==, 0);
    g_assert_cmpuint (image_count_ink (image, 90 * s, 90 * s, 110 * s, 150 * s), >, 40);
    g_assert_cmpuint (image_count_ink (image, 0, 160 * s, 200 * s, 200 * s), ==, 0);
    cairo_surface_destroy (image);
  }
}

static cairo_status_t
ignore_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  return CAIRO_STATUS_SUCCESS;
}

static void
test_collect (void)
{
  PlotStyle style = plot_style_export ();
  g_autoptr (GString) elements = g_string_new (NULL);
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream (ignore_bytes, NULL, 100, 100);
  plot_text_collect (surface, elements);
  cairo_t *cr = cairo_create (surface);
  g_assert_true (plot_text_is_vector (cr));
  PlotText *text = plot_text_new (cr, &style);
  plot_text_draw (text, PLOT_FACE_BOLD, (PlotColor){1, 0, 0, 0.5}, PLOT_ALIGN_END, 50, 50,
                  "a<b & \x02\"c\"");
  plot_text_free (text);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_nonnull (strstr (elements->str, "a&lt;b &amp;  &quot;c&quot;</text>"));
  g_assert_nonnull (strstr (elements->str, "text-anchor=\"end\""));
  g_assert_nonnull (strstr (elements->str, "fill=\"#ff0000\" fill-opacity=\"0.5000\""));
  g_assert_nonnull (strstr (elements->str, "font-weight=\"bold\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/text/measure", test_measure);
  g_test_add_func ("/plot/text/fit", test_fit);
  g_test_add_func ("/plot/text/draw", test_draw);
  g_test_add_func ("/plot/text/collect", test_collect);
  return g_test_run ();
}
