#include "app/cluster-button.h"

#include "app/error-text.h"
#include "app/format.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeClusterButton {
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *button;
  GtkDropDown *method;
  GtkStack *stack;
  GtkSpinButton *count, *size;
  GtkLabel *result;

  /* Owned */
  SaeSession *session;
  SaeJob *job; /* the running search */
};

G_DEFINE_FINAL_TYPE (SaeClusterButton, sae_cluster_button, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static char *
count_text (const AnalysisClustering *clustering)
{
  return g_strdup_printf (
      ngettext ("%zu cluster", "%zu clusters", clustering->n_clusters),
      clustering->n_clusters);
}

char *
sae_cluster_button_summary (const AnalysisClustering *clustering)
{
  g_autofree char *silhouette = sae_format_number (clustering->silhouette, 2);
  g_autofree char *count = count_text (clustering);
  GString *text = g_string_new (count);

  if (!isnan (clustering->silhouette)) {
    g_string_append (text, ", ");
    /* Translators: from −1, wrongly parted, to 1, well apart */
    g_string_append_printf (text, _ ("silhouette %s"), silhouette);
  }
  if (clustering->n_none > 0) {
    g_string_append (text, ", ");
    g_string_append_printf (
        text, ngettext ("%zu signal in none", "%zu signals in none", clustering->n_none),
        clustering->n_none);
  }
  return g_string_free (text, FALSE);
}

static void
on_clustering (SaeClusterButton *self)
{
  const AnalysisClustering *clustering = sae_session_get_clustering (self->session);
  g_autofree char *text = clustering ? sae_cluster_button_summary (clustering) : NULL;

  g_autofree char *count = clustering ? count_text (clustering) : NULL;

  gtk_label_set_label (self->result, text ? text : "");
  gtk_menu_button_set_label (self->button, count ? count : _ ("Clusters"));
}

/* What kept clusters from being found stands where they would be told. */
static void
on_state (SaeClusterButton *self, GParamSpec *pspec, SaeJob *job)
{
  if (job != self->job || sae_job_get_state (job) == SAE_JOB_RUNNING)
    return;
  if (sae_job_get_state (job) == SAE_JOB_FAILED) {
    g_autofree char *text = sae_error_text (sae_job_get_error (job));

    gtk_label_set_label (self->result, text);
  } else {
    on_clustering (self);
  }
  g_clear_object (&self->job);
}

AnalysisClusteringSettings
sae_cluster_button_get_settings (SaeClusterButton *self)
{
  AnalysisClusteringSettings settings = analysis_clustering_default ();

  settings.method = (AnalysisClusteringMethod)MIN (
      gtk_drop_down_get_selected (self->method), ANALYSIS_CLUSTERING_HDBSCAN);
  settings.n_clusters = (size_t)gtk_spin_button_get_value_as_int (self->count);
  settings.min_size = (size_t)gtk_spin_button_get_value_as_int (self->size);
  return settings;
}

void
sae_cluster_button_find (SaeClusterButton *self)
{
  AnalysisClusteringSettings settings = sae_cluster_button_get_settings (self);

  if (!self->session || !sae_session_get_projection (self->session))
    return;
  gtk_label_set_label (self->result, _ ("Finding clusters…"));
  g_set_object (&self->job, sae_tasks_cluster (self->session, &settings));
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (on_state), self,
                           G_CONNECT_SWAPPED);
}

static void
on_method (SaeClusterButton *self)
{
  gboolean is_dense =
      gtk_drop_down_get_selected (self->method) == ANALYSIS_CLUSTERING_HDBSCAN;

  gtk_stack_set_visible_child_name (self->stack, is_dense ? "size" : "count");
}

/* 0 is a word. One is no number of clusters. */
static gboolean
on_count_output (SaeClusterButton *self)
{
  int count = gtk_spin_button_get_value_as_int (self->count);
  g_autofree char *text =
      count == 0 ? g_strdup (_ ("Best")) : sae_format_number (count, 0);

  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self->count))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->count), text);
  return TRUE;
}

static int
on_count_input (SaeClusterButton *self, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->count));
  char *end;

  *value = g_strtod (text, &end);
  if (end == text)
    *value = 0;
  return TRUE;
}

static void
set_session (SaeClusterButton *self, SaeSession *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::clustering", G_CALLBACK (on_clustering),
                           self, G_CONNECT_SWAPPED);
  on_clustering (self);
}

static void
sae_cluster_button_get_property (GObject *object, guint id, GValue *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_CLUSTER_BUTTON (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_cluster_button_set_property (GObject *object, guint id, const GValue *value,
                                 GParamSpec *pspec)
{
  SaeClusterButton *self = SAE_CLUSTER_BUTTON (object);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (!self->session && g_value_get_object (value))
    set_session (self, g_value_get_object (value));
}

static void
sae_cluster_button_dispose (GObject *object)
{
  SaeClusterButton *self = SAE_CLUSTER_BUTTON (object);

  g_clear_object (&self->job);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_cluster_button_parent_class)->dispose (object);
}

static void
sae_cluster_button_class_init (SaeClusterButtonClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_cluster_button_get_property;
  object_class->set_property = sae_cluster_button_set_property;
  object_class->dispose = sae_cluster_button_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/cluster-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeClusterButton, button);
  gtk_widget_class_bind_template_child (widget_class, SaeClusterButton, method);
  gtk_widget_class_bind_template_child (widget_class, SaeClusterButton, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeClusterButton, count);
  gtk_widget_class_bind_template_child (widget_class, SaeClusterButton, size);
  gtk_widget_class_bind_template_child (widget_class, SaeClusterButton, result);
  gtk_widget_class_bind_template_callback (widget_class, on_method);
  gtk_widget_class_bind_template_callback (widget_class, on_count_output);
  gtk_widget_class_bind_template_callback (widget_class, on_count_input);
  gtk_widget_class_bind_template_callback (widget_class, sae_cluster_button_find);
}

static void
sae_cluster_button_init (SaeClusterButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_count_output (self);
}
