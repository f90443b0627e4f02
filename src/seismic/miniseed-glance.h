/* A first look at a long miniSEED file, from a few of its records. Any thread. */
#pragma once

#include "seismic/signal.h"

/* What the instrument "HN" with most records in the file looks like from start to end:
 * two samples for each of many equal stretches of time, the lowest and the highest value
 * of the records that were looked at there; its rate is lower than the recorder's by as
 * much. *share (may be NULL): of the file that was looked at, 0 … 1. At most about
 * max_bytes are read, evenly spread. Records must be of miniSEED 2 and of one length, or
 * chance decides what is found. NULL with SEISMIC_ERROR_NOT_MINISEED, _COMPONENTS where
 * not all three were met, _TOO_SHORT, G_IO_ERROR_*, or as seismic_miniseed_read (). */
SeismicSignal *seismic_miniseed_glance (const char *path, size_t max_bytes, double *share,
                                        GError **error);
