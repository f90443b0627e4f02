#include "app/window.h"

#include "app/catalog-page.h"
#include "app/download-bar.h"
#include "app/error-text.h"
#include "app/explore-page.h"
#include "app/glance.h"
#include "app/export-dialog.h"
#include "app/jobs-button.h"
#include "app/signals-page.h"
#include "app/skips-dialog.h"
#include "app/training-page.h"
#include "session/settings.h"
#include "session/tasks.h"
#include <glib/gi18n.h>

struct _SaeWindow {
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  AdwViewStack *stack;
  SaeCatalogPage *catalog;
  SaeSignalsPage *signals;
  AdwViewSwitcherTitle *switcher_title;
  GtkWidget *library_title, *side_button, *drop_hint;

  /* Owned */
  SaeSession *session;
  GSettings *settings;           /* NULL without a schema */
  GtkFileChooserNative *chooser; /* while one is open */
  GListModel *skips;             /* of the latest import or download */
  char *skips_title;             /* NULL: the count of skips */
  guint title_source;            /* 0 when none is pending */
};

G_DEFINE_FINAL_TYPE (SaeWindow, sae_window, ADW_TYPE_APPLICATION_WINDOW)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

#define ERROR_TOAST_SECONDS 12

void
sae_window_set_server (SaeWindow *self, const char *server)
{
  sae_catalog_page_set_server (self->catalog, server);
}

SaeSession *
sae_window_get_session (SaeWindow *self)
{
  return self->session;
}

/* A toast whose text may take more than one line. */
static AdwToast *
make_toast (const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  return toast;
}

static void
on_failed (SaeWindow *self, SaeJob *job, const GError *error)
{
  g_autofree char *text = sae_error_text_of_job (sae_job_get_kind (job), error);
  AdwToast *toast = make_toast (text);

  adw_toast_set_timeout (toast, ERROR_TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static char *
import_text (const SeismicImportReport *report, guint n_skipped)
{
  g_autofree char *taken = g_strdup_printf (
      ngettext ("%zu record taken", "%zu records taken", report->n_files),
      report->n_files);
  g_autofree char *skipped =
      g_strdup_printf (ngettext ("%u skipped", "%u skipped", n_skipped), n_skipped);
  g_autofree char *duplicates = g_strdup_printf (
      ngettext ("%zu there already", "%zu there already", report->n_duplicates),
      report->n_duplicates);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, taken);
  if (report->n_duplicates > 0)
    g_ptr_array_add (parts, duplicates);
  if (n_skipped > 0)
    g_ptr_array_add (parts, skipped);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **)parts->pdata);
}

/* The toast's button lists what was left out; the title is the list's own if NULL. */
static void
add_details (SaeWindow *self, AdwToast *toast, GPtrArray *skips, const char *title)
{
  g_clear_object (&self->skips);
  g_free (self->skips_title);
  self->skips = sae_skips_dialog_list (skips);
  self->skips_title = g_strdup (title);
  adw_toast_set_button_label (toast, _ ("Details"));
  adw_toast_set_action_name (toast, "win.show-skips");
  adw_toast_set_timeout (toast, ERROR_TOAST_SECONDS);
}

static void
on_queried (SaeWindow *self, guint n_found, guint n_new)
{
  g_autofree char *found =
      g_strdup_printf (ngettext ("%u event found", "%u events found", n_found), n_found);
  g_autofree char *fresh =
      g_strdup_printf (ngettext ("%u of them new", "%u of them new", n_new), n_new);
  g_autofree char *text = n_found > 0 ? g_strdup_printf (_ ("%s, %s"), found, fresh)
                                      : g_strdup (_ ("No events found. Widen the search "
                                                     "and try again."));

  adw_toast_overlay_add_toast (self->toasts, make_toast (text));
}

static void
on_downloaded (SaeWindow *self, const SeismicDownloadReport *report)
{
  SaeJob *job = sae_download_get_job (sae_session_get_download (self->session));
  guint n_failed = report->failed ? report->failed->len : 0;
  g_autofree char *text =
      sae_download_bar_summary (report, sae_job_get_state (job) == SAE_JOB_CANCELLED);
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u failed", "%u failed", n_failed), n_failed);
  AdwToast *toast = make_toast (text);

  if (n_failed > 0)
    add_details (self, toast, report->failed, title);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_imported (SaeWindow *self, const SeismicImportReport *report)
{
  guint n_skipped = report->skipped ? report->skipped->len : 0;
  g_autofree char *text = import_text (report, n_skipped);
  AdwToast *toast = make_toast (text);

  if (n_skipped > 0)
    add_details (self, toast, report->skipped, NULL);
  /* To what was opened, unless somebody went elsewhere in the meantime. */
  if (report->n_signals > 0 &&
      g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "catalog") == 0)
    adw_view_stack_set_visible_child_name (self->stack, "signals");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_exported (SaeWindow *self, const SaeExportReport *report)
{
  g_autofree char *text = sae_export_dialog_summary (report, report->is_stopped);
  g_autofree char *folder =
      report->is_file ? g_path_get_dirname (report->target) : g_strdup (report->target);
  AdwToast *toast = make_toast (text);

  if (report->skipped->len > 0) {
    add_details (self, toast, report->skipped, NULL);
  } else {
    adw_toast_set_button_label (toast, _ ("Show"));
    adw_toast_set_action_name (toast, "win.show-folder");
    adw_toast_set_action_target (toast, "s", folder);
  }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_folder (GtkWidget *widget, const char *action, GVariant *folder)
{
  g_autofree char *uri =
      g_filename_to_uri (g_variant_get_string (folder, NULL), NULL, NULL);

  if (uri)
    gtk_show_uri (GTK_WINDOW (widget), uri, GDK_CURRENT_TIME);
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (SAE_WINDOW (widget)->signals), "signals.export",
                              NULL);
}

static void
show_skips (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeWindow *self = SAE_WINDOW (widget);

  if (self->skips)
    gtk_window_present (
        sae_skips_dialog_new (self->skips, self->skips_title, GTK_WINDOW (self)));
}

static void
open_sample (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_tasks_open_sample (SAE_WINDOW (widget)->session);
}

static void
import_paths (SaeWindow *self, GPtrArray *paths)
{
  SaeJob *job;

  if (paths->len == 0)
    return;
  g_ptr_array_add (paths, NULL);
  job = sae_tasks_import (self->session, (const char *const *)paths->pdata);
  for (guint i = 0; job && i + 1 < paths->len; i++)
    if (sae_glance_is_for (paths->pdata[i])) {
      adw_view_stack_set_visible_child_name (self->stack, "signals");
      sae_signals_page_glance (self->signals, paths->pdata[i], job);
      break;
    }
}

void
sae_window_open_files (SaeWindow *self, GFile **files, gsize n_files)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_files; i++) {
    char *path = g_file_get_path (files[i]);

    if (path) {
      g_ptr_array_add (paths, path);
    } else {
      AdwToast *toast = make_toast (
          _ ("Only files on this machine can be opened. Copy it here first."));

      adw_toast_overlay_add_toast (self->toasts, toast);
    }
  }
  import_paths (self, paths);
}

static void
on_library_chosen (SaeWindow *self, const char *path)
{
  sae_tasks_open_library (self->session, path);
}

static void
on_new_library_chosen (SaeWindow *self, const char *path)
{
  sae_tasks_create_library (self->session, path);
}

/* One row of the Open menu: a dialog, and what happens to what it gives. */
typedef struct {
  const char *action, *title, *accept;
  GtkFileChooserAction mode;
  gboolean several;
  void (*chosen) (SaeWindow *self, const char *path); /* NULL: import */
} Chooser;

static const Chooser choosers[] = {
    {"win.open-library", N_ ("Open library"), N_ ("_Open"),
     GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, FALSE, on_library_chosen},
    {"win.new-library", N_ ("New library"), N_ ("_Create"), GTK_FILE_CHOOSER_ACTION_SAVE,
     FALSE, on_new_library_chosen},
    {"win.open-files", N_ ("Open files"), N_ ("_Open"), GTK_FILE_CHOOSER_ACTION_OPEN,
     TRUE, NULL},
    {"win.open-folder", N_ ("Open folder"), N_ ("_Open"),
     GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, FALSE, NULL},
};

static const Chooser *
find_chooser (const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choosers); i++)
    if (g_str_equal (choosers[i].action, action))
      return &choosers[i];
  g_return_val_if_reached (NULL);
}

static void
on_response (SaeWindow *self, int response, GtkFileChooserNative *native)
{
  const Chooser *chooser = g_object_get_data (G_OBJECT (native), "chooser");
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (native));
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0;
       response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    g_autofree char *path = g_file_get_path (file);

    if (path && chooser->chosen)
      chooser->chosen (self, path);
    else if (path)
      g_ptr_array_add (paths, g_steal_pointer (&path));
  }
  import_paths (self, paths);
  g_clear_object (&self->chooser);
}

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeWindow *self = SAE_WINDOW (widget);
  const Chooser *chooser = find_chooser (action);

  if (self->chooser)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ (chooser->title), GTK_WINDOW (self), chooser->mode,
                                   _ (chooser->accept), _ ("_Cancel"));
  if (chooser->mode == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                       _ ("Earthquakes"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser),
                                        chooser->several);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_object_set_data (G_OBJECT (self->chooser), "chooser", (gpointer)chooser);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
show_event (GtkWidget *widget, const char *action, GVariant *event_id)
{
  SaeWindow *self = SAE_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->stack, "signals");
  sae_signals_page_show_event (self->signals, g_variant_get_string (event_id, NULL));
}

/* The neighbour of the visible page, stopping at the ends. */
static void
go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeWindow *self = SAE_WINDOW (widget);
  int step = g_str_equal (action, "win.next-page") ? 1 : -1;
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->stack);
  int n = (int)g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (int i = 0; i < n; i++)
    if (gtk_selection_model_is_selected (pages, (guint)i)) {
      gtk_selection_model_select_item (pages, (guint)CLAMP (i + step, 0, n - 1), TRUE);
      return;
    }
}

static void
toggle_side (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = adw_view_stack_get_visible_child (SAE_WINDOW (widget)->stack);
  gboolean revealed;

  g_object_get (page, "side-revealed", &revealed, NULL);
  g_object_set (page, "side-revealed", !revealed, NULL);
}

static void
update_side (SaeWindow *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->stack);
  gboolean has_side = FALSE;

  if (page)
    g_object_get (page, "has-side", &has_side, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.toggle-side", has_side);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export",
                                 has_side && SAE_IS_SIGNALS_PAGE (page));
  gtk_widget_set_visible (self->side_button, has_side);
}

/* The new page takes the keys, and the help begins with them. */
static void
on_page_changed (SaeWindow *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->stack);
  GtkShortcutsWindow *help =
      gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self));

  update_side (self);
  if (help)
    g_object_set (help, "section-name", SAE_IS_SIGNALS_PAGE (page) ? "signals" : "all",
                  NULL);
  if (page && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (page);
}

static gboolean
on_drop (SaeWindow *self, const GValue *value)
{
  GSList *list = g_value_get_boxed (value);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *link = list; link; link = link->next)
    g_ptr_array_add (files, link->data);
  gtk_widget_set_visible (self->drop_hint, FALSE);
  sae_window_open_files (self, (GFile **)files->pdata, files->len);
  return files->len > 0;
}

static GdkDragAction
on_drop_enter (SaeWindow *self, double x, double y)
{
  gtk_widget_set_visible (self->drop_hint, TRUE);
  return GDK_ACTION_COPY;
}

static void
on_drop_leave (SaeWindow *self)
{
  gtk_widget_set_visible (self->drop_hint, FALSE);
}

static void
accept_drops (SaeWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "enter", G_CALLBACK (on_drop_enter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (on_drop_leave), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static gboolean
show_title_when_idle (gpointer user_data)
{
  SaeWindow *self = user_data;

  self->title_source = 0;
  gtk_widget_set_visible (
      self->library_title,
      !adw_view_switcher_title_get_title_visible (self->switcher_title));
  return G_SOURCE_REMOVE;
}

/* A narrow header bar has the title in its middle, a wide one at its start. The switcher
 * finds out while it is allocated; that is no time to change its neighbours. */
static void
on_title_visible (SaeWindow *self)
{
  if (!self->title_source)
    self->title_source = g_idle_add (show_title_when_idle, self);
}

/* Expressions of the template. */
static char *
title_of (SaeWindow *self, const char *name, gboolean is_sample)
{
  if (is_sample)
    return g_strdup (_ ("Sample"));
  return g_strdup (name ? name : _ ("Signal Autoencoder"));
}

static char *
subtitle_of (SaeWindow *self, gboolean is_sample)
{
  return g_strdup (is_sample ? _ ("Synthetic records") : "");
}

/* Hidden first, for the running step of a training may take a moment to end. */
static gboolean
sae_window_close_request (GtkWindow *window)
{
  SaeWindow *self = SAE_WINDOW (window);

  gtk_widget_hide (GTK_WIDGET (self));
  sae_tasks_cancel_all (self->session);
  return GTK_WINDOW_CLASS (sae_window_parent_class)->close_request (window);
}

static void
sae_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_WINDOW (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_window_dispose (GObject *object)
{
  SaeWindow *self = SAE_WINDOW (object);

  if (self->session)
    sae_tasks_cancel_all (self->session);
  g_clear_handle_id (&self->title_source, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->skips);
  g_clear_pointer (&self->skips_title, g_free);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (sae_window_parent_class)->dispose (object);
  g_clear_object (&self->session);
}

static void
install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "win.open-sample", NULL, open_sample);
  for (gsize i = 0; i < G_N_ELEMENTS (choosers); i++)
    gtk_widget_class_install_action (class, choosers[i].action, NULL, choose);
  gtk_widget_class_install_action (class, "win.show-skips", NULL, show_skips);
  gtk_widget_class_install_action (class, "win.show-folder", "s", show_folder);
  gtk_widget_class_install_action (class, "win.export", NULL, export);
  gtk_widget_class_install_action (class, "win.show-event", "s", show_event);
  gtk_widget_class_install_action (class, "win.next-page", NULL, go);
  gtk_widget_class_install_action (class, "win.previous-page", NULL, go);
  gtk_widget_class_install_action (class, "win.toggle-side", NULL, toggle_side);
}

static void
sae_window_class_init (SaeWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_window_get_property;
  object_class->dispose = sae_window_dispose;
  GTK_WINDOW_CLASS (class)->close_request = sae_window_close_request;
  properties[PROP_SESSION] = g_param_spec_object (
      "session", NULL, NULL, SAE_TYPE_SESSION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (SAE_TYPE_CATALOG_PAGE);
  g_type_ensure (SAE_TYPE_SIGNALS_PAGE);
  g_type_ensure (SAE_TYPE_TRAINING_PAGE);
  g_type_ensure (SAE_TYPE_EXPLORE_PAGE);
  g_type_ensure (SAE_TYPE_JOBS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/window.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, catalog);
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, signals);
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, library_title);
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, side_button);
  gtk_widget_class_bind_template_child (widget_class, SaeWindow, drop_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_visible);
  gtk_widget_class_bind_template_callback (widget_class, title_of);
  gtk_widget_class_bind_template_callback (widget_class, subtitle_of);
  install_actions (widget_class);
}

static void
remember_size (SaeWindow *self)
{
  self->settings = sae_settings_new ();
  if (!self->settings)
    return;
  g_settings_bind (self->settings, "window-width", self, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
watch_sides (SaeWindow *self)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page;
       page = gtk_widget_get_next_sibling (page))
    g_signal_connect_object (page, "notify::has-side", G_CALLBACK (update_side), self,
                             G_CONNECT_SWAPPED);
}

static void
sae_window_init (SaeWindow *self)
{
  g_autoptr (GPropertyAction) page = NULL;

  self->session = sae_session_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  page = g_property_action_new ("page", self->stack, "visible-child-name");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (page));
  g_signal_connect_object (self->session, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "imported", G_CALLBACK (on_imported), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "queried", G_CALLBACK (on_queried), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "exported", G_CALLBACK (on_exported), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "downloaded", G_CALLBACK (on_downloaded), self,
                           G_CONNECT_SWAPPED);
  watch_sides (self);
  accept_drops (self);
  remember_size (self);
  on_page_changed (self);
}

SaeWindow *
sae_window_new (GtkApplication *application)
{
  return g_object_new (SAE_TYPE_WINDOW, "application", application, NULL);
}
