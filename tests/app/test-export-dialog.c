#include "app/export-dialog.h"

#include "app/trace-chart.h"
#include "seismic/time.h"
#include "support/signal-items.h"
#include "support/widgets.h"

static GtkWindow *
new_dialog (SaeSession *session, SaeChart *chart, gboolean processed, int64_t from_ns)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  SaeExportOffer offer = {.session = session,
                          .items = items,
                          .chart = chart,
                          .chart_name = "a",
                          .chart_title = "A",
                          .from_ns = from_ns,
                          .to_ns = from_ns};

  offer.processing.demean = processed;
  g_ptr_array_add (items, new_signal_item ("e", "BK", "CMB", NULL));
  g_ptr_array_add (items, new_signal_item ("e", "BK", "BRIB", NULL));
  return sae_export_dialog_new (&offer, NULL);
}

static AdwComboRow *
find_row (GtkWidget *root, const char *title)
{
  if (ADW_IS_COMBO_ROW (root) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return ADW_COMBO_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    AdwComboRow *found = find_row (child, title);

    if (found)
      return found;
  }
  return NULL;
}

/* Without a picture, processing or window there is less to choose. */
static void
test_offer (void)
{
  g_autoptr (SaeSession) session = sae_session_new ();
  SaeChart *chart = g_object_ref_sink (g_object_new (SAE_TYPE_TRACE_CHART, NULL));
  GtkWindow *bare = new_dialog (session, NULL, FALSE, SEISMIC_TIME_UNSET);
  GtkWindow *full = new_dialog (session, chart, TRUE, 5);
  AdwComboRow *format = find_row (GTK_WIDGET (bare), "Export as");

  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (format)), ==, 4);
  g_assert_false (
      gtk_widget_get_sensitive (GTK_WIDGET (find_row (GTK_WIDGET (bare), "Samples"))));
  g_assert_false (
      gtk_widget_get_sensitive (GTK_WIDGET (find_row (GTK_WIDGET (bare), "Window"))));
  assert_shows (bare, "2 chosen signals");
  format = find_row (GTK_WIDGET (full), "Export as");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (format)), ==, 8);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (GTK_WIDGET (full), "Samples")),
                    ==, 1);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (GTK_WIDGET (full), "Window")),
                    ==, 1);
  gtk_window_destroy (bare);
  gtk_window_destroy (full);
  g_assert_finalize_object (chart);
}

static void
test_summary (void)
{
  g_autoptr (GPtrArray) skipped = g_ptr_array_new ();
  SaeExportReport report = {
      .target = (char *)"/tmp/Records", .n_signals = 1, .n_files = 3, .skipped = skipped};
  g_autofree char *one = sae_export_dialog_summary (&report, FALSE);
  g_autofree char *stopped = NULL;

  g_assert_cmpstr (one, ==, "1 signal written to “Records”");
  report.n_signals = 12;
  g_ptr_array_add (skipped, NULL);
  stopped = sae_export_dialog_summary (&report, TRUE);
  g_assert_cmpstr (stopped, ==,
                   "12 signals written to “Records”, 1 skipped, then stopped");
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/export-dialog/offer", test_offer);
  g_test_add_func ("/app/export-dialog/summary", test_summary);
  return g_test_run ();
}
