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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-item/copies", test_copies);
  return g_test_run ();
}
