#include "app/explore-tables.h"

#include "app/classify-pane.h"
#include "app/point-table.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _SaeExploreTables {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack, *selected_stack, *neighbors_stack, *errors_stack;
  SaePointTable *selected, *neighbors, *errors;
  GtkSpinButton *k;
  GtkWidget *measuring;
  SaeClassifyPane *classes;

  /* Owned */
  SaeSession *session;
  SaeJob *finding; /* the latest search for neighbours */

  guint point;           /* that the neighbours are those of, SAE_NO_ROW for none */
  gboolean is_selecting; /* the neighbours are to be selected once they are found */
};

G_DEFINE_FINAL_TYPE (SaeExploreTables, sae_explore_tables, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static guint
current_point (SaeExploreTables *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  SaeSignalItem *item = sae_session_get_selected (self->session);

  return projection && item
             ? sae_projection_find (projection, sae_signal_item_get_id (item))
             : SAE_NO_ROW;
}

static gboolean
shows (SaeExploreTables *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show_selected (SaeExploreTables *self)
{
  SaeSelection *selection = sae_session_get_selection (self->session);
  guint n = sae_selection_get_n (selection), n_selected = 0;
  g_autofree guint *points = g_new (guint, MAX (n, 1));
  g_autofree double *errors = NULL;
  const float *known = sae_session_get_errors (self->session);

  for (guint i = 0; i < n; i++)
    if (sae_selection_contains (selection, i))
      points[n_selected++] = i;
  if (known) {
    errors = g_new (double, MAX (n_selected, 1));
    for (guint i = 0; i < n_selected; i++)
      errors[i] = known[points[i]];
  }
  sae_point_table_show (self->selected, self->session, points, errors, n_selected,
                        _ ("Error"));
  sae_point_table_set_current (self->selected, current_point (self));
  gtk_stack_set_visible_child_name (self->selected_stack,
                                    n_selected > 0 ? "table" : "nothing");
}

typedef struct {
  guint point;
  double error;
} Ranked;

/* The worst first, unknown ones last. */
static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *left = a, *right = b;

  if (isnan (left->error) || isnan (right->error))
    return isnan (left->error) - isnan (right->error);
  return (left->error < right->error) - (left->error > right->error);
}

static void
show_errors (SaeExploreTables *self)
{
  const float *errors = sae_session_get_errors (self->session);
  guint n = errors ? sae_selection_get_n (sae_session_get_selection (self->session)) : 0;
  g_autofree Ranked *ranked = g_new (Ranked, MAX (n, 1));
  g_autofree guint *points = g_new (guint, MAX (n, 1));
  g_autofree double *values = g_new (double, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    ranked[i] = (Ranked){i, errors[i]};
  qsort (ranked, n, sizeof *ranked, compare_ranked);
  for (guint i = 0; i < n; i++) {
    points[i] = ranked[i].point;
    values[i] = ranked[i].error;
  }
  sae_point_table_show (self->errors, self->session, points, values, n, _ ("Error"));
  sae_point_table_set_current (self->errors, current_point (self));
  gtk_stack_set_visible_child_name (self->errors_stack, n > 0 ? "table" : "nothing");
}

static void
on_errors (SaeExploreTables *self)
{
  show_errors (self);
  show_selected (self);
}

/* The neighbours and the point itself. */
static void
select_found (SaeExploreTables *self, const AnalysisNeighbors *found)
{
  SaeSelection *selection = sae_session_get_selection (self->session);
  g_autofree guint8 *mask = g_new0 (guint8, MAX (sae_selection_get_n (selection), 1));

  mask[self->point] = 1;
  for (size_t i = 0; i < found->k; i++)
    mask[found->index[i]] = 1;
  sae_selection_apply (selection, mask, SAE_SELECT_REPLACE);
}

static void
on_found (SaeJob *job, gpointer user_data)
{
  SaeExploreTables *self = user_data;
  AnalysisNeighbors *found = sae_job_steal_result (job);

  if (job == self->finding) {
    g_clear_object (&self->finding);
    if (found && self->point != SAE_NO_ROW) {
      g_autofree double *distances = g_new (double, found->k);
      g_autofree guint *points = g_new (guint, found->k);

      for (size_t i = 0; i < found->k; i++) {
        points[i] = found->index[i];
        distances[i] = found->distance[i];
      }
      sae_point_table_show (self->neighbors, self->session, points, distances,
                            (guint)found->k, _ ("Distance"));
      gtk_stack_set_visible_child_name (self->neighbors_stack, "table");
      if (self->is_selecting)
        select_found (self, found);
    }
    self->is_selecting = FALSE;
  }
  g_clear_pointer (&found, sae_neighbors_free);
}

static void
find_neighbors (SaeExploreTables *self)
{
  self->point = current_point (self);
  g_clear_object (&self->finding);
  if (self->point == SAE_NO_ROW) {
    gtk_stack_set_visible_child_name (self->neighbors_stack, "nothing");
    return;
  }
  self->finding = sae_tasks_find_neighbors (
      self->session, self->point, (guint)gtk_spin_button_get_value_as_int (self->k),
      on_found, G_OBJECT (self));
}

/* A row of the neighbours is looked at without their becoming other ones. */
static void
on_session_selected (SaeExploreTables *self)
{
  guint point = current_point (self);

  sae_point_table_set_current (self->selected, point);
  sae_point_table_set_current (self->errors, point);
  sae_point_table_set_current (self->neighbors, point);
  if (shows (self, "neighbors") && point != self->point &&
      sae_point_table_get_current (self->neighbors) != point)
    find_neighbors (self);
}

static void
on_page (SaeExploreTables *self)
{
  if (self->session && shows (self, "neighbors") && current_point (self) != self->point)
    find_neighbors (self);
}

static void
on_k (SaeExploreTables *self)
{
  if (self->session && self->point != SAE_NO_ROW)
    find_neighbors (self);
}

static void
on_projection (SaeExploreTables *self)
{
  self->point = SAE_NO_ROW;
  g_clear_object (&self->finding);
  sae_point_table_show (self->neighbors, self->session, NULL, NULL, 0, "");
  gtk_stack_set_visible_child_name (self->neighbors_stack, "nothing");
  on_errors (self);
  on_page (self);
}

/* From a table to the session. */
static void
on_row (SaePointTable *table, GParamSpec *pspec, SaeExploreTables *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  guint point = sae_point_table_get_current (table);
  const SeismicSignalInfo *info;
  SaeSignalItem *item;

  if (!projection || point >= projection->embedding->signals->len)
    return;
  info = g_ptr_array_index (projection->embedding->signals, point);
  item = sae_session_find_signal (self->session, info->id);
  if (item)
    sae_session_set_selected (self->session, item);
}

gboolean
sae_explore_tables_step (SaeExploreTables *self, int step)
{
  SaePointTable *table = shows (self, "selected")    ? self->selected
                         : shows (self, "neighbors") ? self->neighbors
                         : shows (self, "errors")    ? self->errors
                                                     : NULL;
  guint point = table ? sae_point_table_find (table, step) : SAE_POINT_TABLE_NONE;

  if (point == SAE_POINT_TABLE_NONE)
    return FALSE;
  sae_point_table_set_current (table, point);
  return TRUE;
}

void
sae_explore_tables_select_neighbors (SaeExploreTables *self)
{
  self->is_selecting = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "neighbors");
  if (!self->finding)
    find_neighbors (self);
}

static void
update_measuring (SaeExploreTables *self)
{
  GListModel *jobs = sae_session_get_jobs (self->session);
  gboolean is_measuring = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    is_measuring |= sae_job_get_kind (job) == SAE_JOB_MEASURE &&
                    sae_job_get_state (job) == SAE_JOB_RUNNING;
  }
  gtk_widget_set_visible (self->measuring, is_measuring);
}

static void
set_session (SaeExploreTables *self, SaeSession *session)
{
  GObject *selection = G_OBJECT (sae_session_get_selection (session));
  GObject *jobs = G_OBJECT (sae_session_get_jobs (session));

  self->session = g_object_ref (session);
  g_object_set (self->classes, "session", session, NULL);
  g_signal_connect_object (session, "notify::projection", G_CALLBACK (on_projection),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::errors", G_CALLBACK (on_errors), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::errors", G_CALLBACK (update_measuring), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_session_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (show_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (update_measuring), self,
                           G_CONNECT_SWAPPED);
  on_projection (self);
}

static void
sae_explore_tables_get_property (GObject *object, guint id, GValue *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_EXPLORE_TABLES (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_explore_tables_set_property (GObject *object, guint id, const GValue *value,
                                 GParamSpec *pspec)
{
  SaeExploreTables *self = SAE_EXPLORE_TABLES (object);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (!self->session && g_value_get_object (value))
    set_session (self, g_value_get_object (value));
}

static void
sae_explore_tables_dispose (GObject *object)
{
  SaeExploreTables *self = SAE_EXPLORE_TABLES (object);

  if (self->finding)
    sae_job_cancel_and_wait (self->finding);
  g_clear_object (&self->finding);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_explore_tables_parent_class)->dispose (object);
}

static void
sae_explore_tables_class_init (SaeExploreTablesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_explore_tables_get_property;
  object_class->set_property = sae_explore_tables_set_property;
  object_class->dispose = sae_explore_tables_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (SAE_TYPE_POINT_TABLE);
  g_type_ensure (SAE_TYPE_CLASSIFY_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/explore-tables.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, selected_stack);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, neighbors_stack);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, errors_stack);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, selected);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, neighbors);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, errors);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, k);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, measuring);
  gtk_widget_class_bind_template_child (widget_class, SaeExploreTables, classes);
  gtk_widget_class_bind_template_callback (widget_class, on_page);
  gtk_widget_class_bind_template_callback (widget_class, on_k);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
}

static void
sae_explore_tables_init (SaeExploreTables *self)
{
  self->point = SAE_NO_ROW;
  gtk_widget_init_template (GTK_WIDGET (self));
}
