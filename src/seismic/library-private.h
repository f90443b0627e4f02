/* What the files of the library on disk (library.c and library-*.c) share; nobody else
 * includes it. */
#pragma once

#include "seismic/library-cache.h"
#include "seismic/library.h"
#include "seismic/miniseed.h"

#include <sqlite3.h>

#define SEISMIC_LIBRARY_FILE_SUFFIX ".mseed" /* of miniSEED, so of all downloads */

#define SEISMIC_LIBRARY_N_INDEXES 4 /* of long files, kept */

/* What is in a long file. */
typedef struct {
  char *key;                   /* another once the file is changed */
  SeismicMiniseedIndex *index; /* of a file that was found unchanged */
} SeismicLibraryIndex;

struct SeismicLibrary {
  /* Owned */
  char *folder;    /* absolute */
  char *waveforms; /* the folder of records below it */
  sqlite3 *db;
  GHashTable *pending;  /* instruments whose signals are to be made anew */
  GPtrArray *new_files; /* char *, below waveforms: written in this transaction */
  GPtrArray *old_files; /* char *, below waveforms: without a row after the commit */
  SeismicTraceCache *cache;
  SeismicLibraryIndex indexes[SEISMIC_LIBRARY_N_INDEXES]; /* of the files read last */
  guint next_index; /* of them, the one to be given up next */

  bool in_transaction; /* between seismic_library_begin () and commit or rollback */
};

/* Where a put began. */
typedef struct {
  guint n_new_files, n_old_files;
} SeismicLibraryMark;

/* Around a change of several steps: a transaction, or inside one a savepoint. leave ()
 * keeps it with done; else it undoes all since enter (), files included, and returns
 * FALSE (error then stays as it was). */
bool seismic_library_enter (SeismicLibrary *library, SeismicLibraryMark *mark,
                            GError **error);
bool seismic_library_leave (SeismicLibrary *library, const SeismicLibraryMark *mark,
                            bool done, GError **error);

/* Whether text, which messages call `name`, is UTF-8 and, unless it may be, not empty;
 * else SEISMIC_ERROR_FORMAT. */
bool seismic_library_check_text (const char *text, const char *name, bool may_be_empty,
                                 GError **error);
/* Whether the event is in the library; else SEISMIC_ERROR_NOT_FOUND. */
bool seismic_library_check_event (SeismicLibrary *library, const char *event_id,
                                  GError **error);

/* Columns of "events e" for seismic_library_read_event (), which reads them from column
 * `first` of a row into *event; event owns its strings then. */
#define SEISMIC_LIBRARY_EVENT_COLUMNS                                                    \
  "e.id, e.time_ns, e.latitude, e.longitude, e.depth_km, e.magnitude, "                  \
  "e.magnitude_type, e.type, e.place"
void seismic_library_read_event (SeismicEvent *event, sqlite3_stmt *row, int first);

/* "NET.STA.LOC.HN" of a trace, bytes that are no printable ASCII as "?": what the
 * catalogue knows an instrument by. Free with g_free. */
char *seismic_library_instrument_id (const SeismicTrace *trace);
/* TRUE if the trace's instrument makes signals. */
bool seismic_library_makes_signal (const SeismicTrace *trace);

/* The sensitivities in the catalogue (of one instrument, NULL: of all) by instrument id,
 * for seismic_library_find_sensitivity (): a new GHashTable, NULL on error. */
GHashTable *seismic_library_load_sensitivities (SeismicLibrary *library,
                                                const char *instrument_id,
                                                GError **error);
/* Counts per m/s² and azimuths of the components (their letters) of an instrument at a
 * time, NAN where the table has none. */
void seismic_library_find_sensitivity (GHashTable *table, const char *instrument_id,
                                       const char *components, int64_t time_ns,
                                       double counts_per_ms2[SEISMIC_N_COMPONENTS],
                                       double azimuths[SEISMIC_N_COMPONENTS]);

/* When a sensitivity counts: at the event, or where its time is unknown at the start of
 * the record. */
int64_t seismic_library_time_of_motion (int64_t event_ns, int64_t start_ns);

/* Columns of "quality q" for seismic_library_read_quality (), which reads them from
 * column `first` of a row; where there is no such row, nothing was computed. */
#define SEISMIC_LIBRARY_QUALITY_COLUMNS                                                  \
  "q.version, q.arrival_s, q.n_gaps, q.flags_0, q.flags_1, q.flags_2, q.peak_0, "        \
  "q.peak_1, q.peak_2, q.snr_0, q.snr_1, q.snr_2"
void seismic_library_read_quality (SeismicQuality *quality, sqlite3_stmt *row, int first);
/* The set of instruments to be made anew, each {event id, instrument id}. */
GHashTable *seismic_library_pending_new (void);
void seismic_library_pending_add (SeismicLibrary *library, const char *event_id,
                                  const char *instrument_id);

/* The traces of a record file, at least those of the instrument, from the cache or the
 * disk; a new reference. G_IO_ERROR_NOT_FOUND if it is gone, SEISMIC_ERROR_DAMAGED if it
 * is no longer the file of that size and SHA-256. */
GPtrArray *seismic_library_load_traces (SeismicLibrary *library, const char *file,
                                        int64_t size, const char *sha256,
                                        const char *instrument_id, GError **error);
/* Gives up what is known of long files. */
void seismic_library_clear_indexes (SeismicLibrary *library);
/* Keeps the traces of a file just written for the signals to be made of it. */
void seismic_library_keep_traces (SeismicLibrary *library, const char *file,
                                  GPtrArray *traces);
