#include "app/note-bar.h"

#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaeNotes *notes;
  SaeNoteBar *bar;
  GPtrArray *all;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 1, 2);
  fixture->session = sae_session_new ();
  widget_test_open (fixture->session, fixture->tiny.folder);
  fixture->notes = sae_notes_new (fixture->session);
  fixture->bar = g_object_ref_sink (g_object_new (SAE_TYPE_NOTE_BAR, NULL));
  sae_note_bar_set_notes (fixture->bar, fixture->notes);
  fixture->all = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (fixture->all, g_list_model_get_item (
                                       sae_session_get_signals (fixture->session), i));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->bar);
  g_assert_finalize_object (fixture->notes);
  g_ptr_array_unref (fixture->all);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static GtkEditable *
find_entry (Fixture *fixture, guint place)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (fixture->bar));
  GtkWidget *row = gtk_widget_get_next_sibling (gtk_widget_get_first_child (box));

  if (place == 0)
    return GTK_EDITABLE (gtk_widget_get_first_child (row));
  return GTK_EDITABLE (gtk_widget_get_next_sibling (row));
}

static void
add_tag (Fixture *fixture, const char *text)
{
  GtkEditable *entry = find_entry (fixture, 0);

  gtk_editable_set_text (entry, text);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
}

/* A tag of all that are chosen, a chip for it, its button, and back. */
static void
test_tags (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  GtkWidget *button = NULL;

  sae_note_bar_show (fixture->bar, fixture->all);
  add_tag (fixture, "quarry; outlier");
  assert_shows (fixture->bar, "quarry");
  assert_shows (fixture->bar, "outlier");
  g_assert_true (sae_signal_item_has_tag (fixture->all->pdata[1], "quarry"));
  button = widget_test_find (
      widget_test_find (GTK_WIDGET (fixture->bar), GTK_TYPE_FLOW_BOX), GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_widget_get_name (button), ==, "outlier"); /* sorted */
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (widget_test_shows (fixture->bar, "outlier"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->bar), "notes.undo", NULL);
  assert_shows (fixture->bar, "outlier");
  g_ptr_array_add (one, fixture->all->pdata[0]);
  sae_note_bar_show (fixture->bar, one);
  sae_notes_remove_tags (fixture->notes, one, "outlier");
  g_assert_false (widget_test_shows (fixture->bar, "outlier"));
  sae_note_bar_show (fixture->bar, fixture->all);
  assert_shows (fixture->bar, "outlier"); /* of the other */
}

/* The comment is that of one signal, and saved when another is chosen. */
static void
test_comment (Fixture *fixture, gconstpointer unused)
{
  GtkEditable *entry = find_entry (fixture, 1);
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  g_autoptr (GPtrArray) second = g_ptr_array_new ();

  g_ptr_array_add (first, fixture->all->pdata[0]);
  g_ptr_array_add (second, fixture->all->pdata[1]);
  sae_note_bar_show (fixture->bar, first);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (entry)));
  gtk_editable_set_text (entry, "A quarry blast?");
  sae_note_bar_show (fixture->bar, second);
  g_assert_cmpstr (sae_signal_item_get_info (fixture->all->pdata[0])->comment, ==,
                   "A quarry blast?");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  sae_note_bar_show (fixture->bar, first);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "A quarry blast?");
  sae_note_bar_show (fixture->bar, fixture->all);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (entry)));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/note-bar/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("tags", test_tags);
  ADD ("comment", test_comment);
  return g_test_run ();
}
