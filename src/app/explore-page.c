#include "app/explore-page.h"

#include "app/categories.h"
#include "app/format.h"
#include "app/reconstruction-pane.h"
#include "app/scatter-chart.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <string.h>

struct _SaeExplorePage {
  SaePage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkProgressBar *bar;
  SaeScatterChart *chart;
  SaeReconstructionPane *pane;
  GtkLabel *caption;
};

G_DEFINE_FINAL_TYPE (SaeExplorePage, sae_explore_page, SAE_TYPE_PAGE)

/* The running projection; NULL when there is none. A new reference. */
static SaeJob *
find_projecting (SaeSession *session)
{
  GListModel *jobs = sae_session_get_jobs (session);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    if (sae_job_get_kind (job) == SAE_JOB_PROJECT &&
        sae_job_get_state (job) == SAE_JOB_RUNNING)
      return g_steal_pointer (&job);
  }
  return NULL;
}

static void
update_state (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  g_autoptr (SaeJob) projecting = find_projecting (session);
  const char *state = "plot";

  if (projecting)
    state = "busy";
  else if (!sae_session_get_has_model (session))
    state = sae_session_get_training (session) ? "training" : "no-model";
  else if (!sae_session_get_projection (session))
    state = "no-projection";
  if (projecting)
    gtk_progress_bar_set_fraction (self->bar, MAX (sae_job_get_fraction (projecting), 0));
  gtk_stack_set_visible_child_name (self->stack, state);
}

static void
on_jobs_changed (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  g_autoptr (SaeJob) projecting = find_projecting (session);

  if (projecting) {
    g_signal_handlers_disconnect_by_func (projecting, update_state, self);
    g_signal_connect_object (projecting, "notify", G_CALLBACK (update_state), self,
                             G_CONNECT_SWAPPED);
  }
  update_state (self);
}

static guint
find_point (const SaeProjection *projection, SaeSignalItem *item)
{
  GPtrArray *signals = projection->embedding->signals;

  for (guint i = 0; item && i < signals->len; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (signals, i);

    if (strcmp (info->id, sae_signal_item_get_id (item)) == 0)
      return i;
  }
  return SAE_SCATTER_NONE;
}

/* From the session to the chart. */
static void
on_session_selected (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  const SaeProjection *projection = sae_session_get_projection (session);
  SaeSignalItem *item = sae_session_get_selected (session);

  if (!projection)
    return;
  sae_scatter_chart_set_selected (self->chart, find_point (projection, item));
  sae_reconstruction_pane_show (self->pane, item);
}

/* From the chart to the session. */
static void
on_point_selected (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  const SaeProjection *projection = sae_session_get_projection (session);
  guint point = sae_scatter_chart_get_selected (self->chart);
  const SeismicSignalInfo *info;

  if (!projection || point >= projection->embedding->signals->len)
    return;
  info = g_ptr_array_index (projection->embedding->signals, point);
  sae_session_set_selected (session, sae_session_find_signal (session, info->id));
}

static char *
axis_label (guint number, double explained)
{
  g_autofree char *percent = sae_format_quantity (100 * explained, 0, "%");

  /* Translators: an axis: the number of a principal component, its share of variance */
  return g_strdup_printf (_ ("Principal component %u (%s of the variance)"), number,
                          percent);
}

static void
show_caption (SaeExplorePage *self, const SaeProjection *projection)
{
  guint n = projection->embedding->signals->len;
  guint n_skipped =
      projection->embedding->skipped ? projection->embedding->skipped->len : 0;
  g_autofree char *signals =
      g_strdup_printf (ngettext ("%'u signal", "%'u signals", n), n);
  g_autofree char *skipped =
      g_strdup_printf (ngettext ("%u skipped", "%u skipped", n_skipped), n_skipped);
  g_autofree char *text =
      n_skipped ? g_strjoin ("  ·  ", signals, skipped, NULL) : g_strdup (signals);

  gtk_label_set_label (self->caption, text);
}

static void
on_projection (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  const SaeProjection *projection = sae_session_get_projection (session);
  g_autofree char *x_label = NULL, *y_label = NULL;
  g_auto (SaeCategories) categories = {0};
  SaeScatterData data;

  update_state (self);
  if (!projection) {
    sae_scatter_chart_clear (self->chart);
    sae_reconstruction_pane_show (self->pane, NULL);
    return;
  }
  x_label = axis_label (1, projection->explained[0]);
  y_label = axis_label (2, projection->explained[1]);
  sae_categories_init (&categories, projection->embedding->signals);
  data = (SaeScatterData){.n_points = projection->embedding->signals->len,
                          .xy = projection->xy.data,
                          .category = categories.category,
                          .category_labels = (const char *const *)categories.labels,
                          .category_shapes = categories.shapes,
                          .x_label = x_label,
                          .y_label = y_label};
  sae_scatter_chart_show (self->chart, &data);
  show_caption (self, projection);
  on_session_selected (self);
}

static void
project (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));
  g_autoptr (SaeJob) projecting = session ? find_projecting (session) : NULL;

  if (session && sae_session_get_has_model (session) && !projecting)
    sae_tasks_project (session);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));
  g_autoptr (SaeJob) projecting = session ? find_projecting (session) : NULL;

  if (projecting)
    sae_job_cancel (projecting);
}

static GtkWidget *
sae_explore_page_get_focus (SaePage *page)
{
  return GTK_WIDGET (SAE_EXPLORE_PAGE (page)->chart);
}

static GListModel *
sae_explore_page_get_items (SaeSession *session)
{
  return sae_session_get_signals (session);
}

static void
sae_explore_page_session_set (SaePage *page, SaeSession *session)
{
  SaeExplorePage *self = SAE_EXPLORE_PAGE (page);

  g_object_set (self->pane, "session", session, NULL);
  g_signal_connect_object (session, "notify::has-model", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::projection", G_CALLBACK (on_projection),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_session_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_jobs (session), "items-changed",
                           G_CALLBACK (on_jobs_changed), self, G_CONNECT_SWAPPED);
  on_projection (self);
}

static void
sae_explore_page_class_init (SaeExplorePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  SAE_PAGE_CLASS (class)->get_focus = sae_explore_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_explore_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_explore_page_session_set;
  g_type_ensure (SAE_TYPE_SCATTER_CHART);
  g_type_ensure (SAE_TYPE_RECONSTRUCTION_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/explore-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, bar);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, chart);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, pane);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, caption);
  gtk_widget_class_bind_template_callback (widget_class, on_point_selected);
  gtk_widget_class_install_action (widget_class, "explore.project", NULL, project);
  gtk_widget_class_install_action (widget_class, "explore.cancel", NULL, cancel);
}

static void
sae_explore_page_init (SaeExplorePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
