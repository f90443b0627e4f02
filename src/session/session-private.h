/* What the verbs of tasks*.c write into a session. Main thread. */
#pragma once

#include "session/session.h"

/* What a job has read of a library. */
typedef struct {
  char *folder;
  GPtrArray *events;     /* SeismicEvent */
  GPtrArray *signals;    /* SeismicSignalInfo */
  GHashTable *holdings;  /* event id → SeismicLibraryHolding; or NULL */
  GHashTable *downloads; /* event id → SeismicDownloadNote; or NULL */
  GPtrArray *runs;       /* AnalysisRun; NULL: none */
} SaeLibraryContents;

/* Any thread. */
SaeLibraryContents *sae_library_contents_read (const char *folder, gboolean create,
                                               GError **error);
void sae_library_contents_free (gpointer contents);

/* Shows contents, of which the runs are taken where the folder is another. The selection
 * is kept by id where it is still there, the projection where the folder is the same and
 * no signal was added. */
void sae_session_show_contents (SaeSession *self, SaeLibraryContents *contents);
/* Shows the quality that infos (SeismicSignalInfo) tell of the signals that are listed:
 * how many had none that counts before. */
guint sae_session_show_quality (SaeSession *self, GPtrArray *infos);
/* Lists job (a new reference), which is the running training or search where it is one.
 */
void sae_session_add_job (SaeSession *self, SaeJob *job);
/* To be called by every listed job's done: emits "failed", keeps or drops it in the list.
 */
void sae_session_job_ended (SaeSession *self, SaeJob *job);
/* A reference is taken. */
void sae_session_set_download (SaeSession *self, SaeDownload *download);
/* After a training: the library has a model, an older projection is void. */
void sae_session_model_changed (SaeSession *self);
/* Takes ownership of runs (AnalysisRun; NULL: none), which must not be shared. The losses
 * are then those of the run that is used, where it is another one and none is trained. */
void sae_session_take_runs (SaeSession *self, GPtrArray *runs);
/* The losses of the run that is used, in place of any others. */
void sae_session_restore_losses (SaeSession *self);
/* An SaeEventItem for each event of contents: a new array. */
GPtrArray *sae_session_make_events (const SaeLibraryContents *contents);
/* Bytes that an event of this library brought so far, about. */
double sae_session_measure_events (const SaeLibraryContents *contents);
/* Takes ownership of projection. Errors and selection stay where it is of the same rows,
 * which it can only be by the same model: a training takes the one before away. */
void sae_session_take_projection (SaeSession *self, SaeProjection *projection);
/* Likewise of errors (n), of the projection there is. */
void sae_session_take_errors (SaeSession *self, float *errors);
void sae_session_take_classification (SaeSession *self,
                                      AnalysisClassification *classification);
void sae_session_take_clustering (SaeSession *self, AnalysisClustering *clustering);
void sae_classification_free (gpointer classification);
void sae_clustering_free (gpointer clustering);
/* Where the user's libraries and the copy of the sample live; free with g_free. */
char *sae_session_data_path (const char *name);
/* A folder of the user's data that does not exist yet, named after today; to be freed
 * with g_free. */
char *sae_session_new_folder (void);
