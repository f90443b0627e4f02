/* A small library in a temporary folder, for tests of the layers above seismic. */
#pragma once

#include "seismic/library.h"

typedef struct {
  char *folder;            /* owned; removed with all below it by clear */
  SeismicLibrary *library; /* owned */
} TinyLibrary;

/* An empty library. */
void tiny_library_init (TinyLibrary *tiny);
void tiny_library_clear (TinyLibrary *tiny);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TinyLibrary, tiny_library_clear)

/* Removes a folder with all below it. */
void tiny_library_remove (const char *path);

/* Adds the event (type "earthquake", its time `day` days after 2020-01-01). */
void tiny_library_put_event (TinyLibrary *tiny, const char *event_id, int day);
/* Adds three components samples (3, n) as XX.STATION..HN of an event already there. */
void tiny_library_put_samples (TinyLibrary *tiny, const char *event_id,
                               const char *station, double rate_hz,
                               const int32_t *samples, size_t n);
/* The same with a decaying oscillation and noise, drawn from seed. */
void tiny_library_put_record (TinyLibrary *tiny, const char *event_id,
                              const char *station, double rate_hz, size_t n,
                              uint32_t seed);
/* n_events events "ev0"…, each with stations "S0"…: 20 and 40 Hz in turn; every signal
 * has a length of its own. */
void tiny_library_fill (TinyLibrary *tiny, size_t n_events, size_t n_stations);
/* The path of a record's file; free with g_free. */
char *tiny_library_record_path (const TinyLibrary *tiny, const char *event_id,
                                const char *station);
