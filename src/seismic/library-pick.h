/* Picks: when somebody read a wave's arrival on a trace. They belong to an event and an
 * instrument and stay when its records are imported or downloaded again; they go with the
 * event. */
#pragma once

#include "seismic/library.h"

/* Letters of a phase's name: "P", "S", "Pg", "coda end". */
#define SEISMIC_PICK_MAX_PHASE 15

typedef struct {
  char *event_id;
  char *instrument_id;                    /* "NET.STA.LOC.HN" */
  char channel[12];                       /* the trace it was read on: "HNZ" */
  char phase[SEISMIC_PICK_MAX_PHASE + 1]; /* "P", "S" or another name */
  int64_t time_ns;
  double uncertainty_s; /* ±, NAN if unknown */
  char *author;         /* "" if unknown */
  int64_t made_ns;      /* when it was read; SEISMIC_TIME_UNSET if unknown */
} SeismicPick;

/* A pick made now, by nobody, of unknown uncertainty. Longer channels and phases are cut.
 */
SeismicPick *seismic_pick_new (const char *event_id, const char *instrument_id,
                               const char *channel, const char *phase, int64_t time_ns);
SeismicPick *seismic_pick_copy (const SeismicPick *pick);
void seismic_pick_free (SeismicPick *pick);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicPick, seismic_pick_free)

/* Adds the pick, in place of one of the same event, instrument, channel, phase and
 * author. SEISMIC_ERROR_NOT_FOUND if the event is not in the library (the instrument need
 * not be), SEISMIC_ERROR_FORMAT for an unset time, a negative uncertainty, and texts that
 * are empty (the author may be) or no UTF-8. */
bool seismic_library_put_pick (SeismicLibrary *library, const SeismicPick *pick,
                               GError **error);
/* Removes the one of the same event, instrument, channel, phase and author;
 * SEISMIC_ERROR_NOT_FOUND if there is none. */
bool seismic_library_remove_pick (SeismicLibrary *library, const SeismicPick *pick,
                                  GError **error);
/* The picks of an event (NULL: of all), and of one instrument there (NULL: of all), by
 * event, instrument and time: a new GPtrArray of SeismicPick; NULL on error. */
GPtrArray *seismic_library_list_picks (SeismicLibrary *library, const char *event_id,
                                       const char *instrument_id, GError **error);
