#include "app/event-table.h"

#include "support/widgets.h"

static SaeEventItem *
new_item (const char *id, double magnitude, const char *place, int64_t time_ns)
{
  SeismicEvent event = {.id = (char *)id,
                        .time_ns = time_ns,
                        .latitude = 37,
                        .longitude = -122,
                        .depth_km = 5,
                        .magnitude = magnitude,
                        .magnitude_type = (char *)"Mw",
                        .type = (char *)"earthquake",
                        .place = (char *)place};

  return sae_event_item_new (&event, 0, FALSE);
}

static GListStore *
new_events (void)
{
  GListStore *events = g_list_store_new (SAE_TYPE_EVENT_ITEM);
  const struct {
    const char *id, *place;
    double magnitude;
  } rows[] = {{"a", "Parkfield", 6}, {"b", "Loma Prieta", 6.9}, {"c", "Napa", 6.02}};

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SaeEventItem) item =
        new_item (rows[i].id, rows[i].magnitude, rows[i].place, (int64_t)i * 1000000000);

    g_list_store_append (events, item);
  }
  return events;
}

/* The ids as the rows are sorted. */
static char *
list_ids (SaeEventTable *table)
{
  GListModel *rows = G_LIST_MODEL (sae_event_table_get_rows (table));
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (SaeEventItem) item = g_list_model_get_item (rows, i);

    g_string_append (ids, sae_event_item_get_event (item)->id);
  }
  return g_string_free (ids, FALSE);
}

#define assert_lists(table, expected)                                                    \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *listed = list_ids (table);                                          \
                                                                                         \
    g_assert_cmpstr (listed, ==, expected);                                              \
  }                                                                                      \
  G_STMT_END

static SaeEventTable *
new_table (GListStore *events)
{
  SaeEventTable *table =
      g_object_ref_sink (g_object_new (SAE_TYPE_EVENT_TABLE, "events", events, NULL));

  widget_test_drain ();
  return table;
}

static void
filter (SaeEventTable *table, const char *words)
{
  GtkWidget *entry = widget_test_find (GTK_WIDGET (table), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  g_signal_emit_by_name (entry, "search-changed");
  widget_test_drain ();
}

static void
test_sort (void)
{
  g_autoptr (GListStore) events = new_events ();
  SaeEventTable *table = new_table (events);
  GtkColumnView *view = widget_test_find (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) magnitude =
      g_list_model_get_item (gtk_column_view_get_columns (view), 1);

  assert_lists (table, "cba"); /* newest first */
  gtk_column_view_sort_by_column (view, magnitude, GTK_SORT_ASCENDING);
  assert_lists (table, "acb");
  g_assert_finalize_object (table);
}

/* Every word has to be somewhere in the place, the type or the time. */
static void
test_filter (void)
{
  g_autoptr (GListStore) events = new_events ();
  SaeEventTable *table = new_table (events);

  filter (table, "PRI loma");
  assert_lists (table, "b");
  filter (table, "loma napa");
  assert_lists (table, "");
  filter (table, "1970-01-01");
  assert_lists (table, "cba");
  sae_event_table_set_hidden (table, (const char *const[]){"b", NULL}, TRUE);
  assert_lists (table, "ca");
  filter (table, "prieta");
  assert_lists (table, "");
  sae_event_table_set_hidden (table, (const char *const[]){"b", "x", NULL}, FALSE);
  assert_lists (table, "b");
  g_assert_finalize_object (table);
}

static void
count (guint *n)
{
  ++*n;
}

/* What was chosen outlives a filter and another order; choosing a row forgets what the
 * filter hides. */
static void
test_selection (void)
{
  g_autoptr (GListStore) events = new_events ();
  SaeEventTable *table = new_table (events);
  GtkSelectionModel *rows = sae_event_table_get_rows (table);
  g_auto (GStrv) chosen = NULL;
  guint n_notified = 0;

  g_signal_connect_swapped (table, "notify::selected-ids", G_CALLBACK (count),
                            &n_notified);
  sae_event_table_set_selected_ids (table, (const char *const[]){"b", "a", NULL});
  sae_event_table_set_selected_ids (table, (const char *const[]){"a", "b", NULL});
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_false (gtk_selection_model_is_selected (rows, 0));
  g_assert_true (gtk_selection_model_is_selected (rows, 1));
  g_assert_true (gtk_selection_model_is_selected (rows, 2));
  filter (table, "park");
  g_assert_true (gtk_selection_model_is_selected (rows, 0));
  chosen = sae_event_table_dup_chosen (table);
  g_assert_cmpuint (g_strv_length (chosen), ==, 1);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (sae_event_table_get_selected_ids (table)[1], ==, "b");
  filter (table, "");
  g_assert_true (gtk_selection_model_is_selected (rows, 1));
  filter (table, "park");
  gtk_selection_model_unselect_all (rows);
  g_assert_null (sae_event_table_get_selected_ids (table)[0]);
  g_assert_finalize_object (table);
}

/* Everything chosen of a large catalogue, at once. */
static void
test_many (void)
{
  g_autoptr (GListStore) events = g_list_store_new (SAE_TYPE_EVENT_ITEM);
  SaeEventTable *table = NULL;
  const guint n = 20000;

  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);
    g_autoptr (SaeEventItem) item = new_item (id, 5, "Somewhere", i);

    g_list_store_append (events, item);
  }
  table = new_table (events);
  gtk_selection_model_select_all (sae_event_table_get_rows (table));
  g_assert_cmpuint (g_strv_length ((char **)sae_event_table_get_selected_ids (table)), ==,
                    n);
  filter (table, "some");
  g_assert_true (
      gtk_selection_model_is_selected (sae_event_table_get_rows (table), n - 1));
  g_assert_finalize_object (table);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/event-table/sort", test_sort);
  g_test_add_func ("/app/event-table/filter", test_filter);
  g_test_add_func ("/app/event-table/selection", test_selection);
  g_test_add_func ("/app/event-table/many", test_many);
  return g_test_run ();
}
