#include "app/window.h"

#include "support/widgets.h"
#include <glib/gstdio.h>

static SaeWindow *
new_window (void)
{
  SaeWindow *window = g_object_ref_sink (sae_window_new (NULL));

  gtk_window_present (GTK_WINDOW (window));
  widget_test_drain ();
  return window;
}

static void
close_window (SaeWindow *window)
{
  gtk_window_close (GTK_WINDOW (window));
  widget_test_drain ();
  g_assert_finalize_object (window);
}

static const char *
page_of (SaeWindow *window)
{
  return adw_view_stack_get_visible_child_name (
      widget_test_find (GTK_WIDGET (window), ADW_TYPE_VIEW_STACK));
}

static void
test_pages (void)
{
  SaeWindow *window = new_window ();
  GtkWidget *widget = GTK_WIDGET (window);

  g_assert_cmpstr (page_of (window), ==, "catalog");
  gtk_widget_activate_action (widget, "win.previous-page", NULL);
  g_assert_cmpstr (page_of (window), ==, "catalog");
  gtk_widget_activate_action (widget, "win.next-page", NULL);
  g_assert_cmpstr (page_of (window), ==, "signals");
  gtk_widget_activate_action (widget, "win.page", "s", "explore");
  g_assert_cmpstr (page_of (window), ==, "explore");
  gtk_widget_activate_action (widget, "win.next-page", NULL);
  g_assert_cmpstr (page_of (window), ==, "explore");
  close_window (window);
}

static void
test_show_event (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeWindow *window = new_window ();
  SaeSession *session = sae_window_get_session (window);

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 1);
  widget_test_open (session, tiny.folder);
  widget_test_drain ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-event", "s", "ev0");
  g_assert_cmpstr (page_of (window), ==, "signals");
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (session)), ==,
                   "ev0/XX.S0..HN");
  close_window (window);
}

/* Opening something that is no library is a sentence in a toast. */
static void
test_failure (void)
{
  SaeWindow *window = new_window ();

  sae_tasks_open_library (sae_window_get_session (window), "/no/such/library");
  wait_until (widget_test_shows (window, "The library was not opened."));
  close_window (window);
}

/* What an import leaves out is counted, and listed when asked. */
static void
test_import (void)
{
  g_auto (TinyLibrary) tiny = {0};
  g_autofree char *folder = g_dir_make_tmp ("sae-window-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "words.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SaeWindow *window = new_window ();
  GtkWindow *dialog = NULL;

  g_assert_true (g_file_set_contents (path, "not seismic at all\n", -1, NULL));
  tiny_library_init (&tiny);
  widget_test_open (sae_window_get_session (window), tiny.folder);
  sae_window_open_files (window, &file, 1);
  wait_until (widget_test_shows (window, "1 skipped"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-skips", NULL);
  widget_test_drain ();
  for (GList *link = gtk_window_list_toplevels (); link; link = link->next)
    if (gtk_window_get_transient_for (link->data) == GTK_WINDOW (window))
      dialog = link->data;
  g_assert_nonnull (dialog);
  assert_shows (dialog, "words.txt");
  gtk_window_destroy (dialog);
  close_window (window);
  g_remove (path);
  g_rmdir (folder);
}

/* A loose record is shown, under a name that says what it is. */
static void
test_loose_record (void)
{
  g_auto (TinyLibrary) tiny = {0}, other = {0};
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  SaeWindow *window = new_window ();

  tiny_library_init (&tiny);
  tiny_library_init (&other);
  tiny_library_fill (&other, 1, 1);
  path = tiny_library_record_path (&other, "ev0", "S0");
  file = g_file_new_for_path (path);
  widget_test_open (sae_window_get_session (window), tiny.folder);
  sae_window_open_files (window, &file, 1);
  wait_until (widget_test_shows (window, "1 record taken"));
  wait_until (widget_test_shows (window, "XX.S0..HN"));
  g_assert_cmpstr (page_of (window), ==, "signals");
  wait_until (widget_test_shows (window, "Records from 2020-01-"));
  close_window (window);
}

/* Tells who below the widget asks for more than `size`, from the outside in. */
static void
report_large (GtkWidget *widget, GtkOrientation orientation, int across, int size)
{
  int minimum = 0;

  gtk_widget_measure (widget, orientation, across, &minimum, NULL, NULL, NULL);
  if (!gtk_widget_get_visible (widget) || minimum <= size)
    return;
  g_test_message ("%s: %d px", G_OBJECT_TYPE_NAME (widget), minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    report_large (child, orientation, across < 0 ? -1 : gtk_widget_get_width (child),
                  size);
}

static void
assert_fits (SaeWindow *window, GtkOrientation orientation, int across, int size)
{
  GtkWidget *content =
      adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  int minimum = 0;

  report_large (content, orientation, across, size);
  gtk_widget_measure (content, orientation, across, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, size);
}

/* 720 × 480 are enough for every page, with a library and without. */
static void
test_small (void)
{
  static const char *const pages[] = {"catalog", "signals", "training", "explore"};
  g_auto (TinyLibrary) tiny = {0};
  SaeWindow *window = new_window ();

  /* With the switcher of pages at the bottom, where it is then. */
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 480);
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 1);
  for (int full = 0; full < 2; full++) {
    if (full)
      widget_test_open (sae_window_get_session (window), tiny.folder);
    for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", pages[i]);
      widget_test_drain ();
      assert_fits (window, GTK_ORIENTATION_HORIZONTAL, -1, 720);
      assert_fits (window, GTK_ORIENTATION_VERTICAL, 720, 480);
    }
  }
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800); /* it is remembered */
  widget_test_drain ();
  close_window (window);
}

static GtkWidget *
page_named (SaeWindow *window, const char *name)
{
  return adw_view_stack_get_child_by_name (
      widget_test_find (GTK_WIDGET (window), ADW_TYPE_VIEW_STACK), name);
}

/* Only where a side is seen can it be folded, and F9 folds that one. */
static void
test_side (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeWindow *window = new_window ();
  GtkWidget *signals = page_named (window, "signals");
  gboolean has_side, revealed;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "signals");
  widget_test_drain ();
  g_object_get (signals, "has-side", &has_side, NULL);
  g_assert_false (has_side);
  widget_test_open (sae_window_get_session (window), tiny.folder);
  widget_test_drain ();
  g_object_get (signals, "has-side", &has_side, "side-revealed", &revealed, NULL);
  g_assert_true (has_side);
  g_assert_true (revealed);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-side", NULL);
  g_object_get (signals, "side-revealed", &revealed, NULL);
  g_assert_false (revealed);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "explore");
  widget_test_drain ();
  g_object_get (page_named (window, "explore"), "has-side", &has_side, NULL);
  g_assert_false (has_side); /* nothing is trained */
  close_window (window);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/window/pages", test_pages);
  g_test_add_func ("/app/window/show-event", test_show_event);
  g_test_add_func ("/app/window/failure", test_failure);
  g_test_add_func ("/app/window/import", test_import);
  g_test_add_func ("/app/window/loose-record", test_loose_record);
  g_test_add_func ("/app/window/small", test_small);
  g_test_add_func ("/app/window/side", test_side);
  return g_test_run ();
}
