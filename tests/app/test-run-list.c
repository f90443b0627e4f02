#include "app/run-list.h"

#include "analysis/run-file.h"
#include "support/runs.h"
#include "support/widgets.h"

/* Names of the chosen runs, with blanks between. */
static char *
chosen (SaeRunList *list)
{
  g_autoptr (GPtrArray) runs = sae_run_list_get_chosen (list);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    g_string_append_printf (names, "%s%s", i ? " " : "",
                            ((const AnalysisRun *)runs->pdata[i])->name);
  return g_string_free (names, FALSE);
}

#define assert_chosen(list, expected)                                                    \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *chosen_names = chosen (list);                                       \
                                                                                         \
    g_assert_cmpstr (chosen_names, ==, expected);                                        \
  }                                                                                      \
  G_STMT_END

static void
take (SaeSession *session, const char *const *names, const char *used)
{
  GPtrArray *runs = g_ptr_array_new ();

  for (; *names; names++)
    g_ptr_array_add (runs, runs_make (*names, 3, 1, g_str_equal (*names, used)));
  sae_session_take_runs (session, runs);
}

static void
select_row (SaeRunList *list, int index)
{
  GtkListBox *box = widget_test_find (GTK_WIDGET (list), GTK_TYPE_LIST_BOX);

  gtk_list_box_select_row (box, gtk_list_box_get_row_at_index (box, index));
}

/* What is chosen stays so by name; another run that is used is chosen. */
static void
test_chooses (void)
{
  SaeSession *session = sae_session_new ();
  SaeRunList *list =
      g_object_ref_sink (g_object_new (SAE_TYPE_RUN_LIST, "session", session, NULL));

  assert_shows (list, "No runs yet");
  assert_chosen (list, "");
  take (session, (const char *const[]){"b", "a", NULL}, "a");
  assert_chosen (list, "a");
  assert_shows (list, "In use");
  assert_shows (list, "Classroom · 3 of 20 epochs");
  select_row (list, 0);
  assert_chosen (list, "b a");
  take (session, (const char *const[]){"c", "b", "a", NULL}, "a");
  assert_chosen (list, "b a");
  take (session, (const char *const[]){"d", "c", "b", "a", NULL}, "d");
  assert_chosen (list, "d");
  take (session, (const char *const[]){"c", NULL}, "c");
  assert_chosen (list, "c");
  take (session, (const char *const[]){NULL}, "");
  assert_chosen (list, "");
  g_assert_finalize_object (list);
  g_assert_finalize_object (session);
}

static void
do_verb (SaeRunList *list, const char *action, SaeSession *session)
{
  GListModel *jobs = sae_session_get_jobs (session);
  guint n = g_list_model_get_n_items (jobs);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (list), action, NULL));
  wait_until (g_list_model_get_n_items (jobs) == n);
}

/* On a library: another is used, a copy is made and deleted, the deletion undone. */
static void
test_changes (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeRunList *list =
      g_object_ref_sink (g_object_new (SAE_TYPE_RUN_LIST, "session", session, NULL));
  AnalysisTrainingSettings settings = widget_test_settings ();

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  widget_test_open (session, tiny.folder);
  for (int i = 0; i < 2; i++) {
    sae_tasks_train (session, &settings);
    /* Not while one is trained. */
    gtk_widget_activate_action (GTK_WIDGET (list), "runs.delete", NULL);
    wait_until (!sae_session_get_training (session));
  }
  assert_chosen (list, "model-2");
  do_verb (list, "runs.duplicate", session);
  g_assert_true (analysis_run_exists (tiny.folder, "model-2-2"));
  do_verb (list, "runs.delete", session);
  g_assert_false (analysis_run_exists (tiny.folder, "model-2"));
  do_verb (list, "runs.undo", session);
  g_assert_true (analysis_run_exists (tiny.folder, "model-2"));
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_runs (session)), ==, 3);
  g_assert_finalize_object (list);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/run-list/chooses", test_chooses);
  g_test_add_func ("/app/run-list/changes", test_changes);
  return g_test_run ();
}
