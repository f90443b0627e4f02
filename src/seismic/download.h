/* Records of many events → a library: parallel, resumable, nothing fetched twice.
 *
 * How asking for an event ended is in the library: no data, done, failed (with reason and
 * whether it is worth another try). Bodies stream to waveforms/.part-EVENT, are parsed,
 * synced and renamed to waveforms/EVENT/downloaded.mseed, and then noted; a crash at any
 * moment leaves a state that a later call goes on from: what was renamed but not noted is
 * taken as it is. */
#pragma once

#include "seismic/fdsn.h"
#include "seismic/library-download.h"

#define SEISMIC_DOWNLOAD_MAX_JOBS 5

typedef struct {
  SeismicServer server;
  unsigned n_jobs;              /* connections, 1 … SEISMIC_DOWNLOAD_MAX_JOBS (3) */
  const char *const *event_ids; /* NULL: all events of the library */
  size_t limit;                 /* events asked for at most, 0: all */
  bool retry_failed;            /* also those that failed for good or had no data */
  SeismicHttpLimits limits;
} SeismicDownloadSettings;

/* NCEDC, all events. */
SeismicDownloadSettings seismic_download_default (void);

typedef struct {
  const char *event_id; /* whose row changed; borrowed */
  SeismicDownloadState state;
  uint64_t n_bytes, n_total; /* of that event; n_total 0 when unknown */
  double wait_seconds;       /* that event waits so long for the server, 0: it does not */
  const GError *reason;      /* when failed; borrowed */
  size_t n_done, n_no_data, n_failed, n_events; /* overall; n_events: asked for */
  uint64_t n_bytes_all;
  double bytes_per_second, seconds_left; /* NAN when unknown */
} SeismicDownloadProgress;

/* Called by one worker at a time. FALSE means stop. */
typedef bool (*SeismicDownloadProgressFunc) (const SeismicDownloadProgress *progress,
                                             void *user_data);

typedef struct {
  size_t n_events, n_done, n_no_data; /* n_events: chosen, n_already among them */
  size_t n_already;  /* with records, or an answer that stands: not asked for */
  size_t n_left;     /* not asked for any more: the server failed over and over */
  size_t n_signals;  /* of the events done */
  uint64_t n_bytes;  /* received */
  GPtrArray *failed; /* SeismicSkip; owned */
} SeismicDownloadReport;

void seismic_download_report_clear (SeismicDownloadReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicDownloadReport, seismic_download_report_clear)

/* Which events would be asked for: a new GPtrArray of SeismicEvent, newest first. Those
 * without an answer yet, with one that is worth another try, whose downloaded file is
 * gone or cut, or which another server did not have. Events with records from elsewhere
 * only where event_ids names them. No network. n_already may be NULL. NULL with
 * SEISMIC_ERROR_NOT_FOUND if one of event_ids is not in the library. */
GPtrArray *seismic_download_plan (SeismicLibrary *library,
                                  const SeismicDownloadSettings *settings,
                                  size_t *n_already, GError **error);

/* Whether a download of events named one by one from the server at that address asks
 * again for one that has such a note, and no records: it may have gone wrong for a while,
 * or another server did not have them. */
bool seismic_download_asks_again (const SeismicDownloadNote *note, const char *base);

/* What an event brings where no download has told yet: 100 instruments of 3 components,
 * 5 minutes at 100 samples a second, 2 bytes a sample. */
#define SEISMIC_DOWNLOAD_BYTES_PER_EVENT 18e6

/* A guess at what a download brings. */
typedef struct {
  size_t n_events, n_already; /* to be asked for, and not */
  uint64_t n_bytes;           /* of all that are asked for, about */
  bool
      is_measured; /* from what earlier downloads brought, else from the constant above */
} SeismicDownloadEstimate;

/* Bytes an event brings, from those that n_asked events brought together (those without
 * data count too); SEISMIC_DOWNLOAD_BYTES_PER_EVENT where none did. */
double seismic_download_bytes_per_event (uint64_t n_bytes, size_t n_asked);
/* Adds to both what the note of an earlier download tells of that. */
void seismic_download_count_note (const SeismicDownloadNote *note, uint64_t *n_bytes,
                                  size_t *n_asked);
/* The size of what seismic_download_plan () plans. No network. Fails as that does. */
bool seismic_download_estimate (SeismicLibrary *library,
                                const SeismicDownloadSettings *settings,
                                SeismicDownloadEstimate *estimate, GError **error);

/* Downloads what is planned into the library in folder, and the coordinates of stations
 * that it does not know yet. While *paused (may be NULL; atomic) is not 0, no further
 * event is asked for. Fails only when the library or its disk does, on cancel (what was
 * done until then stays), and with G_IO_ERROR_BUSY while another download into the same
 * library is under way; report (overwritten) then tells what was done. */
bool seismic_download (const char *folder, const SeismicDownloadSettings *settings,
                       GCancellable *cancellable, const int *paused,
                       SeismicDownloadProgressFunc progress, void *user_data,
                       SeismicDownloadReport *report, GError **error);
