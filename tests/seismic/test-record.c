#include "seismic/record.h"

#include "seismic/error.h"
#include "support/records.h"
#include <math.h>

#define RATE_HZ 100.0

/* Component of n counts that name their own time: whole samples after TEST_START_NS, and
 * thousands for each component. */
static void
add (GPtrArray *traces, const char *channel, int first, int n, int offset)
{
  g_autofree int32_t *samples = g_new (int32_t, n);
  for (int i = 0; i < n; i++)
    samples[i] = first + i + offset;
  int64_t start_ns = TEST_START_NS + (int64_t)first * 10000000;
  g_ptr_array_add (traces, seismic_trace_new ("XX", "S", "", channel, start_ns, RATE_HZ,
                                              SEISMIC_SAMPLE_INT32, samples, (size_t)n));
}

static SeismicRecord *
record_of (GPtrArray *traces)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicSignal) signal = seismic_signal_from_traces (traces, &error);
  g_assert_no_error (error);
  return seismic_record_new (signal, traces);
}

static double
sample (const SeismicRecord *record, size_t c, size_t i)
{
  g_assert_cmpuint (i, <, record->signal->n_samples);
  return record->signal->samples[c * record->signal->n_samples + i];
}

static void
assert_span (const SeismicRecord *record, guint k, SeismicSpanKind kind, size_t component,
             int first, int last)
{
  g_assert_cmpuint (k, <, record->spans->len);
  SeismicSpan span = g_array_index (record->spans, SeismicSpan, k);
  g_assert_cmpint (span.kind, ==, kind);
  g_assert_cmpuint (span.component, ==, component);
  g_assert_cmpint (span.begin_ns, ==, TEST_START_NS + (int64_t)first * 10000000);
  g_assert_cmpint (span.end_ns, ==, TEST_START_NS + (int64_t)last * 10000000);
}

/* E has a gap, N begins late, Z ends early. */
static GPtrArray *
with_gap (void)
{
  GPtrArray *traces = test_traces_new ();
  add (traces, "HNE", 0, 400, 0);
  add (traces, "HNE", 450, 550, 0);
  add (traces, "HNN", 20, 980, 1000);
  add (traces, "HNZ", 0, 990, 2000);
  return traces;
}

static void
test_gaps (void)
{
  g_autoptr (GPtrArray) traces = with_gap ();
  g_autoptr (SeismicRecord) record = record_of (traces);
  const SeismicSignal *signal = record->signal;
  g_assert_true (signal->has_gaps);
  g_assert_cmpuint (signal->n_samples, ==, 1000);
  g_assert_cmpint (signal->start_ns, ==, TEST_START_NS);
  for (size_t i = 0; i < 1000; i++) {
    bool gap = i >= 400 && i < 450;
    g_assert_true (gap ? isnan (sample (record, 0, i))
                       : sample (record, 0, i) == (double)i);
    g_assert_true (i < 20 ? isnan (sample (record, 1, i))
                          : sample (record, 1, i) == (double)i + 1000);
    g_assert_true (i >= 990 ? isnan (sample (record, 2, i))
                            : sample (record, 2, i) == (double)i + 2000);
  }
  g_assert_cmpuint (record->spans->len, ==, 1);
  assert_span (record, 0, SEISMIC_SPAN_GAP, 0, 399, 450);
}

/* What was told first counts; where it is told again is an overlap. */
static void
test_overlaps (void)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  add (traces, "HNZ", 300, 700, 5000);
  add (traces, "HNZ", 0, 400, 0);
  add (traces, "HNZ", 100, 50, 7000);
  add (traces, "HNE", 0, 1000, 0);
  add (traces, "HNN", 0, 1000, 0);
  g_autoptr (SeismicRecord) record = record_of (traces);
  g_assert_false (record->signal->has_gaps);
  g_assert_cmpfloat (sample (record, 2, 120), ==, 120);
  g_assert_cmpfloat (sample (record, 2, 399), ==, 399);
  g_assert_cmpfloat (sample (record, 2, 400), ==, 5400);
  g_assert_cmpuint (record->spans->len, ==, 2);
  assert_span (record, 0, SEISMIC_SPAN_OVERLAP, 2, 100, 149);
  assert_span (record, 1, SEISMIC_SPAN_OVERLAP, 2, 300, 399);
}

/* Without gaps it is the signal, though a component goes on. */
static void
test_plain (void)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  add (traces, "HNE", 0, 1000, 0);
  add (traces, "HNN", 10, 1000, 0);
  add (traces, "HNZ", 0, 1000, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicSignal) signal = seismic_signal_from_traces (traces, &error);
  g_autoptr (SeismicRecord) record = seismic_record_new (signal, traces);
  g_assert_cmpuint (record->spans->len, ==, 0);
  g_assert_cmpint (record->signal->start_ns, ==, signal->start_ns);
  g_assert_cmpuint (record->signal->n_samples, ==, 990);
  g_assert_cmpmem (record->signal->samples, 3 * 990 * sizeof (double), signal->samples,
                   3 * signal->n_samples * sizeof (double));
}

/* A gap of a year is no reason for gigabytes. */
static void
test_far (void)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  const char *channels[] = {"HNE", "HNN", "HNZ"};
  for (size_t c = 0; c < 3; c++) {
    add (traces, channels[c], 0, 500, 0);
    SeismicTrace *late = seismic_trace_new (
        "XX", "S", "", channels[c], TEST_START_NS + 365 * 86400 * SEISMIC_NS_PER_SECOND,
        RATE_HZ, SEISMIC_SAMPLE_INT32, (int32_t[400]){0}, 400);
    g_ptr_array_add (traces, late);
  }
  g_autoptr (SeismicRecord) record = record_of (traces);
  g_assert_true (record->signal->has_gaps);
  g_assert_cmpuint (record->signal->n_samples, ==, 500);
}

/* Each stretch as if it were alone. */
static void
test_process (void)
{
  g_autoptr (GPtrArray) traces = with_gap ();
  g_autoptr (SeismicRecord) record = record_of (traces);
  g_autoptr (GError) error = NULL;
  SeismicProcessing processing = {.demean = true};
  g_autoptr (SeismicRecord) demeaned =
      seismic_record_process (record, &processing, NAN, &error);
  g_assert_no_error (error);
  for (size_t i = 0; i < 1000; i++) {
    double x = sample (demeaned, 0, i);
    if (i < 400)
      g_assert_cmpfloat_with_epsilon (x, (double)i - 199.5, 1e-9);
    else if (i < 450)
      g_assert_true (isnan (x));
    else
      g_assert_cmpfloat_with_epsilon (x, (double)i - 724.5, 1e-9);
    g_assert_true (i < 20 ? isnan (sample (demeaned, 1, i))
                          : fabs (sample (demeaned, 1, i) - ((double)i - 509.5)) < 1e-9);
  }
  g_assert_cmpuint (demeaned->spans->len, ==, 1);
  /* A difference is one sample shorter, at its beginning, in every stretch. */
  processing = (SeismicProcessing){.motion = SEISMIC_MOTION_DIFFERENCE};
  g_autoptr (SeismicRecord) difference =
      seismic_record_process (record, &processing, NAN, &error);
  g_assert_no_error (error);
  g_assert_true (isnan (sample (difference, 0, 0)));
  g_assert_cmpfloat (sample (difference, 0, 1), ==, 1);
  g_assert_true (isnan (sample (difference, 0, 450)));
  g_assert_cmpfloat (sample (difference, 0, 451), ==, 1);
  g_assert_cmpfloat (sample (difference, 0, 999), ==, 1);
  g_assert_cmpfloat (sample (difference, 1, 21), ==, 1);
}

/* Rotation needs all components: the stretches are those of all. */
static void
test_process_together (void)
{
  g_autoptr (GPtrArray) traces = with_gap ();
  g_autoptr (SeismicRecord) record = record_of (traces);
  g_autoptr (GError) error = NULL;
  SeismicProcessing processing = {.rotation = SEISMIC_ROTATION_RADIAL_TRANSVERSE};
  g_autoptr (SeismicRecord) rotated =
      seismic_record_process (record, &processing, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rotated->signal->components, ==, "RTZ");
  for (size_t i = 0; i < 1000; i++) {
    bool there = i >= 20 && i < 990 && !(i >= 400 && i < 450);
    /* The event is in the north: radial is southwards, transverse westwards. */
    g_assert_true (there ? fabs (sample (rotated, 0, i) + ((double)i + 1000)) < 1e-9
                         : isnan (sample (rotated, 0, i)));
    g_assert_true (there ? fabs (sample (rotated, 1, i) + (double)i) < 1e-9
                         : isnan (sample (rotated, 2, i)));
  }
}

static void
test_process_resampled (void)
{
  g_autoptr (GPtrArray) traces = with_gap ();
  g_autoptr (SeismicRecord) record = record_of (traces);
  g_autoptr (GError) error = NULL;
  const SeismicProcessing processing = {.resample_hz = 50};
  g_autoptr (SeismicRecord) slower =
      seismic_record_process (record, &processing, NAN, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (slower->signal->n_samples, ==, 500);
  g_assert_cmpfloat (slower->signal->rate_hz, ==, 50);
  /* A ramp stays one, away from the ends of its stretch. */
  g_assert_cmpfloat_with_epsilon (sample (slower, 0, 100), 200, 0.5);
  g_assert_cmpfloat_with_epsilon (sample (slower, 0, 300), 600, 0.5);
  g_assert_true (isnan (sample (slower, 0, 210)));
}

static void
test_process_faults (void)
{
  g_autoptr (GPtrArray) traces = with_gap ();
  g_autoptr (SeismicRecord) record = record_of (traces);
  g_autoptr (GError) error = NULL;
  SeismicProcessing processing = {.filter = {.kind = SEISMIC_BUTTERWORTH_LOWPASS,
                                             .order = 4,
                                             .high_hz = 80}}; /* above Nyquist's */
  g_assert_null (seismic_record_process (record, &processing, NAN, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS);
  g_clear_error (&error);
  processing = (SeismicProcessing){.rotation = SEISMIC_ROTATION_RADIAL_TRANSVERSE};
  g_assert_null (seismic_record_process (record, &processing, NAN, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/record/gaps", test_gaps);
  g_test_add_func ("/seismic/record/overlaps", test_overlaps);
  g_test_add_func ("/seismic/record/plain", test_plain);
  g_test_add_func ("/seismic/record/far", test_far);
  g_test_add_func ("/seismic/record/process", test_process);
  g_test_add_func ("/seismic/record/process-together", test_process_together);
  g_test_add_func ("/seismic/record/process-resampled", test_process_resampled);
  g_test_add_func ("/seismic/record/process-faults", test_process_faults);
  return g_test_run ();
}
