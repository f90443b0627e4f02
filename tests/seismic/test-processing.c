#include "seismic/processing.h"
#include "seismic/error.h"
#include "seismic/filter.h"
#include "seismic/rotate.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define START_NS INT64_C (1571117592810000000)

static SeismicSignal *
make_signal (const char *components, size_t n)
{
  SeismicSignal *signal = g_new0 (SeismicSignal, 1);

  g_strlcpy (signal->network, "NC", sizeof signal->network);
  g_strlcpy (signal->station, "C010", sizeof signal->station);
  g_strlcpy (signal->instrument, "HN", sizeof signal->instrument);
  g_strlcpy (signal->components, components, sizeof signal->components);
  signal->start_ns = START_NS;
  signal->rate_hz = 100.0;
  signal->n_samples = n;
  signal->samples = g_new (double, SEISMIC_N_COMPONENTS *n);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    signal->azimuths[c] = signal->counts_per_ms2[c] = NAN;
  for (size_t i = 0; i < SEISMIC_N_COMPONENTS * n; i++)
    signal->samples[i] = 1000.0 + 0.01 * (double)i + 50.0 * sin (1.3 * (double)(i % 917));
  return signal;
}

static SeismicSignal *
apply (const SeismicProcessing *processing, const SeismicSignal *signal,
       double back_azimuth)
{
  g_autoptr (GError) error = NULL;
  SeismicSignal *result =
      seismic_processing_apply (processing, signal, back_azimuth, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

static void
assert_close (const double *got, const double *wanted, size_t n)
{
  for (size_t i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (got[i], wanted[i], 1e-9 * (1.0 + fabs (wanted[i])));
}

static void
test_nothing (void)
{
  const SeismicProcessing processing = {0};
  g_autoptr (SeismicSignal) signal = make_signal ("123", 500);
  g_autoptr (SeismicSignal) result = apply (&processing, signal, NAN);

  g_assert_true (seismic_processing_is_identity (&processing));
  g_assert_true (result->samples != signal->samples);
  g_assert_cmpmem (result->samples, 1500 * sizeof (double), signal->samples,
                   1500 * sizeof (double));
  g_assert_cmpstr (result->components, ==, "123");
  g_assert_cmpint (result->start_ns, ==, START_NS);
  g_assert_cmpint (seismic_processing_unit (&processing), ==, SEISMIC_UNIT_COUNTS);
}

/* The switches in the order of the header, against the functions one by one; the signal
 * stays what it was. */
static void
test_order (void)
{
  const size_t n = 800;
  g_autoptr (SeismicSignal) signal = make_signal ("ENZ", n);
  g_autoptr (SeismicSignal) before = seismic_signal_copy (signal);
  const SeismicProcessing processing = {
      .physical = true,
      .demean = true,
      .detrend = true,
      .taper = 0.1,
      .filter = {SEISMIC_BUTTERWORTH_BANDPASS, 3, 0.5, 20.0, true},
      .motion = SEISMIC_MOTION_DOUBLE_INTEGRAL,
      .rotation = SEISMIC_ROTATION_RADIAL_TRANSVERSE};

  for (size_t c = 0; c < 3; c++)
    signal->counts_per_ms2[c] = 1000.0 * (double)(c + 1) * (c == 2 ? -1 : 1);
  g_autoptr (SeismicSignal) result = apply (&processing, signal, 33.0);

  g_autofree double *wanted = g_memdup2 (signal->samples, 3 * n * sizeof (double));
  for (size_t c = 0; c < 3; c++) {
    double *x = wanted + c * n;

    for (size_t i = 0; i < n; i++)
      x[i] *= 100.0 / signal->counts_per_ms2[c];
    seismic_filter_demean (x, n);
    seismic_filter_detrend (x, n);
    seismic_filter_taper (x, n, 0.1);
    seismic_butterworth_apply (x, n, &processing.filter, 100.0);
    seismic_filter_integrate (x, n, 100.0);
    seismic_filter_integrate (x, n, 100.0);
  }
  seismic_rotate_to_radial_transverse (wanted, wanted + n, n, 33.0);
  assert_close (result->samples, wanted, 3 * n);
  g_assert_cmpstr (result->components, ==, "RTZ");
  g_assert_cmpint (seismic_processing_unit (&processing), ==, SEISMIC_UNIT_CM);
  g_assert_cmpmem (signal->samples, 3 * n * sizeof (double), before->samples,
                   3 * n * sizeof (double));
  g_assert_cmpstr (signal->components, ==, "ENZ");
}

/* Resampled, differences, normalised: what the network is given. */
static void
test_network (void)
{
  const size_t n = 1000;
  g_autoptr (SeismicSignal) signal = make_signal ("ENZ", n);
  const SeismicProcessing processing = {.resample_hz = 25.0,
                                        .motion = SEISMIC_MOTION_DIFFERENCE,
                                        .normalise = true,
                                        .mean = {0.5, -0.5, 0.0},
                                        .scale = {2.0, 4.0, 0.25}};
  g_autoptr (SeismicSignal) result = apply (&processing, signal, NAN);
  double slow[250];

  g_assert_cmpuint (result->n_samples, ==, 249);
  g_assert_cmpfloat (result->rate_hz, ==, 25.0);
  g_assert_cmpint (result->start_ns, ==, START_NS + 40 * (SEISMIC_NS_PER_SECOND / 1000));
  for (size_t c = 0; c < 3; c++) {
    seismic_filter_resample (slow, signal->samples + c * n, n, 100.0, 25.0);
    seismic_filter_difference (slow, slow, 250);
    for (size_t i = 0; i < 249; i++)
      slow[i] = (slow[i] - processing.mean[c]) / processing.scale[c];
    assert_close (result->samples + c * 249, slow, 249);
  }
  g_assert_cmpint (seismic_processing_unit (&processing), ==, SEISMIC_UNIT_NORMALISED);
}

/* Each switch makes it another processing. */
static void
test_identity (void)
{
  const SeismicProcessing processings[] = {
      {.resample_hz = 20.0},
      {.physical = true},
      {.demean = true},
      {.detrend = true},
      {.taper = 0.01},
      {.filter = {.kind = SEISMIC_BUTTERWORTH_LOWPASS, .order = 1, .high_hz = 1}},
      {.motion = SEISMIC_MOTION_DIFFERENCE},
      {.rotation = SEISMIC_ROTATION_EAST_NORTH},
      {.normalise = true, .scale = {1, 1, 1}}};

  for (size_t i = 0; i < G_N_ELEMENTS (processings); i++)
    g_assert_false (seismic_processing_is_identity (&processings[i]));
}

static void
test_units (void)
{
  static const struct {
    SeismicMotion motion;
    SeismicUnit counts, physical;
  } cases[] = {
      {SEISMIC_MOTION_AS_RECORDED, SEISMIC_UNIT_COUNTS, SEISMIC_UNIT_CM_PER_S2},
      {SEISMIC_MOTION_DIFFERENCE, SEISMIC_UNIT_COUNTS_PER_SAMPLE,
       SEISMIC_UNIT_CM_PER_S2_PER_SAMPLE},
      {SEISMIC_MOTION_INTEGRAL, SEISMIC_UNIT_COUNT_SECONDS, SEISMIC_UNIT_CM_PER_S},
      {SEISMIC_MOTION_DOUBLE_INTEGRAL, SEISMIC_UNIT_COUNT_SECONDS_SQUARED,
       SEISMIC_UNIT_CM}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    SeismicProcessing processing = {.motion = cases[i].motion};

    g_assert_cmpint (seismic_processing_unit (&processing), ==, cases[i].counts);
    processing.physical = true;
    g_assert_cmpint (seismic_processing_unit (&processing), ==, cases[i].physical);
  }
}

/* Numbered horizontals by their azimuths; the letters' own directions otherwise. */
static void
test_orientation (void)
{
  g_autoptr (SeismicSignal) signal = make_signal ("12Z", 100);
  SeismicProcessing processing = {.rotation = SEISMIC_ROTATION_EAST_NORTH};

  signal->azimuths[0] = 30.0;
  signal->azimuths[1] = 120.0;
  for (size_t i = 0; i < 100; i++) { /* motion towards N 75° E */
    signal->samples[i] = cos (45 * G_PI / 180);
    signal->samples[100 + i] = cos (45 * G_PI / 180);
  }
  g_autoptr (SeismicSignal) result = apply (&processing, signal, NAN);
  g_assert_cmpstr (result->components, ==, "ENZ");
  g_assert_cmpfloat (result->azimuths[0], ==, 90.0);
  g_assert_cmpfloat (result->azimuths[1], ==, 0.0);
  g_assert_cmpfloat_with_epsilon (result->samples[7], sin (75 * G_PI / 180), 1e-12);
  g_assert_cmpfloat_with_epsilon (result->samples[107], cos (75 * G_PI / 180), 1e-12);

  /* From the west-south-west: all of it radial. */
  processing.rotation = SEISMIC_ROTATION_RADIAL_TRANSVERSE;
  g_autoptr (SeismicSignal) turned = apply (&processing, signal, 255.0);
  g_assert_cmpfloat (turned->azimuths[0], ==, 75.0);
  g_assert_cmpfloat (turned->azimuths[1], ==, 165.0);
  g_assert_cmpfloat_with_epsilon (turned->samples[7], 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (turned->samples[107], 0.0, 1e-12);
}

typedef struct {
  const char *components;
  SeismicProcessing processing;
  int code;
  const char *says;
} BadCase;

static void
test_check (void)
{
  const SeismicButterworth beyond = {SEISMIC_BUTTERWORTH_LOWPASS, 2, 0, 15.0, false};
  const BadCase cases[] = {
      {"ENZ", {.resample_hz = -1}, SEISMIC_ERROR_SETTINGS, "no sampling rate"},
      {"ENZ", {.resample_hz = NAN}, SEISMIC_ERROR_SETTINGS, "no sampling rate"},
      {"ENZ", {.resample_hz = INFINITY}, SEISMIC_ERROR_SETTINGS, "sampling rate"},
      {"ENZ", {.resample_hz = 1e9}, SEISMIC_ERROR_TOO_LARGE, "too many"},
      {"ENZ",
       {.resample_hz = 0.1, .motion = SEISMIC_MOTION_DIFFERENCE},
       SEISMIC_ERROR_TOO_SHORT,
       "no difference"},
      {"ENZ", {.taper = 0.51}, SEISMIC_ERROR_SETTINGS, "taper 0.51"},
      {"ENZ", {.taper = NAN}, SEISMIC_ERROR_SETTINGS, "taper nan"},
      {"ENZ",
       {.filter = {SEISMIC_BUTTERWORTH_HIGHPASS, 2, 50, 0, true}},
       SEISMIC_ERROR_SETTINGS,
       "Nyquist"},
      {"ENZ",
       {.resample_hz = 20, .filter = beyond},
       SEISMIC_ERROR_SETTINGS,
       "not below 10 Hz"},
      {"ENZ",
       {.normalise = true, .scale = {1, 0, 1}},
       SEISMIC_ERROR_SETTINGS,
       "component N"},
      {"ENZ", {.physical = true}, SEISMIC_ERROR_SETTINGS, "component E"},
      {"ENZ",
       {.rotation = SEISMIC_ROTATION_RADIAL_TRANSVERSE},
       SEISMIC_ERROR_SETTINGS,
       "from the station to the event"},
      {"12Z",
       {.rotation = SEISMIC_ROTATION_EAST_NORTH},
       SEISMIC_ERROR_SETTINGS,
       "components 1 and 2 point"},
      {"123", {.rotation = SEISMIC_ROTATION_EAST_NORTH}, SEISMIC_ERROR_SETTINGS, "123"},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SeismicSignal) signal = make_signal (cases[i].components, 300);
    g_autoptr (GError) error = NULL;

    g_assert_null (seismic_processing_apply (&cases[i].processing, signal, NAN, &error));
    g_assert_error (error, SEISMIC_ERROR, cases[i].code);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, cases[i].says));
  }
}

/* One sample is enough for all but a difference. */
static void
test_one_sample (void)
{
  g_autoptr (SeismicSignal) signal = make_signal ("ENZ", 1);
  SeismicProcessing processing = {
      .demean = true,
      .detrend = true,
      .taper = 0.5,
      .filter = {SEISMIC_BUTTERWORTH_BANDPASS, 8, 0.1, 40, true},
      .motion = SEISMIC_MOTION_DOUBLE_INTEGRAL};
  g_autoptr (SeismicSignal) result = apply (&processing, signal, NAN);

  g_assert_cmpfloat (result->samples[2], ==, 0.0);
  processing.motion = SEISMIC_MOTION_DIFFERENCE;
  g_assert_null (seismic_processing_apply (&processing, signal, NAN, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/processing/nothing", test_nothing);
  g_test_add_func ("/processing/order", test_order);
  g_test_add_func ("/processing/network", test_network);
  g_test_add_func ("/processing/identity", test_identity);
  g_test_add_func ("/processing/units", test_units);
  g_test_add_func ("/processing/orientation", test_orientation);
  g_test_add_func ("/processing/check", test_check);
  g_test_add_func ("/processing/one-sample", test_one_sample);
  return g_test_run ();
}
