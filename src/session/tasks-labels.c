/* The verbs about what signals are called: tag, cluster, classify. */
#include "session/tasks.h"

#include "seismic/library-note.h"
#include "session/session-private.h"
#include <string.h>

typedef struct {
  char *folder;
  SaeProjection *projection; /* NULL for tags */
  SaeClassifySettings classify;
  AnalysisClusteringSettings cluster;
  char **ids, *tag;
  gboolean on;
} Labelling;

static Labelling *
labelling_new (SaeSession *session)
{
  Labelling *self = g_new0 (Labelling, 1);
  const SaeProjection *projection = sae_session_get_projection (session);

  self->folder = g_strdup (sae_session_get_folder (session));
  self->projection = projection ? sae_projection_ref (projection) : NULL;
  return self;
}

static void
labelling_free (gpointer data)
{
  Labelling *self = data;

  g_free (self->folder);
  g_clear_pointer (&self->projection, sae_projection_unref);
  g_strfreev (self->ids);
  g_free (self->tag);
  g_free (self);
}

static SaeJob *
start (SaeSession *session, SaeJobKind kind, SaeJobFunc function, Labelling *input,
       GDestroyNotify result_free, SaeJobDone done)
{
  SaeJob *job = sae_job_start (kind, function, input, labelling_free, result_free, done,
                               G_OBJECT (session));

  sae_session_add_job (session, job);
  g_object_unref (job);
  return job;
}

/* A result and the projection whose rows it speaks of. */
typedef struct {
  SaeProjection *projection;
  gpointer result;
  GDestroyNotify free;
} Labelled;

static Labelled *
labelled_new (const SaeProjection *projection, gpointer result, GDestroyNotify release)
{
  Labelled *self = g_new (Labelled, 1);

  *self = (Labelled){sae_projection_ref (projection), result, release};
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

/* The result if it is of the session's projection still; NULL else. */
static gpointer
take_result (SaeJob *job, SaeSession *session)
{
  Labelled *labelled = sae_job_steal_result (job);
  gpointer result = NULL;

  if (labelled && labelled->projection == sae_session_get_projection (session))
    result = g_steal_pointer (&labelled->result);
  g_clear_pointer (&labelled, labelled_free);
  return result;
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
  g_autoptr (GHashTable) by_id = NULL;
  g_autofree AnalysisClassification *classification = g_new0 (AnalysisClassification, 1);

  if (!library)
    return FALSE;
  if (self->classify.by_tag &&
      !(by_id = analysis_labels_of_tags (library, embedding->signals, error)))
    return FALSE;
  if (!analysis_classify (library, embedding, by_id, &self->classify.validation,
                          sae_job_progress, job, classification, error))
    return FALSE;
  *result = labelled_new (self->projection, g_steal_pointer (&classification),
                          sae_classification_free);
  return TRUE;
}

static void
classify_done (SaeJob *job, gpointer session)
{
  AnalysisClassification *classification = take_result (job, session);

  if (classification)
    sae_session_take_classification (session, classification);
  sae_session_job_ended (session, job);
}

SaeJob *
sae_tasks_classify (SaeSession *session, const SaeClassifySettings *settings)
{
  Labelling *self;

  g_return_val_if_fail (sae_session_get_projection (session), NULL);
  sae_tasks_stop (session, SAE_JOB_CLASSIFY);
  self = labelling_new (session);
  self->classify = *settings;
  return start (session, SAE_JOB_CLASSIFY, classify_in_thread, self, labelled_free,
                classify_done);
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
  *result =
      labelled_new (self->projection, g_steal_pointer (&clustering), sae_clustering_free);
  return TRUE;
}

static void
cluster_done (SaeJob *job, gpointer session)
{
  AnalysisClustering *clustering = take_result (job, session);

  if (clustering)
    sae_session_take_clustering (session, clustering);
  sae_session_job_ended (session, job);
}

SaeJob *
sae_tasks_cluster (SaeSession *session, const AnalysisClusteringSettings *settings)
{
  Labelling *self;

  g_return_val_if_fail (sae_session_get_projection (session), NULL);
  sae_tasks_stop (session, SAE_JOB_CLUSTER);
  self = labelling_new (session);
  self->cluster = *settings;
  return start (session, SAE_JOB_CLUSTER, cluster_in_thread, self, labelled_free,
                cluster_done);
}

/* Event and instrument of a signal's id, "EVENT/NET.STA.LOC.HN". */
static gboolean
put_tag (SeismicLibrary *library, const Labelling *self, const char *id, GError **error)
{
  const char *slash = strrchr (id, '/');
  g_autofree char *event_id = slash ? g_strndup (id, (gsize)(slash - id)) : g_strdup (id);
  const char *instrument_id = slash ? slash + 1 : "";

  return self->on ? seismic_library_put_tag (library, event_id, instrument_id, self->tag,
                                             error)
                  : seismic_library_remove_tag (library, event_id, instrument_id,
                                                self->tag, error);
}

/* All of them or none; then the library is read again. */
static gboolean
tag_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Labelling *self = input;
  g_autoptr (SeismicLibrary) library = seismic_library_open (self->folder, false, error);

  if (!library || !seismic_library_begin (library, error))
    return FALSE;
  for (char **id = self->ids; *id; id++)
    if (!put_tag (library, self, *id, error)) {
      seismic_library_rollback (library);
      return FALSE;
    }
  if (!seismic_library_commit (library, error))
    return FALSE;
  *result = sae_library_contents_read (self->folder, FALSE, error);
  return *result != NULL;
}

static void
tag_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  SaeLibraryContents *contents = sae_job_steal_result (job);

  if (contents && !sae_job_is_cancelled (job) &&
      g_strcmp0 (contents->folder, sae_session_get_folder (session)) == 0)
    sae_session_show_contents (session, contents);
  g_clear_pointer (&contents, sae_library_contents_free);
  sae_session_job_ended (session, job);
}

SaeJob *
sae_tasks_tag (SaeSession *session, const char *const *ids, const char *tag, gboolean on)
{
  Labelling *self;

  if (!sae_session_get_folder (session) || !ids || !*ids)
    return NULL;
  self = labelling_new (session);
  self->ids = g_strdupv ((char **)ids);
  self->tag = g_strdup (tag);
  self->on = on;
  return start (session, SAE_JOB_TAG, tag_in_thread, self, sae_library_contents_free,
                tag_done);
}
