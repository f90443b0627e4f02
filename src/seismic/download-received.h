/* What a download has received for one event: the file, and what is in it. */
#pragma once

#include "seismic/library-download.h"

typedef struct {
  char *path;        /* where they stand */
  GPtrArray *traces; /* without their samples, which were decoded to see that they can */
  char *sha256;      /* in hex */
  uint64_t n_bytes;
  GPtrArray *stations; /* SeismicStation: what was learned with them */
} SeismicReceived;

void seismic_received_clear (SeismicReceived *received);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicReceived, seismic_received_clear)

/* Reads the records standing at path, whatever their length in little memory. Any thread;
 * the work of it is best done where nobody waits for a lock. */
bool seismic_received_load (SeismicReceived *received, GError **error);
/* Moves the file `part` to path, which lies in a folder of `waveforms`. */
bool seismic_received_move (const SeismicReceived *received, const char *part,
                            const char *waveforms, GError **error);
/* Removes what cannot be taken, and its folder where nothing else is in it. */
void seismic_received_remove (const SeismicReceived *received);
/* Takes the file, which was loaded, into the catalogue. */
bool seismic_received_adopt (SeismicReceived *received, SeismicLibrary *library,
                             const SeismicDownloadNote *note, GError **error);
