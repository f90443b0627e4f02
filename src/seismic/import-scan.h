/* Which files an import is about: the walk through files and folders. */
#pragma once

#include "seismic/progress.h"

/* The files of one folder (without those of the folders below it). */
typedef struct SeismicImportFolder SeismicImportFolder;
struct SeismicImportFolder {
  char *path;       /* absolute, in file name encoding; NULL for loose files; owned */
  GPtrArray *files; /* char *, paths, sorted; owned */
  const SeismicImportFolder *parent; /* in the same walk, NULL at its top; borrowed */
  GPtrArray *events; /* SeismicEvent of the folder's documents; empty at first; owned */
};

void seismic_import_folder_free (SeismicImportFolder *folder);

/* The folders with files below paths, parents first, and the files among paths as one
 * folder of its own (last): a new GPtrArray of SeismicImportFolder. Hidden files and
 * folders are passed over, each file is taken once. Symbolic links to files are followed,
 * to folders only in paths themselves. Left out with a reason: what does not exist or is
 * neither file nor folder, links to folders, folders nested deeper than 64, and all
 * inside library_folder (may be NULL). */
GPtrArray *seismic_import_scan (const char *const *paths, const char *library_folder,
                                GPtrArray *skipped);
