#include "app/explore-dialogs.h"

#include "app/error-text.h"
#include "seismic/library-note.h"
#include "session/notes.h"
#include <glib/gi18n.h>

GPtrArray *
sae_explore_selected_items (SaeSession *session)
{
  const SaeProjection *projection = sae_session_get_projection (session);
  SaeSelection *selection = sae_session_get_selection (session);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; projection && i < sae_selection_get_n (selection); i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (projection->embedding->signals, i);
    SaeSignalItem *item = sae_session_find_signal (session, info->id);

    if (item && sae_selection_contains (selection, i))
      g_ptr_array_add (items, g_object_ref (item));
  }
  return items;
}

static void
on_tag_changed (AdwMessageDialog *dialog, GtkEditable *entry)
{
  g_auto (GStrv) tags = seismic_tags_split (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (dialog, "put", tags[0] != NULL);
  adw_message_dialog_set_response_enabled (dialog, "remove", tags[0] != NULL);
}

static void
on_tag_response (AdwMessageDialog *dialog, const char *response, SaeSession *session)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_autoptr (GPtrArray) items = sae_explore_selected_items (session);
  const char *text = gtk_editable_get_text (entry);

  if (g_str_equal (response, "put"))
    sae_notes_add_tags (sae_session_get_notes (session), items, text);
  else if (g_str_equal (response, "remove"))
    sae_notes_remove_tags (sae_session_get_notes (session), items, text);
}

void
sae_explore_ask_tag (GtkWidget *parent, SaeSession *session)
{
  guint n = sae_selection_get_n_selected (sae_session_get_selection (session));
  g_autofree char *heading =
      g_strdup_printf (ngettext ("Tag %u signal", "Tag %u signals", n), n);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_ancestor (parent, GTK_TYPE_WINDOW)), heading,
      _ ("Tags are kept in the library. Points can be coloured and classified by "
         "them.")));
  GtkWidget *entry = gtk_entry_new ();

  if (n == 0) {
    gtk_window_destroy (GTK_WINDOW (dialog));
    return;
  }
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Tag"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Tag"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "remove",
                                    _ ("Take _off"), "put", _ ("_Tag"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "put", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "put");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_tag_changed), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_tag_response), session, 0);
  on_tag_changed (dialog, GTK_EDITABLE (entry));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

typedef struct {
  GtkFileChooserNative *chooser; /* owned */
  SaeExploreView *view;          /* owned */
  SaeSession *session;           /* owned */
  SaeExport export;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->chooser);
  g_object_unref (saving->view);
  g_object_unref (saving->session);
  g_free (saving);
}

static void
tell (Saving *saving, const char *text)
{
  GtkWidget *toasts =
      gtk_widget_get_ancestor (GTK_WIDGET (saving->view), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (toasts)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), adw_toast_new (escaped));
}

static void
on_file (GtkNativeDialog *chooser, int response, Saving *saving)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  g_autofree char *name = path ? g_path_get_basename (path) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (response == GTK_RESPONSE_ACCEPT && path &&
      sae_session_get_projection (saving->session)) {
    if (sae_export_write (saving->export, saving->view, saving->session, path, &error))
      text = g_strdup_printf (_ ("Saved “%s”"), name);
    else
      text = sae_error_text (error);
    tell (saving, text);
  }
  saving_free (saving);
}

void
sae_explore_ask_export (SaeExploreView *view, SaeSession *session, SaeExport export)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving){gtk_file_chooser_native_new (
                         _ ("Save"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                         GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL),
                     g_object_ref (view), g_object_ref (session), export};
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (saving->chooser),
                                     sae_export_file_name (export));
  g_signal_connect (saving->chooser, "response", G_CALLBACK (on_file), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->chooser));
}
