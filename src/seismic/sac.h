/* SAC: one evenly spaced component a file, binary, of either byte order, header versions
 * 6 and 7. The format: IRIS, SAC data file format,
 * http://ds.iris.edu/files/sac-manual/manual/file_format.html. Any thread. */
#pragma once

#include "seismic/event.h"
#include "seismic/trace.h"

/* What else a header tells. Unknown numbers are NAN, times SEISMIC_TIME_UNSET. */
typedef struct {
  double station_latitude, station_longitude; /* degrees */
  double azimuth;                             /* degrees, where the component points */
  double inclination;                         /* degrees from upwards: 0 up, 90 level */
  int64_t origin_ns;
  double event_latitude, event_longitude, event_depth_km, magnitude;
  int64_t p_ns, s_ns; /* picks: A and T0 */
} SeismicSacFacts;

/* All unknown. */
void seismic_sac_facts_init (SeismicSacFacts *facts);

/* TRUE if the bytes begin with a SAC header: its version, kind and sampling interval make
 * sense in one of the byte orders. */
bool seismic_sac_probe (const uint8_t *bytes, size_t n_bytes);

/* A new trace of FLOAT32 samples; facts may be NULL. The sampling rate is the whole or
 * short number that the header's interval, a float, stands for: 100 Hz for 0.01 s. The
 * station is KSTNM, its location KHOLE, its channel KCMPNM. NULL with
 * SEISMIC_ERROR_DAMAGED (cut off, numbers that cannot be) or SEISMIC_ERROR_UNSUPPORTED
 * (unevenly spaced, a spectrum, or without an absolute time). */
SeismicTrace *seismic_sac_read (const uint8_t *bytes, size_t n_bytes,
                                SeismicSacFacts *facts, GError **error);

/* The bytes of a SAC file, little-endian, version 6: samples as floats (of an int32
 * beyond 2^24 the last bits are lost), the start to 1 µs. facts may be NULL. NULL with
 * SEISMIC_ERROR_UNSUPPORTED for an empty trace, more than 2^31 − 1 samples, or a year
 * beyond 1 … 9999. */
GBytes *seismic_sac_write (const SeismicTrace *trace, const SeismicSacFacts *facts,
                           GError **error);
