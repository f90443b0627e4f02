#include "app/export-dialog.h"

#include "app/chart-export.h"
#include "seismic/time.h"
#include <glib/gi18n.h>

struct _SaeExportDialog {
  AdwWindow parent_instance;

  /* Template widgets */
  AdwComboRow *format, *samples, *window;
  AdwPreferencesGroup *data;
  GtkWidget *accept;

  /* Owned */
  SaeSession *session;
  GPtrArray *items;
  SaeChart *chart;
  char *chart_name, *chart_title, *chart_subtitle;
  GtkFileChooserNative *chooser; /* while one is open */

  SeismicProcessing processing;
  gboolean as_network;
  int64_t from_ns, to_ns;
};

G_DEFINE_FINAL_TYPE (SaeExportDialog, sae_export_dialog, ADW_TYPE_WINDOW)

enum { PICTURE_SAVED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* In the order of the row. Pictures have a suffix. */
typedef struct {
  const char *title, *suffix;
  double png_scale;
  SeismicExportFormat format;
  gboolean is_picks;
} Format;

static const Format formats[] = {
    {N_ ("Picture (PNG)"), "png", 1, 0, FALSE},
    {N_ ("Picture of twice the size (PNG)"), "png", 2, 0, FALSE},
    {N_ ("Picture (SVG)"), "svg", 1, 0, FALSE},
    {N_ ("Picture (PDF)"), "pdf", 1, 0, FALSE},
    {N_ ("Samples (miniSEED)"), NULL, 0, SEISMIC_EXPORT_MINISEED, FALSE},
    {N_ ("Samples (SAC)"), NULL, 0, SEISMIC_EXPORT_SAC, FALSE},
    {N_ ("Samples (CSV)"), NULL, 0, SEISMIC_EXPORT_CSV, FALSE},
    {N_ ("Picks (QuakeML)"), NULL, 0, 0, TRUE},
};
#define FIRST_OF_DATA 4

/* Without a chart the pictures are left out. */
static const Format *
get_format (SaeExportDialog *self)
{
  guint row = adw_combo_row_get_selected (self->format);

  return &formats[row + (self->chart ? 0 : FIRST_OF_DATA)];
}

static void
on_format (SaeExportDialog *self)
{
  const Format *format = get_format (self);

  gtk_widget_set_visible (GTK_WIDGET (self->data), format->suffix == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->samples), !format->is_picks);
  gtk_widget_set_visible (GTK_WIDGET (self->window), !format->is_picks);
}

static void
read_settings (SaeExportDialog *self, SaeExportSettings *settings)
{
  sae_export_settings_init (settings);
  settings->format = get_format (self)->format;
  settings->picks_alone = get_format (self)->is_picks;
  if (adw_combo_row_get_selected (self->samples) == 1) {
    settings->processing = self->processing;
    settings->as_network = self->as_network;
  }
  if (adw_combo_row_get_selected (self->window) == 1) {
    settings->from_ns = self->from_ns;
    settings->to_ns = self->to_ns;
  }
}

static void
save_picture (SaeExportDialog *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  sae_chart_export (self->chart, path, self->chart_title, self->chart_subtitle,
                    get_format (self)->png_scale, &error);
  g_signal_emit (self, signals[PICTURE_SAVED], 0, path, error);
}

static void
on_response (SaeExportDialog *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  SaeExportSettings settings;

  if (!path)
    return; /* back to the dialog */
  if (get_format (self)->suffix) {
    save_picture (self, path);
  } else {
    read_settings (self, &settings);
    sae_tasks_export (self->session, self->items, &settings, path);
  }
  gtk_window_close (GTK_WINDOW (self));
}

/* The name of the one file, or NULL where a folder takes several. */
static char *
propose_name (SaeExportDialog *self)
{
  SaeExportSettings settings;

  if (get_format (self)->suffix)
    return g_strdup_printf ("%s.%s", self->chart_name, get_format (self)->suffix);
  read_settings (self, &settings);
  return sae_export_is_one_file (&settings, self->items->len)
             ? sae_export_signal_name (&settings, self->items->pdata[0])
             : NULL;
}

static void
on_accept (SaeExportDialog *self)
{
  g_autofree char *name = propose_name (self);

  if (self->chooser)
    return;
  self->chooser = gtk_file_chooser_native_new (
      name ? _ ("Export to a file") : _ ("Export into a folder"), GTK_WINDOW (self),
      name ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
      _ ("_Export"), _ ("_Cancel"));
  if (name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

char *
sae_export_dialog_summary (const SaeExportReport *report, gboolean cancelled)
{
  g_autofree char *name = g_path_get_basename (report->target);
  g_autofree char *written =
      g_strdup_printf (ngettext ("%u signal written to “%s”",
                                 "%u signals written to “%s”", report->n_signals),
                       report->n_signals, name);
  g_autoptr (GString) text = g_string_new (written);

  if (report->skipped->len > 0) {
    g_autofree char *skipped =
        g_strdup_printf (ngettext ("%u skipped", "%u skipped", report->skipped->len),
                         report->skipped->len);

    g_string_append_printf (text, ", %s", skipped);
  }
  if (cancelled)
    g_string_append_printf (text, ", %s", _ ("then stopped"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_rows (AdwComboRow *row, const char *const *titles, guint selected)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (titles);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
}

static void
fill_rows (SaeExportDialog *self)
{
  const char *titles[G_N_ELEMENTS (formats) + 1] = {NULL};
  gboolean is_processed =
      self->as_network || !seismic_processing_is_identity (&self->processing);
  gboolean has_window = self->from_ns != SEISMIC_TIME_UNSET;
  guint n = 0;

  for (guint i = self->chart ? 0 : FIRST_OF_DATA; i < G_N_ELEMENTS (formats); i++)
    titles[n++] = _ (formats[i].title);
  set_rows (self->format, titles, 0);
  set_rows (self->samples,
            (const char *const[]){_ ("As recorded"), _ ("Processed as shown"), NULL}, 0);
  set_rows (self->window,
            (const char *const[]){_ ("Whole record"), _ ("Selected window"), NULL}, 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->samples), is_processed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->window), has_window);
  if (is_processed)
    adw_combo_row_set_selected (self->samples, 1);
  if (has_window)
    adw_combo_row_set_selected (self->window, 1);
}

GtkWindow *
sae_export_dialog_new (const SaeExportOffer *offer, GtkWindow *parent)
{
  SaeExportDialog *self =
      g_object_new (SAE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  g_autofree char *about = g_strdup_printf (
      ngettext ("%u chosen signal", "%u chosen signals", offer->items->len),
      offer->items->len);

  self->session = g_object_ref (offer->session);
  g_ptr_array_extend (self->items, offer->items, (GCopyFunc)(void *)g_object_ref, NULL);
  g_set_object (&self->chart, offer->chart);
  self->chart_name = g_strdup (offer->chart_name);
  self->chart_title = g_strdup (offer->chart_title);
  self->chart_subtitle = g_strdup (offer->chart_subtitle);
  self->processing = offer->processing;
  self->as_network = offer->as_network;
  self->from_ns = offer->from_ns;
  self->to_ns = offer->to_ns;
  adw_preferences_group_set_title (self->data, about);
  fill_rows (self);
  on_format (self);
  return GTK_WINDOW (self);
}

static void
sae_export_dialog_dispose (GObject *object)
{
  SaeExportDialog *self = SAE_EXPORT_DIALOG (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->chart);
  g_clear_object (&self->session);
  g_ptr_array_set_size (self->items, 0);
  G_OBJECT_CLASS (sae_export_dialog_parent_class)->dispose (object);
}

static void
sae_export_dialog_finalize (GObject *object)
{
  SaeExportDialog *self = SAE_EXPORT_DIALOG (object);

  g_ptr_array_unref (self->items);
  g_free (self->chart_name);
  g_free (self->chart_title);
  g_free (self->chart_subtitle);
  G_OBJECT_CLASS (sae_export_dialog_parent_class)->finalize (object);
}

static void
sae_export_dialog_class_init (SaeExportDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_export_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = sae_export_dialog_finalize;
  signals[PICTURE_SAVED] =
      g_signal_new ("picture-saved", SAE_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, SaeExportDialog, samples);
  gtk_widget_class_bind_template_child (widget_class, SaeExportDialog, window);
  gtk_widget_class_bind_template_child (widget_class, SaeExportDialog, data);
  gtk_widget_class_bind_template_child (widget_class, SaeExportDialog, accept);
  gtk_widget_class_bind_template_callback (widget_class, on_format);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
sae_export_dialog_init (SaeExportDialog *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}
