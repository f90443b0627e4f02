/* Files that somebody packed with gzip (RFC 1952). Any thread. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No more comes out than this, nor than GROWTH times what went in (but always FREE): what
 * holds records packs far worse, so the rest is a file made to fill the memory. */
#define SEISMIC_GZIP_MAX_BYTES ((size_t)2 << 30)
#define SEISMIC_GZIP_MAX_GROWTH ((size_t)100)
#define SEISMIC_GZIP_FREE_BYTES ((size_t)64 << 20)

/* TRUE if the bytes begin as a gzip file does. */
bool seismic_gzip_probe (const uint8_t *bytes, size_t n_bytes);

/* What is packed, of all members one behind the other: new bytes. *n_rest (may be NULL):
 * bytes behind the last member, which are left out. NULL with SEISMIC_ERROR_DAMAGED
 * (cut off, or checksums that differ) or SEISMIC_ERROR_TOO_LARGE. */
GBytes *seismic_gzip_expand (const uint8_t *bytes, size_t n_bytes, size_t *n_rest,
                             GError **error);
