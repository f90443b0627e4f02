#include "app/glance.h"

#include "app/format.h"
#include "app/trace-chart.h"
#include "seismic/miniseed-glance.h"
#include "session/latest.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#define LONG_BYTES (16 << 20)
#define LOOK_BYTES (4 << 20)

typedef struct {
  SeismicSignal *signal;
  double share;
} Sight;

struct _SaeGlance {
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title, *subtitle;
  SaeTraceChart *chart;

  /* Owned */
  SaeLatest *latest;
};

G_DEFINE_FINAL_TYPE (SaeGlance, sae_glance, ADW_TYPE_BIN)

static void
sight_free (gpointer data)
{
  seismic_signal_free (((Sight *)data)->signal);
  g_free (data);
}

static gboolean
look_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  double share = 0;
  SeismicSignal *signal = seismic_miniseed_glance (input, LOOK_BYTES, &share, error);
  Sight *sight;

  if (!signal)
    return FALSE;
  sight = g_new (Sight, 1);
  *sight = (Sight){signal, share};
  *result = sight;
  return TRUE;
}

static void
on_seen (gpointer owner, gpointer result, const GError *error)
{
  SaeGlance *self = owner;
  Sight *sight = result;
  SaeTraceInfo info = {.unit = _ ("counts")};
  g_autofree char *instrument = NULL, *text = NULL;
  char labels[SEISMIC_N_COMPONENTS][64];

  if (!sight)
    return;
  info.n_samples = sight->signal->n_samples;
  info.start_ns = sight->signal->start_ns;
  info.rate_hz = sight->signal->rate_hz;
  instrument = seismic_signal_instrument_id (sight->signal);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    g_snprintf (labels[c], sizeof labels[c], "%s%c", instrument,
                sight->signal->components[c]);
    info.labels[c] = labels[c];
  }
  /* Translators: %.0f is a number such as 14 */
  text = g_strdup_printf (_ ("A first look at one block in %.0f, while all of it is "
                             "being read"),
                          1 / sight->share);
  gtk_label_set_label (self->subtitle, text);
  sae_trace_chart_show (self->chart, &info, sight->signal->samples, NULL);
  sae_chart_describe (SAE_CHART (self->chart), instrument, text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  sight_free (sight);
}

gboolean
sae_glance_is_for (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) &&
         status.st_size >= LONG_BYTES;
}

void
sae_glance_begin (SaeGlance *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  gtk_label_set_label (self->title, name);
  sae_latest_want (self->latest, g_strdup (path));
}

void
sae_glance_end (SaeGlance *self)
{
  sae_latest_want (self->latest, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  sae_trace_chart_clear (self->chart);
}

static void
sae_glance_dispose (GObject *object)
{
  g_clear_object (&SAE_GLANCE (object)->latest);
  G_OBJECT_CLASS (sae_glance_parent_class)->dispose (object);
}

static void
sae_glance_class_init (SaeGlanceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_glance_dispose;
  g_type_ensure (SAE_TYPE_TRACE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/glance.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeGlance, title);
  gtk_widget_class_bind_template_child (widget_class, SaeGlance, subtitle);
  gtk_widget_class_bind_template_child (widget_class, SaeGlance, chart);
}

static void
sae_glance_init (SaeGlance *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->latest = sae_latest_new (look_in_thread, g_free, sight_free, on_seen, self);
}
