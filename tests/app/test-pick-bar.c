#include "app/pick-bar.h"

#include "seismic/library-pick.h"
#include "support/widgets.h"
#include <math.h>

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaeSignalView *view;
  SaeTraceChart *trace;
  SaePickBar *bar;
} Fixture;

/* As the pane does. */
static void
show_marks (Fixture *fixture)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PlotTraceMark));

  sae_pick_bar_append_marks (fixture->bar, marks);
  sae_trace_chart_set_marks (fixture->trace, (const PlotTraceMark *)(void *)marks->data,
                             marks->len);
}

static guint
n_marks (Fixture *fixture)
{
  return (guint)sae_trace_chart_get_traces (fixture->trace)->n_marks;
}

/* The program, begun anew. */
static void
start (Fixture *fixture)
{
  fixture->session = sae_session_new ();
  fixture->view = sae_signal_view_new ();
  fixture->trace = g_object_ref_sink (g_object_new (SAE_TYPE_TRACE_CHART, NULL));
  fixture->bar = g_object_ref_sink (g_object_new (SAE_TYPE_PICK_BAR, NULL));
  sae_pick_bar_attach (fixture->bar, fixture->trace);
  g_signal_connect_swapped (fixture->bar, "changed", G_CALLBACK (show_marks), fixture);
  sae_signal_view_set_session (fixture->view, fixture->session);
  widget_test_open (fixture->session, fixture->tiny.folder);
  sae_session_set_selected (fixture->session,
                            sae_session_find_signal (fixture->session, "ev0/XX.S0..HN"));
  wait_until (sae_signal_view_get_shown (fixture->view));
  sae_trace_chart_set_wave (fixture->trace,
                            sae_signal_view_get_shown (fixture->view)->wave, FALSE);
  sae_pick_bar_show (fixture->bar, fixture->tiny.folder,
                     sae_signal_view_get_shown (fixture->view));
}

static void
quit (Fixture *fixture)
{
  g_assert_finalize_object (fixture->bar);
  g_assert_finalize_object (fixture->trace);
  g_assert_finalize_object (fixture->view);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 1, 1);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  quit (fixture);
  tiny_library_clear (&fixture->tiny);
}

static void
pick (Fixture *fixture, guint component, int phase, double time_s, double uncertainty_s)
{
  g_signal_emit_by_name (fixture->trace, "picked", component, phase, time_s,
                         uncertainty_s);
}

/* Picked, undone, taken off; and all of it there after the program was closed. */
static void
test_restart (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL, *after = NULL;

  pick (fixture, 2, SAE_TRACE_P, 1.25, 0);
  pick (fixture, 0, SAE_TRACE_S, 2.5, 0.2);
  pick (fixture, 2, SAE_TRACE_P, 1.5, 0.1);
  g_assert_cmpuint (n_marks (fixture), ==, 2);
  sae_pick_bar_undo (fixture->bar);
  sae_pick_bar_redo (fixture->bar);
  before = sae_pick_bar_text (fixture->bar);
  g_assert_nonnull (strstr (before, "P on HNZ at 00:00:01.50"));
  g_assert_nonnull (strstr (before, "±\u00a00.20\u202fs"));
  quit (fixture);
  start (fixture);
  wait_until (n_marks (fixture) == 2);
  after = sae_pick_bar_text (fixture->bar);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpfloat_with_epsilon (
      sae_trace_chart_get_traces (fixture->trace)->marks[0].time_s, 1.5, 1e-6);
  g_signal_emit_by_name (fixture->trace, "unpicked", 0u);
  g_assert_cmpuint (n_marks (fixture), ==, 1);
  quit (fixture);
  start (fixture);
  wait_until (n_marks (fixture) == 1);
  g_assert_true (sae_trace_chart_get_traces (fixture->trace)->marks[0].is_s);
}

static void
test_mode (Fixture *fixture, gconstpointer unused)
{
  GtkToggleButton *p =
      widget_test_find (GTK_WIDGET (fixture->bar), GTK_TYPE_TOGGLE_BUTTON);
  int phase;

  gtk_toggle_button_set_active (p, TRUE);
  g_object_get (fixture->trace, "phase", &phase, NULL);
  g_assert_cmpint (phase, ==, SAE_TRACE_P);
  g_object_set (fixture->trace, "phase", SAE_TRACE_S, NULL);
  g_assert_false (gtk_toggle_button_get_active (p));
  g_object_get (fixture->trace, "phase", &phase, NULL);
  g_assert_cmpint (phase, ==, SAE_TRACE_S);
  gtk_toggle_button_set_active (p, TRUE);
  gtk_toggle_button_set_active (p, FALSE);
  g_object_get (fixture->trace, "phase", &phase, NULL);
  g_assert_cmpint (phase, ==, SAE_TRACE_NO_PHASE);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/pick-bar/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("restart", test_restart);
  ADD ("mode", test_mode);
  return g_test_run ();
}
