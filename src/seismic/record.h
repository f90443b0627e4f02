/* All of an instrument's record of an event: its three components on one clock, with the
 * gaps and overlaps that a signal, the longest gapless stretch, has none of. For looking
 * at. Any thread. */
#pragma once

#include "seismic/processing.h"
#include "seismic/signal.h"

typedef enum { SEISMIC_SPAN_GAP, SEISMIC_SPAN_OVERLAP } SeismicSpanKind;

typedef struct {
  SeismicSpanKind kind;
  size_t component;
  /* Of a gap: the last sample before and the first one after. Of an overlap: the first
   * and the last sample that are there more than once. */
  int64_t begin_ns, end_ns;
} SeismicSpan;

typedef struct {
  /* Owned. From the first sample of any component to the last of any; NAN where a
   * component has none. has_gaps: there are such. */
  SeismicSignal *signal;
  GArray *spans; /* of SeismicSpan, by component, then by time */
} SeismicRecord;

void seismic_record_free (SeismicRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicRecord, seismic_record_free)

/* The record around a signal that seismic_signal_from_traces () made of these traces.
 * Without gaps it is the signal's window. One with gaps so long that it would take over
 * 2^24 samples and four times those that are there stays the signal's window too. Samples
 * told twice count as told first. signal is copied. */
SeismicRecord *seismic_record_new (const SeismicSignal *signal, GPtrArray *traces);

/* How many gaps its components have, together. */
size_t seismic_record_count_gaps (const SeismicRecord *record);

/* A new record, processed as seismic_processing_apply () does, each stretch between gaps
 * by itself: of each component, and where they are rotated, of all three together.
 * Stretches too short to process become gaps. NULL as seismic_processing_apply () fails
 * where nothing could be processed. */
SeismicRecord *seismic_record_process (const SeismicRecord *record,
                                       const SeismicProcessing *processing,
                                       double back_azimuth, GError **error);

/* The same of a record that is given up: where nothing is to be done it is the result
 * itself, without a copy. */
SeismicRecord *seismic_record_take_processed (SeismicRecord *record,
                                              const SeismicProcessing *processing,
                                              double back_azimuth, GError **error);

/* The part of the record from from_ns to to_ns, both included (SEISMIC_TIME_UNSET: to its
 * end): a new record. NULL with SEISMIC_ERROR_EMPTY where no component has a sample
 * there. */
SeismicRecord *seismic_record_cut (const SeismicRecord *record, int64_t from_ns,
                                   int64_t to_ns, GError **error);
/* Its samples as traces, one for each stretch of a component between gaps: INT32 where
 * all samples of the record are whole numbers of that range, else FLOAT64. A new
 * GPtrArray of SeismicTrace. */
GPtrArray *seismic_record_to_traces (const SeismicRecord *record);
