#include "app/point-table.h"

#include "support/explore.h"
#include <math.h>

static void
count (int *n)
{
  ++*n;
}

static void
test_rows (void)
{
  ExploreFixture fixture = {0};
  const guint points[] = {3, 0, 2};
  const double values[] = {0.5, NAN, 0.25};
  SaePointTable *table;
  int n = 0;

  explore_fixture_init (&fixture, 2, 2);
  table = SAE_POINT_TABLE (g_object_ref_sink (sae_point_table_new ()));
  g_signal_connect_swapped (table, "notify::current", G_CALLBACK (count), &n);
  g_assert_cmpuint (sae_point_table_find (table, 1), ==, SAE_POINT_TABLE_NONE);
  sae_point_table_show (table, fixture.session, points, values, 3, "Error");
  g_assert_cmpuint (sae_point_table_get_n (table), ==, 3);
  g_assert_cmpuint (sae_point_table_get_current (table), ==, SAE_POINT_TABLE_NONE);
  g_assert_cmpint (n, ==, 0);
  /* As they were given; walking stops at the ends. */
  g_assert_cmpuint (sae_point_table_find (table, 1), ==, 3);
  g_assert_cmpuint (sae_point_table_find (table, -1), ==, 2);
  sae_point_table_set_current (table, 0);
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpuint (sae_point_table_find (table, 1), ==, 2);
  g_assert_cmpuint (sae_point_table_find (table, -9), ==, 3);
  sae_point_table_set_current (table, 1); /* has no row */
  g_assert_cmpuint (sae_point_table_get_current (table), ==, SAE_POINT_TABLE_NONE);
  sae_point_table_show (table, fixture.session, points, NULL, 1, "");
  g_assert_cmpuint (sae_point_table_get_n (table), ==, 1);
  g_assert_finalize_object (table);
  explore_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/point-table/rows", test_rows);
  return g_test_run ();
}
