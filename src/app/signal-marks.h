/* The times that are marked on a signal: the event's origin and where P and S should
 * arrive by seismic/travel-time.h, where the model is for event and station. */
#pragma once

#include "plot/trace-layout.h"
#include "seismic/library.h"

/* Appends to marks (of PlotTraceMark, its labels borrowed from the translations) those of
 * a record that begins at start_ns. */
void sae_signal_marks_append (GArray *marks, const SeismicSignalInfo *info,
                              int64_t start_ns);
/* Seconds after the origin; NAN where the model says nothing of event and station. */
double sae_signal_marks_arrival_s (const SeismicSignalInfo *info, gboolean is_s);
