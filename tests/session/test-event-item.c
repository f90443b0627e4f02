#include "session/event-item.h"

static void
test_copies (void)
{
  SeismicEvent *event = seismic_event_new ("73291880");
  SaeEventItem *item;

  event->magnitude = 4.5;
  item = sae_event_item_new (event, 11, FALSE);
  event->magnitude = 9;
  seismic_event_free (event);
  g_assert_cmpstr (sae_event_item_get_event (item)->id, ==, "73291880");
  g_assert_cmpfloat (sae_event_item_get_event (item)->magnitude, ==, 4.5);
  g_assert_cmpuint (sae_event_item_get_n_signals (item), ==, 11);
  g_assert_false (sae_event_item_get_synthetic (item));
  g_assert_finalize_object (item);
}

/* What a download asks for. */
static void
test_open (void)
{
  static const struct {
    gboolean synthetic;
    SeismicDownloadState state; /* WAITING: no note */
    gboolean worth_retry;
    const char *server;
    gboolean open; /* to a download from http://a */
  } cases[] = {{FALSE, SEISMIC_DOWNLOAD_WAITING, FALSE, "", TRUE},
               {FALSE, SEISMIC_DOWNLOAD_FAILED, TRUE, "http://a", TRUE},
               {FALSE, SEISMIC_DOWNLOAD_FAILED, FALSE, "http://a", FALSE},
               {FALSE, SEISMIC_DOWNLOAD_FAILED, FALSE, "http://b", TRUE},
               {FALSE, SEISMIC_DOWNLOAD_DONE, FALSE, "http://a", FALSE},
               {FALSE, SEISMIC_DOWNLOAD_DONE, FALSE, "http://b", FALSE},
               {FALSE, SEISMIC_DOWNLOAD_NO_DATA, FALSE, "http://a", FALSE},
               {FALSE, SEISMIC_DOWNLOAD_NO_DATA, FALSE, "http://a/", FALSE},
               {FALSE, SEISMIC_DOWNLOAD_NO_DATA, FALSE, "http://b", TRUE},
               {TRUE, SEISMIC_DOWNLOAD_WAITING, FALSE, "", FALSE}};
  g_autoptr (SeismicEvent) event = seismic_event_new ("a");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SaeEventItem) item = sae_event_item_new (event, 0, cases[i].synthetic);

    g_autoptr (SeismicDownloadNote) note = seismic_download_note_new ("a");

    note->state = cases[i].state;
    note->worth_retry = cases[i].worth_retry;
    g_free (note->server);
    note->server = g_strdup (cases[i].server);
    sae_event_item_set_records (item, 7,
                                cases[i].state == SEISMIC_DOWNLOAD_WAITING ? NULL : note);
    g_assert_cmpint (sae_event_item_get_state (item), ==, cases[i].state);
    g_assert_true (sae_event_item_is_open (item, "http://a") == cases[i].open);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-item/copies", test_copies);
  g_test_add_func ("/event-item/open", test_open);
  return g_test_run ();
}
