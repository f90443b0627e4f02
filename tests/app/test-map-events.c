#include "app/map-events.h"

#include "session/signal-item.h"
#include <math.h>

static void
append_event (GListStore *list, const char *id, double longitude, double latitude,
              double magnitude, const char *type)
{
  g_autoptr (SeismicEvent) event = seismic_event_new (id);
  g_autoptr (SaeEventItem) item = NULL;

  event->longitude = longitude;
  event->latitude = latitude;
  event->magnitude = magnitude;
  g_free (event->type);
  event->type = g_strdup (type);
  item = sae_event_item_new (event, 0, FALSE);
  g_list_store_append (list, item);
}

static void
test_read (void)
{
  g_autoptr (GListStore) list = g_list_store_new (SAE_TYPE_EVENT_ITEM);
  g_auto (SaeMapEvents) events = {0};

  sae_map_events_init (&events);
  g_assert_cmpuint (sae_map_events_select (&events, (const char *const[]){"a", NULL}), ==,
                    0);
  append_event (list, "a", -122, 38, 6, "earthquake");
  append_event (list, "b", NAN, 38, 6, "earthquake");
  append_event (list, "c", -120, 37, NAN, "nuclear explosion");
  append_event (list, "d", 180, -90, 1, "");
  sae_map_events_read (&events, G_LIST_MODEL (list));
  g_assert_cmpuint (events.items->len, ==, 3);
  g_assert_cmpstr (sae_map_events_get (&events, 1)->id, ==, "c");
  g_assert_cmpfloat (events.lonlat[2], ==, -120);
  g_assert_cmpfloat (events.lonlat[3], ==, 37);
  g_assert_cmpfloat (events.magnitude[0], ==, 6);
  g_assert_true (isnan (events.magnitude[1]));
  g_assert_cmpuint (events.category[0], ==, 0);
  g_assert_cmpuint (events.category[1], ==, 1);
  g_assert_cmpuint (events.category[2], ==, 2);
  g_assert_cmpuint (events.selected[0] + events.selected[1] + events.selected[2], ==, 0);
  /* "b" is nowhere on the map, "z" nowhere at all. */
  g_assert_cmpuint (
      sae_map_events_select (&events, (const char *const[]){"z", "d", "b", NULL}), ==, 1);
  g_assert_true (!events.selected[0] && !events.selected[1] && events.selected[2]);
  g_assert_cmpuint (sae_map_events_select (&events, (const char *const[]){NULL}), ==, 0);
  g_assert_false (events.selected[2]);
  sae_map_events_read (&events, NULL);
  g_assert_cmpuint (events.items->len, ==, 0);
}

static void
append_signal (GListStore *list, const char *station, double longitude, double latitude)
{
  SeismicSignalInfo info = {.id = (char *)"e/XX.S..HN",
                            .event_id = (char *)"e",
                            .network = "XX",
                            .longitude = longitude,
                            .latitude = latitude};
  g_autoptr (SaeSignalItem) item = NULL;

  info.event.id = info.event_id;
  g_strlcpy (info.station, station, sizeof info.station);
  item = sae_signal_item_new (&info);
  g_list_store_append (list, item);
}

/* Each once, however many signals it has; one without a place is none. */
static void
test_stations (void)
{
  g_autoptr (GListStore) list = g_list_store_new (SAE_TYPE_SIGNAL_ITEM);
  g_autoptr (GArray) none = sae_map_events_stations (G_LIST_MODEL (list));
  g_autoptr (GArray) lonlat = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  append_signal (list, "A", -122, 38);
  append_signal (list, "B", NAN, 38);
  append_signal (list, "A", -122, 38);
  append_signal (list, "C", -120, 37);
  lonlat = sae_map_events_stations (G_LIST_MODEL (list));
  g_assert_cmpuint (lonlat->len, ==, 4);
  g_assert_cmpfloat (g_array_index (lonlat, double, 1), ==, 38);
  g_assert_cmpfloat (g_array_index (lonlat, double, 2), ==, -120);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/map-events/read", test_read);
  g_test_add_func ("/app/map-events/stations", test_stations);
  return g_test_run ();
}
