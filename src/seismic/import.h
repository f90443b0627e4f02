/* Files and folders → a library. */
#pragma once

#include "seismic/library.h"

typedef struct {
  size_t n_events;     /* events taken */
  size_t n_files;      /* record files taken */
  size_t n_signals;    /* signals of the library that came with them */
  size_t n_duplicates; /* record files already there */
  GPtrArray *skipped;  /* SeismicSkip: files, segments and instruments left out; owned */
} SeismicImportReport;

void seismic_import_report_clear (SeismicImportReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicImportReport, seismic_import_report_clear)

/* Takes miniSEED, QuakeML and FDSN event text from paths (files, or folders with all
 * below them), told apart by content, not by suffix. Within one folder an event document
 * and records belong together: with one event all records are its own; with several, a
 * record goes to the event whose origin time lies last before the record's end and at
 * most 10 min before its start. Records without a matching event make one of the folder's
 * name (loose files: of the earliest start time), with unknown magnitude. Hidden files
 * are passed over. report is overwritten. FALSE only when the library fails or the user
 * stops; a bad file is a skip. */
bool seismic_import (SeismicLibrary *library, const char *const *paths,
                     SeismicProgressFunc progress, void *user_data,
                     SeismicImportReport *report, GError **error);
