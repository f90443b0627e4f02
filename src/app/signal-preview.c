#include "app/signal-preview.h"

#include "plot/preview.h"

#define NATURAL_WIDTH 84
#define NATURAL_HEIGHT 22
/* So that a column of them is not what is looked at first. */
#define OPACITY 0.8

struct _SaeSignalPreview {
  GtkWidget parent_instance;

  /* Owned */
  char *id;
  SaePreview *preview; /* NULL: nothing to be seen */
};

G_DEFINE_FINAL_TYPE (SaeSignalPreview, sae_signal_preview, GTK_TYPE_WIDGET)

void
sae_signal_preview_set_id (SaeSignalPreview *self, const char *id)
{
  char *copy = g_strdup (id);

  g_free (self->id);
  self->id = copy;
  sae_signal_preview_show (self, NULL);
}

const char *
sae_signal_preview_get_id (SaeSignalPreview *self)
{
  return self->id;
}

void
sae_signal_preview_show (SaeSignalPreview *self, const SaePreview *preview)
{
  g_clear_pointer (&self->preview, g_free);
  self->preview = preview ? g_memdup2 (preview, sizeof *preview) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
sae_signal_preview_is_shown (SaeSignalPreview *self)
{
  return self->preview != NULL;
}

static void
sae_signal_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SaeSignalPreview *self = SAE_SIGNAL_PREVIEW (widget);
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);
  GdkRGBA color;
  cairo_t *cr;

  if (!self->preview || width < 1 || height < 1)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  plot_preview_draw (
      cr, (PlotRectangle){0, 0, width, height}, self->preview->min, self->preview->max,
      SAE_PREVIEW_COLUMNS,
      (PlotColor){color.red, color.green, color.blue, color.alpha * OPACITY});
  cairo_destroy (cr);
}

static void
sae_signal_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? NATURAL_WIDTH / 2 : NATURAL_HEIGHT;
  *natural = across ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
sae_signal_preview_finalize (GObject *object)
{
  SaeSignalPreview *self = SAE_SIGNAL_PREVIEW (object);

  g_free (self->id);
  g_free (self->preview);
  G_OBJECT_CLASS (sae_signal_preview_parent_class)->finalize (object);
}

static void
sae_signal_preview_class_init (SaeSignalPreviewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sae_signal_preview_finalize;
  widget_class->snapshot = sae_signal_preview_snapshot;
  widget_class->measure = sae_signal_preview_measure;
  /* The numbers beside it say more to who cannot see it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "preview");
}

static void
sae_signal_preview_init (SaeSignalPreview *self)
{
}

GtkWidget *
sae_signal_preview_new (void)
{
  return g_object_new (SAE_TYPE_SIGNAL_PREVIEW, NULL);
}
