#include "plot/export.h"

#include "plot/text.h"
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

G_DEFINE_QUARK (plot - error - quark, plot_error)

#define POINTS_PER_PX 0.75
#define MARGIN 12.0    /* px of blank paper around the figure */
#define MAX_PX 32767.0 /* Cairo's limit for an image's side */

typedef struct {
  double width, height; /* px */
  double png_scale;
  PlotDrawFunc draw;
  const void *data;
} Figure;

/* Draws the figure into bytes; the status is Cairo's. */
typedef cairo_status_t (*Writer) (GByteArray *bytes, const Figure *figure);

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* scale: from px to the surface's units; pixels: device pixels a px. */
static cairo_status_t
draw_on (cairo_surface_t *surface, const Figure *figure, double scale, double pixels)
{
  PlotStyle style = plot_style_export ();
  style.scale = pixels;
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  plot_set_source (cr, style.background);
  cairo_paint (cr);
  double margin = fmin (MARGIN, fmin (figure->width, figure->height) / 20);
  PlotRectangle rect = {margin, margin, figure->width - 2 * margin,
                        figure->height - 2 * margin};
  figure->draw (cr, rect, figure->data, &style);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static cairo_status_t
write_png (GByteArray *bytes, const Figure *figure)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int)ceil (figure->width * figure->png_scale),
      (int)ceil (figure->height * figure->png_scale));
  cairo_status_t status = draw_on (surface, figure, figure->png_scale, figure->png_scale);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
finish (cairo_surface_t *surface, cairo_status_t status)
{
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
write_pdf (GByteArray *bytes, const Figure *figure)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_bytes, bytes, figure->width * POINTS_PER_PX, figure->height * POINTS_PER_PX);
  return finish (surface, draw_on (surface, figure, POINTS_PER_PX, 1.0));
}

static cairo_status_t
write_svg (GByteArray *bytes, const Figure *figure)
{
  g_autoptr (GString) elements = g_string_new (NULL);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (
      append_bytes, bytes, figure->width * POINTS_PER_PX, figure->height * POINTS_PER_PX);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
  plot_text_collect (surface, elements);
  cairo_status_t status = finish (surface, draw_on (surface, figure, POINTS_PER_PX, 1.0));
  if (status != CAIRO_STATUS_SUCCESS)
    return status;
  char *end = g_strrstr_len ((const char *)bytes->data, bytes->len, "</svg>");
  if (!end)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_set_size (bytes, (guint)(end - (const char *)bytes->data));
  g_string_append (elements, "</svg>\n");
  g_byte_array_append (bytes, (const guint8 *)elements->str, (guint)elements->len);
  return CAIRO_STATUS_SUCCESS;
}

static Writer
writer_for (const char *path)
{
  static const struct {
    const char *suffix;
    Writer writer;
  } formats[] = {{".png", write_png}, {".svg", write_svg}, {".pdf", write_pdf}};
  for (size_t i = 0; path && i < G_N_ELEMENTS (formats); i++) {
    size_t length = strlen (path), n = strlen (formats[i].suffix);
    /* A suffix needs a name before it. */
    if (length > n && path[length - n - 1] != G_DIR_SEPARATOR &&
        g_ascii_strcasecmp (path + length - n, formats[i].suffix) == 0)
      return formats[i].writer;
  }
  return NULL;
}

bool
plot_export_supports (const char *path)
{
  return writer_for (path) != NULL;
}

static bool
is_size (double px, double scale)
{
  return px >= 1 && px * scale <= MAX_PX;
}

static bool
write_file (const char *path, const GByteArray *bytes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  if (g_file_set_contents_full (path, (const char *)bytes->data, bytes->len,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0666, &cause))
    return true;
  /* GLib's message names the temporary file, which tells nobody anything. */
  const char *reason = strrchr (cause->message, ':');
  g_set_error (error, PLOT_ERROR, PLOT_ERROR_WRITE, "%s: cannot write: %s", path,
               reason ? g_strchug ((char *)reason + 1) : cause->message);
  return false;
}

/* name: of what is drawn, for the error. */
static bool
draw_figure (GByteArray *bytes, Writer writer, const Figure *figure, const char *name,
             GError **error)
{
  const double scale = figure->png_scale;
  if (!(scale >= 0.1 && scale <= 16) || !is_size (figure->width, scale) ||
      !is_size (figure->height, scale)) {
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_WRITE,
                 "%s: a picture of %g × %g px at scale %g is out of range", name,
                 figure->width, figure->height, scale);
    return false;
  }
  const cairo_status_t status = writer (bytes, figure);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_WRITE, "%s: cannot draw: %s", name,
                 cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

bool
plot_export (const char *path, double width, double height, double png_scale,
             PlotDrawFunc draw, const void *data, GError **error)
{
  Writer writer = writer_for (path);
  if (!writer) {
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_FORMAT,
                 "%s: not a .png, .svg or .pdf file name", path ? path : "(no name)");
    return false;
  }
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const Figure figure = {width, height, png_scale, draw, data};
  return draw_figure (bytes, writer, &figure, path, error) &&
         write_file (path, bytes, error);
}

GBytes *
plot_export_svg (double width, double height, PlotDrawFunc draw, const void *data,
                 GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const Figure figure = {width, height, 1, draw, data};
  if (!draw_figure (bytes, write_svg, &figure, "SVG", error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
