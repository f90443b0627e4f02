#include "plot/text.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define N_FACES (PLOT_FACE_TITLE + 1)

struct _PlotText {
  cairo_t *cr;            /* borrowed, or NULL */
  const PlotStyle *style; /* borrowed */
  PangoContext *context;  /* owned, like all below */
  PangoLayout *layout;
  PangoFontDescription *fonts[N_FACES];
  double heights[N_FACES]; /* px, 0 until asked for */
};

static const double face_size[N_FACES] = {1.0, 1.0, 1.15};

static cairo_user_data_key_t elements_key;

bool
plot_text_is_vector (cairo_t *cr)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));
  return type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_SVG ||
         type == CAIRO_SURFACE_TYPE_PS;
}

static double
font_px (const PlotStyle *style, PlotFace face)
{
  double points = style->font_points > 0 ? style->font_points : 10.0;
  return points * 96.0 / 72.0 * face_size[face];
}

static PangoContext *
new_context (bool vector)
{
  PangoContext *context =
      pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  /* Whole-pixel advances look even on a screen and, rounded before any scale is applied,
   * measure the same at every scale; on paper they would look uneven. */
  cairo_font_options_set_hint_metrics (options, vector ? CAIRO_HINT_METRICS_OFF
                                                       : CAIRO_HINT_METRICS_ON);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  if (vector)
    cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, !vector);
  cairo_font_options_destroy (options);
  return context;
}

PlotText *
plot_text_new (cairo_t *cr, const PlotStyle *style)
{
  PlotText *text = g_new0 (PlotText, 1);
  text->cr = cr;
  text->style = style;
  text->context = new_context (cr && plot_text_is_vector (cr));
  text->layout = pango_layout_new (text->context);
  pango_layout_set_single_paragraph_mode (text->layout, TRUE);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (text->layout, attributes);
  pango_attr_list_unref (attributes);
  for (int face = 0; face < N_FACES; face++) {
    PangoFontDescription *font =
        pango_font_description_from_string (style->font ? style->font : "Sans");
    pango_font_description_set_absolute_size (font, font_px (style, face) * PANGO_SCALE);
    if (face != PLOT_FACE_LABEL)
      pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
    text->fonts[face] = font;
  }
  return text;
}

void
plot_text_free (PlotText *text)
{
  for (int face = 0; face < N_FACES; face++)
    pango_font_description_free (text->fonts[face]);
  g_object_unref (text->layout);
  g_object_unref (text->context);
  g_free (text);
}

static void
set_string (PlotText *text, PlotFace face, const char *string)
{
  pango_layout_set_font_description (text->layout, text->fonts[face]);
  pango_layout_set_text (text->layout, string, -1);
}

static double
exact_width (PlotText *text, PlotFace face, const char *string)
{
  PangoRectangle logical;
  set_string (text, face, string);
  pango_layout_get_extents (text->layout, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

double
plot_text_width (PlotText *text, PlotFace face, const char *string)
{
  return ceil (exact_width (text, face, string));
}

double
plot_text_height (PlotText *text, PlotFace face)
{
  if (text->heights[face] <= 0) {
    PangoRectangle logical;
    set_string (text, face, "0");
    pango_layout_get_extents (text->layout, NULL, &logical);
    text->heights[face] = ceil ((double)logical.height / PANGO_SCALE);
  }
  return text->heights[face];
}

/* One line of valid UTF-8 without control characters (which XML forbids). */
static char *
clean (const char *string)
{
  char *valid = g_utf8_make_valid (string, -1);
  for (char *p = valid; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return valid;
}

char *
plot_text_fit (PlotText *text, PlotFace face, const char *string, double max_width)
{
  g_autofree char *valid = clean (string);
  if (exact_width (text, face, valid) <= max_width)
    return g_steal_pointer (&valid);
  /* Width grows with the number of characters kept: the largest number that fits. */
  long fits = -1, fails = g_utf8_strlen (valid, -1);
  g_autofree char *best = g_strdup ("");
  while (fails - fits > 1) {
    long middle = fits + (fails - fits) / 2;
    g_autofree char *start = g_utf8_substring (valid, 0, middle);
    g_autofree char *candidate = g_strconcat (g_strchomp (start), "…", NULL);
    if (exact_width (text, face, candidate) <= max_width) {
      fits = middle;
      g_free (best);
      best = g_steal_pointer (&candidate);
    } else {
      fails = middle;
    }
  }
  return g_steal_pointer (&best);
}

static void
append_number (GString *string, const char *before, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (number, sizeof number, "%.4f", value);
  g_string_append (string, before);
  g_string_append (string, number);
}

/* The text with its anchor at the origin of cr's coordinates, baseline `baseline` px
 * below it. */
static void
append_element (PlotText *text, GString *elements, PlotFace face, PlotColor color,
                PlotAlign align, double baseline, const char *string)
{
  static const char *const anchors[] = {"start", "middle", "end"};
  cairo_matrix_t m;
  cairo_get_matrix (text->cr, &m);
  const char *family = pango_font_description_get_family (text->fonts[face]);
  g_autofree char *cleaned = clean (string);
  g_autofree char *escaped = g_markup_escape_text (cleaned, -1);
  g_autofree char *escaped_family = g_markup_escape_text (family ? family : "Sans", -1);
  append_number (elements, "<text transform=\"matrix(", m.xx);
  append_number (elements, " ", m.yx);
  append_number (elements, " ", m.xy);
  append_number (elements, " ", m.yy);
  append_number (elements, " ", m.x0);
  append_number (elements, " ", m.y0);
  append_number (elements, ")\" x=\"0\" y=\"", baseline);
  append_number (elements, "\" font-size=\"", font_px (text->style, face));
  g_string_append_printf (
      elements,
      "\" font-family=\"%s, sans-serif\"%s text-anchor=\"%s\" fill=\"#%02x%02x%02x\"",
      escaped_family, face == PLOT_FACE_LABEL ? "" : " font-weight=\"bold\"",
      anchors[align], (unsigned)lround (color.red * 255),
      (unsigned)lround (color.green * 255), (unsigned)lround (color.blue * 255));
  if (color.alpha < 1)
    append_number (elements, " fill-opacity=\"", color.alpha);
  g_string_append_printf (elements,
                          "%s style=\"font-variant-numeric:tabular-nums\">%s</text>\n",
                          color.alpha < 1 ? "\"" : "", escaped);
}

/* With its anchor at the origin of cr's coordinates. */
static void
draw_at_origin (PlotText *text, PlotFace face, PlotColor color, PlotAlign align,
                const char *string)
{
  set_string (text, face, string);
  PangoRectangle logical;
  pango_layout_get_extents (text->layout, NULL, &logical);
  double width = (double)logical.width / PANGO_SCALE;
  double baseline = (double)pango_layout_get_baseline (text->layout) / PANGO_SCALE;
  double top = -(double)logical.height / PANGO_SCALE / 2;
  GString *elements =
      cairo_surface_get_user_data (cairo_get_target (text->cr), &elements_key);
  if (elements) {
    append_element (text, elements, face, color, align, top + baseline, string);
    return;
  }
  double x = align == PLOT_ALIGN_START ? 0
             : align == PLOT_ALIGN_END ? -width
                                       : -width / 2;
  if (!plot_text_is_vector (text->cr)) {
    double scale = text->style->scale > 0 ? text->style->scale : 1;
    x = round (x * scale) / scale;
    top = round ((top + baseline) * scale) / scale - baseline;
  }
  plot_set_source (text->cr, color);
  cairo_move_to (text->cr, x, top);
  pango_cairo_show_layout (text->cr, text->layout);
}

static double
snap (PlotText *text, double px)
{
  double scale = text->style->scale > 0 ? text->style->scale : 1;
  return plot_text_is_vector (text->cr) ? px : round (px * scale) / scale;
}

void
plot_text_draw (PlotText *text, PlotFace face, PlotColor color, PlotAlign align, double x,
                double y, const char *string)
{
  if (!string || !*string)
    return;
  cairo_save (text->cr);
  cairo_translate (text->cr, snap (text, x), snap (text, y));
  draw_at_origin (text, face, color, align, string);
  cairo_restore (text->cr);
}

void
plot_text_draw_upwards (PlotText *text, PlotFace face, PlotColor color, double x,
                        double y, const char *string)
{
  if (!string || !*string)
    return;
  cairo_save (text->cr);
  cairo_translate (text->cr, snap (text, x), snap (text, y));
  cairo_rotate (text->cr, -G_PI / 2);
  draw_at_origin (text, face, color, PLOT_ALIGN_CENTER, string);
  cairo_restore (text->cr);
}

void
plot_text_collect (cairo_surface_t *surface, GString *elements)
{
  cairo_surface_set_user_data (surface, &elements_key, elements, NULL);
}
