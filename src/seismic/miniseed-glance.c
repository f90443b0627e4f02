#include "seismic/miniseed-glance.h"
#include "seismic/error.h"
#include "seismic/miniseed.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER 512 /* bytes that hold the blockettes of a first record */

static const char orders[][4] = {"ENZ", "12Z", "123"};

static unsigned
read_u16 (const uint8_t *at, bool little)
{
  return little ? (unsigned)(at[0] | at[1] << 8) : (unsigned)(at[0] << 8 | at[1]);
}

/* The length that blockette 1000 of a record tells (SEED manual 2.4, chapter 8); 0 if
 * this is no record of miniSEED 2. */
static size_t
record_length (const uint8_t header[HEADER])
{
  const bool little = read_u16 (header + 20, false) > 2200; /* the year */
  unsigned at = read_u16 (header + 46, little);
  if (strchr ("DRQM", header[6]) == NULL || header[6] == '\0')
    return 0;
  for (int i = 0; i < 8 && at >= 48 && at + 8 <= HEADER; i++) {
    if (read_u16 (header + at, little) == 1000)
      return header[at + 6] >= 7 && header[at + 6] <= 20 ? (size_t)1 << header[at + 6]
                                                         : 0;
    at = read_u16 (header + at + 2, little);
  }
  return 0;
}

static bool
fail (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Cannot read %s: %s",
               name, g_strerror (code));
  return false;
}

/* Records of the file, evenly spread, one behind the other. */
static GByteArray *
read_some (const char *path, int fd, size_t max_bytes, double *share, GError **error)
{
  uint8_t header[HEADER] = {0};
  struct stat status;
  if (fd < 0 || fstat (fd, &status) != 0 || pread (fd, header, HEADER, 0) < 0) {
    fail (path, errno, error);
    return NULL;
  }
  const size_t length = record_length (header);
  const size_t n_all = length > 0 ? (size_t)status.st_size / length : 0;
  if (n_all == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED,
                 "No record of miniSEED 2 at its begin");
    return NULL;
  }
  const size_t n = MIN (n_all, MAX (max_bytes / length, 1));
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint)(n * length));
  g_byte_array_set_size (bytes, (guint)(n * length));
  for (size_t i = 0; i < n; i++) {
    const off_t offset = (off_t)(i * n_all / n * length);
    const ssize_t got = pread (fd, bytes->data + i * length, length, offset);
    if (got != (ssize_t)length) {
      fail (path, got < 0 ? errno : ENODATA, error);
      return NULL;
    }
  }
  *share = (double)n / (double)n_all;
  return g_steal_pointer (&bytes);
}

/* The traces of the component of that letter: how many. */
static size_t
count_traces (const GPtrArray *traces, char letter)
{
  size_t n = 0;
  for (guint i = 0; i < traces->len; i++)
    n += ((const SeismicTrace *)traces->pdata[i])->channel[2] == letter;
  return n;
}

/* The order of components whose rarest one is met most often, that often; 0: none is
 * whole. */
static size_t
choose_order (const GPtrArray *traces, const char **order)
{
  size_t most = 0;
  for (size_t k = 0; k < G_N_ELEMENTS (orders); k++) {
    size_t least = SIZE_MAX;
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
      least = MIN (least, count_traces (traces, orders[k][c]));
    if (least > most) {
      most = least;
      *order = orders[k];
    }
  }
  return most;
}

/* The lowest and highest value of each of n_bins stretches: out (2 n_bins), NAN where
 * nothing was looked at. */
static void
gather (double *out, size_t n_bins, const GPtrArray *traces, char letter,
        int64_t start_ns, double width_s)
{
  for (size_t i = 0; i < 2 * n_bins; i++)
    out[i] = NAN;
  for (guint t = 0; t < traces->len; t++) {
    const SeismicTrace *trace = traces->pdata[t];
    if (trace->channel[2] != letter)
      continue;
    double begin_s = (double)(trace->start_ns - start_ns) / 1e9;
    for (size_t i = 0; i < trace->n_samples; i++) {
      double place = (begin_s + (double)i / trace->rate_hz) / width_s;
      size_t bin = (size_t)CLAMP (place, 0, (double)n_bins - 1);
      double value = seismic_trace_value (trace, i);
      out[2 * bin] = fmin (out[2 * bin], value);
      out[2 * bin + 1] = fmax (out[2 * bin + 1], value);
    }
  }
}

static SeismicSignal *
draw_together (const GPtrArray *traces, const char *order, size_t n_bins)
{
  const SeismicTrace *first = traces->pdata[0];
  SeismicSignal *signal = g_new0 (SeismicSignal, 1);
  int64_t start_ns = INT64_MAX, end_ns = INT64_MIN;
  for (guint i = 0; i < traces->len; i++) {
    start_ns = MIN (start_ns, ((const SeismicTrace *)traces->pdata[i])->start_ns);
    end_ns = MAX (end_ns, seismic_trace_end_ns (traces->pdata[i]));
  }
  double width_s = fmax ((double)(end_ns - start_ns) / 1e9, 1e-3) / (double)n_bins;
  g_strlcpy (signal->network, first->network, sizeof signal->network);
  g_strlcpy (signal->station, first->station, sizeof signal->station);
  g_strlcpy (signal->location, first->location, sizeof signal->location);
  g_strlcpy (signal->instrument, first->channel, sizeof signal->instrument);
  g_strlcpy (signal->components, order, sizeof signal->components);
  signal->start_ns = start_ns;
  signal->rate_hz = 2 / width_s;
  signal->n_samples = 2 * n_bins;
  signal->samples = g_new (double, SEISMIC_N_COMPONENTS * signal->n_samples);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    signal->counts_per_ms2[c] = signal->azimuths[c] = NAN;
    gather (signal->samples + c * signal->n_samples, n_bins, traces, order[c], start_ns,
            width_s);
  }
  return signal;
}

SeismicSignal *
seismic_miniseed_glance (const char *path, size_t max_bytes, double *share,
                         GError **error)
{
  g_autoptr (GPtrArray) traces = NULL;
  double looked_at = 0;
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autoptr (GByteArray) bytes = read_some (path, fd, max_bytes, &looked_at, error);
  if (fd >= 0)
    close (fd);
  if (bytes == NULL ||
      !seismic_miniseed_read (bytes->data, bytes->len, &traces, NULL, error))
    return NULL;
  g_autoptr (GPtrArray) groups = seismic_signal_group (traces, "HN");
  const GPtrArray *best = NULL;
  const char *order = NULL;
  size_t most = 0;
  for (guint i = 0; i < groups->len; i++) {
    const char *found = NULL;
    size_t n = choose_order (groups->pdata[i], &found);
    if (n > most) {
      most = n;
      best = groups->pdata[i];
      order = found;
    }
  }
  if (best == NULL) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS,
                 "No instrument HN with three components at first sight");
    return NULL;
  }
  if (share)
    *share = looked_at;
  /* As many stretches as records were met, so that each has about one. */
  return draw_together (best, order, MAX (most - 1, 1));
}
