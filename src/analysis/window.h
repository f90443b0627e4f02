/* What of a signal a network is given: all of it, or some seconds around the P wave or
 * the peak. */
#pragma once

#include "seismic/library.h"

typedef enum {
  ANALYSIS_WINDOW_WHOLE,
  ANALYSIS_WINDOW_P,   /* around the P wave's arrival */
  ANALYSIS_WINDOW_PEAK /* around the largest departure from a component's mean */
} AnalysisWindowKind;

typedef struct {
  AnalysisWindowKind kind;
  double length_s; /* of the window; with ANALYSIS_WINDOW_WHOLE of no meaning, like: */
  double lead_s; /* what of it is before the arrival or the peak, less than the length */
} AnalysisWindow;

#define ANALYSIS_WINDOW_LEAST_S 0.5
#define ANALYSIS_WINDOW_MOST_S 3600.0
/* All of it; and what a window has unless said. */
#define ANALYSIS_WINDOW_DEFAULT                                                          \
  {                                                                                      \
    .kind = ANALYSIS_WINDOW_WHOLE, .length_s = 30, .lead_s = 5                           \
  }
/* The share of a window that a record must hold. */
#define ANALYSIS_WINDOW_THERE 0.5

/* ANALYSIS_ERROR_SETTINGS for a length that is not within the bounds above, or a lead
 * that is not from 0 to below the length. */
bool analysis_window_check (const AnalysisWindow *window, GError **error);

/* When the P wave arrives at a signal's instrument: as it was picked there (P, Pg or Pn;
 * the earliest of several), else as seismic_signal_info_arrival_s () predicts.
 * ANALYSIS_ERROR_MISMATCH if neither is known. */
bool analysis_window_arrival (SeismicLibrary *library, const SeismicSignalInfo *info,
                              int64_t *arrival_ns, GError **error);

/* *first, *n: the samples of the window, of which arrival_ns is read for
 * ANALYSIS_WINDOW_P alone: what of it the record holds. samples of signal may be NULL but
 * for ANALYSIS_WINDOW_PEAK. ANALYSIS_ERROR_MISMATCH if that is less than
 * ANALYSIS_WINDOW_THERE. */
bool analysis_window_find (const AnalysisWindow *window, const SeismicSignal *signal,
                           int64_t arrival_ns, size_t *first, size_t *n, GError **error);

/* Cuts the signal of that id, read from library, down to the window. Fails as the two
 * above; the signal is then as it was. */
bool analysis_window_cut (const AnalysisWindow *window, SeismicLibrary *library,
                          const char *signal_id, SeismicSignal *signal, GError **error);
