#include "seismic/sac.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define N_WORDS 110 /* floats, integers and enumerations, 4 bytes each */
#define N_HEADER 632
#define N_FOOTER 176 /* of version 7: 22 doubles */
#define UNDEFINED -12345

/* Words of the header. */
enum {
  DELTA = 0,
  DEPMIN = 1,
  DEPMAX = 2,
  BEGIN = 5,
  END = 6,
  ORIGIN = 7,
  A = 8,
  T0 = 10,
  STLA = 31,
  STLO = 32,
  EVLA = 35,
  EVLO = 36,
  EVDP = 38,
  MAG = 39,
  DEPMEN = 56,
  CMPAZ = 57,
  CMPINC = 58,
  NZYEAR = 70,
  NVHDR = 76,
  NPTS = 79,
  IFTYPE = 85,
  IZTYPE = 87,
  LEVEN = 105
};

/* Bytes where texts of 8 letters begin. */
enum { KSTNM = 440, KEVNM = 448, KHOLE = 464, KCMPNM = 600, KNETWK = 608 };

/* Doubles of the footer. */
enum { F_DELTA = 0, F_BEGIN = 1, F_ORIGIN = 3, F_A = 4, F_T0 = 5 };

enum { ITIME = 1, IXY = 4 }; /* IFTYPE */
enum { IB = 9 };             /* IZTYPE: the reference is the begin time */
#define N_TEXTS ((N_HEADER - 4 * N_WORDS) / 8) /* of 8 letters each */

typedef struct {
  const uint8_t *bytes;  /* borrowed */
  const uint8_t *footer; /* version 7, else NULL; borrowed */
  bool big_endian;
} Header;

void
seismic_sac_facts_init (SeismicSacFacts *facts)
{
  *facts = (SeismicSacFacts){NAN,
                             NAN,
                             NAN,
                             NAN,
                             SEISMIC_TIME_UNSET,
                             NAN,
                             NAN,
                             NAN,
                             NAN,
                             SEISMIC_TIME_UNSET,
                             SEISMIC_TIME_UNSET};
}

static uint32_t
get_word (const uint8_t *bytes, bool big_endian)
{
  return big_endian ? (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
                          (uint32_t)bytes[2] << 8 | bytes[3]
                    : (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 |
                          (uint32_t)bytes[1] << 8 | bytes[0];
}

static int32_t
get_integer (const Header *header, size_t word)
{
  return (int32_t)get_word (header->bytes + 4 * word, header->big_endian);
}

static float
to_float (const uint8_t *bytes, bool big_endian)
{
  const uint32_t word = get_word (bytes, big_endian);
  float value;

  memcpy (&value, &word, sizeof value);
  return value;
}

/* The decimal number of fewest digits that is this float: what was meant, 0.01 and not
 * 0.009999999776. NAN if it is undefined. */
static double
meant (float value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value == UNDEFINED || !isfinite (value))
    return NAN;
  for (int digits = 6; digits <= 9; digits++) {
    char format[8];

    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (text, sizeof text, format, value);
    if ((float)g_ascii_strtod (text, NULL) == value)
      break;
  }
  return g_ascii_strtod (text, NULL);
}

static double
get_float (const Header *header, size_t word)
{
  return meant (to_float (header->bytes + 4 * word, header->big_endian));
}

/* The footer's double of a number, where there is a footer and it tells. */
static double
get_double (const Header *header, size_t word, size_t index)
{
  if (header->footer == NULL)
    return get_float (header, word);
  const uint8_t *at = header->footer + 8 * index;
  const uint64_t first = get_word (at, header->big_endian);
  const uint64_t second = get_word (at + 4, header->big_endian);
  const uint64_t bits = header->big_endian ? first << 32 | second : second << 32 | first;
  double value;

  memcpy (&value, &bits, sizeof value);
  return value == UNDEFINED || !isfinite (value) ? get_float (header, word) : value;
}

/* A text of at most 8 letters into code; undefined and blank ones are "". */
static void
get_text (char code[12], const Header *header, size_t at)
{
  size_t n = 0;

  for (size_t i = 0; i < 8 && header->bytes[at + i] != '\0'; i++)
    if (g_ascii_isgraph (header->bytes[at + i]))
      code[n++] = (char)header->bytes[at + i];
  code[n] = '\0';
  if (g_str_equal (code, "-12345"))
    code[0] = '\0';
}

static bool
is_header (const Header *header)
{
  const int32_t version = get_integer (header, NVHDR);
  const int32_t kind = get_integer (header, IFTYPE);
  const int32_t even = get_integer (header, LEVEN);
  const float delta = to_float (header->bytes + 4 * DELTA, header->big_endian);

  return (version == 6 || version == 7) && ((kind >= 1 && kind <= 4) || kind == 51) &&
         (even == 0 || even == 1) && get_integer (header, NPTS) >= 0 &&
         (even == 0 || delta > 0.0f);
}

/* The header in the byte order in which it makes sense. */
static bool
find_header (Header *header, const uint8_t *bytes, size_t n_bytes)
{
  if (n_bytes < N_HEADER)
    return false;
  for (int order = 0; order < 2; order++) {
    *header = (Header){bytes, NULL, order == 0};
    if (is_header (header))
      return true;
  }
  return false;
}

bool
seismic_sac_probe (const uint8_t *bytes, size_t n_bytes)
{
  Header header;

  return find_header (&header, bytes, n_bytes);
}

static bool
check_kind (const Header *header, GError **error)
{
  const int32_t kind = get_integer (header, IFTYPE);

  if ((kind != ITIME && kind != IXY) || get_integer (header, LEVEN) != 1) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED,
                 "SAC: only evenly spaced time series can be read, not IFTYPE %d with "
                 "LEVEN %d",
                 kind, get_integer (header, LEVEN));
    return false;
  }
  return true;
}

/* Finds the footer; FALSE if the file ends too early. */
static bool
check_length (Header *header, size_t n_bytes, GError **error)
{
  const size_t n = (size_t)get_integer (header, NPTS);
  const size_t n_data = N_HEADER + 4 * n;
  const bool has_footer = get_integer (header, NVHDR) == 7;

  if (n_bytes < n_data + (has_footer ? N_FOOTER : 0)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "SAC: cut off, %zu bytes for %zu samples, needed %zu", n_bytes, n,
                 n_data + (has_footer ? N_FOOTER : 0));
    return false;
  }
  if (n == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY, "SAC: 0 samples");
    return false;
  }
  header->footer = has_footer ? header->bytes + n_data : NULL;
  return true;
}

/* The header's reference, from which all its times count. */
static bool
read_reference (const Header *header, int64_t *reference_ns, GError **error)
{
  int32_t parts[6]; /* year, day of the year, hour, minute, second, millisecond */
  int64_t year_ns;

  for (size_t i = 0; i < 6; i++) {
    parts[i] = get_integer (header, NZYEAR + i);
    if (parts[i] == UNDEFINED) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED,
                   "SAC: the record has no absolute time");
      return false;
    }
  }
  g_autofree char *text = g_strdup_printf ("%04d-01-01", parts[0]);
  if (!seismic_time_parse (text, &year_ns) || parts[1] < 1 || parts[1] > 366 ||
      parts[2] < 0 || parts[2] > 23 || parts[3] < 0 || parts[3] > 59 || parts[4] < 0 ||
      parts[4] > 60 || parts[5] < 0 || parts[5] > 999) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "SAC: %d, day %d, %d:%d:%d.%d is no time of the years 1678 to 2262",
                 parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    return false;
  }
  const int64_t seconds =
      ((parts[1] - 1) * INT64_C (24) + parts[2]) * 3600 + parts[3] * 60 + parts[4];
  if (__builtin_add_overflow (year_ns,
                              seconds * SEISMIC_NS_PER_SECOND +
                                  parts[5] * (SEISMIC_NS_PER_SECOND / 1000),
                              reference_ns)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "SAC: the year %d is too late", parts[0]);
    return false;
  }
  return true;
}

/* The time `seconds` after the reference; SEISMIC_TIME_UNSET if it is unknown or beyond
 * what can be told. */
static int64_t
time_after (int64_t reference_ns, double seconds)
{
  int64_t time_ns;

  if (!(fabs (seconds) < 1e9) ||
      __builtin_add_overflow (reference_ns, (int64_t)llround (seconds * 1e9), &time_ns))
    return SEISMIC_TIME_UNSET;
  return time_ns;
}

/* The rate of a whole number of Hz, or of a whole hundredth, that has this interval as a
 * float; else its inverse. */
static double
rate_of (double interval_s)
{
  const double rate_hz = 1.0 / interval_s;
  const double tidy_hz = rint (rate_hz * 100.0) / 100.0;

  return tidy_hz > 0.0 && (float)(1.0 / tidy_hz) == (float)interval_s ? tidy_hz : rate_hz;
}

static void
read_facts (SeismicSacFacts *facts, const Header *header, int64_t reference_ns)
{
  facts->station_latitude = get_float (header, STLA);
  facts->station_longitude = get_float (header, STLO);
  facts->azimuth = get_float (header, CMPAZ);
  facts->inclination = get_float (header, CMPINC);
  facts->event_latitude = get_float (header, EVLA);
  facts->event_longitude = get_float (header, EVLO);
  facts->event_depth_km = get_float (header, EVDP);
  facts->magnitude = get_float (header, MAG);
  facts->origin_ns = time_after (reference_ns, get_double (header, ORIGIN, F_ORIGIN));
  facts->p_ns = time_after (reference_ns, get_double (header, A, F_A));
  facts->s_ns = time_after (reference_ns, get_double (header, T0, F_T0));
}

SeismicTrace *
seismic_sac_read (const uint8_t *bytes, size_t n_bytes, SeismicSacFacts *facts,
                  GError **error)
{
  Header header;
  int64_t reference_ns;

  if (!find_header (&header, bytes, n_bytes)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED, "this is no SAC header");
    return NULL;
  }
  if (!check_kind (&header, error) || !check_length (&header, n_bytes, error) ||
      !read_reference (&header, &reference_ns, error))
    return NULL;

  const double interval_s = get_double (&header, DELTA, F_DELTA);
  const double rate_hz = header.footer != NULL ? 1.0 / interval_s : rate_of (interval_s);
  const double begin_s = get_double (&header, BEGIN, F_BEGIN);
  const int64_t start_ns = time_after (reference_ns, isnan (begin_s) ? 0.0 : begin_s);
  const size_t n = (size_t)get_integer (&header, NPTS);
  int64_t end_ns;
  if (!(rate_hz >= 1e-6 && rate_hz <= 1e6) || start_ns == SEISMIC_TIME_UNSET ||
      __builtin_add_overflow (start_ns, seismic_time_of_sample (n, rate_hz), &end_ns)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "SAC: %zu samples at %g Hz from %g s on cannot be", n, rate_hz, begin_s);
    return NULL;
  }

  char codes[4][12];
  get_text (codes[0], &header, KNETWK);
  get_text (codes[1], &header, KSTNM);
  get_text (codes[2], &header, KHOLE);
  get_text (codes[3], &header, KCMPNM);
  if (g_str_equal (codes[2], "--"))
    codes[2][0] = '\0';
  g_autofree float *samples = g_new (float, n);
  for (size_t i = 0; i < n; i++)
    samples[i] = to_float (bytes + N_HEADER + 4 * i, header.big_endian);
  if (facts != NULL)
    read_facts (facts, &header, reference_ns);
  return seismic_trace_new (codes[0], codes[1], codes[2], codes[3], start_ns, rate_hz,
                            SEISMIC_SAMPLE_FLOAT32, samples, n);
}

static void
put_integer (uint8_t *bytes, size_t word, int32_t value)
{
  const uint32_t little = GUINT32_TO_LE ((uint32_t)value);

  memcpy (bytes + 4 * word, &little, sizeof little);
}

static void
put_float (uint8_t *bytes, size_t word, double value)
{
  const float single = isnan (value) ? (float)UNDEFINED : (float)value;
  uint32_t bits;

  memcpy (&bits, &single, sizeof bits);
  put_integer (bytes, word, (int32_t)bits);
}

static void
put_text (uint8_t *bytes, size_t at, const char *text)
{
  const char *shown = text[0] != '\0' ? text : "-12345";

  memset (bytes + at, ' ', 8);
  memcpy (bytes + at, shown, MIN (strlen (shown), 8));
}

/* Seconds from the reference, NAN for an unknown time. */
static double
seconds_after (int64_t reference_ns, int64_t time_ns)
{
  int64_t elapsed_ns;

  if (time_ns == SEISMIC_TIME_UNSET ||
      __builtin_sub_overflow (time_ns, reference_ns, &elapsed_ns))
    return NAN;
  return (double)elapsed_ns / (double)SEISMIC_NS_PER_SECOND;
}

/* The reference: the start, down to a whole millisecond. FALSE for years that have not
 * four digits. */
static bool
put_reference (uint8_t *bytes, int64_t start_ns, int64_t *reference_ns)
{
  const int64_t ns_per_ms = SEISMIC_NS_PER_SECOND / 1000;
  int64_t rest_ns = start_ns % ns_per_ms;

  if (rest_ns < 0)
    rest_ns += ns_per_ms;
  *reference_ns = start_ns - rest_ns;
  const int64_t seconds = *reference_ns / SEISMIC_NS_PER_SECOND -
                          (*reference_ns % SEISMIC_NS_PER_SECOND < 0 ? 1 : 0);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL)
    return false;
  const int32_t parts[] = {
      g_date_time_get_year (time),
      g_date_time_get_day_of_year (time),
      g_date_time_get_hour (time),
      g_date_time_get_minute (time),
      g_date_time_get_second (time),
      (int32_t)((*reference_ns - seconds * SEISMIC_NS_PER_SECOND) / ns_per_ms)};
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    put_integer (bytes, NZYEAR + i, parts[i]);
  return true;
}

static void
put_facts (uint8_t *bytes, const SeismicSacFacts *facts, int64_t reference_ns)
{
  put_float (bytes, STLA, facts->station_latitude);
  put_float (bytes, STLO, facts->station_longitude);
  put_float (bytes, CMPAZ, facts->azimuth);
  put_float (bytes, CMPINC, facts->inclination);
  put_float (bytes, EVLA, facts->event_latitude);
  put_float (bytes, EVLO, facts->event_longitude);
  put_float (bytes, EVDP, facts->event_depth_km);
  put_float (bytes, MAG, facts->magnitude);
  put_float (bytes, ORIGIN, seconds_after (reference_ns, facts->origin_ns));
  put_float (bytes, A, seconds_after (reference_ns, facts->p_ns));
  put_float (bytes, T0, seconds_after (reference_ns, facts->s_ns));
}

/* All undefined, but for what every header has. */
static void
put_defaults (uint8_t *bytes)
{
  for (size_t word = 0; word < NZYEAR; word++)
    put_float (bytes, word, UNDEFINED);
  for (size_t word = NZYEAR; word < LEVEN; word++)
    put_integer (bytes, word, UNDEFINED);
  for (size_t word = LEVEN; word < N_WORDS; word++)
    put_integer (bytes, word, 0);
  for (size_t i = 0; i < N_TEXTS; i++)
    put_text (bytes, KSTNM + 8 * i, "");
  memset (bytes + KEVNM + 8, ' ', 8); /* the second half of a text of 16 */
  put_integer (bytes, NVHDR, 6);
  put_integer (bytes, IFTYPE, ITIME);
  put_integer (bytes, IZTYPE, IB);
  for (size_t flag = 0; flag < 4; flag++) /* LEVEN, LPSPOL, LOVROK, LCALDA */
    put_integer (bytes, LEVEN + flag, flag != 1);
}

static void
put_samples (uint8_t *bytes, const SeismicTrace *trace)
{
  double low = INFINITY, high = -INFINITY, sum = 0.0;

  for (size_t i = 0; i < trace->n_samples; i++) {
    const double value = seismic_trace_value (trace, i);

    low = fmin (low, value);
    high = fmax (high, value);
    sum += value;
    put_float (bytes + N_HEADER, i, isnan (value) ? NAN : value);
  }
  put_float (bytes, DEPMIN, low);
  put_float (bytes, DEPMAX, high);
  put_float (bytes, DEPMEN, sum / (double)trace->n_samples);
}

GBytes *
seismic_sac_write (const SeismicTrace *trace, const SeismicSacFacts *facts,
                   GError **error)
{
  g_autofree char *id = seismic_trace_seed_id (trace);
  int64_t reference_ns;

  if (trace->n_samples == 0 || trace->n_samples > (size_t)INT32_MAX) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED,
                 "%s: %zu samples make no SAC file", id, trace->n_samples);
    return NULL;
  }
  const size_t n_bytes = N_HEADER + 4 * trace->n_samples;
  g_autofree uint8_t *bytes = g_malloc0 (n_bytes);
  put_defaults (bytes);
  if (!put_reference (bytes, trace->start_ns, &reference_ns)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED,
                 "%s: SAC cannot tell its time", id);
    return NULL;
  }
  if (facts != NULL)
    put_facts (bytes, facts, reference_ns);
  put_samples (bytes, trace);
  const double begin_s = seconds_after (reference_ns, trace->start_ns);
  put_float (bytes, DELTA, 1.0 / trace->rate_hz);
  put_float (bytes, BEGIN, begin_s);
  put_float (bytes, END, begin_s + (double)(trace->n_samples - 1) / trace->rate_hz);
  put_integer (bytes, NPTS, (int32_t)trace->n_samples);
  put_text (bytes, KNETWK, trace->network);
  put_text (bytes, KSTNM, trace->station);
  put_text (bytes, KHOLE, trace->location);
  put_text (bytes, KCMPNM, trace->channel);
  return g_bytes_new_take (g_steal_pointer (&bytes), n_bytes);
}
