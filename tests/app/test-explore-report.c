#include "app/explore-report.h"

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
  g_autoptr (GBytes) bytes = NULL, more = NULL;
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
