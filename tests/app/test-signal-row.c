#include "app/signal-row.h"

#include "session/event-item.h"
#include "support/widgets.h"

static void
test_event (void)
{
  g_autoptr (SeismicEvent) event = seismic_event_new ("73292360");
  g_autoptr (SaeEventItem) item = NULL;
  GtkWidget *row = g_object_ref_sink (sae_signal_row_new ());

  event->magnitude = 6;
  event->time_ns = 0;
  item = sae_event_item_new (event, 3, TRUE);
  sae_signal_row_set_item (SAE_SIGNAL_ROW (row), G_OBJECT (item));
  assert_shows (row, "M\u00a06.0 · 1970-01-01\n73292360\nSynthetic\n");
  g_assert_finalize_object (row);
}

static void
test_signal (void)
{
  SeismicSignalInfo info = {.id = (char *)"e/BK.BRIB.01.HN",
                            .event_id = (char *)"e",
                            .network = "BK",
                            .station = "BRIB",
                            .location = "01",
                            .instrument = "HN",
                            .event = {.id = (char *)"e",
                                      .magnitude_type = (char *)"",
                                      .type = (char *)"",
                                      .place = (char *)""}};
  g_autoptr (SaeSignalItem) near = sae_signal_item_new (&info);
  GtkWidget *row = g_object_ref_sink (sae_signal_row_new ());

  sae_signal_row_set_item (SAE_SIGNAL_ROW (row), G_OBJECT (near));
  assert_shows (row, "BK.BRIB.01.HN\n");
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-row/event", test_event);
  g_test_add_func ("/app/signal-row/signal", test_signal);
  return g_test_run ();
}
