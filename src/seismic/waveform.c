#include "seismic/waveform.h"
#include "seismic/gzip.h"
#include "seismic/sac.h"

static bool
read_sac (const uint8_t *bytes, size_t n_bytes, GPtrArray **traces,
          SeismicMiniseedReport *report, GError **error)
{
  SeismicTrace *trace = seismic_sac_read (bytes, n_bytes, NULL, error);

  if (trace == NULL)
    return false;
  *traces = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  g_ptr_array_add (*traces, trace);
  if (report != NULL)
    *report = (SeismicMiniseedReport){.n_records = 1};
  return true;
}

static bool
read_plain (const uint8_t *bytes, size_t n_bytes, GPtrArray **traces,
            SeismicMiniseedReport *report, GError **error)
{
  return seismic_sac_probe (bytes, n_bytes)
             ? read_sac (bytes, n_bytes, traces, report, error)
             : seismic_miniseed_read (bytes, n_bytes, traces, report, error);
}

bool
seismic_waveform_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **traces,
                       SeismicMiniseedReport *report, GError **error)
{
  if (!seismic_gzip_probe (bytes, n_bytes))
    return read_plain (bytes, n_bytes, traces, report, error);

  size_t n_rest = 0, n_inside = 0;
  g_autoptr (GBytes) expanded = seismic_gzip_expand (bytes, n_bytes, &n_rest, error);
  if (expanded == NULL)
    return false;
  const uint8_t *inside = g_bytes_get_data (expanded, &n_inside);
  if (!read_plain (inside, n_inside, traces, report, error)) {
    g_prefix_error (error, "inside gzip: ");
    return false;
  }
  if (report != NULL)
    report->n_noise_bytes += n_rest;
  return true;
}

const char *
seismic_waveform_suffix (const uint8_t *bytes, size_t n_bytes)
{
  return seismic_gzip_probe (bytes, n_bytes)  ? ".gz"
         : seismic_sac_probe (bytes, n_bytes) ? ".sac"
                                              : ".mseed";
}
