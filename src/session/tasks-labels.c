/* The verbs about what signals are called: cluster, classify. */
#include "session/tasks.h"

#include "seismic/library-note.h"
#include "session/session-private.h"

typedef struct {
  char *folder;
  SaeProjection *projection;
  SaeClassifySettings classify;
  AnalysisClusteringSettings cluster;
  GHashTable *tags; /* signal id → its tags, joined; NULL for event types */
} Labelling;

static Labelling *
labelling_new (SaeSession *session)
{
  Labelling *self = g_new0 (Labelling, 1);

  self->folder = g_strdup (sae_session_get_folder (session));
  self->projection = sae_projection_ref (sae_session_get_projection (session));
  return self;
}

static void
labelling_free (gpointer data)
{
  Labelling *self = data;

  g_free (self->folder);
  sae_projection_unref (self->projection);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_free (self);
}

/* A result and the projection whose rows it speaks of. */
typedef struct {
  SaeProjection *projection;
  gpointer result;
  GDestroyNotify free;
  void (*take) (SaeSession *session, gpointer result);
} Labelled;

static Labelled *
labelled_new (const SaeProjection *projection, gpointer result, GDestroyNotify release,
              void (*take) (SaeSession *session, gpointer result))
{
  Labelled *self = g_new (Labelled, 1);

  *self = (Labelled){sae_projection_ref (projection), result, release, take};
  return self;
}

static void
labelled_free (gpointer data)
{
  Labelled *self = data;

  sae_projection_unref (self->projection);
  if (self->result)
    self->free (self->result);
  g_free (self);
}

/* The session takes the result if it is of its projection still. */
static void
labelling_done (SaeJob *job, gpointer session)
{
  Labelled *labelled = sae_job_steal_result (job);

  if (labelled && labelled->projection == sae_session_get_projection (session))
    labelled->take (session, g_steal_pointer (&labelled->result));
  g_clear_pointer (&labelled, labelled_free);
  sae_session_job_ended (session, job);
}

/* In place of the one of that kind that is running. */
static SaeJob *
start (SaeSession *session, SaeJobKind kind, SaeJobFunc function, Labelling *input)
{
  SaeJob *job;

  sae_tasks_stop (session, kind);
  job = sae_job_start (kind, function, input, labelling_free, labelled_free,
                       labelling_done, G_OBJECT (session));
  sae_session_add_job (session, job);
  g_object_unref (job);
  return job;
}

static void
take_classification (SaeSession *session, gpointer classification)
{
  sae_session_take_classification (session, classification);
}

static void
take_clustering (SaeSession *session, gpointer clustering)
{
  sae_session_take_clustering (session, clustering);
}

void
sae_classification_free (gpointer classification)
{
  analysis_classification_clear (classification);
  g_free (classification);
}

static gboolean
classify_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Labelling *self = input;
  const AnalysisEmbedding *embedding = self->projection->embedding;
  g_autoptr (SeismicLibrary) library = seismic_library_open (self->folder, false, error);
  g_autofree AnalysisClassification *classification = g_new0 (AnalysisClassification, 1);

  if (!library)
    return FALSE;
  if (!analysis_classify (library, embedding, self->tags, &self->classify.validation,
                          sae_job_progress, job, classification, error))
    return FALSE;
  *result = labelled_new (self->projection, g_steal_pointer (&classification),
                          sae_classification_free, take_classification);
  return TRUE;
}

/* As they are seen, which may be about to be written: a signal's own, else its event's.
 */
static GHashTable *
tags_of_signals (SaeSession *session)
{
  GHashTable *tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GListModel *items = sae_session_get_signals (session);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (items, i);
    const SeismicSignalInfo *info = sae_signal_item_get_info (item);
    char **own = info->tags && info->tags[0] ? info->tags : info->event_tags;

    if (own && own[0])
      g_hash_table_insert (tags, g_strdup (info->id), seismic_tags_join (own));
  }
  return tags;
}

SaeJob *
sae_tasks_classify (SaeSession *session, const SaeClassifySettings *settings)
{
  Labelling *self;

  g_return_val_if_fail (sae_session_get_projection (session), NULL);
  self = labelling_new (session);
  self->classify = *settings;
  self->tags = settings->by_tag ? tags_of_signals (session) : NULL;
  return start (session, SAE_JOB_CLASSIFY, classify_in_thread, self);
}

void
sae_clustering_free (gpointer clustering)
{
  analysis_clustering_clear (clustering);
  g_free (clustering);
}

static gboolean
cluster_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Labelling *self = input;
  g_autofree AnalysisClustering *clustering = g_new0 (AnalysisClustering, 1);

  if (!analysis_cluster (clustering, &self->projection->embedding->values, &self->cluster,
                         sae_job_progress, job, error))
    return FALSE;
  *result = labelled_new (self->projection, g_steal_pointer (&clustering),
                          sae_clustering_free, take_clustering);
  return TRUE;
}

SaeJob *
sae_tasks_cluster (SaeSession *session, const AnalysisClusteringSettings *settings)
{
  Labelling *self;

  g_return_val_if_fail (sae_session_get_projection (session), NULL);
  self = labelling_new (session);
  self->cluster = *settings;
  return start (session, SAE_JOB_CLUSTER, cluster_in_thread, self);
}
