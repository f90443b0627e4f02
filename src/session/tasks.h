/* The verbs: each a SaeJob around a function of the layers below, on the session's
 * library. Main thread. Results land in the session's properties and signals. */
#pragma once

#include "analysis/neighbors.h"
#include "session/session.h"

/* Opens the library in folder (any running job on the former one is cancelled first). */
SaeJob *sae_tasks_open_library (SaeSession *session, const char *folder);
/* Makes a new library in the (missing or empty) folder and opens it. */
SaeJob *sae_tasks_create_library (SaeSession *session, const char *folder);
/* Copies the bundled sample to the user's data folder where it is not yet, and opens it.
 */
SaeJob *sae_tasks_open_sample (SaeSession *session);
/* Imports files and folders (paths, NULL-terminated) into the open library; with none
 * open, into a new library of the user's data folder named after today. A single path
 * that is itself a library is opened instead. */
SaeJob *sae_tasks_import (SaeSession *session, const char *const *paths);
/* Removes events (ids, NULL-terminated) from the open library with their records, signals
 * and files; for good. NULL when no library is open or there is no id. */
SaeJob *sae_tasks_remove_events (SaeSession *session, const char *const *ids);
/* Searches the data center (a preset's id, or an address) and puts the events into the
 * open library; with none open, into a new library as above. At most one at a time (NULL
 * while one runs). The query is copied. Ends with "queried" or "failed". */
SaeJob *sae_tasks_query (SaeSession *session, const char *server,
                         const SeismicEventQuery *query);
/* Downloads records of these events (NULL-terminated, or NULL: all) into the open
 * library with n_jobs connections (0: as many as the settings say); retry: also what
 * failed for good or had no data. At most one at a time (NULL while one runs). The
 * session's, to be paused and watched; its job cancels it, which keeps what has come.
 * Ends with "downloaded" (also when cancelled) and, where it failed as a whole, "failed".
 */
SaeDownload *sae_tasks_download (SaeSession *session, const char *server,
                                 const char *const *event_ids, unsigned n_jobs,
                                 gboolean retry);
/* Trains on the open library; at most one at a time (NULL while one runs). Without a name
 * in settings, and not resumed, it is a new run beside those there are. Losses go to the
 * session's SaeLossHistory. Cancelling the job stops the training and keeps the model
 * so far: its state is then SAE_JOB_DONE. */
SaeJob *sae_tasks_train (SaeSession *session, const AnalysisTrainingSettings *settings);
/* Changes to the library's runs (analysis/run-file.h), of which the session's list is
 * then read anew. Not while one of them is trained. Deleting ends with "run-deleted". */
typedef enum {
  SAE_RUN_REFRESH,   /* only reads the list; name NULL */
  SAE_RUN_USE,       /* the model that embeds, reconstructs and so on */
  SAE_RUN_RENAME,    /* to new_name */
  SAE_RUN_DUPLICATE, /* as new_name, or new_name-2 … where there is one */
  SAE_RUN_DELETE,
  SAE_RUN_RESTORE /* name is the ticket of a deleted one */
} SaeRunVerb;
SaeJob *sae_tasks_change_run (SaeSession *session, SaeRunVerb verb, const char *name,
                              const char *new_name);
/* Embeds every signal and projects by PCA; at most one at a time: another one is
 * cancelled. */
SaeJob *sae_tasks_project (SaeSession *session, AnalysisEmbeddingKind kind);
/* Lays the projection out anew: the steps go to the session's SaeLayout. A layout that is
 * being found is stopped first. NULL when there is nothing to compute: the principal
 * components, and what was found with these settings before. Cancelling the job keeps the
 * layout as it has become: its state is then SAE_JOB_DONE. */
SaeJob *sae_tasks_lay_out (SaeSession *session, const SaeLayoutSettings *settings);
/* Reconstructs every signal of the projection: the session's errors. */
SaeJob *sae_tasks_measure (SaeSession *session);
/* Cross-validates a classifier of the projection's signals by event, beside the two
 * baselines: the session's classification. */
typedef struct {
  gboolean by_tag; /* what is told: the tags; else the events' types */
  AnalysisValidationSettings validation;
} SaeClassifySettings;
SaeJob *sae_tasks_classify (SaeSession *session, const SaeClassifySettings *settings);
/* Finds clusters of the embeddings: the session's clustering. */
SaeJob *sae_tasks_cluster (SaeSession *session,
                           const AnalysisClusteringSettings *settings);
/* Cancels the running jobs of that kind. */
void sae_tasks_stop (SaeSession *session, SaeJobKind kind);
/* The k nearest others of a point (a row of the projection) in the space of the
 * embeddings; done steals an AnalysisNeighbors, to be freed with sae_neighbors_free. */
SaeJob *sae_tasks_find_neighbors (SaeSession *session, guint point, guint k,
                                  SaeJobDone done, GObject *owner);
void sae_neighbors_free (gpointer neighbors);

/* Reads one signal; done (in the main thread) steals a SeismicSignal from the job. */
SaeJob *sae_tasks_read_signal (SaeSession *session, const char *signal_id,
                               SaeJobDone done, GObject *owner);
/* Reconstructs one signal; done steals an AnalysisReconstruction, to be freed with
 * sae_reconstruction_free. */
SaeJob *sae_tasks_reconstruct (SaeSession *session, const char *signal_id,
                               SaeJobDone done, GObject *owner);
void sae_reconstruction_free (gpointer reconstruction);
/* Cancels every job and waits: for closing. */
void sae_tasks_cancel_all (SaeSession *session);
