#include "seismic/signal.h"
#include "seismic/error.h"
#include "seismic/miniseed.h"
#include "seismic/time.h"
#include "support/shared.h"
#include "support/tsv.h"

#include <math.h>
#include <string.h>

#define START_NS INT64_C (1571117592810000000)
#define MS INT64_C (1000000)

/* A trace at 100 Hz that begins `first` samples and `shift_ns` after START_NS. Its
 * samples tell where they belong: 10 × index + a digit of the component. */
static SeismicTrace *
part (const char *channel, int first, int64_t shift_ns, size_t n_samples)
{
  g_autofree int32_t *samples = g_new (int32_t, n_samples);
  const int digit = channel[2] % 10;

  for (size_t i = 0; i < n_samples; i++)
    samples[i] = 10 * (first + (int32_t)i) + digit;
  return seismic_trace_new ("NC", "C010", "01", channel,
                            START_NS + first * 10 * MS + shift_ns, 100,
                            SEISMIC_SAMPLE_INT32, samples, n_samples);
}

static GPtrArray *
list_of (SeismicTrace *first, ...)
{
  GPtrArray *traces = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  va_list more;

  va_start (more, first);
  for (SeismicTrace *trace = first; trace != NULL; trace = va_arg (more, SeismicTrace *))
    g_ptr_array_add (traces, trace);
  va_end (more);
  return traces;
}

/* The traces as a catalogue knows them. */
static GPtrArray *
without_samples (GPtrArray *traces)
{
  GPtrArray *spans = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);

  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];

    g_ptr_array_add (spans,
                     seismic_trace_new (trace->network, trace->station, trace->location,
                                        trace->channel, trace->start_ns, trace->rate_hz,
                                        trace->type, NULL, trace->n_samples));
  }
  return spans;
}

/* The samples do not matter to where a signal is. */
static void
assert_same_of_spans (const SeismicSignal *signal, GPtrArray *traces)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) spans = without_samples (traces);
  g_autoptr (SeismicSignal) same = seismic_signal_from_spans (spans, &error);

  g_assert_no_error (error);
  g_assert_null (same->samples);
  g_assert_cmpint (same->start_ns, ==, signal->start_ns);
  g_assert_cmpfloat (same->rate_hz, ==, signal->rate_hz);
  g_assert_cmpuint (same->n_samples, ==, signal->n_samples);
  g_assert_true (same->has_gaps == signal->has_gaps);
  g_assert_cmpstr (same->components, ==, signal->components);
}

static SeismicSignal *
make_signal (GPtrArray *traces)
{
  g_autoptr (GError) error = NULL;
  SeismicSignal *signal = seismic_signal_from_traces (traces, &error);

  g_assert_no_error (error);
  g_assert_nonnull (signal);
  assert_same_of_spans (signal, traces);
  return signal;
}

static void
assert_fails (GPtrArray *traces, int code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (seismic_signal_from_traces (traces, &error));
  g_assert_error (error, SEISMIC_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  if (code == SEISMIC_ERROR_NOT_FINITE)
    return;
  g_clear_error (&error);
  g_autoptr (GPtrArray) spans = without_samples (traces);
  g_assert_null (seismic_signal_from_spans (spans, &error));
  g_assert_error (error, SEISMIC_ERROR, code);
}

/* All three components must show the n_samples indices from `first` on. */
static void
assert_window (const SeismicSignal *signal, int first, size_t n_samples)
{
  g_assert_cmpuint (signal->n_samples, ==, n_samples);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    for (size_t i = 0; i < n_samples; i++)
      g_assert_cmpfloat (signal->samples[c * n_samples + i], ==,
                         10.0 * (first + (int)i) + signal->components[c] % 10);
}

static void
test_aligned (void)
{
  g_autoptr (GPtrArray) traces = list_of (
      part ("HNZ", 3, 0, 1000), part ("HNE", 0, 0, 990), part ("HNN", 7, 0, 1000), NULL);
  g_autoptr (SeismicSignal) signal = make_signal (traces);
  g_autofree char *id = seismic_signal_instrument_id (signal);
  char channel[8];

  g_assert_cmpstr (id, ==, "NC.C010.01.HN");
  g_assert_cmpstr (signal->components, ==, "ENZ");
  seismic_signal_channel (signal, 2, channel);
  g_assert_cmpstr (channel, ==, "HNZ");
  g_assert_cmpint (signal->start_ns, ==, START_NS + 70 * MS);
  g_assert_cmpfloat (signal->rate_hz, ==, 100);
  g_assert_false (signal->has_gaps);
  assert_window (signal, 7, 983);
}

/* Starts between the samples: within half a sample the indices agree. */
static void
test_nearest (void)
{
  g_autoptr (GPtrArray) traces =
      list_of (part ("HNE", 0, 0, 1000), part ("HNN", 0, 4 * MS, 1000),
               part ("HNZ", 1, -4 * MS, 1000), NULL);
  g_autoptr (SeismicSignal) signal = make_signal (traces);

  /* The latest start, 6 ms, is nearest to E's and Z's sample 1 and to N's sample 0. */
  g_assert_cmpint (signal->start_ns, ==, START_NS + 10 * MS);
  g_assert_cmpuint (signal->n_samples, ==, 999);
  g_assert_cmpfloat (signal->samples[0], ==, 10 + 'E' % 10);
  g_assert_cmpfloat (signal->samples[999], ==, 'N' % 10);
  g_assert_cmpfloat (signal->samples[2 * 999], ==, 10 + 'Z' % 10);
  g_assert_false (signal->has_gaps);
}

static void
test_gaps (void)
{
  g_autoptr (GPtrArray) traces = list_of (
      part ("HNE", 0, 0, 1000), part ("HNE", 1200, 0, 1800), part ("HNN", 0, 0, 3000),
      part ("HNZ", 0, 0, 2400), part ("HNZ", 2401, 0, 599), NULL);
  g_autoptr (SeismicSignal) signal = make_signal (traces);

  g_assert_true (signal->has_gaps);
  g_assert_cmpint (signal->start_ns, ==, START_NS + 12000 * MS);
  assert_window (signal, 1200, 1200);
}

/* Of two equally long stretches the first; a gap beyond the others' end is none. */
static void
test_gap_choice (void)
{
  g_autoptr (GPtrArray) even =
      list_of (part ("HNE", 0, 0, 500), part ("HNE", 600, 0, 500),
               part ("HNN", 0, 0, 1100), part ("HNZ", 0, 0, 1100), NULL);
  g_autoptr (GPtrArray) beyond =
      list_of (part ("HNE", 0, 0, 500), part ("HNE", 600, 0, 500),
               part ("HNN", 0, 0, 500), part ("HNZ", 0, 0, 400), NULL);
  g_autoptr (SeismicSignal) first = make_signal (even);
  g_autoptr (SeismicSignal) whole = make_signal (beyond);

  g_assert_true (first->has_gaps);
  assert_window (first, 0, 500);
  g_assert_false (whole->has_gaps);
  assert_window (whole, 0, 400);
}

/* Pieces that touch, overlap, repeat or lie inside others tell one story, in any order.
 */
static void
test_overlaps (void)
{
  g_autoptr (GPtrArray) traces = list_of (
      part ("HNE", 500, 4 * MS, 500), part ("HNE", 0, 0, 500), part ("HNE", 0, 0, 500),
      part ("HNN", 300, 0, 700), part ("HNN", 0, 0, 400), part ("HNN", 100, 0, 50),
      part ("HNZ", 0, 0, 1000), part ("HNZ", 0, 0, 1000), part ("HNZ", 2, 0, 0), NULL);
  g_autoptr (SeismicSignal) signal = make_signal (traces);

  g_assert_false (signal->has_gaps);
  assert_window (signal, 0, 1000);
}

static void
test_sets (void)
{
  static const struct {
    const char *letters;
    const char *chosen; /* NULL: not a set; then what the error names */
    const char *named;
  } cases[] = {
      {"ENZ", "ENZ", NULL},     {"ZNE", "ENZ", NULL},     {"21Z", "12Z", NULL},
      {"321", "123", NULL},     {"12ENZ", "ENZ", NULL},   {"123Z", "12Z", NULL},
      {"E12Z", "12Z", NULL},    {"EN", NULL, "E, N"},     {"Z", NULL, "Z"},
      {"EN1", NULL, "1, E, N"}, {"1ZX", NULL, "1, X, Z"}, {"UVW", NULL, "U, V, W"},
      {"", NULL, "none"},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) traces = list_of (NULL, NULL);

    for (const char *letter = cases[i].letters; *letter != '\0'; letter++) {
      const char channel[] = {'H', 'N', *letter, '\0'};
      g_ptr_array_add (traces, part (channel, 0, 0, 300));
    }
    if (cases[i].chosen == NULL) {
      assert_fails (traces, SEISMIC_ERROR_COMPONENTS, cases[i].named);
      continue;
    }
    g_autoptr (SeismicSignal) signal = make_signal (traces);
    g_assert_cmpstr (signal->components, ==, cases[i].chosen);
    assert_window (signal, 0, 300);
  }
}

static void
test_refuses (void)
{
  g_autoptr (GPtrArray) rates = list_of (part ("HNE", 0, 0, 900), part ("HNN", 0, 0, 900),
                                         part ("HNZ", 0, 0, 900), NULL);
  SeismicTrace *z = rates->pdata[2];

  z->rate_hz = 200;
  assert_fails (rates, SEISMIC_ERROR_RATES, "200");
  z->rate_hz = 0;
  assert_fails (rates, SEISMIC_ERROR_RATES, "HNZ");
  z->rate_hz = NAN;
  assert_fails (rates, SEISMIC_ERROR_RATES, "HNZ");
  z->rate_hz = 100 * (1 + 2e-4);
  assert_fails (rates, SEISMIC_ERROR_RATES, "HNZ");
  z->rate_hz = 100 * (1 + 5e-5);
  g_autoptr (SeismicSignal) near = make_signal (rates);
  g_assert_cmpuint (near->n_samples, ==, 900);

  g_strlcpy (z->location, "02", sizeof z->location);
  assert_fails (rates, SEISMIC_ERROR_COMPONENTS, "NC.C010.02.HNZ");
}

static void
test_too_short (void)
{
  for (size_t n = 1; n <= 201; n++) {
    g_autoptr (GPtrArray) traces = list_of (
        part ("HNE", 0, 0, n), part ("HNN", 0, 0, 900), part ("HNZ", 0, 0, 900), NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicSignal) signal = seismic_signal_from_traces (traces, &error);

    if (n < 200)
      g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_SHORT);
    else
      assert_window (signal, 0, n);
  }
  /* Nothing in common, at any distance. */
  g_autoptr (GPtrArray) apart = list_of (part ("HNE", 0, 0, 900), part ("HNN", 0, 0, 900),
                                         part ("HNZ", 900, 0, 900), NULL);
  SeismicTrace *z = apart->pdata[2];
  assert_fails (apart, SEISMIC_ERROR_TOO_SHORT, "0 s");
  z->start_ns = INT64_MAX - 5;
  assert_fails (apart, SEISMIC_ERROR_TOO_SHORT, "0 s");
  z->start_ns = -INT64_MAX;
  assert_fails (apart, SEISMIC_ERROR_TOO_SHORT, "0 s");
}

static void
test_not_finite (void)
{
  g_autofree float *samples = g_new0 (float, 300);
  g_autoptr (GPtrArray) traces =
      list_of (part ("HNE", 0, 0, 300), part ("HNN", 0, 0, 300), NULL);

  samples[250] = NAN;
  SeismicTrace *z = seismic_trace_new ("NC", "C010", "01", "HNZ", START_NS, 100,
                                       SEISMIC_SAMPLE_FLOAT32, samples, 300);
  g_ptr_array_add (traces, z);
  assert_fails (traces, SEISMIC_ERROR_NOT_FINITE, "HNZ");
  ((float *)z->samples)[250] = INFINITY;
  assert_fails (traces, SEISMIC_ERROR_NOT_FINITE, "sample 250");
  /* Outside of what the components have in common it does not matter. */
  ((SeismicTrace *)traces->pdata[0])->n_samples = 250;
  g_autoptr (SeismicSignal) signal = make_signal (traces);
  g_assert_cmpuint (signal->n_samples, ==, 250);
}

/* A naive twin: which absolute sample indices has every component, and what is the
 * longest row of them? */
static void
test_random_gaps (void)
{
  enum { LENGTH = 4000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  static const char *const channels[] = {"HNE", "HNN", "HNZ"};

  for (int round = 0; round < 200; round++) {
    g_autoptr (GPtrArray) traces = list_of (NULL, NULL);
    uint8_t there[LENGTH] = {0};
    int best = 0, best_at = 0, n = 0;

    for (int c = 0; c < 3; c++) {
      const int n_parts = g_rand_int_range (random, 1, 8);
      for (int i = 0; i < n_parts; i++) {
        const int first = g_rand_int_range (random, 0, LENGTH - 1000);
        const int length = g_rand_int_range (random, 1, 1000);

        g_ptr_array_add (traces, part (channels[c], first, 0, (size_t)length));
        for (int k = first; k < first + length; k++)
          there[k] |= (uint8_t)(1 << c);
      }
    }
    for (int k = 0; k < LENGTH; k++) {
      n = there[k] == 7 ? n + 1 : 0;
      if (n > best) {
        best = n;
        best_at = k - n + 1;
      }
    }
    if (best < 200) {
      assert_fails (traces, SEISMIC_ERROR_TOO_SHORT, "in common");
      continue;
    }
    g_autoptr (SeismicSignal) signal = make_signal (traces);
    assert_window (signal, best_at, (size_t)best);
    g_assert_cmpint (signal->start_ns, ==, START_NS + best_at * 10 * MS);
  }
}

static void
test_group (void)
{
  g_autoptr (GPtrArray) traces =
      list_of (part ("HNZ", 0, 0, 1), part ("BHZ", 0, 0, 1), part ("HNE", 0, 0, 1),
               part ("HN", 0, 0, 1), part ("HNE", 9, 0, 1), part ("HNEX", 0, 0, 1),
               part ("HNE", 0, 0, 1), NULL);
  SeismicTrace *other = traces->pdata[6];

  g_strlcpy (other->station, "A", sizeof other->station);
  g_autoptr (GPtrArray) groups = seismic_signal_group (traces, "HN");
  g_autoptr (GPtrArray) none = seismic_signal_group (traces, "EN");
  g_autoptr (GPtrArray) odd = seismic_signal_group (traces, "");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (odd->len, ==, 0);
  g_assert_cmpuint (groups->len, ==, 2);
  const GPtrArray *first = groups->pdata[0], *second = groups->pdata[1];
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_true (first->pdata[0] == other);
  g_assert_cmpuint (second->len, ==, 3);
}

static void
test_synthetic (void)
{
  g_assert_true (seismic_network_is_synthetic ("SY"));
  g_assert_false (seismic_network_is_synthetic ("NC"));
  g_assert_false (seismic_network_is_synthetic (""));
}

/* All traces of a file, or of every file in a folder; NULL if it is miniSEED 3 and
 * libmseed cannot read that. */
static GPtrArray *
read_set (const char *path)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  if (folder == NULL)
    g_ptr_array_add (files, g_strdup (path));
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    g_ptr_array_add (files, g_build_filename (path, name, NULL));
  for (guint i = 0; i < files->len; i++) {
    g_autofree char *bytes = NULL;
    gsize n_bytes;
    g_autoptr (GPtrArray) traces = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_get_contents (files->pdata[i], &bytes, &n_bytes, NULL));
    if (!seismic_miniseed_read ((const uint8_t *)bytes, n_bytes, &traces, NULL, &error)) {
      g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED);
      g_ptr_array_unref (all);
      return NULL;
    }
    g_ptr_array_extend_and_steal (all, g_steal_pointer (&traces));
  }
  return all;
}

static GPtrArray *
find_group (GPtrArray *groups, const char *instrument_id)
{
  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *group = groups->pdata[i];
    g_autofree char *id = seismic_trace_seed_id (group->pdata[0]);

    id[strlen (id) - 1] = '\0';
    if (g_str_equal (id, instrument_id))
      return group;
  }
  return NULL;
}

/* What the row of TRIPLETS.tsv lets one expect: an error, or the number of samples. */
static void
check_row (GHashTable *row, GPtrArray *group)
{
  const char *rates = test_tsv_field (row, "rates");
  const char *segments = test_tsv_field (row, "segments");
  const double rate_hz = g_ascii_strtod (rates, NULL);
  int64_t first_ns = 0, last_ns = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicSignal) signal = seismic_signal_from_traces (group, &error);

  if (g_str_equal (test_tsv_field (row, "complete"), "no")) {
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS);
    return;
  }
  if (strchr (rates, '/') != NULL) {
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_RATES);
    return;
  }
  g_assert_true (seismic_time_parse (test_tsv_field (row, "latest_start"), &first_ns));
  g_assert_true (seismic_time_parse (test_tsv_field (row, "earliest_end"), &last_ns));
  const double n = round ((double)(last_ns - first_ns) * 1e-9 * rate_hz) + 1;
  if (n < 2 * rate_hz) {
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_SHORT);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpfloat (fabs ((double)(signal->start_ns - first_ns)) * 1e-9 * rate_hz, <=,
                     signal->has_gaps ? INFINITY : 0.5);
  if (signal->has_gaps) {
    /* Only the last component of one set has a gap: its longest segment is the window. */
    const char *longest = strrchr (test_tsv_field (row, "nsamples"), '+');

    g_assert_cmpstr (segments, ==, "1,1,2");
    g_assert_cmpuint (signal->n_samples, ==, g_ascii_strtoull (longest + 1, NULL, 10));
  } else {
    g_assert_cmpfloat ((double)signal->n_samples, ==, n);
  }
}

static void
test_shared_triplets (void)
{
  g_autofree char *folder = test_shared_path ("data", NULL);
  if (folder == NULL)
    return;
  g_autofree char *table_path = g_build_filename (folder, "TRIPLETS.tsv", NULL);
  g_autoptr (GPtrArray) table = test_tsv_read (table_path);
  guint n_checked = 0;

  for (guint i = 0; i < table->len; i++) {
    GHashTable *row = table->pdata[i];
    const char *id = test_tsv_field (row, "instrument");
    g_autofree char *path = g_build_filename (folder, test_tsv_field (row, "set"), NULL);
    g_autoptr (GPtrArray) traces = read_set (path);

    if (traces == NULL) {
      g_assert_true (g_str_has_suffix (path, ".mseed3"));
      continue;
    }
    g_test_message ("%s %s", test_tsv_field (row, "set"), id);
    g_autoptr (GPtrArray) groups = seismic_signal_group (traces, id + strlen (id) - 2);
    GPtrArray *group = find_group (groups, id);
    g_assert_nonnull (group);
    check_row (row, group);
    n_checked++;
  }
  g_assert_cmpuint (n_checked, >=, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/signal/aligned", test_aligned);
  g_test_add_func ("/seismic/signal/nearest", test_nearest);
  g_test_add_func ("/seismic/signal/gaps", test_gaps);
  g_test_add_func ("/seismic/signal/gap-choice", test_gap_choice);
  g_test_add_func ("/seismic/signal/overlaps", test_overlaps);
  g_test_add_func ("/seismic/signal/sets", test_sets);
  g_test_add_func ("/seismic/signal/refuses", test_refuses);
  g_test_add_func ("/seismic/signal/too-short", test_too_short);
  g_test_add_func ("/seismic/signal/not-finite", test_not_finite);
  g_test_add_func ("/seismic/signal/random-gaps", test_random_gaps);
  g_test_add_func ("/seismic/signal/group", test_group);
  g_test_add_func ("/seismic/signal/synthetic", test_synthetic);
  g_test_add_func ("/seismic/signal/shared-triplets", test_shared_triplets);
  return g_test_run ();
}
