#include "app/explore-tables.h"

#include "app/point-table.h"
#include "support/explore.h"

static void
find_tables (GtkWidget *root, GPtrArray *tables)
{
  if (SAE_IS_POINT_TABLE (root))
    g_ptr_array_add (tables, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    find_tables (child, tables);
}

static void
select_row (SaeSession *session, const char *id)
{
  sae_session_set_selected (session, sae_session_find_signal (session, id));
}

/* The selection is listed; a row is the session's selected signal, both ways. */
static void
test_selection (void)
{
  ExploreFixture fixture = {0};
  SaeExploreTables *tables;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  SaeSelection *selection;
  SaePointTable *table;

  explore_fixture_init (&fixture, 2, 3);
  selection = sae_session_get_selection (fixture.session);
  tables = g_object_ref_sink (
      g_object_new (SAE_TYPE_EXPLORE_TABLES, "session", fixture.session, NULL));
  find_tables (GTK_WIDGET (tables), found);
  g_assert_cmpuint (found->len, ==, 3);
  table = found->pdata[0];
  g_assert_false (sae_explore_tables_step (tables, 1));
  sae_selection_apply_one (selection, 1, SAE_SELECT_ADD);
  sae_selection_apply_one (selection, 4, SAE_SELECT_ADD);
  g_assert_cmpuint (sae_point_table_get_n (table), ==, 2);
  select_row (fixture.session, explore_fixture_id (&fixture, 4));
  g_assert_cmpuint (sae_point_table_get_current (table), ==, 4);
  g_assert_true (sae_explore_tables_step (tables, -1));
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (fixture.session)),
                   ==, explore_fixture_id (&fixture, 1));
  sae_selection_clear (selection);
  g_assert_cmpuint (sae_point_table_get_n (table), ==, 0);
  g_assert_cmpstr (
      sae_signal_item_get_id (sae_session_get_selected (fixture.session)), ==,
      explore_fixture_id (&fixture, 1)); /* that is not for the table to change */
  g_assert_finalize_object (tables);
  explore_fixture_clear (&fixture);
}

/* Neighbours are listed with the page, and selected when asked; looking at one of them
 * does not make them other ones. */
static void
test_neighbors (void)
{
  ExploreFixture fixture = {0};
  SaeExploreTables *tables;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  SaePointTable *table;
  SaeSelection *selection;

  explore_fixture_init (&fixture, 2, 3);
  selection = sae_session_get_selection (fixture.session);
  tables = g_object_ref_sink (
      g_object_new (SAE_TYPE_EXPLORE_TABLES, "session", fixture.session, NULL));
  find_tables (GTK_WIDGET (tables), found);
  table = found->pdata[1];
  sae_explore_tables_select_neighbors (tables); /* of nothing */
  select_row (fixture.session, explore_fixture_id (&fixture, 2));
  wait_until (sae_point_table_get_n (table) == 5);
  sae_explore_tables_select_neighbors (tables);
  wait_until (sae_selection_get_n_selected (selection) == 6);
  g_assert_true (sae_explore_tables_step (tables, 1));
  widget_test_drain ();
  g_assert_cmpuint (sae_point_table_get_n (table), ==, 5);
  g_assert_cmpuint (sae_point_table_get_current (table), !=, 2);
  g_assert_finalize_object (tables);
  explore_fixture_clear (&fixture);
}

/* Ranked once measured, the worst first. */
static void
test_errors (void)
{
  ExploreFixture fixture = {0};
  SaeExploreTables *tables;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const float *errors;
  SaePointTable *table;

  explore_fixture_init (&fixture, 2, 2);
  tables = g_object_ref_sink (
      g_object_new (SAE_TYPE_EXPLORE_TABLES, "session", fixture.session, NULL));
  find_tables (GTK_WIDGET (tables), found);
  table = found->pdata[2];
  g_assert_cmpuint (sae_point_table_get_n (table), ==, 0);
  sae_tasks_measure (fixture.session);
  wait_until (sae_session_get_errors (fixture.session) != NULL);
  errors = sae_session_get_errors (fixture.session);
  g_assert_cmpuint (sae_point_table_get_n (table), ==, 4);
  for (guint i = 0, point = sae_point_table_find (table, 1); i < 3; i++) {
    guint next;

    sae_point_table_set_current (table, point);
    next = sae_point_table_find (table, 1);
    g_assert_cmpfloat (errors[next], <=, errors[point]);
    point = next;
  }
  g_assert_finalize_object (tables);
  explore_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/explore-tables/selection", test_selection);
  g_test_add_func ("/app/explore-tables/neighbors", test_neighbors);
  g_test_add_func ("/app/explore-tables/errors", test_errors);
  return g_test_run ();
}
