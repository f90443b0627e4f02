/* Picks, and tags and comments, as tables: what a library's user made, to hand on and to
 * take in again. CSV as in csv.h.
 *
 * picks.csv: event, instrument, channel, phase, time, uncertainty_s, author, made.
 * notes.csv: event, instrument (empty for the event itself), tags (parted by semicolons),
 * comment. What is unknown is an empty field. */
#pragma once

#include "seismic/library-note.h"
#include "seismic/library-pick.h"

/* Of GPtrArrays of SeismicPick and SeismicNote. */
GString *seismic_picks_csv_write (const GPtrArray *picks);
GString *seismic_notes_csv_write (const GPtrArray *notes);

/* As seismic_csv_read (), items: SeismicPick and SeismicNote. */
bool seismic_picks_csv_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **picks,
                             GPtrArray **skipped, GError **error);
bool seismic_notes_csv_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **notes,
                             GPtrArray **skipped, GError **error);
/* TRUE if the first line is a header of such a table. */
bool seismic_picks_csv_probe (const uint8_t *bytes, size_t n_bytes);
bool seismic_notes_csv_probe (const uint8_t *bytes, size_t n_bytes);
