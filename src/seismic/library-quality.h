/* The quality of a library's signals, kept beside them. It is not found out where a
 * signal is made, which reads no samples, but here: of what was made since the last time,
 * by another version of quality.c or of the program, or whose event or station is known
 * better since. */
#pragma once

#include "seismic/library.h"

/* Whether the quality that the info tells is of this version, and of the arrival that its
 * event and station now predict. Any thread. */
bool seismic_library_is_judged (const SeismicSignalInfo *info);
/* How many signals seismic_library_update_quality () would look at; FALSE on error. */
bool seismic_library_count_unjudged (SeismicLibrary *library, size_t *n, GError **error);
/* Computes what is missing or out of date. skipped (may be NULL) receives SeismicSkip for
 * signals that cannot be read. FALSE when the library fails (G_IO_ERROR_READ_ONLY where
 * it cannot be written) or the user stops; what was computed until then stays. */
bool seismic_library_update_quality (SeismicLibrary *library,
                                     SeismicProgressFunc progress, void *user_data,
                                     GPtrArray *skipped, GError **error);
