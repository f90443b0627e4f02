#include "app/point-card.h"

#include "app/format.h"
#include "app/spark-chart.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>

#define DISTANCE 16 /* px, from the point */

struct _SaePointCard {
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title, *event, *place, *number;
  SaeSparkChart *chart;

  /* Owned */
  SaeJob *reading; /* the latest */
};

G_DEFINE_FINAL_TYPE (SaePointCard, sae_point_card, ADW_TYPE_BIN)

static SaeWave *
wave_of (const SeismicSignal *signal)
{
  gsize n = SAE_N_COMPONENTS * signal->n_samples;
  char labels[SAE_N_COMPONENTS][2] = {{0}};
  SaeTraceInfo info = {.n_samples = signal->n_samples,
                       .start_ns = signal->start_ns,
                       .rate_hz = signal->rate_hz,
                       .unit = ""};

  for (gsize c = 0; c < SAE_N_COMPONENTS; c++) {
    labels[c][0] = signal->components[c];
    info.labels[c] = labels[c];
  }
  return sae_wave_new (&info, g_memdup2 (signal->samples, n * sizeof (double)), NULL);
}

static void
on_read (SaeJob *job, gpointer user_data)
{
  SaePointCard *self = user_data;
  g_autoptr (SeismicSignal) signal = sae_job_steal_result (job);

  if (job != self->reading)
    return;
  if (signal) {
    g_autoptr (SaeWave) wave = wave_of (signal);

    sae_spark_chart_set_wave (self->chart, wave);
  }
  g_clear_object (&self->reading);
}

static void
forget (SaePointCard *self)
{
  if (self->reading)
    sae_job_cancel (self->reading);
  g_clear_object (&self->reading);
  sae_spark_chart_set_wave (self->chart, NULL);
}

void
sae_point_card_show (SaePointCard *self, SaeSession *session, SaeSignalItem *item,
                     const char *number)
{
  const SeismicSignalInfo *info;
  g_autofree char *event = NULL, *distance = NULL, *where = NULL;

  forget (self);
  gtk_widget_set_visible (GTK_WIDGET (self), item != NULL);
  if (!item)
    return;
  info = sae_signal_item_get_info (item);
  event = sae_format_event_short (&info->event);
  distance = sae_format_quantity (info->distance_km, 0, _ ("km"));
  where = isnan (info->distance_km)
              ? g_strdup (sae_format_event_type (info->event.type))
              /* Translators: an event type and a distance: "earthquake · 42 km away" */
              : g_strdup_printf (_ ("%s  ·  %s away"),
                                 sae_format_event_type (info->event.type), distance);
  gtk_label_set_label (self->title, sae_signal_item_get_instrument (item));
  gtk_label_set_label (self->event, event);
  gtk_label_set_label (self->place, where);
  gtk_label_set_label (self->number, number ? number : "");
  gtk_widget_set_visible (GTK_WIDGET (self->number), number != NULL);
  self->reading = sae_tasks_read_signal (session, sae_signal_item_get_id (item), on_read,
                                         G_OBJECT (self));
}

void
sae_point_card_find_place (double x, double y, int width, int height, int card_width,
                           int card_height, int *left, int *top)
{
  double right_of = x + DISTANCE, left_of = x - DISTANCE - card_width;

  *left = (int)(right_of + card_width <= width ? right_of : left_of);
  *left = CLAMP (*left, 0, MAX (width - card_width, 0));
  *top = CLAMP ((int)(y - card_height / 2.0), 0, MAX (height - card_height, 0));
}

void
sae_point_card_place (SaePointCard *self, double x, double y, int width, int height)
{
  GtkRequisition size;
  int left, top;

  gtk_widget_set_margin_start (GTK_WIDGET (self), 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 0);
  gtk_widget_get_preferred_size (GTK_WIDGET (self), NULL, &size);
  sae_point_card_find_place (x, y, width, height, size.width, size.height, &left, &top);
  gtk_widget_set_margin_start (GTK_WIDGET (self), left);
  gtk_widget_set_margin_top (GTK_WIDGET (self), top);
}

static void
sae_point_card_dispose (GObject *object)
{
  SaePointCard *self = SAE_POINT_CARD (object);

  if (self->reading)
    sae_job_cancel_and_wait (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (sae_point_card_parent_class)->dispose (object);
}

static void
sae_point_card_class_init (SaePointCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_point_card_dispose;
  g_type_ensure (SAE_TYPE_SPARK_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/point-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SaePointCard, title);
  gtk_widget_class_bind_template_child (widget_class, SaePointCard, event);
  gtk_widget_class_bind_template_child (widget_class, SaePointCard, place);
  gtk_widget_class_bind_template_child (widget_class, SaePointCard, number);
  gtk_widget_class_bind_template_child (widget_class, SaePointCard, chart);
}

static void
sae_point_card_init (SaePointCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
