/* miniSEED bytes ⇄ traces. Gaps and overlaps stay what they are: separate traces. */
#pragma once

#include "seismic/trace.h"
#include <glib.h>

/* What a file held beside the traces. Plain data. */
typedef struct {
  size_t n_records;       /* data records read */
  size_t n_text_records;  /* records of text, skipped */
  size_t n_empty_records; /* records without samples, skipped */
  size_t n_bad_records;   /* records that could not be decoded, skipped */
  size_t n_noise_bytes;   /* bytes that belong to no record, skipped */
  size_t n_tail_bytes;    /* an incomplete last record, skipped */
  char message[200];      /* libmseed's first complaint, or "" */
} SeismicMiniseedReport;

/* traces: a new GPtrArray of SeismicTrace with free function, one for each contiguous
 * segment, in the order of first appearance by channel and of time within a channel.
 * report may be NULL. Fails with SEISMIC_ERROR_EMPTY (0 bytes), _NOT_MINISEED (no record
 * at all), _UNSUPPORTED (miniSEED 3 and libmseed 2.x). Records that hold only text or no
 * samples are no failure: the array is then empty. Any thread, one call at a time each.
 */
bool seismic_miniseed_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **traces,
                            SeismicMiniseedReport *report, GError **error);

/* miniSEED 2 with Steim2 in big-endian records of 512 bytes; every trace must be INT32.
 * NULL and SEISMIC_ERROR_UNSUPPORTED for another type or a difference of over 30 bits. */
GBytes *seismic_miniseed_write (GPtrArray *traces, GError **error);
