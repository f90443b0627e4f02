#include "app/note-bar.h"

#include "session/signal-item.h"
#include <glib/gi18n.h>

struct _SaeNoteBar {
  AdwBin parent_instance;

  /* Template widgets */
  GtkFlowBox *chips;
  GtkEntry *tag, *comment;
  GtkWidget *undo;

  /* Owned */
  SaeNotes *notes;
  GPtrArray *items; /* of SaeSignalItem: those that are chosen */
  GtkListStore *known;
};

G_DEFINE_FINAL_TYPE (SaeNoteBar, sae_note_bar, ADW_TYPE_BIN)

/* What may be completed to. */
static void
list_known (SaeNoteBar *self)
{
  g_auto (GStrv) tags = sae_notes_list_tags (self->notes);

  gtk_list_store_clear (self->known);
  for (char **tag = tags; *tag; tag++)
    gtk_list_store_insert_with_values (self->known, NULL, -1, 0, *tag, -1);
}

static void
on_remove (GtkButton *button, SaeNoteBar *self)
{
  g_autofree char *tag = g_strdup (gtk_widget_get_name (GTK_WIDGET (button)));

  sae_notes_remove_tags (self->notes, self->items, tag);
}

/* n of the chosen signals have the tag. */
static GtkWidget *
new_chip (SaeNoteBar *self, const char *tag, guint n)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (tag);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *tip = g_strdup_printf (_ ("Remove the tag “%s”"), tag);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  if (n < self->items->len) {
    g_autofree char *share =
        g_strdup_printf (_ ("On %u of the %u chosen"), n, self->items->len);

    gtk_widget_add_css_class (label, "dim-label");
    gtk_widget_set_tooltip_text (label, share);
  }
  gtk_widget_set_name (button, tag);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tip, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, 0);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_add_css_class (chip, "chip");
  return chip;
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(char *const *)a, *(char *const *)b);
}

/* Every tag of the chosen signals, with how many have it. */
static void
show_chips (SaeNoteBar *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))))
    gtk_flow_box_remove (self->chips, child);
  for (guint i = 0; i < self->items->len; i++)
    for (char **tag = sae_signal_item_get_info (self->items->pdata[i])->tags; tag && *tag;
         tag++) {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, *tag));

      if (n == 0)
        g_ptr_array_add (tags, *tag);
      g_hash_table_insert (counts, *tag, GUINT_TO_POINTER (n + 1));
    }
  g_ptr_array_sort (tags, compare_tags);
  for (guint i = 0; i < tags->len; i++)
    gtk_flow_box_insert (
        self->chips,
        new_chip (self, tags->pdata[i],
                  GPOINTER_TO_UINT (g_hash_table_lookup (counts, tags->pdata[i]))),
        -1);
  gtk_widget_set_visible (GTK_WIDGET (self->chips), tags->len > 0);
}

static SaeSignalItem *
get_single (SaeNoteBar *self)
{
  return self->items->len == 1 ? self->items->pdata[0] : NULL;
}

static void
commit_comment (SaeNoteBar *self)
{
  if (self->notes && get_single (self))
    sae_notes_set_comment (self->notes, get_single (self),
                           gtk_editable_get_text (GTK_EDITABLE (self->comment)));
}

static void
show_comment (SaeNoteBar *self)
{
  SaeSignalItem *item = get_single (self);
  const char *text = item ? sae_signal_item_get_info (item)->comment : NULL;

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->comment)),
                 text ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->comment), text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->comment), item != NULL);
}

static void
show (SaeNoteBar *self)
{
  show_chips (self);
  show_comment (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->tag), self->items->len > 0);
}

static void
on_tag_activate (SaeNoteBar *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->tag)));

  gtk_editable_set_text (GTK_EDITABLE (self->tag), "");
  sae_notes_add_tags (self->notes, self->items, text);
}

static void
on_changed (SaeNoteBar *self)
{
  show (self);
  list_known (self);
}

static void
update_actions (SaeNoteBar *self)
{
  gboolean can_undo, can_redo;

  g_object_get (self->notes, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.undo", can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.redo", can_redo);
  gtk_widget_set_visible (self->undo, can_undo);
}

void
sae_note_bar_set_notes (SaeNoteBar *self, SaeNotes *notes)
{
  self->notes = g_object_ref (notes);
  g_signal_connect_object (notes, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (notes, "notify", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
  on_changed (self);
}

void
sae_note_bar_show (SaeNoteBar *self, GPtrArray *items)
{
  commit_comment (self);
  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_extend (self->items, items, (GCopyFunc)(void *)g_object_ref, NULL);
  show (self);
  list_known (self);
}

void
sae_note_bar_begin_tag (SaeNoteBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->tag));
}

static void
turn (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeNoteBar *self = SAE_NOTE_BAR (widget);

  if (g_str_equal (action, "notes.undo"))
    sae_notes_undo (self->notes);
  else
    sae_notes_redo (self->notes);
}

static void
add_completion (SaeNoteBar *self)
{
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();

  self->known = gtk_list_store_new (1, G_TYPE_STRING);
  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (self->known));
  gtk_entry_completion_set_text_column (completion, 0);
  gtk_entry_completion_set_popup_completion (completion, TRUE);
  gtk_entry_completion_set_popup_single_match (completion, FALSE);
  gtk_entry_set_completion (self->tag, completion);
}

static void
sae_note_bar_dispose (GObject *object)
{
  SaeNoteBar *self = SAE_NOTE_BAR (object);

  if (self->comment)
    commit_comment (self);
  g_ptr_array_set_size (self->items, 0);
  g_clear_object (&self->notes);
  g_clear_object (&self->known);
  G_OBJECT_CLASS (sae_note_bar_parent_class)->dispose (object);
}

static void
sae_note_bar_finalize (GObject *object)
{
  g_ptr_array_unref (SAE_NOTE_BAR (object)->items);
  G_OBJECT_CLASS (sae_note_bar_parent_class)->finalize (object);
}

static void
sae_note_bar_class_init (SaeNoteBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = sae_note_bar_dispose;
  object_class->finalize = sae_note_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/note-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeNoteBar, chips);
  gtk_widget_class_bind_template_child (widget_class, SaeNoteBar, tag);
  gtk_widget_class_bind_template_child (widget_class, SaeNoteBar, comment);
  gtk_widget_class_bind_template_child (widget_class, SaeNoteBar, undo);
  gtk_widget_class_bind_template_callback (widget_class, on_tag_activate);
  gtk_widget_class_bind_template_callback (widget_class, commit_comment);
  gtk_widget_class_install_action (widget_class, "notes.undo", NULL, turn);
  gtk_widget_class_install_action (widget_class, "notes.redo", NULL, turn);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK,
                                       "notes.undo", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "notes.redo", NULL);
}

static void
sae_note_bar_init (SaeNoteBar *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_completion (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->tag), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->comment), FALSE);
}
