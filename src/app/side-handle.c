#include "app/side-handle.h"

#define HANDLE_WIDTH 7

typedef struct {
  GtkWidget *side, *room; /* borrowed */
  GtkPackType at;
  int minimum, rest, at_begin;
} Handle;

static void
on_begin (Handle *self)
{
  self->at_begin = gtk_widget_get_width (self->side);
}

static void
on_update (Handle *self, double dx, double dy)
{
  int maximum = MAX (gtk_widget_get_width (self->room) - self->rest, self->minimum);

  if ((gtk_widget_get_direction (self->side) == GTK_TEXT_DIR_RTL) ==
      (self->at == GTK_PACK_START))
    dx = -dx;
  gtk_widget_set_size_request (
      self->side, CLAMP (self->at_begin + (int)dx, self->minimum, maximum), -1);
}

static void
handle_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
sae_side_handle_add (GtkOverlay *side, GtkPackType at, GtkWidget *room, int rest)
{
  GtkWidget *edge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkGesture *drag = gtk_gesture_drag_new ();
  Handle *self = g_new0 (Handle, 1);

  self->side = GTK_WIDGET (side);
  self->at = at;
  self->room = room;
  self->rest = rest;
  gtk_widget_get_size_request (self->side, &self->minimum, NULL);
  gtk_widget_set_size_request (edge, HANDLE_WIDTH, -1);
  gtk_widget_set_halign (edge, at == GTK_PACK_START ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_cursor_from_name (edge, "col-resize");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_begin), self);
  g_signal_connect_data (drag, "drag-update", G_CALLBACK (on_update), self, handle_free,
                         G_CONNECT_SWAPPED);
  gtk_widget_add_controller (edge, GTK_EVENT_CONTROLLER (drag));
  gtk_overlay_add_overlay (side, edge);
}
