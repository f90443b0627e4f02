#include "app/signal-pane.h"

#include "support/widgets.h"
#include <glib/gstdio.h>

static SaeSignalItem *
signal_at (SaeSession *session, guint position)
{
  SaeSignalItem *item =
      g_list_model_get_item (sae_session_get_signals (session), position);

  g_object_unref (item);
  return item;
}

static const char *
state_of (gpointer pane)
{
  return gtk_stack_get_visible_child_name (widget_test_find (pane, GTK_TYPE_STACK));
}

static void
test_shows_selected (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeSignalPane *pane = g_object_ref_sink (g_object_new (SAE_TYPE_SIGNAL_PANE, NULL));
  g_autofree char *path = NULL;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 2);
  g_object_set (pane, "session", session, NULL);
  g_assert_cmpstr (state_of (pane), ==, "nothing");
  widget_test_open (session, tiny.folder);
  sae_session_set_selected (session, signal_at (session, 0));
  sae_session_set_selected (session, signal_at (session, 1)); /* the first is given up */
  wait_until (g_str_equal (state_of (pane), "signal"));
  assert_shows (pane, sae_signal_item_get_instrument (signal_at (session, 1)));
  assert_shows (pane, "samples");
  sae_session_set_selected (session, NULL);
  g_assert_cmpstr (state_of (pane), ==, "nothing");
  path = tiny_library_record_path (&tiny, "ev0", "S0");
  g_assert_cmpint (g_remove (path), ==, 0);
  sae_session_set_selected (session, sae_session_find_signal (session, "ev0/XX.S0..HN"));
  wait_until (g_str_equal (state_of (pane), "failure"));
  g_assert_finalize_object (pane);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

/* A record of four samples, as it would be shown. */
static SaeShown
make_shown (SeismicSignal *signal, SeismicRecord *record, SaeRecording *recording,
            SaeWave *wave)
{
  *record = (SeismicRecord){.signal = signal,
                            .spans = g_array_new (FALSE, TRUE, sizeof (SeismicSpan))};
  recording->record = record;
  wave->unit = (char *)"counts";
  return (SaeShown){.raw = recording, .recording = recording, .wave = wave};
}

static void
test_facts (void)
{
  SeismicSignal signal = {
      .instrument = "HN", .components = "ENZ", .rate_hz = 2, .n_samples = 4};
  SeismicRecord record;
  SaeRecording recording;
  SaeWave wave = {0};
  SaeShown shown = make_shown (&signal, &record, &recording, &wave);
  g_autofree char *facts = NULL, *spans = NULL;

  shown.peak = 30;
  shown.peak_component = 1;
  facts = sae_signal_pane_facts (&shown);
  g_assert_cmpstr (facts, ==,
                   "Start 1970-01-01\u00a000:00:00.00\u00a0UTC  ·  2.00\u202fHz  ·  "
                   "4\u00a0samples, 2.0\u202fs  ·  Peak 30.0\u00a0counts on HNN");
  g_array_set_size (record.spans, 2);
  g_array_index (record.spans, SeismicSpan, 1).kind = SEISMIC_SPAN_OVERLAP;
  spans = sae_signal_pane_spans (&shown);
  g_assert_cmpstr (spans, ==, "1 gap, 1 overlap");
  g_array_unref (record.spans);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-pane/shows-selected", test_shows_selected);
  g_test_add_func ("/app/signal-pane/facts", test_facts);
  return g_test_run ();
}
