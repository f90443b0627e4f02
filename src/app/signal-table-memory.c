#include "app/signal-table-memory.h"

#include "app/signal-columns.h"

#define COLUMNS "signals-columns"

static GtkColumnViewColumn *
get_column (GtkColumnView *view, guint index)
{
  return g_list_model_get_item (gtk_column_view_get_columns (view), index);
}

static void
show_columns (GtkColumnView *view, GSettings *settings)
{
  g_auto (GStrv) names = g_settings_get_strv (settings, COLUMNS);

  for (guint i = 0; i < sae_signal_columns_get_n (); i++) {
    g_autoptr (GtkColumnViewColumn) column = get_column (view, i);
    gboolean is_seen =
        g_strv_contains ((const char *const *)names, sae_signal_columns_get_name (i));

    gtk_column_view_column_set_visible (column,
                                        is_seen || !sae_signal_columns_can_hide (i));
  }
}

static void
keep_columns (GSettings *settings, GParamSpec *pspec, GtkColumnViewColumn *changed)
{
  GtkColumnView *view = gtk_column_view_column_get_column_view (changed);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; view && i < sae_signal_columns_get_n (); i++) {
    g_autoptr (GtkColumnViewColumn) column = get_column (view, i);

    if (gtk_column_view_column_get_visible (column))
      g_ptr_array_add (names, (gpointer)sae_signal_columns_get_name (i));
  }
  g_ptr_array_add (names, NULL);
  if (view)
    g_settings_set_strv (settings, COLUMNS, (const char *const *)names->pdata);
}

void
sae_signal_table_memory_add (SaeSignalTable *table, GtkColumnView *view,
                             GSettings *settings)
{
  show_columns (view, settings);
  for (guint i = 0; i < sae_signal_columns_get_n (); i++) {
    g_autoptr (GtkColumnViewColumn) column = get_column (view, i);

    g_signal_connect_object (column, "notify::visible", G_CALLBACK (keep_columns),
                             settings, G_CONNECT_SWAPPED);
  }
  g_settings_bind (settings, "signals-by-event", table, "by-event",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "signals-sort", table, "sort", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "signals-descending", table, "descending",
                   G_SETTINGS_BIND_DEFAULT);
}
