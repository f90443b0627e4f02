/* What plot and export work on: the signals of a library, or of waveform files and
 * folders. */
#pragma once

#include "seismic/library.h"

typedef struct {
  SeismicLibrary *library; /* NULL: of files; owned */
  GPtrArray *infos;   /* SeismicSignalInfo; of files, with all unknown that a file does
                         not tell, an id without an event, and "" for that. Owned */
  GPtrArray *signals; /* of files: SeismicSignal, as infos; owned */
  GPtrArray *groups;  /* of files: GPtrArray of traces, as infos; owned */
  GPtrArray *traces;  /* of files, owned */
} CliSource;

void cli_source_clear (CliSource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSource, cli_source_clear)

/* TRUE if the only path is a library. */
bool cli_source_is_library (char **paths);
/* The signals in files and folders; what of a folder cannot be read is told and left out.
 * FALSE with an error that names the file, or when there is none. */
bool cli_source_open_files (CliSource *source, char **paths, GError **error);
/* The whole record around signal i; NULL with an error. */
SeismicRecord *cli_source_read (CliSource *source, guint i, GError **error);
/* The traces of signal i's instrument as they were recorded: a new reference; NULL with
 * an error. */
GPtrArray *cli_source_read_traces (CliSource *source, guint i, GError **error);
