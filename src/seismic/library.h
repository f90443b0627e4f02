/* The library on disk: a folder with library.sqlite (catalogue), waveforms/EVENT/…mseed
 * as received. Every call opens nothing but its own handle: a
 * handle belongs to one thread, any number may be open on one folder. */
#pragma once

#include "seismic/event.h"
#include "seismic/progress.h"
#include "seismic/quality.h"
#include "seismic/record.h"
#include "seismic/signal.h"
#include "seismic/station.h"
#include "seismic/travel-time.h"
#include <gio/gio.h>

typedef struct SeismicLibrary SeismicLibrary;

/* Opens the library in folder; with create, makes it where the folder is missing or
 * empty. Fails with SEISMIC_ERROR_NOT_LIBRARY (and leaves the folder alone) when it is
 * something else or of a newer version, SEISMIC_ERROR_DAMAGED or G_IO_ERROR_*. */
SeismicLibrary *seismic_library_open (const char *folder, bool create, GError **error);
void seismic_library_close (SeismicLibrary *library);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicLibrary, seismic_library_close)

/* TRUE if folder holds a library.sqlite. */
bool seismic_library_probe (const char *folder);
const char *seismic_library_get_folder (SeismicLibrary *library);

/* What is known of a signal without reading its samples. */
typedef struct {
  char *id; /* "EVENT/NET.STA.LOC.HN" */
  char *event_id;
  char network[12], station[12], location[12], instrument[3], components[4];
  int64_t start_ns;
  double rate_hz;
  size_t n_samples;
  bool has_gaps;
  double latitude, longitude; /* of the station, NAN if unknown */
  double distance_km;         /* epicentral, NAN if unknown */
  double back_azimuth; /* degrees, at the station towards the event; NAN if unknown */
  double counts_per_ms2[SEISMIC_N_COMPONENTS]; /* of each component, counts per m/s² when
                                                   the event was; NAN if unknown */
  double azimuths[SEISMIC_N_COMPONENTS];       /* degrees from north where each component
                                                  points, NAN if unknown */
  SeismicEvent event;                          /* of event_id; owned by this struct */
  SeismicQuality quality;    /* version 0 where nothing was computed yet */
  char **tags, **event_tags; /* the signal's own, and its event's: library-note.h */
  char *comment;             /* on the signal, "" for none */
  size_t n_picks;            /* library-pick.h */
} SeismicSignalInfo;

void seismic_signal_info_free (SeismicSignalInfo *info);
SeismicSignalInfo *seismic_signal_info_copy (const SeismicSignalInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicSignalInfo, seismic_signal_info_free)

/* "NET.STA.LOC.HN", within info->id. */
const char *seismic_signal_info_instrument_id (const SeismicSignalInfo *info);
/* When the first wave of a phase arrives by the model of travel-time.h, s after the
 * origin; NAN where it says nothing of event and station. */
double seismic_signal_info_arrival_s (const SeismicSignalInfo *info, SeismicPhase phase);

/* All events, newest first, those of unknown time last: a new GPtrArray of SeismicEvent;
 * NULL on error. */
GPtrArray *seismic_library_list_events (SeismicLibrary *library, GError **error);
/* One event; NULL with SEISMIC_ERROR_NOT_FOUND if there is none of that id. */
SeismicEvent *seismic_library_get_event (SeismicLibrary *library, const char *id,
                                         GError **error);
/* All signals, by event (newest first), then by distance where known, then by id: a new
 * GPtrArray of SeismicSignalInfo; NULL on error. */
GPtrArray *seismic_library_list_signals (SeismicLibrary *library, GError **error);
/* One of them; NULL with SEISMIC_ERROR_NOT_FOUND if there is none of that id. */
SeismicSignalInfo *seismic_library_get_signal (SeismicLibrary *library,
                                               const char *signal_id, GError **error);
/* Reads one signal's samples from its files. SEISMIC_ERROR_NOT_FOUND if there is none of
 * that id; G_IO_ERROR_NOT_FOUND or SEISMIC_ERROR_DAMAGED if its file is gone or changed.
 */
SeismicSignal *seismic_library_read_signal (SeismicLibrary *library,
                                            const char *signal_id, GError **error);
/* The whole record that the signal is the longest gapless stretch of. Fails likewise. */
SeismicRecord *seismic_library_read_record (SeismicLibrary *library,
                                            const char *signal_id, GError **error);

/* What the event's records hold of the signal's instrument, as it was recorded, each
 * channel on its own clock: a new GPtrArray of SeismicTrace. Fails likewise. */
GPtrArray *seismic_library_read_traces (SeismicLibrary *library, const char *signal_id,
                                        GError **error);

/* Adds or replaces an event's row. */
bool seismic_library_put_event (SeismicLibrary *library, const SeismicEvent *event,
                                GError **error);
/* Adds or replaces a station's coordinates (degrees); distances follow from them. */
bool seismic_library_put_station (SeismicLibrary *library, const char *network,
                                  const char *station, double latitude, double longitude,
                                  GError **error);
/* The same of what a data centre tells of a station, with the sensitivities of its
 * channels; a sensitivity replaces the one of that channel and start. */
bool seismic_library_learn_station (SeismicLibrary *library,
                                    const SeismicStation *station, GError **error);
/* Stores bytes (miniSEED, SAC, or either in gzip) as waveforms/EVENT_ID/NAME.mseed, .sac
 * or .gz (temporary file, fsync, rename), notes its traces and makes the event's signals
 * anew. event_id must be in the library. source says where it came from (a path or URL).
 * SEISMIC_ERROR_DUPLICATE if the event has a file with the same content; another content
 * under a name the event already has replaces the old record. EVENT_ID and NAME are made
 * safe as file names. Only instruments "HN" make signals, and their components may lie in
 * several files; only the instruments with a channel in this file are made anew. Outside
 * a transaction that is done at once; between begin and commit it waits for
 * seismic_library_make_signals () or the commit, so that an instrument of many files is
 * made once. skipped (may be NULL) receives SeismicSkip for instruments that gave no
 * signal. Fails as seismic_waveform_read (), with SEISMIC_ERROR_EMPTY where there are no
 * samples. */
bool seismic_library_put_record (SeismicLibrary *library, const char *event_id,
                                 const char *name, GBytes *bytes, const char *source,
                                 GPtrArray *skipped, GError **error);

/* The same for bytes whose traces (of seismic_waveform_read ()) are already at hand. */
bool seismic_library_put_traces (SeismicLibrary *library, const char *event_id,
                                 const char *name, GBytes *bytes, GPtrArray *traces,
                                 const char *source, GPtrArray *skipped, GError **error);
/* The source of the event's record of that name, NULL if there is none (or on error);
 * free with g_free. */
char *seismic_library_record_source (SeismicLibrary *library, const char *event_id,
                                     const char *name);
/* Makes the signals that the puts of this transaction are waiting for. *n_made (may be
 * NULL): how many; skipped as in put_record. Without any waiting it does nothing. */
bool seismic_library_make_signals (SeismicLibrary *library, size_t *n_made,
                                   GPtrArray *skipped, GError **error);

/* Groups several puts into one transaction (faster, all or nothing). May not nest. Other
 * handles read the state before it until the commit, and wait if they want to write. A
 * commit that fails is a rollback. */
bool seismic_library_begin (SeismicLibrary *library, GError **error);
bool seismic_library_commit (SeismicLibrary *library, GError **error);
void seismic_library_rollback (SeismicLibrary *library);
