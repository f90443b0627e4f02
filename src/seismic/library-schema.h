/* library.sqlite: its tables, its version, and how an older one becomes today's. For
 * library*.c alone.
 *
 * events    what a catalogue says; the time is ns since 1970 UTC, NULL where unknown
 * stations  coordinates in degrees; distances are computed, not stored
 * sensitivities  counts per unit of ground motion of a channel from start_ns (the least
 *           integer: open) to end_ns (NULL: open), and when that was told
 * records   one received file each: where it lies below waveforms/, size and SHA-256 to
 *           know it again, where it came from and when
 * segments  the contiguous stretches in a record; instrument is NET.STA.LOC.XX
 * signals   what the segments of one instrument and event make; all can be made anew from
 *           the records
 * downloads what a data centre was asked for, by event and channels, and how it ended
 * picks     arrivals that somebody read, by event and instrument: they stay while signals
 *           are made anew, and go with their event
 * tags      words of a user on a signal or, with instrument_id '', on an event; likewise
 * comments  likewise, one text each
 * quality   what quality.c found in a signal, by which version of it; goes with the
 *           signal and can be computed again */
#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* The version this program writes (PRAGMA user_version). */
#define SEISMIC_SCHEMA_VERSION 5
/* "SAEl" (PRAGMA application_id): tells a library from any other database. */
#define SEISMIC_SCHEMA_APPLICATION_ID 0x5341456c

/* Opens library.sqlite at path, with create makes it where it is missing or empty, and
 * brings an older version up to date. Where the file or its folder cannot be written it
 * is opened for reading. NULL with SEISMIC_ERROR_NOT_LIBRARY for another program's
 * database or a newer version (nothing is touched), SEISMIC_ERROR_DAMAGED or
 * G_IO_ERROR_*. Close with sqlite3_close. */
sqlite3 *seismic_schema_open (const char *path, bool create, GError **error);
