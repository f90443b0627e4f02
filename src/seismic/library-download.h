/* What a library knows of downloads: by event, how asking for its records ended and where
 * they came from. And what keeps the files true to the catalogue. */
#pragma once

#include "seismic/library.h"
#include "seismic/miniseed.h"

typedef enum {
  SEISMIC_DOWNLOAD_WAITING, /* not asked for; never in the library */
  SEISMIC_DOWNLOAD_RUNNING, /* never in the library */
  SEISMIC_DOWNLOAD_DONE,
  SEISMIC_DOWNLOAD_NO_DATA,
  SEISMIC_DOWNLOAD_FAILED
} SeismicDownloadState;

/* The channels that are asked for: strong motion. */
#define SEISMIC_DOWNLOAD_CHANNELS "HN"
/* The name of what was downloaded for an event, in its folder of waveforms/. */
#define SEISMIC_DOWNLOAD_NAME "downloaded"

/* How the last try for one event ended. */
typedef struct {
  char *event_id;
  SeismicDownloadState state;
  GError *reason;   /* FAILED: why; else NULL */
  bool worth_retry; /* FAILED: the next download asks again by itself */
  char *server;     /* the data centre's address */
  char *url;        /* what was asked */
  uint64_t n_bytes; /* of the answer */
  int64_t time_ns;  /* when it ended */
} SeismicDownloadNote;

/* An empty note of now: WAITING, strings "". */
SeismicDownloadNote *seismic_download_note_new (const char *event_id);
SeismicDownloadNote *seismic_download_note_copy (const SeismicDownloadNote *note);
void seismic_download_note_free (SeismicDownloadNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicDownloadNote, seismic_download_note_free)

/* Adds or replaces the note of an event; SEISMIC_ERROR_NOT_FOUND if it is not in the
 * library. WAITING removes it. */
bool seismic_library_put_download (SeismicLibrary *library,
                                   const SeismicDownloadNote *note, GError **error);
/* All notes: a new GHashTable event id (borrowed from the note) → SeismicDownloadNote;
 * events that were never asked for have none. NULL on error. */
GHashTable *seismic_library_list_downloads (SeismicLibrary *library, GError **error);

/* What the library holds for one event. */
typedef struct {
  size_t n_records, n_signals; /* n_records: files */
  uint64_t n_bytes;            /* of the files, as the catalogue says */
  bool is_whole;               /* the downloaded file is there, in its size */
} SeismicLibraryHolding;
/* A new GHashTable event id (owned) → SeismicLibraryHolding (g_free) of the events that
 * have records. Looks at the downloaded files' sizes, not into them. NULL on error. */
GHashTable *seismic_library_list_holdings (SeismicLibrary *library, GError **error);

/* Where the record of that name of an event belongs: an absolute path, to be freed with
 * g_free. Its folder need not exist. */
char *seismic_library_record_path (SeismicLibrary *library, const char *event_id,
                                   const char *name);
/* Takes the miniSEED file that stands at seismic_library_record_path () already (moved
 * there whole and synced) into the catalogue, as seismic_library_put_traces () does, but
 * does not look into it: its traces (their samples are not needed), the SHA-256 in hex
 * and size of its content are told. Where that very content is noted under that name,
 * nothing is done. Without success the file stays where it is. */
bool seismic_library_adopt_file (SeismicLibrary *library, const char *event_id,
                                 const char *name, GPtrArray *traces, const char *sha256,
                                 uint64_t n_bytes, const char *source, GError **error);

/* As seismic_library_put_traces () for a miniSEED file of any size, of which only the
 * index is in memory: the file at path is copied. */
bool seismic_library_put_index (SeismicLibrary *library, const char *event_id,
                                const char *name, const char *path,
                                SeismicMiniseedIndex *index, const char *source,
                                GPtrArray *skipped, GError **error);

/* Removes an event with all that is its own: records, signals, download notes and files.
 * SEISMIC_ERROR_NOT_FOUND if there is none. */
bool seismic_library_remove_event (SeismicLibrary *library, const char *event_id,
                                   GError **error);
/* Reads every file and compares it with the catalogue: a new GPtrArray of SeismicSkip,
 * the files (EVENT/NAME.mseed) that are missing (G_IO_ERROR_NOT_FOUND), cannot be read or
 * are not what was put in (SEISMIC_ERROR_DAMAGED). NULL on error or a stop. */
GPtrArray *seismic_library_check (SeismicLibrary *library, SeismicProgressFunc progress,
                                  void *user_data, GError **error);
/* The stations of the traces whose coordinates, or whose sensitivities at the time of the
 * traces, the library does not know: a new NULL-terminated list of "NET.STA", sorted;
 * NULL on error. */
char **seismic_library_unknown_stations (SeismicLibrary *library, GPtrArray *traces,
                                         GError **error);
