#include "app/explore-export.h"

#include "plot/export.h"
#include "support/explore.h"
#include <glib/gstdio.h>
#include <string.h>

static char *
write_and_read (SaeExport export, SaeExploreView *view, SaeSession *session,
                const char *folder, const char *name, gsize *size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_assert_true (sae_export_write (export, view, session, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, size, NULL));
  g_remove (path);
  return bytes;
}

/* Every kind is what its name says, of all signals. */
static void
test_kinds (void)
{
  ExploreFixture fixture = {0};
  SaeExploreView *view;
  g_autofree char *folder = g_dir_make_tmp ("sae-export-XXXXXX", NULL);
  g_autofree char *points = NULL, *csv = NULL, *npy = NULL, *png = NULL, *svg = NULL;
  g_autofree char *bad = g_build_filename (folder, "figure.gif", NULL);
  g_autoptr (GError) error = NULL;
  gsize size;

  explore_fixture_init (&fixture, 2, 2);
  view = g_object_ref_sink (
      g_object_new (SAE_TYPE_EXPLORE_VIEW, "session", fixture.session, NULL));
  points = write_and_read (SAE_EXPORT_POINTS, view, fixture.session, folder, "a", &size);
  g_assert_true (g_str_has_prefix (points, "signal,event,x,y,"));
  g_assert_nonnull (strstr (points, explore_fixture_id (&fixture, 3)));
  csv = write_and_read (SAE_EXPORT_EMBEDDINGS, view, fixture.session, folder, "b", &size);
  g_assert_true (g_str_has_prefix (csv, "signal,e0,e1"));
  npy = write_and_read (SAE_EXPORT_EMBEDDINGS_NPY, view, fixture.session, folder, "c",
                        &size);
  g_assert_cmpint (memcmp (npy, "\x93NUMPY", 6), ==, 0);
  png = write_and_read (SAE_EXPORT_FIGURE, view, fixture.session, folder, "d.png", &size);
  g_assert_cmpint (memcmp (png, "\x89PNG", 4), ==, 0);
  svg = write_and_read (SAE_EXPORT_FIGURE, view, fixture.session, folder, "e.svg", &size);
  g_assert_nonnull (strstr (svg, "Principal components of 4 signals"));
  g_assert_false (
      sae_export_write (SAE_EXPORT_FIGURE, view, fixture.session, bad, &error));
  g_assert_error (error, PLOT_ERROR, PLOT_ERROR_FORMAT);
  g_assert_finalize_object (view);
  explore_fixture_clear (&fixture);
  g_rmdir (folder);
}

static void
test_names (void)
{
  SaeExport export = SAE_N_EXPORTS;

  g_assert_false (sae_export_from_string ("pictures", &export));
  g_assert_cmpint (export, ==, SAE_N_EXPORTS);
  g_assert_true (sae_export_from_string ("report", &export));
  g_assert_cmpstr (sae_export_file_name (export), ==, "report.html");
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/explore-export/kinds", test_kinds);
  g_test_add_func ("/app/explore-export/names", test_names);
  return g_test_run ();
}
