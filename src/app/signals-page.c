#include "app/signals-page.h"

#include "app/error-text.h"
#include "app/export-dialog.h"
#include "app/format.h"
#include "app/glance.h"
#include "app/side-handle.h"
#include "app/signal-pane.h"
#include "app/signal-table.h"
#include "seismic/time.h"
#include "session/settings.h"
#include <glib/gi18n.h>

struct _SaeSignalsPage {
  SaePage parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  GtkOverlay *side;
  SaeSignalTable *table;
  SaeSignalPane *pane;
  SaeGlance *glance;

  /* Owned */
  GSettings *settings; /* NULL without a schema */
  SaeJob *reading;     /* what is glanced at; or NULL */
  guint ending_source; /* 0 when none is pending */
};

G_DEFINE_FINAL_TYPE (SaeSignalsPage, sae_signals_page, SAE_TYPE_PAGE)

/* What the signal itself needs beside the table, in px. */
#define PANE_WIDTH 660

static void
go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_signal_table_go (SAE_SIGNALS_PAGE (widget)->table,
                       g_str_equal (action, "signals.next") ? 1 : -1);
}

static void
on_picture_saved (SaeSignalsPage *self, const char *path, const GError *error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = error ? sae_error_text (error)
                                : g_strdup_printf (_ ("Picture saved as “%s”"), name);
  GtkWidget *overlay =
      gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

/* What the pane shows, as a picture's name and title. */
static void
offer_picture (SaeSignalsPage *self, SaeExportOffer *offer, char **name, char **event)
{
  const SaeShown *shown =
      sae_signal_view_get_shown (sae_signal_pane_get_signal_view (self->pane));
  const SeismicSignalInfo *info = NULL;

  if (!shown)
    return;
  info = sae_signal_item_get_info (shown->item);
  *event = sae_format_event (&info->event);
  *name = g_strconcat (info->event_id, ".", sae_signal_item_get_instrument (shown->item),
                       NULL);
  offer->chart = sae_signal_pane_get_chart (self->pane);
  offer->chart_name = *name;
  offer->chart_title = sae_signal_item_get_instrument (shown->item);
  offer->chart_subtitle = *event;
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSignalsPage *self = SAE_SIGNALS_PAGE (widget);
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  g_autoptr (GPtrArray) chosen = sae_signal_table_dup_chosen (self->table);
  const SaeTreatment *treatment =
      sae_signal_view_get_treatment (sae_signal_pane_get_signal_view (self->pane));
  g_autofree char *name = NULL, *event = NULL;
  SaeExportOffer offer = {.session = session,
                          .items = chosen,
                          .processing = treatment->processing,
                          .as_network = treatment->as_network,
                          .from_ns = SEISMIC_TIME_UNSET,
                          .to_ns = SEISMIC_TIME_UNSET};
  GtkWindow *dialog = NULL;

  if (chosen->len == 0 && sae_session_get_selected (session))
    g_ptr_array_add (chosen, g_object_ref (sae_session_get_selected (session)));
  if (chosen->len == 0)
    return;
  sae_signal_pane_get_window (self->pane, &offer.from_ns, &offer.to_ns);
  offer_picture (self, &offer, &name, &event);
  dialog = sae_export_dialog_new (&offer, GTK_WINDOW (gtk_widget_get_root (widget)));
  g_signal_connect_object (dialog, "picture-saved", G_CALLBACK (on_picture_saved), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
add_tag (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_signal_table_begin_tag (SAE_SIGNALS_PAGE (widget)->table);
}

/* A key that means something to the pane wherever the focus is. */
static gboolean
activate_in_pane (GtkWidget *widget, GVariant *action, gpointer unused)
{
  SaeSignalsPage *self = SAE_SIGNALS_PAGE (widget);
  const char *name, *target;

  g_variant_get (action, "(&s&s)", &name, &target);
  return gtk_widget_activate_action (GTK_WIDGET (self->pane), name, *target ? "s" : NULL,
                                     target);
}

void
sae_signals_page_show_event (SaeSignalsPage *self, const char *event_id)
{
  sae_signal_table_show_event (self->table, event_id);
}

/* Once the file is in the library and its record is shown. */
static void
end_glance (SaeSignalsPage *self)
{
  if (!self->reading || sae_job_get_state (self->reading) == SAE_JOB_RUNNING ||
      sae_signal_view_get_busy (sae_signal_pane_get_signal_view (self->pane)))
    return;
  g_clear_object (&self->reading);
  sae_glance_end (self->glance);
}

static gboolean
end_glance_when_idle (gpointer user_data)
{
  SaeSignalsPage *self = user_data;

  self->ending_source = 0;
  end_glance (self);
  return G_SOURCE_REMOVE;
}

/* The selection follows in idles of a higher priority. */
static void
queue_end (SaeSignalsPage *self)
{
  if (!self->ending_source)
    self->ending_source =
        g_idle_add_full (G_PRIORITY_LOW, end_glance_when_idle, self, NULL);
}

void
sae_signals_page_glance (SaeSignalsPage *self, const char *path, SaeJob *job)
{
  g_set_object (&self->reading, job);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (queue_end), self,
                           G_CONNECT_SWAPPED);
  sae_glance_begin (self->glance, path);
}

static GtkWidget *
sae_signals_page_get_focus (SaePage *page)
{
  return sae_signal_table_get_focus (SAE_SIGNALS_PAGE (page)->table);
}

static GListModel *
sae_signals_page_get_items (SaeSession *session)
{
  return sae_session_get_signals (session);
}

static void
sae_signals_page_dispose (GObject *object)
{
  SaeSignalsPage *self = SAE_SIGNALS_PAGE (object);

  g_clear_handle_id (&self->ending_source, g_source_remove);
  g_clear_object (&self->reading);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (sae_signals_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (SAE_TYPE_GLANCE);
  g_type_ensure (SAE_TYPE_SIGNAL_PANE);
  g_type_ensure (SAE_TYPE_SIGNAL_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/signals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, side);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, table);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, glance);
}

static void
sae_signals_page_class_init (SaeSignalsPageClass *class)
{
  static const struct {
    guint key;
    GdkModifierType state;
    const char *action, *target;
  } keys[] = {
      {GDK_KEY_f, 0, "signal.side", ""},
      {GDK_KEY_t, 0, "signal.numbers", ""},
      {GDK_KEY_w, 0, "signal.view", "waveform"},
      {GDK_KEY_s, 0, "signal.view", "spectrogram"},
      {GDK_KEY_a, 0, "signal.view", "spectrum"},
      {GDK_KEY_m, 0, "signal.view", "motion"},
      {GDK_KEY_d, 0, "signal.view", "section"},
      {GDK_KEY_1, 0, "signal.pick", "P"},
      {GDK_KEY_2, 0, "signal.pick", "S"},
      {GDK_KEY_z, GDK_CONTROL_MASK, "signal.undo", ""},
      {GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "signal.redo", ""},
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_signals_page_dispose;
  SAE_PAGE_CLASS (class)->get_focus = sae_signals_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_signals_page_get_items;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "signals.next", NULL, go);
  gtk_widget_class_install_action (widget_class, "signals.previous", NULL, go);
  gtk_widget_class_install_action (widget_class, "signals.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "signals.add-tag", NULL, add_tag);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].state,
                                  activate_in_pane, "(ss)", keys[i].action,
                                  keys[i].target);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK,
                                       "signals.add-tag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "signals.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "signals.previous",
                                       NULL);
}

/* The table has the session by now. */
static void
remember (SaeSignalsPage *self)
{
  self->settings = sae_settings_new ();
  if (!self->settings)
    return;
  sae_signal_table_remember (self->table, self->settings);
  g_settings_bind (self->settings, "signals-side-width", self->side, "width-request",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "signals-view", self->pane, "view",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "signals-numbers", self->pane, "numbers",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "signals-processing", self->pane, "side",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
sae_signals_page_init (SaeSignalsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_page_set_flap (SAE_PAGE (self), self->flap);
  g_signal_connect_object (sae_signal_pane_get_signal_view (self->pane), "notify::busy",
                           G_CALLBACK (queue_end), self, G_CONNECT_SWAPPED);
  sae_side_handle_add (self->side, GTK_PACK_START, GTK_WIDGET (self->flap),
                       PANE_WIDTH + 1);
  g_signal_connect_object (self, "notify::session", G_CALLBACK (remember), self,
                           G_CONNECT_SWAPPED);
}
