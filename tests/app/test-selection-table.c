#include "app/selection-table.h"

#include "support/widgets.h"
#include <math.h>

#define N 400
#define RATE_HZ 100.0

/* 5 Hz, amplitudes 1, 2 and 3 around 10; the last component has a gap at its end. */
static SaeRecording *
make_recording (void)
{
  SeismicSignal *signal = g_new0 (SeismicSignal, 1);
  SeismicRecord *record = g_new0 (SeismicRecord, 1);

  g_strlcpy (signal->instrument, "HN", sizeof signal->instrument);
  g_strlcpy (signal->components, "ENZ", sizeof signal->components);
  signal->rate_hz = RATE_HZ;
  signal->n_samples = N;
  signal->samples = g_new (double, 3 * N);
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < N; i++)
      signal->samples[c * N + i] = 10 + (c + 1) * sin (2 * G_PI * 5 * (i + 0.5) / 100);
  for (int i = N - 20; i < N; i++)
    signal->samples[2 * N + i] = NAN;
  record->signal = signal;
  record->spans = g_array_new (FALSE, FALSE, sizeof (SeismicSpan));
  return sae_recording_new (record);
}

static void
test_numbers (void)
{
  SaeSelectionTable *table =
      g_object_ref_sink (g_object_new (SAE_TYPE_SELECTION_TABLE, NULL));
  SaeRecording *recording = make_recording ();

  sae_selection_table_show (table, recording, 0, 1.99, "counts");
  sae_selection_table_show (table, recording, 1, 1.99, "counts"); /* the last counts */
  wait_until (widget_test_shows (table, "5.00\u202fHz"));
  assert_shows (table, "0.99\u202fs"); /* the window */
  assert_shows (table, "HNZ");
  assert_shows (table, "1.98\u202fcounts"); /* peak to peak, 5 samples a swing */
  assert_shows (table, "0.707\u202fcounts");
  assert_shows (table, "2.12\u202fcounts"); /* 3 / √2 */
  /* A spectrum over a gap would be of something else. */
  sae_selection_table_show (table, recording, 3, 3.99, "cm/s²");
  wait_until (widget_test_shows (table, "0.707\u202fcm/s²") &&
              widget_test_shows (table, "\n–\n"));
  sae_selection_table_show (table, NULL, 0, 0, NULL);
  g_assert_finalize_object (table);
  sae_recording_unref (recording);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/selection-table/numbers", test_numbers);
  return g_test_run ();
}
