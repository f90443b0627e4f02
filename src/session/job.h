/* SaeJob: one synchronous function in its own GThread, with progress, cancel and result.
 * All methods belong to the main thread unless said. */
#pragma once

#include "seismic/progress.h"
#include <gio/gio.h>

typedef enum {
  SAE_JOB_RUNNING,
  SAE_JOB_DONE,
  SAE_JOB_FAILED,
  SAE_JOB_CANCELLED
} SaeJobState;

#define SAE_TYPE_JOB (sae_job_get_type ())
G_DECLARE_FINAL_TYPE (SaeJob, sae_job, SAE, JOB, GObject)

/* By how much a job's thread is nicer than the one that starts it, to 19 at most: with
 * every processor at work on a training, the window is still drawn at once. */
#define SAE_JOB_NICENESS 10

/* Runs in the job's thread. Returns TRUE and may set *result, or FALSE with error set. */
typedef gboolean (*SaeJobFunc) (SaeJob *job, gpointer input, gpointer *result,
                                GError **error);
/* Runs in the main thread once the function has returned, whatever came of it. */
typedef void (*SaeJobDone) (SaeJob *job, gpointer user_data);

typedef enum {
  SAE_JOB_READ, /* reading a library, opening files */
  SAE_JOB_IMPORT,
  SAE_JOB_SAMPLE,
  SAE_JOB_TRAIN,
  SAE_JOB_PROJECT,
  SAE_JOB_LAYOUT,  /* placing the points of a projection anew */
  SAE_JOB_MEASURE, /* the reconstruction errors of all signals */
  SAE_JOB_CLASSIFY,
  SAE_JOB_CLUSTER,
  SAE_JOB_QUERY,
  SAE_JOB_DOWNLOAD,
  SAE_JOB_EXPORT,
  SAE_JOB_RUN,   /* a run is renamed, deleted, …: short */
  SAE_JOB_JUDGE, /* the quality of signals that nobody has looked at yet */
  SAE_JOB_SIGNAL /* one signal's samples or reconstruction: short, not listed */
} SaeJobKind;

/* Starts at once. input is given to input_free in the job's thread after the function;
 * a result nobody stole is given to result_free. done is called with user_data unless
 * user_data is a GObject given as `owner` that was finalised meanwhile. The job keeps
 * itself alive. */
SaeJob *sae_job_start (SaeJobKind kind, SaeJobFunc function, gpointer input,
                       GDestroyNotify input_free, GDestroyNotify result_free,
                       SaeJobDone done, GObject *owner);

SaeJobKind sae_job_get_kind (SaeJob *self);
SaeJobState sae_job_get_state (SaeJob *self);
/* 0 … 1, or -1 when unknown. Property "fraction". */
double sae_job_get_fraction (SaeJob *self);
/* What is at hand (a file, a signal id), or NULL. Property "item". */
const char *sae_job_get_item (SaeJob *self);
/* Seconds left by the progress so far, or -1 when unknown. Property "seconds-left". */
double sae_job_get_seconds_left (SaeJob *self);
/* The error of a failed job; borrowed. */
const GError *sae_job_get_error (SaeJob *self);
/* The result of a done job, now the caller's; NULL the second time. */
gpointer sae_job_steal_result (SaeJob *self);
/* Any thread. The function sees it and ends when it can. */
void sae_job_cancel (SaeJob *self);
/* A paused job's function waits at its next sae_job_go_on, if it has any. Property
 * "paused". A paused job can be cancelled. */
void sae_job_set_paused (SaeJob *self, gboolean paused);
gboolean sae_job_get_paused (SaeJob *self);
/* Cancels and waits for the thread; done is not called. */
void sae_job_cancel_and_wait (SaeJob *self);

/* For the function, in its thread. */
/* Waits while the job is paused; FALSE when it is cancelled. */
gboolean sae_job_go_on (SaeJob *self);
gboolean sae_job_is_cancelled (SaeJob *self);
GCancellable *sae_job_get_cancellable (SaeJob *self);
void sae_job_report (SaeJob *self, double fraction, const char *item,
                     double seconds_left);
/* A SeismicProgressFunc that reports to the job given as user data. */
bool sae_job_progress (const SeismicProgress *progress, void *job);
