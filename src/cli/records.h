/* Waveform files of any format, and folders of them, as arguments of a command. */
#pragma once

#include "seismic/waveform.h"

/* The files that path stands for: itself, or with a folder all files below it that are
 * not hidden, sorted: a new GPtrArray of char *. What of a folder cannot be looked into
 * is told on standard error. */
GPtrArray *cli_records_list (const char *path);

/* The traces of one file: a new GPtrArray of SeismicTrace; NULL and an error that names
 * the file. report may be NULL. */
GPtrArray *cli_records_read (const char *file, SeismicMiniseedReport *report,
                             GError **error);
