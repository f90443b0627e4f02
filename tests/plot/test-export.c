#include "plot/export.h"

#include "plot/trace-plot.h"
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static double samples[2000];

static PlotTraces
traces_of (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = 1000 * sin ((double)i * 0.05);
  return (PlotTraces){.title = "BK.CMB.00 · M 6.0 <test> & more",
                      .n_components = 1,
                      .labels = {"BK.CMB.00.HNZ"},
                      .values = {samples},
                      .n_samples = G_N_ELEMENTS (samples),
                      .rate_hz = 100,
                      .unit = "counts"};
}

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  g_assert_cmpfloat (style->background.alpha, ==, 1);
  plot_trace_plot_draw (cr, rect, data, style);
}

typedef struct {
  char *folder;
} Folder;

static void
folder_set_up (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  folder->folder = g_dir_make_tmp ("sae-plot-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
folder_tear_down (Folder *folder, gconstpointer data)
{
  g_autoptr (GDir) entries = g_dir_open (folder->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (entries))) {
    g_autofree char *path = g_build_filename (folder->folder, name, NULL);
    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder->folder), ==, 0);
  g_free (folder->folder);
}

/* The exported file's bytes, NUL-terminated; free with g_free. */
static char *
exported (const Folder *folder, const char *name, double scale, size_t *length)
{
  g_autofree char *path = g_build_filename (folder->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  PlotTraces traces = traces_of ();
  g_assert_true (plot_export (path, 600, 300, scale, draw, &traces, &error));
  g_assert_no_error (error);
  char *bytes;
  g_assert_true (g_file_get_contents (path, &bytes, length, &error));
  return bytes;
}

static void
test_png (Folder *folder, gconstpointer data)
{
  for (int scale = 1; scale <= 2; scale++) {
    size_t length;
    g_autofree char *bytes = exported (folder, "figure.PNG", scale, &length);
    g_assert_cmpmem (bytes, 4, "\x89PNG", 4);
    g_autofree char *path = g_build_filename (folder->folder, "figure.PNG", NULL);
    cairo_surface_t *image = cairo_image_surface_create_from_png (path);
    g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
    g_assert_cmpint (cairo_image_surface_get_width (image), ==, 600 * scale);
    g_assert_cmpint (cairo_image_surface_get_height (image), ==, 300 * scale);
    /* Light, and with something on it. */
    const unsigned char *pixels = cairo_image_surface_get_data (image);
    int stride = cairo_image_surface_get_stride (image);
    size_t n_light = 0, n_dark = 0;
    for (int y = 0; y < 300 * scale; y++)
      for (int x = 0; x < 600 * scale; x++) {
        n_light += pixels[y * stride + 4 * x + 1] > 250;
        n_dark += pixels[y * stride + 4 * x + 1] < 100;
      }
    g_assert_cmpuint (n_light, >, 600u * 300u / 2u);
    g_assert_cmpuint (n_dark, >, 1500);
    cairo_surface_destroy (image);
  }
}

static void
start_element (GMarkupParseContext *context, const char *element, const char **names,
               const char **values, gpointer data, GError **error)
{
  g_hash_table_add (data, g_strdup (element));
}

static void
collect_text (GMarkupParseContext *context, const char *string, gsize length,
              gpointer data, GError **error)
{
  g_hash_table_add (data, g_strndup (string, length));
}

/* Well-formed, of the size that was asked for, and its text is text. */
static void
test_svg (Folder *folder, gconstpointer data)
{
  size_t length;
  g_autofree char *bytes = exported (folder, "figure.svg", 1, &length);
  g_assert_true (g_str_has_prefix (bytes, "<?xml") || g_str_has_prefix (bytes, "<svg"));
  g_assert_nonnull (strstr (bytes, "viewBox=\"0 0 450 225\""));
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GMarkupParser parser = {.start_element = start_element, .text = collect_text};
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, 0, found, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_markup_parse_context_parse (context, bytes, (gssize)length, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_assert_true (g_hash_table_contains (found, "path"));
  g_assert_true (g_hash_table_contains (found, "text"));
  g_assert_true (g_hash_table_contains (found, "BK.CMB.00.HNZ"));
  g_assert_true (g_hash_table_contains (found, "BK.CMB.00 · M 6.0 <test> & more"));
  g_assert_true (g_hash_table_contains (found, "1970-01-01 UTC"));
  g_assert_true (g_hash_table_contains (found, "−500"));
  g_assert_false (g_hash_table_contains (found, "image"));
}

/* In memory it is what it is in a file, but for Cairo's numbers of its elements. */
static void
test_svg_bytes (Folder *folder, gconstpointer data)
{
  size_t length;
  g_autofree char *bytes = exported (folder, "figure.svg", 1, &length);
  PlotTraces traces = traces_of ();
  g_autoptr (GBytes) svg = plot_export_svg (600, 300, draw, &traces, NULL);
  gsize n = 0;
  const char *same = g_bytes_get_data (svg, &n);
  g_assert_cmpuint (n > length ? n - length : length - n, <, 100);
  g_assert_cmpmem (same, 200, bytes, 200);
  g_assert_cmpmem (same + n - 7, 7, "</svg>\n", 7);
  g_autoptr (GError) error = NULL;
  g_assert_null (plot_export_svg (0, 300, draw, &traces, &error));
  g_assert_error (error, PLOT_ERROR, PLOT_ERROR_WRITE);
}

/* g_strstr_len () would stop at the first NUL. */
static bool
contains (const char *bytes, size_t length, const char *string)
{
  size_t n = strlen (string);
  for (size_t i = 0; i + n <= length; i++)
    if (memcmp (bytes + i, string, n) == 0)
      return true;
  return false;
}

static void
test_pdf (Folder *folder, gconstpointer data)
{
  size_t length;
  g_autofree char *bytes = exported (folder, "figure.Pdf", 1, &length);
  g_assert_cmpmem (bytes, 5, "%PDF-", 5);
  g_assert_cmpmem (bytes + length - 6, 6, "%%EOF\n", 6);
  /* Embedded fonts stand for text that can be searched and copied. */
  g_assert_true (contains (bytes, length, "/FontFile"));
  g_assert_true (contains (bytes, length, "/ToUnicode"));
  g_assert_true (contains (bytes, length, "450 225"));
  g_assert_false (contains (bytes, length, "/Subtype /Image"));
}

/* An export replaces what was there, and leaves nothing beside it. */
static void
test_replace (Folder *folder, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder->folder, "figure.svg", NULL);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  size_t length;
  g_autofree char *bytes = exported (folder, "figure.svg", 1, &length);
  g_assert_cmpuint (strlen (bytes), ==, length);
  g_assert_cmpuint (length, >, 1000);
  g_autoptr (GDir) entries = g_dir_open (folder->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (entries), ==, "figure.svg");
  g_assert_null (g_dir_read_name (entries));
}

static void
test_supports (void)
{
  static const struct {
    const char *path;
    bool supported;
  } cases[] = {{"a.png", true},     {"a.PNG", true},    {"/x/y.z/a.SvG", true},
               {"a.pdf", true},     {"a.jpg", false},   {"png", false},
               {".png", false},     {"/x/.png", false}, {"a.png/", false},
               {"a.png.gz", false}, {"", false},        {NULL, false}};
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (plot_export_supports (cases[i].path), ==, cases[i].supported);
}

static void
test_errors (Folder *folder, gconstpointer data)
{
  static const struct {
    const char *name;
    double width, scale;
    PlotError code;
  } cases[] = {
      {"figure.jpg", 600, 1, PLOT_ERROR_FORMAT},
      {"figure", 600, 1, PLOT_ERROR_FORMAT},
      {"missing/figure.png", 600, 1, PLOT_ERROR_WRITE},
      {"missing/figure.svg", 600, 1, PLOT_ERROR_WRITE},
      {"missing/figure.pdf", 600, 1, PLOT_ERROR_WRITE},
      {"figure.png", 40000, 1, PLOT_ERROR_WRITE},
      {"figure.png", 20000, 2, PLOT_ERROR_WRITE},
      {"figure.png", 0, 1, PLOT_ERROR_WRITE},
      {"figure.png", NAN, 1, PLOT_ERROR_WRITE},
      {"figure.png", 600, 0, PLOT_ERROR_WRITE},
  };
  PlotTraces traces = traces_of ();
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_build_filename (folder->folder, cases[i].name, NULL);
    g_autoptr (GError) error = NULL;
    g_assert_false (
        plot_export (path, cases[i].width, 300, cases[i].scale, draw, &traces, &error));
    g_assert_error (error, PLOT_ERROR, (int)cases[i].code);
    g_assert_true (g_str_has_prefix (error->message, path));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/plot/export/png", Folder, NULL, folder_set_up, test_png,
              folder_tear_down);
  g_test_add ("/plot/export/svg", Folder, NULL, folder_set_up, test_svg,
              folder_tear_down);
  g_test_add ("/plot/export/svg-bytes", Folder, NULL, folder_set_up, test_svg_bytes,
              folder_tear_down);
  g_test_add ("/plot/export/pdf", Folder, NULL, folder_set_up, test_pdf,
              folder_tear_down);
  g_test_add ("/plot/export/replace", Folder, NULL, folder_set_up, test_replace,
              folder_tear_down);
  g_test_add_func ("/plot/export/supports", test_supports);
  g_test_add ("/plot/export/errors", Folder, NULL, folder_set_up, test_errors,
              folder_tear_down);
  return g_test_run ();
}
