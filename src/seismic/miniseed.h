/* miniSEED bytes ⇄ traces. Gaps and overlaps stay what they are: separate traces. */
#pragma once

#include "seismic/trace.h"
#include <glib.h>

/* Records of other rates are bad. */
#define SEISMIC_MINISEED_MIN_RATE_HZ 1e-6
#define SEISMIC_MINISEED_MAX_RATE_HZ 1e6

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
 * at all), _UNSUPPORTED (nothing but miniSEED 3 and libmseed is 2.x, or unknown
 * encodings), _DAMAGED (nothing but records that cannot be decoded, or a part of one),
 * _TOO_LARGE (over 20000 segments). Records that hold only text or no samples are no
 * failure: the array is then empty. Any thread; calls wait for each other. */
bool seismic_miniseed_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **traces,
                            SeismicMiniseedReport *report, GError **error);

/* miniSEED 2 in big-endian records of 512 bytes: INT32 as Steim2, FLOAT32 and FLOAT64 as
 * they are. Empty traces leave no record; start times are rounded to microseconds. NULL
 * and SEISMIC_ERROR_UNSUPPORTED for a difference of over 30 bits, codes longer than 2, 5,
 * 2 and 3 letters, a rate out of range or a year not of 1900 … 2100. */
GBytes *seismic_miniseed_write (GPtrArray *traces, GError **error);
