#include "app/signals-page.h"
#include "app/signal-columns.h"
#include "app/signal-pane.h"
#include "app/signal-table.h"
#include "app/trace-chart.h"

#include "session/settings.h"
#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaeSignalsPage *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->session = sae_session_new ();
  fixture->page = g_object_ref_sink (
      g_object_new (SAE_TYPE_SIGNALS_PAGE, "session", fixture->session, NULL));
  widget_test_open (fixture->session, fixture->tiny.folder);
  widget_test_drain ();
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->page);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static const char *
selected_id (Fixture *fixture)
{
  SaeSignalItem *item = sae_session_get_selected (fixture->session);

  return item ? sae_signal_item_get_id (item) : NULL;
}

/* A library that opens shows its first signal; N and P walk over events' rows. */
static void
test_walk (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);

  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  gtk_widget_activate_action (page, "signals.previous", NULL);
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  gtk_widget_activate_action (page, "signals.next", NULL);
  gtk_widget_activate_action (page, "signals.next", NULL);
  g_assert_cmpstr (selected_id (fixture), ==, "ev0/XX.S0..HN");
  sae_signals_page_show_event (fixture->page, "ev1");
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  assert_shows (page, "4 signals");
}

static void
test_search (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkEditable *search = widget_test_find (page, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (search, "s1");
  g_signal_emit_by_name (search, "search-changed");
  assert_shows (page, "2 of 4 signals");
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN"); /* still shown */
  gtk_widget_activate_action (page, "signals.next", NULL);
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S1..HN");
  gtk_editable_set_text (search, "nowhere");
  g_signal_emit_by_name (search, "search-changed");
  assert_shows (page, "0 of 4 signals");
  sae_signals_page_show_event (fixture->page, "ev0");
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  g_assert_cmpstr (selected_id (fixture), ==, "ev0/XX.S0..HN");
}

static void
test_side (Fixture *fixture, gconstpointer unused)
{
  gboolean revealed;

  g_object_set (fixture->page, "side-revealed", FALSE, NULL);
  g_object_get (fixture->page, "side-revealed", &revealed, NULL);
  g_assert_false (revealed);
}

/* 1 picks at the cursor wherever the focus is, but not out of sight. */
static void
test_pick (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *pane = widget_test_find (page, SAE_TYPE_SIGNAL_PANE);
  SaeChart *trace = widget_test_find (page, SAE_TYPE_TRACE_CHART);

  gtk_widget_activate_action (page, "signals.next", NULL);
  wait_until (sae_signal_view_get_shown (
      sae_signal_pane_get_signal_view (SAE_SIGNAL_PANE (pane))));
  widget_test_drain ();
  gtk_widget_activate_action (pane, "signal.pick", "s", "P"); /* no cursor: nothing */
  SAE_CHART_GET_CLASS (trace)->step (trace, GTK_DIR_RIGHT);
  gtk_widget_activate_action (pane, "signal.view", "s", "spectrum");
  gtk_widget_activate_action (pane, "signal.pick", "s", "P");
  widget_test_drain ();
  g_assert_false (widget_test_shows (page, "P on HNE"));
  gtk_widget_activate_action (pane, "signal.view", "s", "waveform");
  gtk_widget_activate_action (pane, "signal.pick", "s", "P");
  wait_until (widget_test_shows (page, "P on HNE"));
  gtk_widget_activate_action (pane, "signal.pick", "s", "S");
  wait_until (widget_test_shows (page, "S on HNE"));
}

static gboolean
shows_column (GtkWidget *page, const char *name)
{
  GtkColumnView *view = widget_test_find (page, GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (view), sae_signal_columns_find (name));

  return gtk_column_view_column_get_visible (column);
}

static void
hide_column (GtkWidget *page, const char *name)
{
  GtkColumnView *view = widget_test_find (page, GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (view), sae_signal_columns_find (name));

  gtk_column_view_column_set_visible (column, FALSE);
}

static void
assert_memory (GtkWidget *page, gboolean changed)
{
  GtkWidget *table = widget_test_find (page, SAE_TYPE_SIGNAL_TABLE);
  GtkWidget *pane = widget_test_find (page, SAE_TYPE_SIGNAL_PANE);
  gboolean by_event, descending, numbers, processing;
  g_autofree char *sort = NULL, *view = NULL;
  int width;

  g_object_get (table, "by-event", &by_event, "sort", &sort, "descending", &descending,
                NULL);
  g_object_get (pane, "view", &view, "numbers", &numbers, "side", &processing, NULL);
  gtk_widget_get_size_request (gtk_widget_get_parent (table), &width, NULL);
  g_assert_cmpint (by_event, ==, !changed);
  g_assert_cmpstr (sort, ==, changed ? "peak" : "");
  g_assert_cmpint (descending, ==, changed);
  g_assert_cmpstr (view, ==, changed ? "spectrum" : "waveform");
  g_assert_cmpint (numbers, ==, changed);
  g_assert_cmpint (processing, ==, changed);
  g_assert_cmpint (width, ==, changed ? 400 : 320);
  g_assert_cmpint (shows_column (page, "snr"), ==, !changed);
  g_assert_true (shows_column (page, "record"));
  g_assert_false (shows_column (page, "quality"));
}

/* Another page, as after a restart, is as this one was left. */
static void
test_memory (Fixture *fixture, gconstpointer unused)
{
  static const char *const keys[] = {"by-event", "sort",    "descending", "columns",
                                     "view",     "numbers", "processing", "side-width"};
  g_autoptr (GSettings) settings = sae_settings_new ();
  GtkWidget *page = GTK_WIDGET (fixture->page), *other;
  GtkWidget *table = widget_test_find (page, SAE_TYPE_SIGNAL_TABLE);

  g_assert_nonnull (settings);
  assert_memory (page, FALSE);
  g_object_set (table, "by-event", FALSE, "sort", "peak", "descending", TRUE, NULL);
  g_object_set (widget_test_find (page, SAE_TYPE_SIGNAL_PANE), "view", "spectrum",
                "numbers", TRUE, "side", TRUE, NULL);
  gtk_widget_set_size_request (gtk_widget_get_parent (table), 400, -1);
  hide_column (page, "snr");
  other = g_object_ref_sink (
      g_object_new (SAE_TYPE_SIGNALS_PAGE, "session", fixture->session, NULL));
  assert_memory (other, TRUE);
  g_assert_finalize_object (SAE_SIGNALS_PAGE (other));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *key = g_strconcat ("signals-", keys[i], NULL);

    g_settings_reset (settings, key);
  }
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/signals-page/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("walk", test_walk);
  ADD ("search", test_search);
  ADD ("side", test_side);
  ADD ("pick", test_pick);
  ADD ("memory", test_memory);
  return g_test_run ();
}
