#include "app/explore-view.h"

#include "app/cluster-button.h"
#include "app/format.h"
#include "app/point-card.h"
#include "app/scatter-legend.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeExploreView {
  AdwBin parent_instance;

  /* Template widgets */
  GtkDropDown *method, *color, *embedding;
  GtkButton *stop;
  GtkProgressBar *bar;
  SaeScatterChart *chart;
  SaePointCard *card;
  SaeClusterButton *clusters;
  SaeScatterLegend *legend;
  GtkLabel *caption;
  GtkScale *size, *opacity;
  GtkSpinButton *perplexity, *neighbors, *seed;
  GtkToggleButton *rectangle, *lasso;

  /* Owned */
  SaeSession *session;
  SaeColoring coloring;
  SaeJob *placing; /* the running layout or projection, NULL for none */

  SaeChart *example; /* borrowed, NULL once it is gone */

  gboolean is_updating; /* the drop-downs follow, and tell nothing */
};

G_DEFINE_FINAL_TYPE (SaeExploreView, sae_explore_view, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_COLOR_BY, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

void
sae_explore_view_set_example (SaeExploreView *self, SaeChart *example)
{
  g_set_weak_pointer (&self->example, example);
}

SaeChart *
sae_explore_view_get_example (SaeExploreView *self)
{
  return self->example;
}

SaeScatterChart *
sae_explore_view_get_chart (SaeExploreView *self)
{
  return self->chart;
}

char *
sae_explore_view_caption (guint n, guint n_skipped, guint n_selected, guint n_hidden)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%'u signal", "%'u signals", n), n);
  if (n_selected > 0) {
    g_string_append (text, "  ·  ");
    g_string_append_printf (text, ngettext ("%'u selected", "%'u selected", n_selected),
                            n_selected);
  }
  if (n_hidden > 0) {
    g_string_append (text, "  ·  ");
    g_string_append_printf (text, ngettext ("%'u hidden", "%'u hidden", n_hidden),
                            n_hidden);
  }
  if (n_skipped > 0) {
    g_string_append (text, "  ·  ");
    g_string_append_printf (text, ngettext ("%u skipped", "%u skipped", n_skipped),
                            n_skipped);
  }
  return g_string_free (text, FALSE);
}

static guint
count_points (SaeExploreView *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);

  return projection ? projection->embedding->signals->len : 0;
}

static SaeColorBy
get_color_by (SaeExploreView *self)
{
  return (SaeColorBy)MIN (gtk_drop_down_get_selected (self->color), SAE_N_COLORS - 1);
}

/* Appends what the points are of, and the clusters where they are shown. */
static void
tell_analysis (SaeExploreView *self, char **text)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  const AnalysisClustering *clustering = sae_session_get_clustering (self->session);
  const char *kind = projection->embedding->kind == ANALYSIS_EMBEDDING_MEAN
                         ? _ ("embedded by the mean over time")
                         : _ ("embedded by the final state");
  g_autofree char *clusters = clustering && get_color_by (self) == SAE_COLOR_CLUSTER
                                  ? sae_cluster_button_summary (clustering)
                                  : NULL;
  g_autofree char *before = *text;

  *text = g_strjoin ("  ·  ", before, kind, clusters, NULL);
}

/* The selection's states, and what the legend hides. */
static void
update_states (SaeExploreView *self)
{
  SaeSelection *selection = sae_session_get_selection (self->session);
  const SaeProjection *projection = sae_session_get_projection (self->session);
  guint n = sae_selection_get_n (selection), n_selected = 0, n_hidden = 0;
  g_autofree guint8 *states = g_memdup2 (sae_selection_get_states (selection), n);
  g_autofree char *text = NULL;

  if (!projection || sae_scatter_chart_get_plot (self->chart)->n_points != n)
    return;
  for (guint i = 0; i < n; i++) {
    if (self->coloring.category &&
        !sae_scatter_legend_is_shown (self->legend, self->coloring.category[i]))
      states[i] |= SAE_POINT_HIDDEN;
    n_hidden += (states[i] & SAE_POINT_HIDDEN) != 0;
    n_selected += states[i] == SAE_POINT_SELECTED;
  }
  sae_scatter_chart_set_states (self->chart, states);
  text = sae_explore_view_caption (
      n, projection->embedding->skipped ? projection->embedding->skipped->len : 0,
      n_selected, n_hidden);
  tell_analysis (self, &text);
  gtk_label_set_label (self->caption, text);
}

/* The signals row by row as the library has them now: tags may have come. */
static GPtrArray *
list_signals (SaeExploreView *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  GPtrArray *before = projection->embedding->signals;
  GPtrArray *signals = g_ptr_array_new ();

  for (guint i = 0; i < before->len; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (before, i);
    SaeSignalItem *item = sae_session_find_signal (self->session, info->id);

    g_ptr_array_add (signals, (gpointer)(item ? sae_signal_item_get_info (item) : info));
  }
  return signals;
}

static void
update_coloring (SaeExploreView *self)
{
  const AnalysisClustering *clustering = sae_session_get_clustering (self->session);
  g_autoptr (GPtrArray) signals = NULL;
  SaeColorSource source;

  if (!sae_session_get_projection (self->session))
    return;
  signals = list_signals (self);
  source = (SaeColorSource){signals, sae_session_get_errors (self->session),
                            clustering ? clustering->cluster : NULL};
  sae_coloring_clear (&self->coloring);
  sae_coloring_init (&self->coloring, get_color_by (self), &source);
  sae_scatter_chart_set_coloring (self->chart, &self->coloring);
  sae_scatter_legend_show (self->legend, &self->coloring, count_points (self));
  update_states (self);
}

/* Errors and clusters are computed once somebody wants to see them. */
static void
want_color (SaeExploreView *self)
{
  SaeColorBy by = get_color_by (self);

  gtk_widget_set_visible (GTK_WIDGET (self->clusters), by == SAE_COLOR_CLUSTER);
  if (by == SAE_COLOR_ERROR && count_points (self) > 0 &&
      !sae_session_get_errors (self->session))
    sae_tasks_measure (self->session);
  if (by == SAE_COLOR_CLUSTER && count_points (self) > 0 &&
      !sae_session_get_clustering (self->session))
    sae_cluster_button_find (self->clusters);
  update_coloring (self);
}

static void
on_color (SaeExploreView *self)
{
  if (self->is_updating || !self->session)
    return;
  want_color (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR_BY]);
}

static void
on_errors (SaeExploreView *self)
{
  if (get_color_by (self) == SAE_COLOR_ERROR)
    update_coloring (self);
}

static void
on_clustering (SaeExploreView *self)
{
  if (get_color_by (self) == SAE_COLOR_CLUSTER)
    update_coloring (self);
}

/* The library was read again, or tags are others. */
static void
on_items (SaeExploreView *self)
{
  if (get_color_by (self) == SAE_COLOR_TAG)
    update_coloring (self);
}

static char *
axis_label (SaeExploreView *self, guint number)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  g_autofree char *percent = NULL;

  switch (sae_layout_get_method (sae_session_get_layout (self->session))) {
  case SAE_LAYOUT_TSNE:
    /* Translators: an axis of a layout by t-SNE: its number */
    return g_strdup_printf (_ ("t-SNE %u"), number);
  case SAE_LAYOUT_UMAP:
    return g_strdup_printf (_ ("UMAP %u"), number);
  case SAE_LAYOUT_PCA:
  default:
    percent = sae_format_quantity (100 * projection->explained[number - 1], 0, "%");
    /* Translators: an axis: the number of a principal component, its share of variance */
    return g_strdup_printf (_ ("Principal component %u (%s of the variance)"), number,
                            percent);
  }
}

static void
on_layout (SaeExploreView *self)
{
  const AnalysisMatrix *xy = sae_layout_get_xy (sae_session_get_layout (self->session));
  g_autofree char *x_label = NULL, *y_label = NULL;

  if (!sae_session_get_projection (self->session) || xy->rows != count_points (self) ||
      sae_scatter_chart_get_plot (self->chart)->n_points != xy->rows)
    return;
  x_label = axis_label (self, 1);
  y_label = axis_label (self, 2);
  sae_scatter_chart_move (self->chart, xy->data, x_label, y_label);
}

AnalysisEmbeddingKind
sae_explore_view_get_embedding (SaeExploreView *self)
{
  return (AnalysisEmbeddingKind)MIN (gtk_drop_down_get_selected (self->embedding),
                                     ANALYSIS_EMBEDDING_MEAN);
}

/* What is chosen is what is shown, unless it is about to be. */
static void
show_embedding (SaeExploreView *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);

  self->is_updating = TRUE;
  if (projection && !self->placing)
    gtk_drop_down_set_selected (self->embedding, projection->embedding->kind);
  self->is_updating = FALSE;
}

static void
on_embedding (SaeExploreView *self)
{
  const SaeProjection *projection =
      self->session ? sae_session_get_projection (self->session) : NULL;

  if (!self->is_updating && projection)
    sae_tasks_project (self->session, sae_explore_view_get_embedding (self));
}

/* From the session to the chart. */
static void
on_session_selected (SaeExploreView *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  SaeSignalItem *item = sae_session_get_selected (self->session);

  if (projection)
    sae_scatter_chart_set_current (
        self->chart,
        sae_projection_find (projection, item ? sae_signal_item_get_id (item) : NULL));
}

static void
on_projection (SaeExploreView *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  g_autofree char *x_label = NULL, *y_label = NULL;

  sae_point_card_show (self->card, self->session, NULL, NULL);
  if (!projection) {
    sae_scatter_chart_show (self->chart, NULL, 0, "", "");
    return;
  }
  self->is_updating = TRUE;
  gtk_drop_down_set_selected (self->method, SAE_LAYOUT_PCA);
  self->is_updating = FALSE;
  show_embedding (self);
  x_label = axis_label (self, 1);
  y_label = axis_label (self, 2);
  sae_scatter_chart_show (self->chart, projection->xy.data, count_points (self), x_label,
                          y_label);
  want_color (self);
  on_session_selected (self);
}

SaeLayoutSettings
sae_explore_view_get_settings (SaeExploreView *self, SaeLayoutMethod method)
{
  SaeLayoutSettings settings = sae_layout_default (method);

  settings.perplexity = gtk_spin_button_get_value (self->perplexity);
  settings.n_neighbors = (size_t)gtk_spin_button_get_value_as_int (self->neighbors);
  settings.seed = (guint64)gtk_spin_button_get_value_as_int (self->seed);
  return settings;
}

void
sae_explore_view_lay_out (SaeExploreView *self)
{
  SaeLayoutSettings settings = sae_explore_view_get_settings (
      self, (SaeLayoutMethod)MIN (gtk_drop_down_get_selected (self->method),
                                  SAE_N_LAYOUTS - 1));

  if (self->session && sae_session_get_projection (self->session))
    sae_tasks_lay_out (self->session, &settings);
}

/* Another method is another picture: it is shown whole. */
static void
on_method (SaeExploreView *self)
{
  if (self->is_updating)
    return;
  sae_scatter_chart_show_all (self->chart);
  sae_explore_view_lay_out (self);
}

char *
sae_explore_view_title (SaeExploreView *self)
{
  static const char *const methods[SAE_N_LAYOUTS] = {[SAE_LAYOUT_PCA] =
                                                         N_ ("Principal components"),
                                                     [SAE_LAYOUT_TSNE] = N_ ("t-SNE"),
                                                     [SAE_LAYOUT_UMAP] = N_ ("UMAP")};
  SaeLayoutMethod method = sae_layout_get_method (sae_session_get_layout (self->session));
  g_autofree char *color = g_utf8_strdown (sae_color_by_name (get_color_by (self)), -1);
  guint n = count_points (self);

  /* Translators: a method, a number of signals, and what their colour tells: "UMAP of 120
   * signals, coloured by magnitude" */
  return g_strdup_printf (
      ngettext ("%s of %u signal, coloured by %s", "%s of %u signals, coloured by %s", n),
      _ (methods[method]), n, color);
}

static void
update_progress (SaeExploreView *self)
{
  gboolean is_running = self->placing != NULL;
  double fraction = is_running ? sae_job_get_fraction (self->placing) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->stop), is_running);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), is_running);
  gtk_progress_bar_set_fraction (self->bar, MAX (fraction, 0));
}

static void
on_jobs (SaeExploreView *self)
{
  GListModel *jobs = sae_session_get_jobs (self->session);

  g_clear_object (&self->placing);
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    if ((sae_job_get_kind (job) == SAE_JOB_LAYOUT ||
         sae_job_get_kind (job) == SAE_JOB_PROJECT) &&
        sae_job_get_state (job) == SAE_JOB_RUNNING && !sae_job_is_cancelled (job))
      g_set_object (&self->placing, job);
  }
  if (self->placing) {
    g_signal_handlers_disconnect_by_func (self->placing, update_progress, self);
    g_signal_handlers_disconnect_by_func (self->placing, on_jobs, self);
    g_signal_connect_object (self->placing, "notify::state", G_CALLBACK (on_jobs), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->placing, "notify::fraction",
                             G_CALLBACK (update_progress), self, G_CONNECT_SWAPPED);
  }
  update_progress (self);
  show_embedding (self);
}

static SaeSignalItem *
item_of (SaeExploreView *self, guint point)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  const SeismicSignalInfo *info;

  if (!projection || point >= count_points (self))
    return NULL;
  info = g_ptr_array_index (projection->embedding->signals, point);
  return sae_session_find_signal (self->session, info->id);
}

/* From the chart to the session. */
static void
on_current (SaeExploreView *self)
{
  SaeSignalItem *item = item_of (self, sae_scatter_chart_get_current (self->chart));

  if (item)
    sae_session_set_selected (self->session, item);
}

static void
on_clicked (SaeExploreView *self, guint point, int mode)
{
  sae_selection_apply_one (sae_session_get_selection (self->session), point,
                           (SaeSelectMode)mode);
}

static void
on_outlined (SaeExploreView *self, const guint8 *mask, int mode)
{
  sae_selection_apply (sae_session_get_selection (self->session), mask,
                       (SaeSelectMode)mode);
}

static char *
number_text (SaeExploreView *self, guint point)
{
  const float *errors = sae_session_get_errors (self->session);
  g_autofree char *number = NULL;

  if (!errors || isnan (errors[point]))
    return NULL;
  number = sae_format_significant (errors[point], 3);
  return g_strdup_printf (_ ("Normalised error %s"), number);
}

static void
on_dwelt (SaeExploreView *self, guint point)
{
  GtkWidget *chart = GTK_WIDGET (self->chart);
  SaeSignalItem *item = item_of (self, point);
  g_autofree char *number = item ? number_text (self, point) : NULL;
  double x, y;

  if (item && !sae_scatter_chart_locate (self->chart, point, &x, &y))
    item = NULL;
  sae_point_card_show (self->card, self->session, item, number);
  if (item)
    sae_point_card_place (self->card, x, y, gtk_widget_get_width (chart),
                          gtk_widget_get_height (chart));
}

static void
on_tool (SaeExploreView *self)
{
  SaeScatterTool tool = gtk_toggle_button_get_active (self->lasso) ? SAE_SCATTER_LASSO
                        : gtk_toggle_button_get_active (self->rectangle)
                            ? SAE_SCATTER_RECTANGLE
                            : SAE_SCATTER_PAN;

  g_object_set (self->chart, "tool", tool, NULL);
}

static void
on_marks (SaeExploreView *self)
{
  sae_scatter_chart_set_marks (self->chart,
                               pow (2, gtk_range_get_value (GTK_RANGE (self->size))),
                               gtk_range_get_value (GTK_RANGE (self->opacity)));
}

static void
set_session (SaeExploreView *self, SaeSession *session)
{
  const struct {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
      {session, "notify::projection", G_CALLBACK (on_projection)},
      {session, "notify::errors", G_CALLBACK (on_errors)},
      {session, "notify::clustering", G_CALLBACK (on_clustering)},
      {sae_session_get_signals (session), "items-changed", G_CALLBACK (on_items)},
      {sae_session_get_notes (session), "changed", G_CALLBACK (on_items)},
      {session, "notify::selected", G_CALLBACK (on_session_selected)},
      {sae_session_get_layout (session), "changed", G_CALLBACK (on_layout)},
      {sae_session_get_selection (session), "changed", G_CALLBACK (update_states)},
      {sae_session_get_jobs (session), "items-changed", G_CALLBACK (on_jobs)}};

  self->session = g_object_ref (session);
  g_object_set (self->clusters, "session", session, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal,
                             connections[i].callback, self, G_CONNECT_SWAPPED);
  on_projection (self);
  on_jobs (self);
}

static void
sae_explore_view_get_property (GObject *object, guint id, GValue *value,
                               GParamSpec *pspec)
{
  SaeExploreView *self = SAE_EXPLORE_VIEW (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_COLOR_BY)
    g_value_set_int (value, get_color_by (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_explore_view_set_property (GObject *object, guint id, const GValue *value,
                               GParamSpec *pspec)
{
  SaeExploreView *self = SAE_EXPLORE_VIEW (object);

  if (id == PROP_SESSION && !self->session && g_value_get_object (value))
    set_session (self, g_value_get_object (value));
  else if (id == PROP_COLOR_BY)
    gtk_drop_down_set_selected (self->color, (guint)g_value_get_int (value));
  else if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_explore_view_dispose (GObject *object)
{
  SaeExploreView *self = SAE_EXPLORE_VIEW (object);

  g_clear_weak_pointer (&self->example);
  g_clear_object (&self->placing);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_explore_view_parent_class)->dispose (object);
}

static void
sae_explore_view_finalize (GObject *object)
{
  sae_coloring_clear (&SAE_EXPLORE_VIEW (object)->coloring);
  G_OBJECT_CLASS (sae_explore_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (SAE_TYPE_CLUSTER_BUTTON);
  g_type_ensure (SAE_TYPE_SCATTER_CHART);
  g_type_ensure (SAE_TYPE_SCATTER_LEGEND);
  g_type_ensure (SAE_TYPE_POINT_CARD);
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/explore-view.ui");
  gtk_widget_class_bind_template_child (class, SaeExploreView, method);
  gtk_widget_class_bind_template_child (class, SaeExploreView, color);
  gtk_widget_class_bind_template_child (class, SaeExploreView, embedding);
  gtk_widget_class_bind_template_child (class, SaeExploreView, stop);
  gtk_widget_class_bind_template_child (class, SaeExploreView, bar);
  gtk_widget_class_bind_template_child (class, SaeExploreView, chart);
  gtk_widget_class_bind_template_child (class, SaeExploreView, card);
  gtk_widget_class_bind_template_child (class, SaeExploreView, clusters);
  gtk_widget_class_bind_template_child (class, SaeExploreView, legend);
  gtk_widget_class_bind_template_child (class, SaeExploreView, caption);
  gtk_widget_class_bind_template_child (class, SaeExploreView, size);
  gtk_widget_class_bind_template_child (class, SaeExploreView, opacity);
  gtk_widget_class_bind_template_child (class, SaeExploreView, perplexity);
  gtk_widget_class_bind_template_child (class, SaeExploreView, neighbors);
  gtk_widget_class_bind_template_child (class, SaeExploreView, seed);
  gtk_widget_class_bind_template_child (class, SaeExploreView, rectangle);
  gtk_widget_class_bind_template_child (class, SaeExploreView, lasso);
  gtk_widget_class_bind_template_callback (class, on_method);
  gtk_widget_class_bind_template_callback (class, on_embedding);
  gtk_widget_class_bind_template_callback (class, on_color);
  gtk_widget_class_bind_template_callback (class, on_tool);
  gtk_widget_class_bind_template_callback (class, on_marks);
  gtk_widget_class_bind_template_callback (class, on_current);
  gtk_widget_class_bind_template_callback (class, on_clicked);
  gtk_widget_class_bind_template_callback (class, on_outlined);
  gtk_widget_class_bind_template_callback (class, on_dwelt);
  gtk_widget_class_bind_template_callback (class, update_states);
}

static void
sae_explore_view_class_init (SaeExploreViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_explore_view_get_property;
  object_class->set_property = sae_explore_view_set_property;
  object_class->dispose = sae_explore_view_dispose;
  object_class->finalize = sae_explore_view_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLOR_BY] = g_param_spec_int (
      "color-by", NULL, NULL, 0, SAE_N_COLORS - 1, SAE_COLOR_TYPE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
sae_explore_view_init (SaeExploreView *self)
{
  g_autoptr (GtkStringList) colors = gtk_string_list_new (NULL);

  self->is_updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int by = 0; by < SAE_N_COLORS; by++)
    gtk_string_list_append (colors, sae_color_by_name ((SaeColorBy)by));
  gtk_drop_down_set_model (self->color, G_LIST_MODEL (colors));
  gtk_drop_down_set_selected (self->embedding, ANALYSIS_EMBEDDING_DEFAULT);
  self->is_updating = FALSE;
}
