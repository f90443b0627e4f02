/* A contiguous stretch of samples of one channel, as the recorder wrote them. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  SEISMIC_SAMPLE_INT32 = 'i',
  SEISMIC_SAMPLE_FLOAT32 = 'f',
  SEISMIC_SAMPLE_FLOAT64 = 'd'
} SeismicSampleType;

typedef struct {
  char network[12], station[12], location[12], channel[12]; /* location "" when blank */
  int64_t start_ns;
  double rate_hz; /* > 0 */
  size_t n_samples;
  SeismicSampleType type;
  void *samples; /* (n_samples) of int32_t, float or double; owned */
} SeismicTrace;

/* samples are copied; NULL: they are left out, and stay NULL. network … channel longer
 * than 11 bytes are cut. */
SeismicTrace *seismic_trace_new (const char *network, const char *station,
                                 const char *location, const char *channel,
                                 int64_t start_ns, double rate_hz, SeismicSampleType type,
                                 const void *samples, size_t n_samples);
void seismic_trace_free (SeismicTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicTrace, seismic_trace_free)

size_t seismic_sample_size (SeismicSampleType type);
/* Sample index (< n_samples) as a double. */
double seismic_trace_value (const SeismicTrace *trace, size_t index);
/* Time of the last sample; of an empty trace, its start. */
int64_t seismic_trace_end_ns (const SeismicTrace *trace);
/* FNV-1a 64 over the samples as little-endian values of their stored type, begun with the
 * offset basis 1469598103934665603 of the reference table that readings are compared
 * with. That is not the standard's 14695981039346656037 (the last digit is missing):
 * other tools' FNV-1a differs. */
uint64_t seismic_trace_checksum (const SeismicTrace *trace);
/* "NET.STA.LOC.CHA"; free with g_free. */
char *seismic_trace_seed_id (const SeismicTrace *trace);
