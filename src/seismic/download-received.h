/* What a download has received for one event: the file, and what is in it. */
#pragma once

#include "seismic/library-download.h"

typedef struct {
  char *path;                  /* where they stand */
  GBytes *bytes;               /* of a short file */
  SeismicMiniseedIndex *index; /* of a long one */
  GPtrArray *traces;           /* of a long file without samples */
  uint64_t n_bytes;
  GPtrArray *stations; /* SeismicStation: what was learned with them */
} SeismicReceived;

void seismic_received_clear (SeismicReceived *received);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicReceived, seismic_received_clear)

/* Reads the records standing at path: whole, or for memory's sake only what there is. Any
 * thread. */
bool seismic_received_load (SeismicReceived *received, GError **error);
/* Moves the file `part` to path, which lies in a folder of `waveforms`. */
bool seismic_received_move (const SeismicReceived *received, const char *part,
                            const char *waveforms, GError **error);
/* Removes what cannot be taken, and its folder where nothing else is in it. */
void seismic_received_remove (const SeismicReceived *received);
/* Takes the file, which was loaded, into the catalogue. */
bool seismic_received_adopt (SeismicReceived *received, SeismicLibrary *library,
                             const SeismicDownloadNote *note, GError **error);
