#include "app/explore-page.h"

#include "app/explore-dialogs.h"
#include "app/explore-tables.h"
#include "app/explore-view.h"
#include "app/reconstruction-pane.h"
#include "app/side-handle.h"
#include "session/notes.h"
#include "session/tasks.h"

struct _SaeExplorePage {
  SaePage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwFlap *flap;
  GtkOverlay *side;
  GtkProgressBar *bar;
  SaeExploreView *view;
  SaeExploreTables *tables;
  SaeReconstructionPane *pane;

  gboolean is_tagged; /* the last step was one of the notes, not of the selection */
};

G_DEFINE_FINAL_TYPE (SaeExplorePage, sae_explore_page, SAE_TYPE_PAGE)

/* What the projection itself needs beside the tables, in px. */
#define VIEW_WIDTH 455

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

  /* Another embedding of what is shown takes its place when it is there. */
  if (projecting && !sae_session_get_projection (session))
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

/* What the selected signal's reconstruction is shows beside the plot. */
static void
on_session_selected (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));

  if (sae_session_get_projection (session))
    sae_reconstruction_pane_show (self->pane, sae_session_get_selected (session));
}

static void
enable (SaeExplorePage *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

/* Whether tags are what the keys of undo and redo are about now. */
static gboolean
notes_can (SaeExplorePage *self, const char *what)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  gboolean can = FALSE;

  g_object_get (sae_session_get_notes (session), what, &can, NULL);
  return self->is_tagged && can;
}

static void
update_actions (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeSelection *selection = sae_session_get_selection (session);
  gboolean any = sae_selection_get_n_selected (selection) > 0;
  gboolean one = sae_session_get_selected (session) != NULL;

  enable (self, "explore.clear", any);
  enable (self, "explore.hide", any);
  enable (self, "explore.isolate", any);
  enable (self, "explore.zoom-selection", any);
  enable (self, "explore.tag", any);
  enable (self, "explore.show-all", sae_selection_get_n_hidden (selection) > 0);
  enable (self, "explore.undo",
          notes_can (self, "can-undo") || sae_selection_can_undo (selection));
  enable (self, "explore.redo",
          notes_can (self, "can-redo") || sae_selection_can_redo (selection));
  enable (self, "explore.select-neighbors", one);
  enable (self, "explore.select-event", one);
  enable (self, "explore.select-station", one);
}

static void
on_selection (SaeExplorePage *self)
{
  self->is_tagged = FALSE;
  update_actions (self);
}

static void
on_notes (SaeExplorePage *self)
{
  self->is_tagged = TRUE;
  update_actions (self);
}

static void
on_projection (SaeExplorePage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));

  update_state (self);
  if (!sae_session_get_projection (session))
    sae_reconstruction_pane_show (self->pane, NULL);
  else
    on_session_selected (self);
  update_actions (self);
}

static void
project (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));
  g_autoptr (SaeJob) projecting = session ? find_projecting (session) : NULL;

  if (session && sae_session_get_has_model (session) && !projecting)
    sae_tasks_project (session,
                       sae_explore_view_get_embedding (SAE_EXPLORE_PAGE (widget)->view));
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));
  g_autoptr (SaeJob) projecting = session ? find_projecting (session) : NULL;

  if (projecting)
    sae_job_cancel (projecting);
}

static SaeSession *
ready_session (GtkWidget *widget)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));

  return session && sae_session_get_projection (session) ? session : NULL;
}

static void
lay_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (ready_session (widget))
    sae_explore_view_lay_out (SAE_EXPLORE_PAGE (widget)->view);
}

static void
stop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = ready_session (widget);

  if (session) {
    sae_tasks_stop (session, SAE_JOB_LAYOUT);
    sae_tasks_stop (session, SAE_JOB_PROJECT);
  }
}

static void
measure (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (ready_session (widget))
    sae_tasks_measure (ready_session (widget));
}

/* The verbs of the selection that need nothing else. */
static const struct {
  const char *action;
  void (*verb) (SaeSelection *selection);
} verbs[] = {
    {"explore.clear", sae_selection_clear},
    {"explore.invert", sae_selection_invert},
    {"explore.hide", sae_selection_hide},
    {"explore.isolate", sae_selection_isolate},
    {"explore.show-all", sae_selection_show_all},
};

/* What was done last: the selection, or the tags. */
static void
turn (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeExplorePage *self = SAE_EXPLORE_PAGE (widget);
  SaeSession *session = ready_session (widget);
  gboolean is_undo = g_str_equal (action, "explore.undo");

  if (!session)
    return;
  if (notes_can (self, is_undo ? "can-undo" : "can-redo"))
    (is_undo ? sae_notes_undo : sae_notes_redo) (sae_session_get_notes (session));
  else
    (is_undo ? sae_selection_undo
             : sae_selection_redo) (sae_session_get_selection (session));
}

static void
apply_verb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = ready_session (widget);

  for (guint i = 0; session && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].action, action))
      verbs[i].verb (sae_session_get_selection (session));
}

static gboolean
is_any (const SeismicSignalInfo *a, const SeismicSignalInfo *b)
{
  return TRUE;
}

static gboolean
is_of_event (const SeismicSignalInfo *a, const SeismicSignalInfo *b)
{
  return g_str_equal (a->event_id, b->event_id);
}

static gboolean
is_of_station (const SeismicSignalInfo *a, const SeismicSignalInfo *b)
{
  return g_str_equal (a->network, b->network) && g_str_equal (a->station, b->station);
}

/* Selects the signals that have something in common with the one in hand. */
static void
select_like (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const struct {
    const char *action;
    gboolean (*is_like) (const SeismicSignalInfo *a, const SeismicSignalInfo *b);
  } likes[] = {{"explore.select-all", is_any},
               {"explore.select-event", is_of_event},
               {"explore.select-station", is_of_station}};
  SaeSession *session = ready_session (widget);
  SaeSignalItem *item = session ? sae_session_get_selected (session) : NULL;
  GPtrArray *signals;
  g_autofree guint8 *mask = NULL;
  guint like = 0;

  while (!g_str_equal (likes[like].action, action))
    like++;
  if (!session || (like > 0 && !item))
    return;
  signals = sae_session_get_projection (session)->embedding->signals;
  mask = g_new0 (guint8, MAX (signals->len, 1));
  for (guint i = 0; i < signals->len; i++)
    mask[i] = likes[like].is_like (g_ptr_array_index (signals, i),
                                   item ? sae_signal_item_get_info (item) : NULL);
  sae_selection_apply (sae_session_get_selection (session), mask, SAE_SELECT_REPLACE);
}

static void
select_neighbors (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (ready_session (widget))
    sae_explore_tables_select_neighbors (SAE_EXPLORE_PAGE (widget)->tables);
}

static void
zoom_selection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_scatter_chart_zoom_to_selection (
      sae_explore_view_get_chart (SAE_EXPLORE_PAGE (widget)->view));
}

static void
tag (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (ready_session (widget))
    sae_explore_ask_tag (widget, ready_session (widget));
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeExplorePage *self = SAE_EXPLORE_PAGE (widget);
  SaeExport what;

  if (!ready_session (widget) ||
      !sae_export_from_string (g_variant_get_string (parameter, NULL), &what))
    return;
  sae_explore_view_set_example (self->view,
                                sae_reconstruction_pane_get_chart (self->pane));
  sae_explore_ask_export (self->view, ready_session (widget), what);
}

/* In the table that is shown, or else along the points. */
static void
walk (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeExplorePage *self = SAE_EXPLORE_PAGE (widget);
  gboolean back = g_str_equal (action, "explore.previous");
  SaeChart *chart = SAE_CHART (sae_explore_view_get_chart (self->view));

  if (ready_session (widget) && !sae_explore_tables_step (self->tables, back ? -1 : 1))
    SAE_CHART_GET_CLASS (chart)->step (chart, back ? GTK_DIR_LEFT : GTK_DIR_RIGHT);
}

static GtkWidget *
sae_explore_page_get_focus (SaePage *page)
{
  return GTK_WIDGET (sae_explore_view_get_chart (SAE_EXPLORE_PAGE (page)->view));
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
  const struct {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
      {session, "notify::has-model", G_CALLBACK (update_state)},
      {session, "notify::training", G_CALLBACK (update_state)},
      {session, "notify::projection", G_CALLBACK (on_projection)},
      {session, "notify::selected", G_CALLBACK (on_session_selected)},
      {session, "notify::selected", G_CALLBACK (update_actions)},
      {sae_session_get_selection (session), "changed", G_CALLBACK (on_selection)},
      {sae_session_get_notes (session), "changed", G_CALLBACK (on_notes)},
      {sae_session_get_jobs (session), "items-changed", G_CALLBACK (on_jobs_changed)}};

  g_object_set (self->pane, "session", session, NULL);
  g_object_set (self->view, "session", session, NULL);
  g_object_set (self->tables, "session", session, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal,
                             connections[i].callback, self, G_CONNECT_SWAPPED);
  on_projection (self);
}

static void
install_actions (GtkWidgetClass *class)
{
  static const struct {
    const char *action;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {{"explore.project", project},
                 {"explore.cancel", cancel},
                 {"explore.lay-out", lay_out},
                 {"explore.stop", stop},
                 {"explore.measure", measure},
                 {"explore.select-all", select_like},
                 {"explore.select-event", select_like},
                 {"explore.select-station", select_like},
                 {"explore.select-neighbors", select_neighbors},
                 {"explore.zoom-selection", zoom_selection},
                 {"explore.tag", tag},
                 {"explore.undo", turn},
                 {"explore.redo", turn},
                 {"explore.previous", walk},
                 {"explore.next", walk}};
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } bindings[] = {{GDK_KEY_Escape, 0, "explore.clear"},
                  {GDK_KEY_z, GDK_CONTROL_MASK, "explore.undo"},
                  {GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "explore.redo"},
                  {GDK_KEY_a, GDK_CONTROL_MASK, "explore.select-all"},
                  {GDK_KEY_i, GDK_CONTROL_MASK, "explore.invert"},
                  {GDK_KEY_p, 0, "explore.previous"},
                  {GDK_KEY_n, 0, "explore.next"},
                  {GDK_KEY_k, 0, "explore.select-neighbors"},
                  {GDK_KEY_h, 0, "explore.hide"},
                  {GDK_KEY_h, GDK_SHIFT_MASK, "explore.show-all"},
                  {GDK_KEY_t, 0, "explore.tag"},
                  {GDK_KEY_t, GDK_CONTROL_MASK, "explore.tag"},
                  {GDK_KEY_i, 0, "explore.isolate"}};

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (class, actions[i].action, NULL, actions[i].activate);
  gtk_widget_class_install_action (class, "explore.export", "s", export);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_class_install_action (class, verbs[i].action, NULL, apply_verb);
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (class, bindings[i].key, bindings[i].modifiers,
                                         bindings[i].action, NULL);
}

static void
sae_explore_page_class_init (SaeExplorePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  SAE_PAGE_CLASS (class)->get_focus = sae_explore_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_explore_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_explore_page_session_set;
  g_type_ensure (SAE_TYPE_EXPLORE_VIEW);
  g_type_ensure (SAE_TYPE_EXPLORE_TABLES);
  g_type_ensure (SAE_TYPE_RECONSTRUCTION_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/explore-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, flap);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, side);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, bar);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, view);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, tables);
  gtk_widget_class_bind_template_child (widget_class, SaeExplorePage, pane);
  install_actions (widget_class);
}

static void
sae_explore_page_init (SaeExplorePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_page_set_flap (SAE_PAGE (self), self->flap);
  sae_side_handle_add (self->side, GTK_PACK_END, GTK_WIDGET (self->flap), VIEW_WIDTH + 1);
}
