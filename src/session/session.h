/* SaeSession: the application without a screen. A library, its events and signals, the
 * selected one, the model's state, training, the projection. Main thread only.
 *
 * Properties (all notify; read-only unless said):
 *   folder      string          the open library's folder, NULL when none
 *   name        string          the folder's last part, NULL when none
 *   is-sample   boolean         the library is the user's copy of the bundled sample
 *   events      GListModel      of SaeEventItem, newest first
 *   signals     GListModel      of SaeSignalItem, by event
 *   jobs        GListModel      of SaeJob: running ones, and ended ones till seen
 *   selected    SaeSignalItem   read-write
 *   has-model   boolean         the library has a model.safetensors
 *   training    SaeJob          the running training, NULL when none
 *   runs        GListModel      of SaeRunItem: the library's trainings, begun last first
 *   run         pointer         see sae_session_get_run
 *   live        SaeLiveSignal   of the running or the last training
 *   losses      SaeLossHistory  of the running or the last training
 *   query       SaeJob          the running search, NULL when none
 *   download    SaeDownload     the running or the latest download, NULL when none yet
 *   projection  pointer         see sae_session_get_projection; NULL again after a
 *                               training or when the library changes
 *   errors      pointer         see sae_session_get_errors; NULL with every projection of
 *                               other signals or another model
 *   classification, clustering  pointer   NULL with every projection
 *
 * Signals (main thread; the pointers are valid
 * during the emission only): "failed"   (SaeJob *job, const GError *error)   a listed job
 * failed "imported" (const SeismicImportReport *report)  an import is done "trained"
 * (const AnalysisTrainingSummary *summary)  a training ended or was stopped
 * "run-deleted" (const char *name, const char *ticket)  a run can be brought back by
 * its ticket "queried" (guint n_found, guint n_new)  a search is done; n_new the library
 * did not know "downloaded" (const SeismicDownloadReport *report)  a download is over, or
 * was stopped "exported" (const SaeExportReport *report)  an export (export.h) is over,
 * or was stopped
 */
#pragma once

#include "analysis/classification.h"
#include "analysis/clustering.h"
#include "analysis/embedding.h"
#include "analysis/training.h"
#include "seismic/import.h"
#include "session/download.h"
#include "session/job.h"
#include "session/layout.h"
#include "session/live-signal.h"
#include "session/loss-history.h"
#include "session/projection.h"
#include "session/run-item.h"
#include "session/selection.h"
#include "session/signal-item.h"
#include <gio/gio.h>

#define SAE_TYPE_SESSION (sae_session_get_type ())
G_DECLARE_FINAL_TYPE (SaeSession, sae_session, SAE, SESSION, GObject)

SaeSession *sae_session_new (void);

/* The user's tags and comments (notes.h); made when they are first asked for. */
typedef struct _SaeNotes SaeNotes;
SaeNotes *sae_session_get_notes (SaeSession *self);
/* What is marked on all pages (marks.h). */
typedef struct _SaeMarks SaeMarks;
SaeMarks *sae_session_get_marks (SaeSession *self);

const char *sae_session_get_folder (SaeSession *self);
const char *sae_session_get_name (SaeSession *self);
gboolean sae_session_get_is_sample (SaeSession *self);
GListModel *sae_session_get_events (SaeSession *self);
/* Bytes that asking for so many events (sae_event_item_is_open) brings, about: as many an
 * event as in the library's earlier downloads, else seismic/download.h's default. */
guint64 sae_session_estimate_download (SaeSession *self, guint n_events);
GListModel *sae_session_get_signals (SaeSession *self);
GListModel *sae_session_get_jobs (SaeSession *self);
/* Forgets the ended jobs: the user has seen them. */
void sae_session_clear_ended_jobs (SaeSession *self);
SaeSignalItem *sae_session_get_selected (SaeSession *self);
void sae_session_set_selected (SaeSession *self, SaeSignalItem *item);
/* The item of that id, or NULL; borrowed. */
SaeSignalItem *sae_session_find_signal (SaeSession *self, const char *id);
gboolean sae_session_get_has_model (SaeSession *self);
SaeJob *sae_session_get_training (SaeSession *self);
GListModel *sae_session_get_runs (SaeSession *self);
/* The run whose model is used, or NULL where there is none that can be read; borrowed
 * until "notify::run". */
const AnalysisRun *sae_session_get_run (SaeSession *self);
SaeJob *sae_session_get_query (SaeSession *self);
SaeDownload *sae_session_get_download (SaeSession *self);
SaeLossHistory *sae_session_get_losses (SaeSession *self);
SaeLiveSignal *sae_session_get_live (SaeSession *self);

/* Owned by the session, NULL when not computed. */
const SaeProjection *sae_session_get_projection (SaeSession *self);
/* Where the projection's points are shown; empty without a projection. */
SaeLayout *sae_session_get_layout (SaeSession *self);
/* Which of the projection's points are selected and hidden. */
SaeSelection *sae_session_get_selection (SaeSession *self);
/* (n) of the projection's rows: normalised reconstruction errors, NAN where there is
 * none; NULL when not measured. */
const float *sae_session_get_errors (SaeSession *self);
/* What was found of the projection's signals last; NULL when nothing was. */
const AnalysisClassification *sae_session_get_classification (SaeSession *self);
const AnalysisClustering *sae_session_get_clustering (SaeSession *self);
