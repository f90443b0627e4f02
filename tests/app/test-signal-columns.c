#include "app/signal-columns.h"

#include "session/event-item.h"
#include "support/signal-items.h"
#include "support/widgets.h"
#include <math.h>

static GtkColumnView *
new_view (void)
{
  GtkColumnView *view = g_object_ref_sink (GTK_COLUMN_VIEW (gtk_column_view_new (NULL)));
  g_autoptr (SaePreviews) previews = sae_previews_new ();

  sae_signal_columns_add (view, previews);
  return view;
}

static void
sort_by (GtkColumnView *view, const char *name, GtkSortType order)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (view), sae_signal_columns_find (name));

  gtk_column_view_sort_by_column (view, column, order);
}

static void
test_names (void)
{
  guint n = sae_signal_columns_get_n ();

  for (guint i = 0; i < n; i++) {
    g_assert_cmpuint (sae_signal_columns_find (sae_signal_columns_get_name (i)), ==, i);
    g_assert_cmpint (sae_signal_columns_get_title (i)[0], !=, '\0');
  }
  g_assert_cmpuint (sae_signal_columns_find ("no such"), ==, n);
  g_assert_false (sae_signal_columns_can_hide (sae_signal_columns_find ("record")));
  g_assert_false (sae_signal_columns_can_sort (sae_signal_columns_find ("waveform")));
}

/* Every column that sorts is found out, in either direction. */
static void
test_get_sort (void)
{
  GtkColumnView *view = new_view ();
  guint n = sae_signal_columns_get_n ();
  gboolean descending;

  g_assert_cmpuint (sae_signal_columns_get_sort (view, &descending), ==, n);
  for (guint i = 0; i < n; i++) {
    if (!sae_signal_columns_can_sort (i))
      continue;
    sort_by (view, sae_signal_columns_get_name (i), GTK_SORT_ASCENDING);
    g_assert_cmpuint (sae_signal_columns_get_sort (view, &descending), ==, i);
    g_assert_false (descending);
    sort_by (view, sae_signal_columns_get_name (i), GTK_SORT_DESCENDING);
    g_assert_cmpuint (sae_signal_columns_get_sort (view, &descending), ==, i);
    g_assert_true (descending);
  }
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  g_assert_cmpuint (sae_signal_columns_get_sort (view, &descending), ==, n);
  g_assert_finalize_object (view);
}

/* What is unknown is less than everything known. */
static void
test_compare (void)
{
  GtkColumnView *view = new_view ();
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  SeismicSignalInfo near = {.distance_km = 3, .event = {.time_ns = 5, .magnitude = 7}};
  SeismicSignalInfo far = {.distance_km = 90, .event = {.time_ns = 9, .magnitude = 6}};
  SeismicSignalInfo unknown = {.distance_km = NAN, .event = {.magnitude = NAN}};
  g_autoptr (SaeSignalItem) a = new_signal_item ("x", "BK", "AAA", &near);
  g_autoptr (SaeSignalItem) b = new_signal_item ("y", "BK", "BBB", &far);
  g_autoptr (SaeSignalItem) c = new_signal_item ("z", "BK", "CCC", &unknown);

  sort_by (view, "distance", GTK_SORT_ASCENDING);
  g_assert_cmpint (gtk_sorter_compare (sorter, a, b), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (sorter, c, a), ==, GTK_ORDERING_SMALLER);
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  sort_by (view, "magnitude", GTK_SORT_ASCENDING);
  g_assert_cmpint (gtk_sorter_compare (sorter, a, b), ==, GTK_ORDERING_LARGER);
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  sort_by (view, "time", GTK_SORT_DESCENDING);
  g_assert_cmpint (gtk_sorter_compare (sorter, a, b), ==, GTK_ORDERING_LARGER);
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  sort_by (view, "error", GTK_SORT_ASCENDING);
  g_assert_cmpint (gtk_sorter_compare (sorter, a, b), ==, GTK_ORDERING_EQUAL);
  sae_signal_item_set_error (a, 0.5);
  g_assert_cmpint (gtk_sorter_compare (sorter, a, b), ==, GTK_ORDERING_LARGER);
  g_assert_finalize_object (view);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-columns/names", test_names);
  g_test_add_func ("/app/signal-columns/get-sort", test_get_sort);
  g_test_add_func ("/app/signal-columns/compare", test_compare);
  return g_test_run ();
}
