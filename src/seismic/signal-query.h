/* Which signals of a library are meant: by event, distance, rate, quality and tags. One
 * description for lists, exports and trainings. Any thread. */
#pragma once

#include "seismic/library.h"

/* All limits hold at once, ends included. seismic_signal_query_init () makes one that
 * takes every signal. */
typedef struct {
  double min_magnitude, max_magnitude;     /* NAN: any, also an unknown one */
  double min_distance_km, max_distance_km; /* epicentral; likewise */
  double rate_hz;                          /* within 0.01 %; NAN: any */
  double min_snr_db;    /* of the component that has the least; NAN: any */
  unsigned excluded;    /* flags of quality.h that a signal may not have */
  char **event_types;   /* any of these, in QuakeML's words; NULL: any. Owned */
  char **tags;          /* all of these, on the signal or its event; NULL: any. Owned */
  char **excluded_tags; /* none of these; owned */
  char *text;           /* in the id, the place or the comment, in capitals or not; NULL:
                           any. Owned */
} SeismicSignalQuery;

void seismic_signal_query_init (SeismicSignalQuery *query);
void seismic_signal_query_clear (SeismicSignalQuery *query);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicSignalQuery, seismic_signal_query_clear)

/* The query as a text that a file can hold: "min-magnitude 3; type quarry blast; tag
 * good", "" if it takes every signal; ";" and "\\" within a word are "\\;" and "\\\\".
 * The same for the same limits. Free with g_free. */
char *seismic_signal_query_to_text (const SeismicSignalQuery *query);
/* The query of such a text: *query, overwritten, to be cleared. SEISMIC_ERROR_SETTINGS,
 * and *query untouched, for anything else. */
bool seismic_signal_query_from_text (const char *text, SeismicSignalQuery *query,
                                     GError **error);

/* TRUE if the query looks at the quality: the library's is then to be brought up to date
 * first, as a signal whose quality is not known has no flags and no ratio. */
bool seismic_signal_query_needs_quality (const SeismicSignalQuery *query);
/* Whether it takes the signal. With a limit on what is unknown of it, it does not. */
bool seismic_signal_query_matches (const SeismicSignalQuery *query,
                                   const SeismicSignalInfo *info);
/* Those of seismic_library_list_signals () that it takes, in that order: a new GPtrArray
 * of SeismicSignalInfo; NULL on error. */
GPtrArray *seismic_library_query_signals (SeismicLibrary *library,
                                          const SeismicSignalQuery *query,
                                          GError **error);
