/* The verb that writes records for other programs, with progress and cancel. */
#pragma once

#include "seismic/export.h"
#include "session/session.h"

typedef struct {
  SeismicExportFormat format;
  SeismicProcessing processing; /* .physical is left out where a sensitivity is unknown */
  gboolean as_network;          /* instead of it: what the library's model is given */
  int64_t from_ns, to_ns; /* of the record; SEISMIC_TIME_UNSET: its begin, its end */
  gboolean picks_alone;   /* instead of records one QuakeML file of the signals' picks;
                           * SEISMIC_ERROR_EMPTY where they have none */
} SaeExportSettings;

/* What came of it; also what a cancelled export wrote. */
typedef struct {
  char *target;     /* the folder, or the one file */
  gboolean is_file; /* target is that */
  guint n_signals;  /* of which files were written */
  guint n_files;
  GPtrArray *skipped;  /* of SeismicSkip: signals that could not be written, and why */
  gboolean is_stopped; /* by the user, before the end */
} SaeExportReport;

/* Records as received, whole. */
void sae_export_settings_init (SaeExportSettings *settings);
/* TRUE if the signals make one file. */
gboolean sae_export_is_one_file (const SaeExportSettings *settings, guint n_signals);
/* What to call that file: "73291880.NC.CTA..HN.mseed", "picks.xml". Free with g_free. */
char *sae_export_signal_name (const SaeExportSettings *settings, SaeSignalItem *item);
/* items: of SaeSignalItem (at least one) of the session, copied. target: the file where
 * it is one, which is replaced; else a folder, made where it is missing, in which no file
 * is replaced: a name that is taken gets a number. Ends with the session's "exported",
 * also when cancelled, or, where nothing at all could be written, with "failed". */
SaeJob *sae_tasks_export (SaeSession *session, GPtrArray *items,
                          const SaeExportSettings *settings, const char *target);
