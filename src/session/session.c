#include "session/session-private.h"

#include "seismic/library-quality.h"
#include "session/event-item.h"
#include "session/marks.h"
#include "session/notes.h"
#include <math.h>

struct _SaeSession {
  GObject parent_instance;

  /* Owned */
  char *folder, *name;
  GListStore *events, *signals, *jobs;
  SaeNotes *notes; /* NULL before they were asked for */
  SaeMarks *marks;
  GHashTable *signals_by_id; /* const char *, borrowed of the item → SaeSignalItem */
  SaeSignalItem *selected;
  SaeJob *training, *query;
  SaeDownload *download;
  GListStore *runs;
  SaeRunItem *run; /* whose model is used, or NULL */
  SaeLossHistory *losses;
  SaeLiveSignal *live;
  SaeProjection *projection;
  SaeLayout *layout;
  SaeSelection *selection;
  float *errors; /* (n) or NULL */
  AnalysisClassification *classification;
  AnalysisClustering *clustering;
  double bytes_per_event; /* that a download brings, about */
};

G_DEFINE_FINAL_TYPE (SaeSession, sae_session, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_FOLDER,
  PROP_NAME,
  PROP_IS_SAMPLE,
  PROP_EVENTS,
  PROP_SIGNALS,
  PROP_JOBS,
  PROP_SELECTED,
  PROP_HAS_MODEL,
  PROP_TRAINING,
  PROP_RUNS,
  PROP_RUN,
  PROP_QUERY,
  PROP_DOWNLOAD,
  PROP_LOSSES,
  PROP_LIVE,
  PROP_PROJECTION,
  PROP_ERRORS,
  PROP_CLASSIFICATION,
  PROP_CLUSTERING,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum { FAILED, IMPORTED, TRAINED, QUERIED, DOWNLOADED, EXPORTED, RUN_DELETED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
notify (SaeSession *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
sae_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeSession *self = SAE_SESSION (object);

  switch (id) {
  case PROP_FOLDER:
    g_value_set_string (value, self->folder);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_IS_SAMPLE:
    g_value_set_boolean (value, sae_session_get_is_sample (self));
    break;
  case PROP_EVENTS:
    g_value_set_object (value, self->events);
    break;
  case PROP_SIGNALS:
    g_value_set_object (value, self->signals);
    break;
  case PROP_JOBS:
    g_value_set_object (value, self->jobs);
    break;
  case PROP_SELECTED:
    g_value_set_object (value, self->selected);
    break;
  case PROP_HAS_MODEL:
    g_value_set_boolean (value, self->run != NULL);
    break;
  case PROP_TRAINING:
    g_value_set_object (value, self->training);
    break;
  case PROP_RUNS:
    g_value_set_object (value, self->runs);
    break;
  case PROP_RUN:
    g_value_set_pointer (value, (gpointer)sae_session_get_run (self));
    break;
  case PROP_QUERY:
    g_value_set_object (value, self->query);
    break;
  case PROP_DOWNLOAD:
    g_value_set_object (value, self->download);
    break;
  case PROP_LOSSES:
    g_value_set_object (value, self->losses);
    break;
  case PROP_LIVE:
    g_value_set_object (value, self->live);
    break;
  case PROP_PROJECTION:
    g_value_set_pointer (value, self->projection);
    break;
  case PROP_ERRORS:
    g_value_set_pointer (value, self->errors);
    break;
  case PROP_CLASSIFICATION:
    g_value_set_pointer (value, self->classification);
    break;
  case PROP_CLUSTERING:
    g_value_set_pointer (value, self->clustering);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_session_set_property (GObject *object, guint id, const GValue *value,
                          GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    sae_session_set_selected (SAE_SESSION (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_session_finalize (GObject *object)
{
  SaeSession *self = SAE_SESSION (object);

  g_clear_object (&self->notes); /* writes what is not written yet */
  g_clear_object (&self->marks);
  g_free (self->folder);
  g_free (self->name);
  g_clear_object (&self->selected);
  g_hash_table_unref (self->signals_by_id);
  g_object_unref (self->events);
  g_object_unref (self->signals);
  g_object_unref (self->jobs);
  g_clear_object (&self->training);
  g_clear_object (&self->query);
  g_clear_object (&self->download);
  g_object_unref (self->losses);
  g_object_unref (self->live);
  g_clear_object (&self->run);
  g_object_unref (self->runs);
  g_clear_pointer (&self->projection, sae_projection_unref);
  g_object_unref (self->layout);
  g_object_unref (self->selection);
  g_free (self->errors);
  g_clear_pointer (&self->classification, sae_classification_free);
  g_clear_pointer (&self->clustering, sae_clustering_free);
  G_OBJECT_CLASS (sae_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags flags =
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_IS_SAMPLE] =
      g_param_spec_boolean ("is-sample", NULL, NULL, FALSE, flags);
  properties[PROP_EVENTS] =
      g_param_spec_object ("events", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_SIGNALS] =
      g_param_spec_object ("signals", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_JOBS] =
      g_param_spec_object ("jobs", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_SELECTED] = g_param_spec_object (
      "selected", NULL, NULL, SAE_TYPE_SIGNAL_ITEM, flags | G_PARAM_WRITABLE);
  properties[PROP_HAS_MODEL] =
      g_param_spec_boolean ("has-model", NULL, NULL, FALSE, flags);
  properties[PROP_TRAINING] =
      g_param_spec_object ("training", NULL, NULL, SAE_TYPE_JOB, flags);
  properties[PROP_RUNS] =
      g_param_spec_object ("runs", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_RUN] = g_param_spec_pointer ("run", NULL, NULL, flags);
  properties[PROP_QUERY] = g_param_spec_object ("query", NULL, NULL, SAE_TYPE_JOB, flags);
  properties[PROP_DOWNLOAD] =
      g_param_spec_object ("download", NULL, NULL, SAE_TYPE_DOWNLOAD, flags);
  properties[PROP_LIVE] =
      g_param_spec_object ("live", NULL, NULL, SAE_TYPE_LIVE_SIGNAL, flags);
  properties[PROP_LOSSES] =
      g_param_spec_object ("losses", NULL, NULL, SAE_TYPE_LOSS_HISTORY, flags);
  properties[PROP_PROJECTION] = g_param_spec_pointer ("projection", NULL, NULL, flags);
  properties[PROP_ERRORS] = g_param_spec_pointer ("errors", NULL, NULL, flags);
  properties[PROP_CLASSIFICATION] =
      g_param_spec_pointer ("classification", NULL, NULL, flags);
  properties[PROP_CLUSTERING] = g_param_spec_pointer ("clustering", NULL, NULL, flags);
  g_object_class_install_properties (class, N_PROPERTIES, properties);
}

static void
sae_session_class_init (SaeSessionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_session_get_property;
  object_class->set_property = sae_session_set_property;
  object_class->finalize = sae_session_finalize;
  install_properties (object_class);
  signals[FAILED] =
      g_signal_new ("failed", SAE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, SAE_TYPE_JOB, G_TYPE_POINTER);
  signals[IMPORTED] = g_signal_new ("imported", SAE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[QUERIED] =
      g_signal_new ("queried", SAE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[DOWNLOADED] =
      g_signal_new ("downloaded", SAE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[EXPORTED] = g_signal_new ("exported", SAE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[RUN_DELETED] =
      g_signal_new ("run-deleted", SAE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[TRAINED] = g_signal_new ("trained", SAE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sae_session_init (SaeSession *self)
{
  self->events = g_list_store_new (SAE_TYPE_EVENT_ITEM);
  self->signals = g_list_store_new (SAE_TYPE_SIGNAL_ITEM);
  self->jobs = g_list_store_new (SAE_TYPE_JOB);
  self->runs = g_list_store_new (SAE_TYPE_RUN_ITEM);
  self->signals_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->losses = sae_loss_history_new ();
  self->live = sae_live_signal_new ();
  self->layout = sae_layout_new ();
  self->selection = sae_selection_new ();
  self->marks = sae_marks_new (self);
}

SaeSession *
sae_session_new (void)
{
  return g_object_new (SAE_TYPE_SESSION, NULL);
}

SaeNotes *
sae_session_get_notes (SaeSession *self)
{
  if (!self->notes)
    self->notes = sae_notes_new (self);
  return self->notes;
}

SaeMarks *
sae_session_get_marks (SaeSession *self)
{
  return self->marks;
}

const char *
sae_session_get_folder (SaeSession *self)
{
  return self->folder;
}

const char *
sae_session_get_name (SaeSession *self)
{
  return self->name;
}

gboolean
sae_session_get_is_sample (SaeSession *self)
{
  g_autofree char *sample = sae_session_data_path ("sample");

  return g_strcmp0 (self->folder, sample) == 0;
}

GListModel *
sae_session_get_events (SaeSession *self)
{
  return G_LIST_MODEL (self->events);
}

guint64
sae_session_estimate_download (SaeSession *self, guint n_events)
{
  return (guint64)(self->bytes_per_event * n_events);
}

GListModel *
sae_session_get_signals (SaeSession *self)
{
  return G_LIST_MODEL (self->signals);
}

GListModel *
sae_session_get_jobs (SaeSession *self)
{
  return G_LIST_MODEL (self->jobs);
}

void
sae_session_clear_ended_jobs (SaeSession *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i-- > 0;) {
    g_autoptr (SaeJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

    if (sae_job_get_state (job) != SAE_JOB_RUNNING)
      g_list_store_remove (self->jobs, i);
  }
}

SaeSignalItem *
sae_session_get_selected (SaeSession *self)
{
  return self->selected;
}

void
sae_session_set_selected (SaeSession *self, SaeSignalItem *item)
{
  if (g_set_object (&self->selected, item))
    notify (self, PROP_SELECTED);
}

SaeSignalItem *
sae_session_find_signal (SaeSession *self, const char *id)
{
  return id ? g_hash_table_lookup (self->signals_by_id, id) : NULL;
}

gboolean
sae_session_get_has_model (SaeSession *self)
{
  return self->run != NULL;
}

SaeJob *
sae_session_get_training (SaeSession *self)
{
  return self->training;
}

GListModel *
sae_session_get_runs (SaeSession *self)
{
  return G_LIST_MODEL (self->runs);
}

const AnalysisRun *
sae_session_get_run (SaeSession *self)
{
  const AnalysisRun *run = self->run ? sae_run_item_get_run (self->run) : NULL;

  return run && !run->damage ? run : NULL;
}

SaeJob *
sae_session_get_query (SaeSession *self)
{
  return self->query;
}

SaeDownload *
sae_session_get_download (SaeSession *self)
{
  return self->download;
}

void
sae_session_set_download (SaeSession *self, SaeDownload *download)
{
  if (g_set_object (&self->download, download))
    notify (self, PROP_DOWNLOAD);
}

SaeLossHistory *
sae_session_get_losses (SaeSession *self)
{
  return self->losses;
}

SaeLiveSignal *
sae_session_get_live (SaeSession *self)
{
  return self->live;
}

const SaeProjection *
sae_session_get_projection (SaeSession *self)
{
  return self->projection;
}

SaeLayout *
sae_session_get_layout (SaeSession *self)
{
  return self->layout;
}

SaeSelection *
sae_session_get_selection (SaeSession *self)
{
  return self->selection;
}

const float *
sae_session_get_errors (SaeSession *self)
{
  return self->errors;
}

/* What a signal's row says of its reconstruction: the errors, or that there are none. */
static void
share_errors (SaeSession *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->signals_by_id);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    sae_signal_item_set_error (item, NAN);
  for (guint i = 0; self->errors && i < self->projection->embedding->signals->len; i++) {
    const SeismicSignalInfo *info =
        g_ptr_array_index (self->projection->embedding->signals, i);

    item = sae_session_find_signal (self, info->id);
    if (item)
      sae_signal_item_set_error (item, self->errors[i]);
  }
}

void
sae_session_take_errors (SaeSession *self, float *errors)
{
  g_free (self->errors);
  self->errors = errors;
  share_errors (self);
  notify (self, PROP_ERRORS);
}

const AnalysisClassification *
sae_session_get_classification (SaeSession *self)
{
  return self->classification;
}

void
sae_session_take_classification (SaeSession *self, AnalysisClassification *classification)
{
  g_clear_pointer (&self->classification, sae_classification_free);
  self->classification = classification;
  notify (self, PROP_CLASSIFICATION);
}

const AnalysisClustering *
sae_session_get_clustering (SaeSession *self)
{
  return self->clustering;
}

void
sae_session_take_clustering (SaeSession *self, AnalysisClustering *clustering)
{
  g_clear_pointer (&self->clustering, sae_clustering_free);
  self->clustering = clustering;
  notify (self, PROP_CLUSTERING);
}

void
sae_session_take_projection (SaeSession *self, SaeProjection *projection)
{
  gboolean same_rows = projection && self->projection &&
                       sae_projection_is_of_rows (projection, self->projection);

  g_clear_pointer (&self->projection, sae_projection_unref);
  self->projection = projection;
  if (!same_rows) { /* else it is of the same model, which another embedding was taken of
                     */
    sae_session_take_errors (self, NULL);
    sae_selection_reset (self->selection,
                         projection ? projection->embedding->signals->len : 0);
  }
  sae_session_take_classification (self, NULL);
  sae_session_take_clustering (self, NULL);
  sae_layout_reset (self->layout, projection ? &projection->xy : NULL);
  notify (self, PROP_PROJECTION);
}

char *
sae_session_data_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "signal-autoencoder", name, NULL);
}

static void
fill (GListStore *store, GPtrArray *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items->pdata, items->len);
}

static void
show_events (SaeSession *self, const SaeLibraryContents *contents)
{
  g_autoptr (GPtrArray) items = sae_session_make_events (contents);

  self->bytes_per_event = sae_session_measure_events (contents);
  fill (self->events, items);
}

static void
show_signals (SaeSession *self, const SaeLibraryContents *contents)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *selected_id =
      self->selected ? g_strdup (sae_signal_item_get_id (self->selected)) : NULL;

  g_hash_table_remove_all (self->signals_by_id);
  for (guint i = 0; i < contents->signals->len; i++) {
    SaeSignalItem *item = sae_signal_item_new (g_ptr_array_index (contents->signals, i));

    g_ptr_array_add (items, item);
    g_hash_table_insert (self->signals_by_id, (char *)sae_signal_item_get_id (item),
                         item);
  }
  fill (self->signals, items);
  sae_session_set_selected (self, sae_session_find_signal (self, selected_id));
}

guint
sae_session_show_quality (SaeSession *self, GPtrArray *infos)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->signals)), n_new = 0;
  g_autofree char *selected_id =
      self->selected ? g_strdup (sae_signal_item_get_id (self->selected)) : NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < infos->len; i++) {
    const SeismicSignalInfo *info = infos->pdata[i];
    SaeSignalItem *item = sae_session_find_signal (self, info->id);

    if (!item || !seismic_library_is_judged (info))
      continue;
    n_new += !seismic_library_is_judged (sae_signal_item_get_info (item));
    sae_signal_item_set_quality (item, &info->quality);
  }
  if (n_new == 0)
    return 0;
  /* The same rows, to be sorted, filtered and written anew. */
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->signals), i));
  g_list_store_splice (self->signals, 0, n, items->pdata, n);
  sae_session_set_selected (self, sae_session_find_signal (self, selected_id));
  return n_new;
}

void
sae_session_restore_losses (SaeSession *self)
{
  sae_loss_history_restore (self->losses, sae_session_get_run (self));
}

void
sae_session_take_runs (SaeSession *self, GPtrArray *runs)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *before =
      self->run ? g_strdup (sae_run_item_get_run (self->run)->name) : NULL;
  const AnalysisRun *run;

  if (!runs)
    runs = g_ptr_array_new ();
  g_ptr_array_set_free_func (runs, NULL); /* each is its item's */
  g_clear_object (&self->run);
  for (guint i = 0; i < runs->len; i++) {
    SaeRunItem *item = sae_run_item_new (runs->pdata[i]);

    if (sae_run_item_get_run (item)->is_current)
      g_set_object (&self->run, item);
    g_ptr_array_add (items, item);
  }
  g_ptr_array_unref (runs);
  fill (self->runs, items);
  run = sae_session_get_run (self);
  if (!self->training && g_strcmp0 (before, run ? run->name : NULL) != 0)
    sae_session_restore_losses (self);
  notify (self, PROP_RUN);
  notify (self, PROP_HAS_MODEL);
}

void
sae_session_show_contents (SaeSession *self, SaeLibraryContents *contents)
{
  gboolean other = g_strcmp0 (self->folder, contents->folder) != 0;
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->signals));

  if (other) {
    g_free (self->folder);
    g_free (self->name);
    self->folder = g_strdup (contents->folder);
    self->name = g_path_get_basename (contents->folder);
    sae_session_set_selected (self, NULL);
    sae_live_signal_reset (self->live);
    sae_session_take_runs (self, g_steal_pointer (&contents->runs));
    sae_session_restore_losses (self);
    sae_session_set_download (self, NULL);
  }
  show_events (self, contents);
  show_signals (self, contents);
  if (self->projection && (other || n_before != contents->signals->len))
    sae_session_take_projection (self, NULL);
  else
    share_errors (self);
  if (other) {
    notify (self, PROP_FOLDER);
    notify (self, PROP_NAME);
    notify (self, PROP_IS_SAMPLE);
  }
}

void
sae_session_add_job (SaeSession *self, SaeJob *job)
{
  g_list_store_append (self->jobs, job);
  if (sae_job_get_kind (job) == SAE_JOB_TRAIN) {
    g_set_object (&self->training, job);
    notify (self, PROP_TRAINING);
  }
  if (sae_job_get_kind (job) == SAE_JOB_QUERY) {
    g_set_object (&self->query, job);
    notify (self, PROP_QUERY);
  }
}

void
sae_session_job_ended (SaeSession *self, SaeJob *job)
{
  guint position;

  if (self->training == job) {
    g_clear_object (&self->training);
    notify (self, PROP_TRAINING);
  }
  if (self->query == job) {
    g_clear_object (&self->query);
    notify (self, PROP_QUERY);
  }
  /* Reading a library is too short to be looked back on, a layout is looked at. */
  if ((sae_job_get_kind (job) == SAE_JOB_READ ||
       sae_job_get_kind (job) == SAE_JOB_LAYOUT ||
       sae_job_get_kind (job) == SAE_JOB_RUN || sae_job_get_kind (job) == SAE_JOB_JUDGE ||
       sae_job_get_state (job) == SAE_JOB_CANCELLED) &&
      g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);
  if (sae_job_get_state (job) == SAE_JOB_FAILED)
    g_signal_emit (self, signals[FAILED], 0, job, sae_job_get_error (job));
}

void
sae_session_model_changed (SaeSession *self)
{
  sae_session_take_projection (self, NULL);
  notify (self, PROP_HAS_MODEL);
}
