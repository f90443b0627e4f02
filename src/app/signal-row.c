#include "app/signal-row.h"

#include "app/format.h"
#include "session/event-item.h"
#include "session/signal-item.h"

struct _SaeSignalRow {
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title, *subtitle, *badge;
};

G_DEFINE_FINAL_TYPE (SaeSignalRow, sae_signal_row, ADW_TYPE_BIN)

static void
show_event (SaeSignalRow *self, SaeEventItem *item)
{
  const SeismicEvent *event = sae_event_item_get_event (item);
  g_autofree char *known = sae_format_event_short (event);
  g_autofree char *place = sae_format_event_place (event);

  gtk_label_set_label (self->title, *known ? known : place);
  gtk_label_set_label (self->subtitle, *known ? place : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *known != '\0');
  /* Our own synthetic events say so in the name of their place. */
  gtk_widget_set_visible (GTK_WIDGET (self->badge),
                          sae_event_item_get_synthetic (item) &&
                              !g_str_has_prefix (place, "Synthetic"));
}

static void
show_signal (SaeSignalRow *self, SaeSignalItem *item)
{
  gtk_label_set_label (self->title, sae_signal_item_get_instrument (item));
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), FALSE);
}

void
sae_signal_row_set_item (SaeSignalRow *self, GObject *item)
{
  gboolean is_event = SAE_IS_EVENT_ITEM (item);

  if (is_event)
    show_event (self, SAE_EVENT_ITEM (item));
  else
    show_signal (self, SAE_SIGNAL_ITEM (item));
  if (is_event)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "event-title");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "event-title");
}

GtkWidget *
sae_signal_row_new (void)
{
  return g_object_new (SAE_TYPE_SIGNAL_ROW, NULL);
}

static void
sae_signal_row_class_init (SaeSignalRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/signal-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSignalRow, title);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalRow, badge);
}

static void
sae_signal_row_init (SaeSignalRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
