/* SHA-256 (FIPS 180-4), by which a library knows the content of its files. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct SeismicHash SeismicHash;

/* Free with seismic_hash_end (). Not for two threads at a time. */
SeismicHash *seismic_hash_begin (void);
void seismic_hash_add (SeismicHash *hash, const uint8_t *bytes, size_t n_bytes);
/* Of all that was added, in 64 lower-case hexadecimal digits: to be freed with g_free. */
char *seismic_hash_end (SeismicHash *hash);
char *seismic_hash_bytes (const uint8_t *bytes, size_t n_bytes);
