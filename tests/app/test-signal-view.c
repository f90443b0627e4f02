#include "app/signal-view.h"

#include "support/widgets.h"
#include <glib/gstdio.h>

typedef struct {
  guint n_shown, n_same, n_failed;
} Heard;

static void
on_shown (SaeSignalView *view, gboolean same_record, Heard *heard)
{
  heard->n_shown++;
  heard->n_same += same_record ? 1 : 0;
}

static void
on_failed (SaeSignalView *view, const GError *error, Heard *heard)
{
  g_assert_nonnull (error);
  heard->n_failed++;
}

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaeSignalView *view;
  Heard heard;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 1, 2);
  fixture->session = sae_session_new ();
  fixture->view = sae_signal_view_new ();
  g_signal_connect (fixture->view, "shown", G_CALLBACK (on_shown), &fixture->heard);
  g_signal_connect (fixture->view, "failed", G_CALLBACK (on_failed), &fixture->heard);
  sae_signal_view_set_session (fixture->view, fixture->session);
  widget_test_open (fixture->session, fixture->tiny.folder);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->view);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static void
choose (Fixture *fixture, const char *id)
{
  sae_session_set_selected (fixture->session,
                            sae_session_find_signal (fixture->session, id));
}

static void
test_treatment (Fixture *fixture, gconstpointer unused)
{
  SaeTreatment treatment = {.processing.demean = true};
  const SaeShown *shown;

  choose (fixture, "ev0/XX.S0..HN");
  wait_until (fixture->heard.n_shown > 0 && !sae_signal_view_get_busy (fixture->view));
  shown = sae_signal_view_get_shown (fixture->view);
  g_assert_cmpstr (sae_signal_item_get_id (shown->item), ==, "ev0/XX.S0..HN");
  g_assert_true (shown->raw == shown->recording);
  g_assert_cmpstr (shown->wave->unit, ==, "counts");
  g_assert_cmpfloat (shown->peak, >, 0);
  sae_signal_view_set_treatment (fixture->view, &treatment);
  treatment.processing.motion = SEISMIC_MOTION_DIFFERENCE;
  sae_signal_view_set_treatment (fixture->view, &treatment); /* while the first runs */
  wait_until (sae_signal_view_get_shown (fixture->view)->applied.processing.motion ==
              SEISMIC_MOTION_DIFFERENCE);
  shown = sae_signal_view_get_shown (fixture->view);
  g_assert_cmpuint (fixture->heard.n_same, >=, 1);
  g_assert_cmpstr (shown->wave->unit, ==, "counts/sample");
  g_assert_cmpuint (shown->wave->n_samples + 1, ==,
                    shown->raw->record->signal->n_samples);
  /* It stays for the next signal. */
  choose (fixture, "ev0/XX.S1..HN");
  wait_until (g_str_equal (
      sae_signal_item_get_id (sae_signal_view_get_shown (fixture->view)->item),
      "ev0/XX.S1..HN"));
  shown = sae_signal_view_get_shown (fixture->view);
  g_assert_true (shown->applied.processing.demean);
  g_assert_no_error (shown->flaw);
}

/* What does not fit leaves the record as it is, and says why. */
static void
test_misfit (Fixture *fixture, gconstpointer unused)
{
  const SaeTreatment treatment = {
      .processing.filter = {
          .kind = SEISMIC_BUTTERWORTH_LOWPASS, .order = 4, .high_hz = 90}};
  const SaeTreatment as_network = {.as_network = TRUE};
  const SaeTreatment physical = {.processing.physical = true};
  const SaeShown *shown;

  sae_signal_view_set_treatment (fixture->view, &treatment);
  choose (fixture, "ev0/XX.S0..HN");
  wait_until (fixture->heard.n_shown == 1);
  shown = sae_signal_view_get_shown (fixture->view);
  g_assert_nonnull (shown->flaw);
  g_assert_true (shown->raw == shown->recording);
  g_assert_true (seismic_processing_is_identity (&shown->applied.processing));
  sae_signal_view_set_treatment (fixture->view, &as_network);
  wait_until (fixture->heard.n_shown == 2);
  g_assert_nonnull (sae_signal_view_get_shown (fixture->view)->flaw);
  /* Counts are told where the sensitivity is not known: that is no flaw. */
  wait_until (!sae_signal_view_get_busy (fixture->view));
  sae_signal_view_set_treatment (fixture->view, &physical);
  wait_until (fixture->heard.n_shown == 3);
  shown = sae_signal_view_get_shown (fixture->view);
  g_assert_no_error (shown->flaw);
  g_assert_cmpstr (shown->wave->unit, ==, "counts");
}

static void
test_failure (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = tiny_library_record_path (&fixture->tiny, "ev0", "S0");

  g_assert_cmpint (g_remove (path), ==, 0);
  choose (fixture, "ev0/XX.S1..HN"); /* given up */
  choose (fixture, "ev0/XX.S0..HN");
  wait_until (fixture->heard.n_failed == 1);
  g_assert_null (sae_signal_view_get_shown (fixture->view));
  choose (fixture, "ev0/XX.S1..HN");
  wait_until (sae_signal_view_get_shown (fixture->view));
  sae_session_set_selected (fixture->session, NULL);
  g_assert_null (sae_signal_view_get_shown (fixture->view));
}

/* The model's own rate and normalisation. */
static void
test_as_network (Fixture *fixture, gconstpointer unused)
{
  const SaeTreatment as_network = {.as_network = TRUE};
  AnalysisTrainingSettings settings = widget_test_settings ();

  sae_tasks_train (fixture->session, &settings);
  wait_until (sae_session_get_has_model (fixture->session));
  sae_signal_view_set_treatment (fixture->view, &as_network);
  choose (fixture, "ev0/XX.S0..HN");
  wait_until (sae_signal_view_get_shown (fixture->view));
  g_assert_no_error (sae_signal_view_get_shown (fixture->view)->flaw);
  g_assert_cmpstr (sae_signal_view_get_shown (fixture->view)->wave->unit, ==,
                   "normalised");
  g_assert_cmpfloat (sae_signal_view_get_shown (fixture->view)->wave->rate_hz, ==, 20);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/signal-view/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("treatment", test_treatment);
  ADD ("misfit", test_misfit);
  ADD ("failure", test_failure);
  ADD ("as-network", test_as_network);
  return g_test_run ();
}
