#include "seismic/trace.h"
#include "seismic/time.h"

#include <string.h>

SeismicTrace *
seismic_trace_new (const char *network, const char *station, const char *location,
                   const char *channel, int64_t start_ns, double rate_hz,
                   SeismicSampleType type, const void *samples, size_t n_samples)
{
  SeismicTrace *trace = g_new0 (SeismicTrace, 1);

  g_strlcpy (trace->network, network, sizeof trace->network);
  g_strlcpy (trace->station, station, sizeof trace->station);
  g_strlcpy (trace->location, location, sizeof trace->location);
  g_strlcpy (trace->channel, channel, sizeof trace->channel);
  trace->start_ns = start_ns;
  trace->rate_hz = rate_hz;
  trace->n_samples = n_samples;
  trace->type = type;
  if (n_samples > 0 && samples == NULL)
    return trace;
  trace->samples = g_malloc_n (MAX (n_samples, 1), seismic_sample_size (type));
  if (n_samples > 0)
    memcpy (trace->samples, samples, n_samples * seismic_sample_size (type));
  return trace;
}

void
seismic_trace_free (SeismicTrace *trace)
{
  if (trace == NULL)
    return;
  g_free (trace->samples);
  g_free (trace);
}

size_t
seismic_sample_size (SeismicSampleType type)
{
  return type == SEISMIC_SAMPLE_FLOAT64 ? sizeof (double) : sizeof (int32_t);
}

double
seismic_trace_value (const SeismicTrace *trace, size_t index)
{
  switch (trace->type) {
  case SEISMIC_SAMPLE_INT32:
    return ((const int32_t *)trace->samples)[index];
  case SEISMIC_SAMPLE_FLOAT32:
    return ((const float *)trace->samples)[index];
  case SEISMIC_SAMPLE_FLOAT64:
    return ((const double *)trace->samples)[index];
  }
  g_return_val_if_reached (0);
}

int64_t
seismic_trace_end_ns (const SeismicTrace *trace)
{
  int64_t end_ns;

  if (trace->n_samples == 0)
    return trace->start_ns;
  const int64_t length_ns = seismic_time_of_sample (trace->n_samples - 1, trace->rate_hz);
  if (__builtin_add_overflow (trace->start_ns, length_ns, &end_ns))
    return INT64_MAX;
  return end_ns;
}

uint64_t
seismic_trace_checksum (const SeismicTrace *trace)
{
  const size_t size = seismic_sample_size (trace->type);
  const uint8_t *bytes = trace->samples;
  /* Prime of draft-eastlake-fnv; for the basis see the header. */
  uint64_t hash = UINT64_C (1469598103934665603);

  for (size_t i = 0; i < trace->n_samples; i++)
    for (size_t j = 0; j < size; j++) {
      const size_t place = G_BYTE_ORDER == G_LITTLE_ENDIAN ? j : size - 1 - j;
      hash = (hash ^ bytes[i * size + place]) * UINT64_C (0x100000001b3);
    }
  return hash;
}

char *
seismic_trace_seed_id (const SeismicTrace *trace)
{
  return g_strdup_printf ("%s.%s.%s.%s", trace->network, trace->station, trace->location,
                          trace->channel);
}
