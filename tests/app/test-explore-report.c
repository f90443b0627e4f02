#include "app/explore-report.h"

#include "app/reconstruction-pane.h"
#include "support/explore.h"
#include <string.h>

static gsize
count (const char *text, const char *word)
{
  gsize n = 0;

  for (const char *at = text; (at = strstr (at, word)); at++)
    n++;
  return n;
}

/* What there is has its part and its picture; nothing is fetched from elsewhere. */
static void
test_parts (void)
{
  ExploreFixture fixture = {0};
  SaeExploreView *view;
  SaeReconstructionPane *pane;
  SaeSignalItem *item;
  g_autoptr (GBytes) bytes = NULL, example = NULL, more = NULL;
  const char *html;

  explore_fixture_init (&fixture, 2, 3);
  view = g_object_ref_sink (
      g_object_new (SAE_TYPE_EXPLORE_VIEW, "session", fixture.session, NULL));
  bytes = sae_explore_report (view, fixture.session, NULL);
  html = g_bytes_get_data (bytes, NULL);
  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>"));
  g_assert_true (g_str_has_suffix (html, "</html>\n"));
  g_assert_cmpuint (count (html, "<img "), ==, 2); /* losses and projection */
  g_assert_cmpuint (count (html, "src=\"data:"), ==, 2);
  g_assert_null (strstr (html, "http"));
  g_assert_null (strstr (html, explore_fixture_id (&fixture, 0)));
  g_assert_nonnull (strstr (html, "Learning rate")); /* the settings of the run */
  g_assert_nonnull (strstr (html, "Mean over time"));
  /* The signal in hand with its reconstruction, where it is shown. */
  pane = g_object_ref_sink (
      g_object_new (SAE_TYPE_RECONSTRUCTION_PANE, "session", fixture.session, NULL));
  g_assert_null (sae_reconstruction_pane_get_chart (pane));
  item = sae_session_find_signal (fixture.session, explore_fixture_id (&fixture, 1));
  sae_session_set_selected (fixture.session, item);
  sae_reconstruction_pane_show (pane, item);
  wait_until (sae_reconstruction_pane_get_chart (pane) != NULL);
  sae_explore_view_set_example (view, sae_reconstruction_pane_get_chart (pane));
  example = sae_explore_report (view, fixture.session, NULL);
  g_assert_cmpuint (count (g_bytes_get_data (example, NULL), "<img "), ==, 3);
  g_assert_nonnull (
      strstr (g_bytes_get_data (example, NULL), explore_fixture_id (&fixture, 1)));
  g_assert_finalize_object (pane);
  g_assert_null (sae_explore_view_get_example (view));
  sae_tasks_measure (fixture.session);
  wait_until (sae_session_get_errors (fixture.session) != NULL);
  more = sae_explore_report (view, fixture.session, NULL);
  html = g_bytes_get_data (more, NULL);
  g_assert_nonnull (strstr (html, explore_fixture_id (&fixture, 0)));
  g_assert_finalize_object (view);
  explore_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/explore-report/parts", test_parts);
  return g_test_run ();
}
