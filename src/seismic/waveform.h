/* Records in any of the formats that are read: miniSEED 2 and 3, SAC, and gzip around
 * either. Told apart by content: names and suffixes do not matter. */
#pragma once

#include "seismic/miniseed.h"

/* As seismic_miniseed_read (), for all the formats; report may be NULL. Bytes behind a
 * gzip member count as noise. Fails as seismic_miniseed_read (), seismic_sac_read () and
 * seismic_gzip_expand () do; SEISMIC_ERROR_NOT_MINISEED where it is none of them.
 * gzip in gzip is not unpacked. */
bool seismic_waveform_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **traces,
                            SeismicMiniseedReport *report, GError **error);

/* What a file of these bytes is called by: ".mseed", ".sac" or ".gz". They are some that
 * seismic_waveform_read () reads. */
const char *seismic_waveform_suffix (const uint8_t *bytes, size_t n_bytes);
