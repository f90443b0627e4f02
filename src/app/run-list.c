#include "app/run-list.h"

#include "analysis/run-file.h"
#include "app/run-text.h"
#include "session/tasks.h"
#include <glib/gi18n.h>

struct _SaeRunList {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *list;

  /* Owned */
  SaeSession *session;
  GHashTable *wanted; /* names of the chosen runs */
  char *used;         /* name of the run that is used, or NULL */
  char *ticket;       /* of the run deleted last, or NULL */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SaeRunList, sae_run_list, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static SaeRunItem *
item_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

GPtrArray *
sae_run_list_get_chosen (SaeRunList *self)
{
  g_autoptr (GList) rows = gtk_list_box_get_selected_rows (self->list);
  GPtrArray *runs = g_ptr_array_new ();

  for (GList *row = rows; row; row = row->next)
    g_ptr_array_add (runs, (gpointer)sae_run_item_get_run (item_of (row->data)));
  return runs;
}

/* The chosen one; NULL for none or several. */
static const AnalysisRun *
get_only (SaeRunList *self)
{
  g_autoptr (GPtrArray) runs = sae_run_list_get_chosen (self);

  return runs->len == 1 ? runs->pdata[0] : NULL;
}

static void
update_actions (SaeRunList *self)
{
  const AnalysisRun *run = get_only (self);
  gboolean still = self->session && !sae_session_get_training (self->session);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "runs.use",
                                 still && run && !run->damage && !run->is_current);
  gtk_widget_action_set_enabled (widget, "runs.resume",
                                 still && run && !run->damage &&
                                     analysis_run_is_unfinished (run));
  gtk_widget_action_set_enabled (widget, "runs.rename", still && run);
  gtk_widget_action_set_enabled (widget, "runs.duplicate", still && run);
  gtk_widget_action_set_enabled (widget, "runs.delete", still && run);
  gtk_widget_action_set_enabled (widget, "runs.undo", still && self->ticket);
}

static void
on_chosen (SaeRunList *self)
{
  g_autoptr (GPtrArray) runs = NULL;

  if (self->is_filling)
    return;
  runs = sae_run_list_get_chosen (self);
  g_hash_table_remove_all (self->wanted);
  for (guint i = 0; i < runs->len; i++)
    g_hash_table_add (self->wanted, g_strdup (((AnalysisRun *)runs->pdata[i])->name));
  update_actions (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
make_title (const AnalysisRun *run)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_box_append (GTK_BOX (box), new_label (run->name, NULL));
  if (run->is_current)
    gtk_box_append (GTK_BOX (box), new_label (_ ("In use"), "badge"));
  return box;
}

static GtkWidget *
make_row (SaeRunItem *item)
{
  const AnalysisRun *run = sae_run_item_get_run (item);
  GtkWidget *row = gtk_list_box_row_new (), *texts, *summary, *loss;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *told = sae_run_summary (run);
  g_autofree char *number = sae_run_loss (run);
  g_autofree char *label =
      g_strjoin (", ", run->name, run->is_current ? _ ("In use") : told,
                 run->is_current ? told : NULL, NULL);

  texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  summary = new_label (told, "caption");
  loss = new_label (number, "numeric");
  gtk_widget_add_css_class (summary, "dim-label");
  gtk_widget_add_css_class (summary, "numeric");
  gtk_widget_set_tooltip_text (summary, told);
  gtk_widget_set_tooltip_text (loss, _ ("Validation loss"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (box, "run");
  gtk_box_append (GTK_BOX (texts), make_title (run));
  gtk_box_append (GTK_BOX (texts), summary);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), loss);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return row;
}

/* Another run is used now: it is chosen. */
static void
note_used (SaeRunList *self)
{
  const AnalysisRun *run = sae_session_get_run (self->session);

  if (g_strcmp0 (self->used, run ? run->name : NULL) == 0)
    return;
  g_free (self->used);
  self->used = run ? g_strdup (run->name) : NULL;
  g_hash_table_remove_all (self->wanted);
  if (run)
    g_hash_table_add (self->wanted, g_strdup (run->name));
}

/* What was chosen stays so where it is still there; else the run that is used. */
static void
choose_again (SaeRunList *self)
{
  GtkListBoxRow *row, *first = gtk_list_box_get_row_at_index (self->list, 0);
  GtkListBoxRow *used = first;
  gboolean any = FALSE;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++) {
    const AnalysisRun *run = sae_run_item_get_run (item_of (row));

    if (run->is_current)
      used = row;
    if (g_hash_table_contains (self->wanted, run->name)) {
      gtk_list_box_select_row (self->list, row);
      any = TRUE;
    }
  }
  if (!any && used)
    gtk_list_box_select_row (self->list, used);
}

static void
fill (SaeRunList *self)
{
  GListModel *runs = sae_session_get_runs (self->session);
  GtkListBoxRow *row;

  self->is_filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++) {
    g_autoptr (SaeRunItem) item = g_list_model_get_item (runs, i);

    gtk_list_box_append (self->list, make_row (item));
  }
  note_used (self);
  choose_again (self);
  self->is_filling = FALSE;
  gtk_stack_set_visible_child_name (
      self->stack, g_list_model_get_n_items (runs) > 0 ? "runs" : "nothing");
  on_chosen (self);
}

static void
change (SaeRunList *self, SaeRunVerb verb, const char *new_name)
{
  const AnalysisRun *run = get_only (self);

  if (run)
    sae_tasks_change_run (self->session, verb, run->name, new_name);
}

static void
use (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change (SAE_RUN_LIST (widget), SAE_RUN_USE, NULL);
}

static void
duplicate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeRunList *self = SAE_RUN_LIST (widget);
  const AnalysisRun *run = get_only (self);

  if (run)
    change (self, SAE_RUN_DUPLICATE, run->name);
}

static void delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change (SAE_RUN_LIST (widget), SAE_RUN_DELETE, NULL);
}

static void
resume (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeRunList *self = SAE_RUN_LIST (widget);
  const AnalysisRun *run = get_only (self);

  if (!run || sae_session_get_training (self->session))
    return;
  sae_loss_history_restore (sae_session_get_losses (self->session), run);
  sae_tasks_train (self->session, &run->settings);
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeRunList *self = SAE_RUN_LIST (widget);
  g_autofree char *ticket = g_steal_pointer (&self->ticket);

  if (ticket)
    sae_tasks_change_run (self->session, SAE_RUN_RESTORE, ticket, NULL);
  update_actions (self);
}

static char *
get_name (AdwMessageDialog *dialog)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));

  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

/* Not the name it has, nor another run's. */
static void
on_name_changed (SaeRunList *self, GtkEditable *entry)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      gtk_widget_get_ancestor (GTK_WIDGET (entry), ADW_TYPE_MESSAGE_DIALOG));
  g_autofree char *name = dialog ? get_name (dialog) : NULL;

  if (dialog)
    adw_message_dialog_set_response_enabled (
        dialog, "rename",
        analysis_run_check_name (name, NULL) &&
            !analysis_run_exists (sae_session_get_folder (self->session), name));
}

static void
on_renamed (SaeRunList *self, const char *response, AdwMessageDialog *dialog)
{
  g_autofree char *name = get_name (dialog);

  if (!g_str_equal (response, "rename") || !get_only (self))
    return;
  g_hash_table_add (self->wanted, g_strdup (name));
  change (self, SAE_RUN_RENAME, name);
}

static void
rename_run (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeRunList *self = SAE_RUN_LIST (widget);
  const AnalysisRun *run = get_only (self);
  GtkWidget *entry = gtk_entry_new ();
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Rename run"), NULL));
  gtk_editable_set_text (GTK_EDITABLE (entry), run->name);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "rename",
                                    _ ("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "rename", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "rename");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_name_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_renamed), self,
                           G_CONNECT_SWAPPED);
  on_name_changed (self, GTK_EDITABLE (entry));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
on_deleted (SaeRunList *self, const char *name, const char *ticket)
{
  GtkWidget *overlay =
      gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text = g_strdup_printf (_ ("“%s” deleted"), name);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  g_free (self->ticket);
  self->ticket = g_strdup (ticket);
  update_actions (self);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo), self,
                           G_CONNECT_SWAPPED);
  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/* What could be undone is another library's. */
static void
on_folder (SaeRunList *self)
{
  g_clear_pointer (&self->ticket, g_free);
  update_actions (self);
}

static void
set_session (SaeRunList *self, SaeSession *session)
{
  if (!session || self->session)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (sae_session_get_runs (session), "items-changed",
                           G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (on_folder), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-deleted", G_CALLBACK (on_deleted), self,
                           G_CONNECT_SWAPPED);
  fill (self);
}

static void
sae_run_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_RUN_LIST (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_run_list_set_property (GObject *object, guint id, const GValue *value,
                           GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SAE_RUN_LIST (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_run_list_dispose (GObject *object)
{
  SaeRunList *self = SAE_RUN_LIST (object);

  self->is_filling = TRUE; /* what is torn down is not chosen */
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_run_list_parent_class)->dispose (object);
}

static void
sae_run_list_finalize (GObject *object)
{
  SaeRunList *self = SAE_RUN_LIST (object);

  g_hash_table_unref (self->wanted);
  g_free (self->used);
  g_free (self->ticket);
  G_OBJECT_CLASS (sae_run_list_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "runs.use", NULL, use);
  gtk_widget_class_install_action (class, "runs.resume", NULL, resume);
  gtk_widget_class_install_action (class, "runs.rename", NULL, rename_run);
  gtk_widget_class_install_action (class, "runs.duplicate", NULL, duplicate);
  gtk_widget_class_install_action (class, "runs.delete", NULL, delete);
  gtk_widget_class_install_action (class, "runs.undo", NULL, undo);
  gtk_widget_class_add_binding_action (class, GDK_KEY_F2, 0, "runs.rename", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_Delete, 0, "runs.delete", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "runs.use", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_z, GDK_CONTROL_MASK, "runs.undo",
                                       NULL);
}

static void
sae_run_list_class_init (SaeRunListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_run_list_get_property;
  object_class->set_property = sae_run_list_set_property;
  object_class->dispose = sae_run_list_dispose;
  object_class->finalize = sae_run_list_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHOSEN] = g_signal_new ("chosen", SAE_TYPE_RUN_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/run-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeRunList, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeRunList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  install_actions (widget_class);
}

static void
sae_run_list_init (SaeRunList *self)
{
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}
