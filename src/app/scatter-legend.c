#include "app/scatter-legend.h"

#include "app/format.h"
#include "plot/scatter.h"
#include <glib/gi18n.h>

#define SWATCH 14 /* px */

struct _SaeScatterLegend {
  AdwBin parent_instance;

  /* Borrowed, of the template's child */
  GtkFlowBox *box;

  /* Owned */
  GPtrArray *buttons; /* by category; NULL without points; borrowed of the box */
};

G_DEFINE_FINAL_TYPE (SaeScatterLegend, sae_scatter_legend, ADW_TYPE_BIN)

enum { TOGGLED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  guint category;
  PlotShape shape;
} Swatch;

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Swatch *swatch = data;
  AdwStyleManager *manager = adw_style_manager_get_default ();
  PlotStyle style = plot_style_window (adw_style_manager_get_dark (manager),
                                       adw_style_manager_get_high_contrast (manager));

  plot_set_source (cr, plot_style_category (&style, swatch->category));
  plot_scatter_path (cr, swatch->shape, width / 2.0, height / 2.0, 4.5);
  cairo_fill (cr);
}

static GtkWidget *
new_swatch (guint category, PlotShape shape)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Swatch *swatch = g_new (Swatch, 1);

  *swatch = (Swatch){category, shape};
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SWATCH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SWATCH);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_swatch, swatch, g_free);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

static void
on_toggled (SaeScatterLegend *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static GtkWidget *
new_button (SaeScatterLegend *self, const SaeColoring *coloring, guint category,
            guint count)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  GtkWidget *name = gtk_label_new (coloring->labels[category]), *number;
  g_autofree char *n = sae_format_number (count, 0);
  g_autofree char *label = g_strdup_printf ("%s (%s)", coloring->labels[category], n);

  number = gtk_label_new (n);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (content),
                  new_swatch (category, (PlotShape)coloring->shapes[category]));
  gtk_box_append (GTK_BOX (content), name);
  gtk_box_append (GTK_BOX (content), number);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Show or hide these points"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
  return button;
}

void
sae_scatter_legend_show (SaeScatterLegend *self, const SaeColoring *coloring, guint n)
{
  guint n_labels = coloring->category ? g_strv_length (coloring->labels) : 0;
  g_autofree size_t *counts = g_new0 (size_t, MAX (n_labels, 1));
  GtkWidget *child;

  g_ptr_array_set_size (self->buttons, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_flow_box_remove (self->box, child);
  if (coloring->category)
    plot_scatter_count (counts, n, coloring->category, n_labels);
  for (guint c = 0; c < n_labels; c++) {
    GtkWidget *button =
        counts[c] > 0 ? new_button (self, coloring, c, (guint)counts[c]) : NULL;

    g_ptr_array_add (self->buttons, button);
    if (button)
      gtk_flow_box_insert (self->box, button, -1);
  }
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE); /* the button in it is */
  gtk_widget_set_visible (GTK_WIDGET (self), n_labels > 0);
}

gboolean
sae_scatter_legend_is_shown (SaeScatterLegend *self, guint category)
{
  GtkToggleButton *button =
      category < self->buttons->len ? g_ptr_array_index (self->buttons, category) : NULL;

  return !button || gtk_toggle_button_get_active (button);
}

static void
sae_scatter_legend_finalize (GObject *object)
{
  g_ptr_array_unref (SAE_SCATTER_LEGEND (object)->buttons);
  G_OBJECT_CLASS (sae_scatter_legend_parent_class)->finalize (object);
}

static void
sae_scatter_legend_class_init (SaeScatterLegendClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_scatter_legend_finalize;
  signals[TOGGLED] = g_signal_new ("toggled", SAE_TYPE_SCATTER_LEGEND, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
redraw (SaeScatterLegend *self)
{
  for (guint i = 0; i < self->buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (self->buttons, i);
    GtkWidget *content = button ? gtk_button_get_child (GTK_BUTTON (button)) : NULL;

    if (content)
      gtk_widget_queue_draw (gtk_widget_get_first_child (content));
  }
}

static void
sae_scatter_legend_init (SaeScatterLegend *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->buttons = g_ptr_array_new ();
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, 12);
  gtk_flow_box_set_column_spacing (self->box, 3);
  gtk_flow_box_set_row_spacing (self->box, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self), "legend");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
}
