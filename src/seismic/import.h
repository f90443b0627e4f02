/* Files and folders → a library. */
#pragma once

#include "seismic/library.h"

typedef struct {
  size_t n_events;     /* events taken: new ones, and known ones with another content */
  size_t n_files;      /* record files taken */
  size_t n_signals;    /* signals of the library that came with them, made or made anew */
  size_t n_duplicates; /* record files already there */
  size_t n_picks;      /* picks taken, of picks.csv */
  size_t n_notes;      /* events and signals that got tags or a comment, of notes.csv */
  GPtrArray *skipped;  /* SeismicSkip: files, segments and instruments left out; owned */
} SeismicImportReport;

void seismic_import_report_clear (SeismicImportReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicImportReport, seismic_import_report_clear)

/* Takes miniSEED, SAC (and either packed with gzip), QuakeML, FDSN event text and
 * events.csv from paths (files, or folders with all below them), told apart by content,
 * not by suffix; the coordinates and sensitivities of FDSN station text and StationXML as
 * well. Within one folder an event document
 * and records belong together: with one event all records are its own; with several, a
 * record goes to the event whose origin time lies last before the record's end and at
 * most 10 min before its start. A folder without events looks for such an event in the
 * documents of the folders above it (within paths). Records without a matching event make
 * one of the folder's name (loose files, which count as one folder: of the earliest start
 * time), with unknown time and magnitude; where the library knows an event of that name,
 * it is taken as it is. Hidden files are passed over, links to folders are not followed.
 * All events of a document are taken, with records or without. Picks and notes of
 * picks-csv.h are taken where their event is in the library, at the end of their folder.
 * Each folder is one transaction: what was done before a stop stays. report is
 * overwritten, also on FALSE: it then tells what was taken until then. FALSE only when
 * the library fails or the user stops; a bad file is a skip. progress is told each file,
 * and once more at the end. */
bool seismic_import (SeismicLibrary *library, const char *const *paths,
                     SeismicProgressFunc progress, void *user_data,
                     SeismicImportReport *report, GError **error);
