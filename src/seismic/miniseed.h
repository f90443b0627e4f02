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

/* What is in a file of up to 4 GiB, by channel: its records are all decoded once but not
 * kept, so that memory does not grow with the samples (8 bytes a record remain). The file
 * must not be cut short meanwhile: it is mapped. */
typedef struct SeismicMiniseedIndex SeismicMiniseedIndex;
/* Fails as seismic_miniseed_read does, and with G_IO_ERROR_*. report may be NULL. */
SeismicMiniseedIndex *seismic_miniseed_index_new (const char *path,
                                                  SeismicMiniseedReport *report,
                                                  GError **error);
void seismic_miniseed_index_free (SeismicMiniseedIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicMiniseedIndex, seismic_miniseed_index_free)
/* The traces that seismic_miniseed_read would give, with samples NULL; the index's. */
GPtrArray *seismic_miniseed_index_get_traces (SeismicMiniseedIndex *index);
/* A new GPtrArray of the traces, with samples, of all channels that have a trace for
 * which filter is TRUE. NULL with G_IO_ERROR_* when the file is gone or shorter, or as
 * seismic_miniseed_read when it is another. */
typedef bool (*SeismicMiniseedFilter) (const SeismicTrace *trace, void *user_data);
GPtrArray *seismic_miniseed_index_read (SeismicMiniseedIndex *index,
                                        SeismicMiniseedFilter filter, void *user_data,
                                        GError **error);

/* miniSEED 2 in big-endian records of 512 bytes: INT32 as Steim2, FLOAT32 and FLOAT64 as
 * they are. Empty traces leave no record; start times are rounded to microseconds. NULL
 * and SEISMIC_ERROR_UNSUPPORTED for a difference of over 30 bits, codes longer than 2, 5,
 * 2 and 3 letters, a rate out of range or a year not of 1900 … 2100. */
GBytes *seismic_miniseed_write (GPtrArray *traces, GError **error);
