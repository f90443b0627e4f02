/* Shared by miniseed.c, which knows libmseed, and miniseed-index.c. */
#pragma once

#include "seismic/miniseed.h"

/* libmseed reads up to 4 bytes behind a record whose header lies; they are zeros here. */
#define SEISMIC_MINISEED_PADDING 64

/* Where a record of a file is. */
typedef struct {
  uint32_t offset, length; /* bytes */
} SeismicMiniseedPlace;

/* seismic_miniseed_read () of n_bytes that may be written on, with as much padding of
 * zeros behind. With places (channel key → GArray of SeismicMiniseedPlace, filled) and
 * keys (filled: each trace's) the bytes are a private mapping of a file under 4 GiB,
 * whose pages are given back on the way, and the traces are without samples; else both
 * are NULL. */
bool seismic_miniseed_read_padded (char *bytes, size_t n_bytes, GHashTable *places,
                                   GPtrArray *keys, GPtrArray **traces,
                                   SeismicMiniseedReport *report, GError **error);
