/* The library's files: names that are safe on any file system, atomic writes, checked
 * reads. No database here. Errors are G_IO_ERROR_* with the path unless said. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Larger files are not read at all (SEISMIC_ERROR_TOO_LARGE). */
#define SEISMIC_FILE_MAX_BYTES ((size_t)2 << 30)
/* Longer miniSEED is indexed and read piece by piece: several are decoded at a time. */
#define SEISMIC_LIBRARY_LONG_FILE ((uint64_t)1 << 20)

/* A file name out of any text: bytes other than A-Z a-z 0-9 . _ - and a leading dot
 * become %XX, so that different texts stay different; beyond 100 bytes the end gives way
 * to a dash and a hash of the whole. Never "", "." or "..". Free with g_free. */
char *seismic_library_safe_name (const char *text);
/* TRUE if path is FOLDER/NAME of two safe names: what the catalogue may name. */
bool seismic_library_is_safe_path (const char *path);

/* Writes bytes to folder/relative ("FOLDER/NAME", the folder is made): temporary file
 * ".NAME.part" beside it, fsync, rename, fsync of the folder. One writer at a time. */
bool seismic_library_write_file (const char *folder, const char *relative, GBytes *bytes,
                                 GError **error);
/* The same with what the file at `from` holds, piece by piece. */
bool seismic_library_copy_file (const char *folder, const char *relative,
                                const char *from, GError **error);
/* Reads a whole regular file; NULL on error. */
GBytes *seismic_library_read_file (const char *path, GError **error);
/* Renames path to folder/relative ("FOLDER/NAME", the folder is made), for good: the
 * folders are synced. Both lie on one file system; path was synced before. */
bool seismic_library_move_file (const char *path, const char *folder,
                                const char *relative, GError **error);
/* The SHA-256 in hex (free with g_free) and size of a regular file, read piece by piece.
 */
bool seismic_library_hash_file (const char *path, char **sha256, uint64_t *n_bytes,
                                GError **error);
/* Up to n_head bytes from the beginning of a regular file into head: how many; 0 also if
 * it cannot be read. */
size_t seismic_library_read_head (const char *path, uint8_t *head, size_t n_head);
/* "INODE-SIZE-MTIME": another text once the file is changed; NULL if it is gone. */
char *seismic_library_stamp_file (const char *path);
/* Makes the folder where it is missing and locks it for this process, until the
 * descriptor that is returned is closed or the process ends. -1 with G_IO_ERROR_BUSY if
 * another has locked it. Where the file system has no locks it goes without. */
int seismic_library_lock_folder (const char *folder, GError **error);
/* Writes down with a file what URL it came from, as an extended attribute
 * (https://www.freedesktop.org/wiki/CommonExtendedAttributes), which a rename keeps;
 * where the file system has none, nothing is done. And reads it: NULL if there is none;
 * free with g_free. */
void seismic_library_set_origin (const char *path, const char *url);
char *seismic_library_get_origin (const char *path);
