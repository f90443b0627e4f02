/* The verbs of the Explore page: embed and project, lay out, measure, find neighbours. */
#include "session/tasks.h"

#include "analysis/tsne.h"
#include "analysis/umap.h"
#include "session/session-private.h"
#include <math.h>

/* Between two layouts that are shown: 30 a second. */
#define SHOW_EVERY (G_USEC_PER_SEC / 30)

typedef struct {
  char *folder;
  AnalysisEmbeddingKind kind;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->folder);
  g_free (wish);
}

static gboolean
project_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Wish *wish = input;
  g_autoptr (SeismicLibrary) library = seismic_library_open (wish->folder, false, error);
  g_autoptr (AnalysisModel) model = NULL;
  AnalysisEmbedding *embedding;

  if (!library || !(model = analysis_model_load (library, error)))
    return FALSE;
  embedding = analysis_embed (library, model, wish->kind, sae_job_progress, job, error);
  *result = embedding ? sae_projection_new (embedding, error) : NULL;
  return *result != NULL;
}

static void
project_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  SaeProjection *projection = sae_job_steal_result (job);

  if (projection && !sae_job_is_cancelled (job))
    sae_session_take_projection (session, projection);
  else if (projection)
    sae_projection_unref (projection);
  sae_session_job_ended (session, job);
}

static SaeJob *
list_job (SaeSession *session, SaeJob *job)
{
  sae_session_add_job (session, job);
  g_object_unref (job);
  return job;
}

SaeJob *
sae_tasks_project (SaeSession *session, AnalysisEmbeddingKind kind)
{
  Wish *wish;

  g_return_val_if_fail (sae_session_get_folder (session), NULL);
  sae_tasks_stop (session, SAE_JOB_PROJECT);
  wish = g_new (Wish, 1);
  *wish = (Wish){g_strdup (sae_session_get_folder (session)), kind};
  return list_job (session, sae_job_start (SAE_JOB_PROJECT, project_in_thread, wish,
                                           wish_free, sae_projection_unref, project_done,
                                           G_OBJECT (session)));
}

/* What the threads below work on. */
typedef struct {
  char *folder;
  SaeProjection *projection;
  SaeLayout *layout;
  SaeLayoutSettings settings;
  guint run, point, k;

  SaeJob *job;  /* borrowed, set by the thread */
  gint64 shown; /* when the last layout was posted */
} Work;

static Work *
work_new (SaeSession *session)
{
  Work *work = g_new0 (Work, 1);

  work->folder = g_strdup (sae_session_get_folder (session));
  work->projection = sae_projection_ref (sae_session_get_projection (session));
  work->layout = g_object_ref (sae_session_get_layout (session));
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->folder);
  sae_projection_unref (work->projection);
  g_object_unref (work->layout);
  g_free (work);
}

static bool
layout_in_thread (const AnalysisLayoutProgress *progress, void *data)
{
  Work *work = data;
  gint64 now = g_get_monotonic_time ();

  if (now - work->shown >= SHOW_EVERY) {
    work->shown = now;
    sae_layout_post (work->layout, work->run, progress->layout, progress->iteration,
                     progress->n_iterations, FALSE);
    sae_job_report (work->job,
                    (double)progress->iteration / (double)MAX (progress->n_iterations, 1),
                    NULL, -1);
  }
  return !sae_job_is_cancelled (work->job);
}

static gboolean
lay_out_by_tsne (Work *work, GError **error)
{
  const AnalysisMatrix *x = &work->projection->embedding->values;
  AnalysisTsneSettings settings = analysis_tsne_default ();
  g_autoptr (AnalysisTsne) tsne = NULL;
  size_t done;

  settings.perplexity = work->settings.perplexity;
  settings.seed = work->settings.seed;
  if (work->settings.n_iterations > 0)
    settings.n_iterations = work->settings.n_iterations;
  settings.n_exaggerated = MIN (settings.n_exaggerated, settings.n_iterations / 4);
  tsne = analysis_tsne_new (x, &settings, sae_job_progress, work->job, error);
  if (!tsne)
    return FALSE;
  done = analysis_tsne_run (tsne, settings.n_iterations, layout_in_thread, work);
  sae_layout_post (work->layout, work->run, analysis_tsne_get_layout (tsne), done,
                   settings.n_iterations, TRUE);
  return TRUE;
}

static gboolean
lay_out_by_umap (Work *work, GError **error)
{
  const AnalysisMatrix *x = &work->projection->embedding->values;
  AnalysisUmapSettings settings = analysis_umap_default ();
  g_autoptr (AnalysisUmap) umap = NULL;
  size_t done;

  settings.n_neighbors = work->settings.n_neighbors;
  settings.n_iterations = work->settings.n_iterations;
  settings.seed = work->settings.seed;
  umap = analysis_umap_new (x, &settings, sae_job_progress, work->job, error);
  if (!umap)
    return FALSE;
  done = analysis_umap_run (umap, SIZE_MAX, layout_in_thread, work);
  sae_layout_post (work->layout, work->run, analysis_umap_get_layout (umap), done, done,
                   TRUE);
  return TRUE;
}

static gboolean
lay_out_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Work *work = input;

  work->job = job;
  return work->settings.method == SAE_LAYOUT_TSNE ? lay_out_by_tsne (work, error)
                                                  : lay_out_by_umap (work, error);
}

static void
job_done (SaeJob *job, gpointer session)
{
  sae_session_job_ended (session, job);
}

void
sae_tasks_stop (SaeSession *session, SaeJobKind kind)
{
  GListModel *jobs = sae_session_get_jobs (session);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    if (sae_job_get_kind (job) == kind && sae_job_get_state (job) == SAE_JOB_RUNNING)
      sae_job_cancel (job);
  }
}

SaeJob *
sae_tasks_lay_out (SaeSession *session, const SaeLayoutSettings *settings)
{
  SaeLayout *layout = sae_session_get_layout (session);
  Work *work;

  g_return_val_if_fail (sae_session_get_projection (session), NULL);
  sae_tasks_stop (session, SAE_JOB_LAYOUT);
  if (sae_layout_recall (layout, settings))
    return NULL;
  work = work_new (session);
  work->settings = *settings;
  work->run = sae_layout_begin (layout, settings);
  return list_job (session,
                   sae_job_start (SAE_JOB_LAYOUT, lay_out_in_thread, work, work_free,
                                  NULL, job_done, G_OBJECT (session)));
}

/* The errors and the projection whose rows they belong to. */
typedef struct {
  SaeProjection *projection;
  float *errors;
} Measured;

static void
measured_free (gpointer data)
{
  Measured *measured = data;

  sae_projection_unref (measured->projection);
  g_free (measured->errors);
  g_free (measured);
}

static float
measure (AnalysisModel *model, SeismicLibrary *library, const char *id)
{
  g_auto (AnalysisReconstruction) reconstruction = {0};

  /* What cannot be reconstructed has no error; that is what NAN says. */
  if (!analysis_model_reconstruct (model, library, id, &reconstruction, NULL))
    return NAN;
  return (float)reconstruction.normalized_error;
}

static gboolean
measure_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Work *work = input;
  GPtrArray *signals = work->projection->embedding->signals;
  g_autoptr (SeismicLibrary) library = seismic_library_open (work->folder, false, error);
  g_autoptr (AnalysisModel) model = library ? analysis_model_load (library, error) : NULL;
  g_autofree float *errors = g_new (float, MAX (signals->len, 1));
  Measured *measured;

  if (!model)
    return FALSE;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (signals, i);

    if (g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error))
      return FALSE;
    sae_job_report (job, (double)i / signals->len, info->id, -1);
    errors[i] = measure (model, library, info->id);
  }
  measured = g_new (Measured, 1);
  measured->projection = sae_projection_ref (work->projection);
  measured->errors = g_steal_pointer (&errors);
  *result = measured;
  return TRUE;
}

static void
measure_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  Measured *measured = sae_job_steal_result (job);

  if (measured && measured->projection == sae_session_get_projection (session))
    sae_session_take_errors (session, g_steal_pointer (&measured->errors));
  g_clear_pointer (&measured, measured_free);
  sae_session_job_ended (session, job);
}

SaeJob *
sae_tasks_measure (SaeSession *session)
{
  g_return_val_if_fail (sae_session_get_projection (session), NULL);
  sae_tasks_stop (session, SAE_JOB_MEASURE);
  return list_job (session, sae_job_start (SAE_JOB_MEASURE, measure_in_thread,
                                           work_new (session), work_free, measured_free,
                                           measure_done, G_OBJECT (session)));
}

static gboolean
find_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Work *work = input;
  const AnalysisMatrix *x = &work->projection->embedding->values;
  g_autofree AnalysisNeighbors *neighbors = g_new0 (AnalysisNeighbors, 1);

  if (!analysis_neighbors_of_row (x, work->point, MIN (work->k, x->rows - 1), neighbors,
                                  error))
    return FALSE;
  *result = g_steal_pointer (&neighbors);
  return TRUE;
}

void
sae_neighbors_free (gpointer neighbors)
{
  analysis_neighbors_clear (neighbors);
  g_free (neighbors);
}

SaeJob *
sae_tasks_find_neighbors (SaeSession *session, guint point, guint k, SaeJobDone done,
                          GObject *owner)
{
  Work *work;

  g_return_val_if_fail (sae_session_get_projection (session), NULL);
  work = work_new (session);
  work->point = point;
  work->k = k;
  return sae_job_start (SAE_JOB_SIGNAL, find_in_thread, work, work_free,
                        sae_neighbors_free, done, owner);
}
