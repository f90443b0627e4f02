#include "app/chart-export.h"

#include "app/trace-chart.h"
#include "plot/export.h"
#include "support/widgets.h"
#include <glib/gstdio.h>

static char *
export_to (SaeChart *chart, const char *folder, const char *name, double scale)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  sae_chart_export (chart, path, "BK.CMB.00.HN", "M 6.0", scale, &error);
  g_assert_no_error (error);
  return path;
}

static void
measure_png (const char *path, int *width, int *height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (path, &error);

  g_assert_no_error (error);
  *width = gdk_texture_get_width (texture);
  *height = gdk_texture_get_height (texture);
}

/* PNG in two sizes, SVG with the title as text, PDF; another suffix is refused. */
static void
test_formats (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sae-chart-export-XXXXXX", NULL);
  SaeChart *chart = g_object_ref_sink (g_object_new (SAE_TYPE_TRACE_CHART, NULL));
  double values[3 * 200];
  SaeTraceInfo info = {.labels = {"BK.CMB.00.HNE", "BK.CMB.00.HNN", "BK.CMB.00.HNZ"},
                       .n_samples = 200,
                       .rate_hz = 100,
                       .unit = "counts"};
  int width, height, wide, high;

  for (int i = 0; i < 600; i++)
    values[i] = (i * 7) % 23;
  sae_trace_chart_show (SAE_TRACE_CHART (chart), &info, values, NULL);
  {
    g_autofree char *once = export_to (chart, folder, "a.png", 1);
    g_autofree char *twice = export_to (chart, folder, "b.png", 2);
    g_autofree char *svg = export_to (chart, folder, "c.svg", 1);
    g_autofree char *pdf = export_to (chart, folder, "d.pdf", 1);
    g_autofree char *other = g_build_filename (folder, "e.jpg", NULL);
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;

    measure_png (once, &width, &height);
    measure_png (twice, &wide, &high);
    g_assert_cmpint (wide, ==, 2 * width);
    g_assert_cmpint (high, ==, 2 * height);
    g_assert_true (g_file_get_contents (svg, &text, NULL, NULL));
    g_assert_nonnull (strstr (text, "M 6.0"));
    g_assert_nonnull (strstr (text, "HNZ"));
    g_assert_false (sae_chart_export (chart, other, NULL, NULL, 1, &error));
    g_assert_error (error, PLOT_ERROR, PLOT_ERROR_FORMAT);
    g_unlink (once);
    g_unlink (twice);
    g_unlink (svg);
    g_unlink (pdf);
  }
  g_rmdir (folder);
  g_assert_finalize_object (chart);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/chart-export/formats", test_formats);
  return g_test_run ();
}
