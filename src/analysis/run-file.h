/* Where a library keeps the models of its trainings, called runs. A run is one
 * safetensors file, FOLDER/runs/NAME.safetensors, but the one called "model" is
 * FOLDER/model.safetensors: so the library of a time without runs has one, and one that
 * was written by a script is one too. FOLDER/runs/current holds the name of the one that
 * embeds, reconstructs and so on; no other file says so, or what a run is called.
 *
 * All changes are single renames of finished files, so that whatever kills the program
 * leaves every run where it was or where it should be. Any thread; the folder is a
 * library's. Errors are of G_IO_ERROR unless said. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define ANALYSIS_RUN_DEFAULT "model"
/* Letters that a name may have; and bytes, which leaves room for what is put around. */
#define ANALYSIS_RUN_NAME_MOST 80
#define ANALYSIS_RUN_NAME_MOST_BYTES 200

/* ANALYSIS_ERROR_SETTINGS unless name is UTF-8 of 1 to ANALYSIS_RUN_NAME_MOST letters
 * without slashes, backslashes, commas, equals signs and control characters, does not
 * begin with a point and neither begins nor ends with a blank. */
bool analysis_run_check_name (const char *name, GError **error);
/* The file of the run of that name, which need not exist; free with g_free. */
char *analysis_run_path (const char *folder, const char *name);
bool analysis_run_exists (const char *folder, const char *name);
/* The names of all runs, sorted, NULL-terminated; empty if there is none. Files whose
 * names could not be a run's are passed over. Free with g_strfreev. */
char **analysis_run_list_names (const char *folder);
/* A name that no run has: wish, a name that passes the check, or "wish-2", "wish-3", …;
 * wish NULL: "model". Free with g_free. */
char *analysis_run_new_name (const char *folder, const char *wish);

/* The name of the current run: the one chosen last, or, if that is not there (any more),
 * the one whose file is newest; NULL if there is none. Free with g_free. */
char *analysis_run_get_current (const char *folder);

/* Each of the following fails with G_IO_ERROR_NOT_FOUND if there is no run of that name
 * (the message names it), with G_IO_ERROR_EXISTS if there is one of new_name, and as
 * analysis_run_check_name for an impossible new_name. */

/* Makes it the current one. */
bool analysis_run_use (const char *folder, const char *name, GError **error);
/* It stays the current one if it was. */
bool analysis_run_rename (const char *folder, const char *name, const char *new_name,
                          GError **error);
bool analysis_run_duplicate (const char *folder, const char *name, const char *new_name,
                             GError **error);
/* Moves it into FOLDER/runs/.trash, where it stays until purged, or for 30 days.
 * *ticket: what it is known by there; free with g_free. */
bool analysis_run_delete (const char *folder, const char *name, char **ticket,
                          GError **error);
/* Brings it back, under its name or, if another has that now, under a new one: *name (may
 * be NULL; free with g_free). It is the current one again if it was and no other has been
 * chosen since. */
bool analysis_run_restore (const char *folder, const char *ticket, char **name,
                           GError **error);
/* For good. Without such a ticket nothing is done. */
void analysis_run_purge (const char *folder, const char *ticket);
/* The tickets of what is in the trash, newest first, NULL-terminated; free with
 * g_strfreev. What a killed program left there is among them. */
char **analysis_run_list_deleted (const char *folder);
/* The name that the run of a ticket had; free with g_free. NULL for no ticket. */
char *analysis_run_ticket_name (const char *ticket);
