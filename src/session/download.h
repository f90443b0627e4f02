/* SaeDownload: a running or ended download with its events, one by one. Made by
 * sae_tasks_download. Main thread unless said.
 *
 * Properties: "paused" (boolean, read-write): no further event is asked for while it is
 * set. Signal: "changed", the overall numbers or the job's state have changed. */
#pragma once

#include "session/download-item.h"
#include "session/job.h"

#define SAE_TYPE_DOWNLOAD (sae_download_get_type ())
G_DECLARE_FINAL_TYPE (SaeDownload, sae_download, SAE, DOWNLOAD, GObject)

/* Borrowed; never NULL once sae_tasks_download has returned. */
SaeJob *sae_download_get_job (SaeDownload *self);
gboolean sae_download_is_running (SaeDownload *self);
/* Of SaeDownloadItem, in the order of asking; what needs no asking is not in it. */
GListModel *sae_download_get_items (SaeDownload *self);
/* The data center's id or address. */
const char *sae_download_get_server (SaeDownload *self);
gboolean sae_download_get_paused (SaeDownload *self);
void sae_download_set_paused (SaeDownload *self, gboolean paused);

typedef struct {
  size_t n_done, n_no_data, n_failed, n_events;
  guint64 n_bytes;
  double bytes_per_second, seconds_left; /* NAN when unknown */
} SaeDownloadTotals;
SaeDownloadTotals sae_download_get_totals (SaeDownload *self);

/* For the task. */
SaeDownload *sae_download_new (const char *server);
/* A reference is taken. */
void sae_download_set_job (SaeDownload *self, SaeJob *job);
/* Any thread: what will be asked for (SeismicEvent; taken); what came of it so far. */
void sae_download_post_plan (SaeDownload *self, GPtrArray *events);
void sae_download_post (SaeDownload *self, const SeismicDownloadProgress *progress);
/* Any thread: seismic_download ()'s flag. */
const int *sae_download_get_pause_flag (SaeDownload *self);
/* Shows at once what was posted. */
void sae_download_flush (SaeDownload *self);
