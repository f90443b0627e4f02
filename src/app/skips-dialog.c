#include "app/skips-dialog.h"

#include "app/error-text.h"
#include "seismic/progress.h"
#include <glib/gi18n.h>
#include <string.h>

struct _SaeSkipsDialog {
  AdwWindow parent_instance;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (SaeSkipsDialog, sae_skips_dialog, ADW_TYPE_WINDOW)

GListModel *
sae_skips_dialog_list (GPtrArray *skipped)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; skipped && i < skipped->len; i++) {
    const SeismicSkip *skip = g_ptr_array_index (skipped, i);
    g_autofree char *reason = sae_error_text (skip->reason);

    gtk_string_list_take (list, g_strdup_printf ("%s\n%s", skip->item, reason));
  }
  return G_LIST_MODEL (list);
}

/* Expressions of the template: the two lines of a row. */
static char *
first_line (GtkListItem *item, const char *text)
{
  return text ? g_strndup (text, strcspn (text, "\n")) : NULL;
}

static char *
second_line (GtkListItem *item, const char *text)
{
  const char *end = text ? strchr (text, '\n') : NULL;

  return end ? g_strdup (end + 1) : NULL;
}

GtkWindow *
sae_skips_dialog_new (GListModel *skips, const char *title, GtkWindow *parent)
{
  SaeSkipsDialog *self =
      g_object_new (SAE_TYPE_SKIPS_DIALOG, "transient-for", parent, NULL);
  guint n = g_list_model_get_n_items (skips);
  g_autofree char *skipped =
      g_strdup_printf (ngettext ("%u skipped", "%u skipped", n), n);
  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (skips));

  if (!title)
    title = skipped;
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  return GTK_WINDOW (self);
}

static void
sae_skips_dialog_class_init (SaeSkipsDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/skips-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSkipsDialog, title);
  gtk_widget_class_bind_template_child (widget_class, SaeSkipsDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, first_line);
  gtk_widget_class_bind_template_callback (widget_class, second_line);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
sae_skips_dialog_init (SaeSkipsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
