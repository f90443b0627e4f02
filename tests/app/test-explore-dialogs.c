#include "app/explore-dialogs.h"

#include "session/notes.h"
#include "support/explore.h"

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window;
  }
  return NULL;
}

static const char *
first_tag (ExploreFixture *fixture, guint row)
{
  SaeSignalItem *item =
      sae_session_find_signal (fixture->session, explore_fixture_id (fixture, row));
  char **tags = sae_signal_item_get_info (item)->tags;

  return tags && tags[0] ? tags[0] : "";
}

/* The selected signals are given the tag, and others none; a bad one cannot be given. */
static void
test_tag (void)
{
  ExploreFixture fixture = {0};
  GtkWindow *window = GTK_WINDOW (gtk_window_new ()), *dialog;
  GtkWidget *parent = gtk_label_new ("");
  g_autoptr (GPtrArray) items = NULL;
  GtkEditable *entry;

  explore_fixture_init (&fixture, 2, 2);
  gtk_window_set_child (window, parent);
  sae_explore_ask_tag (parent, fixture.session); /* of nothing */
  g_assert_null (find_dialog ());
  sae_selection_apply_one (sae_session_get_selection (fixture.session), 2,
                           SAE_SELECT_ADD);
  items = sae_explore_selected_items (fixture.session);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (sae_signal_item_get_id (items->pdata[0]), ==,
                   explore_fixture_id (&fixture, 2));
  sae_explore_ask_tag (parent, fixture.session);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)));
  g_assert_false (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "put"));
  gtk_editable_set_text (entry, " ; ");
  g_assert_false (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "put"));
  gtk_editable_set_text (entry, " outlier ");
  g_assert_true (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "put"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "put");
  g_assert_cmpstr (first_tag (&fixture, 2), ==, "outlier"); /* at once */
  g_assert_cmpstr (first_tag (&fixture, 1), ==, "");
  g_assert_true (sae_notes_undo (sae_session_get_notes (fixture.session)));
  g_assert_cmpstr (first_tag (&fixture, 2), ==, "");
  widget_test_drain ();
  gtk_window_destroy (window);
  explore_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/explore-dialogs/tag", test_tag);
  return g_test_run ();
}
