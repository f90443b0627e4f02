/* For tests of widgets: a session with a tiny library, and waiting with a screen. */
#pragma once

#include "session/tasks.h"
#include "support/tiny-library.h"
#include <adwaita.h>

/* Iterates the main loop until condition is TRUE; fails the test after 60 s. */
#define wait_until(condition)                                                            \
  G_STMT_START                                                                           \
  {                                                                                      \
    gint64 wait_end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;                     \
                                                                                         \
    while (!(condition)) {                                                               \
      g_assert_cmpint (g_get_monotonic_time (), <, wait_end);                            \
      if (!g_main_context_iteration (NULL, FALSE))                                       \
        g_usleep (500);                                                                  \
    }                                                                                    \
  }                                                                                      \
  G_STMT_END

static inline void
widget_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  adw_init ();
}

static inline void
widget_test_open (SaeSession *session, const char *folder)
{
  sae_tasks_open_library (session, folder);
  wait_until (g_strcmp0 (sae_session_get_folder (session), folder) == 0);
}

static inline void
widget_test_drain (void)
{
  for (int i = 0; i < 50; i++) {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (1000);
  }
}

/* A training that is over in a moment. */
static inline AnalysisTrainingSettings
widget_test_settings (void)
{
  AnalysisTrainingSettings settings = analysis_training_default ();

  settings.network.widths[0] = settings.network.widths[1] = 4;
  settings.network.widths[2] = settings.network.hidden = 4;
  settings.trainer.n_epochs = 1;
  settings.dataset.rate_hz = 20;
  return settings;
}

/* The first widget of that type below root; NULL if there is none. */
static inline gpointer
widget_test_find (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    gpointer found = widget_test_find (child, type);

    if (found)
      return found;
  }
  return NULL;
}

/* The text of every label below root, one a line; free with g_free. */
static inline void
widget_test_collect (GtkWidget *root, GString *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_visible (root))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    widget_test_collect (child, text);
}

static inline char *
widget_test_text (GtkWidget *root)
{
  GString *text = g_string_new (NULL);

  widget_test_collect (root, text);
  return g_string_free (text, FALSE);
}

static inline gboolean
widget_test_shows (gpointer root, const char *words)
{
  g_autofree char *text = widget_test_text (GTK_WIDGET (root));

  return strstr (text, words) != NULL;
}

#define assert_shows(root, words)                                                        \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *shown_text = widget_test_text (GTK_WIDGET (root));                  \
                                                                                         \
    if (!strstr (shown_text, words))                                                     \
      g_error ("\"%s\" is not in: %s", words, shown_text);                               \
  }                                                                                      \
  G_STMT_END
