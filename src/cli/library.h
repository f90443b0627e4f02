/* The library a command works on. */
#pragma once

#include "cli/command.h"
#include "seismic/library.h"

/* seismic_library_open () with its failure told on standard error; NULL then. */
SeismicLibrary *cli_library_open (const char *folder, bool create);
/* The signal of that id among the library's, a new copy; NULL and an error that names the
 * id if there is none. */
SeismicSignalInfo *cli_library_find (SeismicLibrary *library, const char *signal_id,
                                     GError **error);
