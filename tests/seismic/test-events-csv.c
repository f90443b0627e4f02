#include "seismic/events-csv.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

static GPtrArray *
read_text (const char *text, GPtrArray **skipped)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *events = NULL;
  g_assert_true (seismic_events_csv_probe ((const uint8_t *)text, strlen (text)));
  seismic_events_csv_read ((const uint8_t *)text, strlen (text), &events, skipped,
                           &error);
  g_assert_no_error (error);
  return events;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* What is written reads back as it was, whatever the locale and the commas in places. */
static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  SeismicEvent *full = seismic_event_new ("72282711");
  seismic_time_parse ("2014-08-24T10:20:44.070Z", &full->time_ns);
  full->latitude = 38.21517;
  full->longitude = -122.31233;
  full->depth_km = 0.1 + 0.2;
  full->magnitude = 6.02;
  set_text (&full->magnitude_type, "Mw");
  set_text (&full->type, "earthquake");
  set_text (&full->place, "South \"Napa\", CA\nsecond line");
  g_ptr_array_add (events, full);
  g_ptr_array_add (events, seismic_event_new ("unknown, all"));
  SeismicEvent *fine = seismic_event_new ("fine");
  fine->time_ns = 1;
  g_ptr_array_add (events, fine);

  g_autoptr (GString) csv = seismic_events_csv_write (events);
  g_assert_true (g_str_has_prefix (
      csv->str, "eventID,magnitude,magnitude_type,latitude,longitude,event_type,time,"
                "depth_km,place\n"
                "72282711,6.02,Mw,38.21517,-122.31233,earthquake,"
                "2014-08-24T10:20:44.070Z,0.30000000000000004,"));
  g_assert_nonnull (strstr (csv->str, "\n\"unknown, all\",,,,,,,,\n"));
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) again = read_text (csv->str, &skipped);
  g_assert_cmpuint (skipped->len, ==, 0);
  g_assert_cmpuint (again->len, ==, events->len);
  for (guint i = 0; i < events->len; i++)
    g_assert_true (seismic_event_equal (events->pdata[i], again->pdata[i]));
}

/* A table of another program: other columns, order, line ends, and a byte order mark. */
static void
test_foreign (void)
{
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) events =
      read_text ("\xef\xbb\xbf,time,Magnitude,eventid,more\r\n"
                 "0,2019-10-15 05:33:42.810000+00:00,4.5,73291880,x\r\n"
                 "\r\n"
                 "1,,,nc1,\r\n",
                 &skipped);
  g_assert_cmpuint (skipped->len, ==, 0);
  g_assert_cmpuint (events->len, ==, 2);
  const SeismicEvent *first = events->pdata[0], *second = events->pdata[1];
  g_autofree char *time = seismic_time_format (first->time_ns, 3);
  g_assert_cmpstr (time, ==, "2019-10-15T05:33:42.810Z");
  g_assert_cmpstr (first->id, ==, "73291880");
  g_assert_cmpfloat (first->magnitude, ==, 4.5);
  g_assert_true (isnan (first->latitude));
  g_assert_cmpstr (second->id, ==, "nc1");
  g_assert_true (second->time_ns == SEISMIC_TIME_UNSET);
}

/* Bad rows are told with their line; the others are taken. */
static void
test_bad_rows (void)
{
  static const char *const reasons[] = {
      "line 3: \"noon\" is no time", "line 4: 2 columns where the header has 3",
      "line 5: The event has no id", "line 6: \"big\" is no magnitude",
      "line 9: A quotation mark is not closed"};
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) events = read_text ("eventID,time,magnitude\n"
                                            "a,,1\n"
                                            "b,noon,1\n"
                                            "c,\n"
                                            ",,1\n"
                                            "d,,big\n"
                                            "\"e\n\",,2\n"
                                            "\"f,,2\n",
                                            &skipped);
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpstr (((SeismicEvent *)events->pdata[1])->id, ==, "e");
  g_assert_cmpuint (skipped->len, ==, G_N_ELEMENTS (reasons));
  for (guint i = 0; i < skipped->len; i++) {
    const SeismicSkip *skip = skipped->pdata[i];
    g_autofree char *told = g_strdup_printf ("%s: %s", skip->item, skip->reason->message);
    g_assert_cmpstr (told, ==, reasons[i]);
  }
}

static void
test_no_table (void)
{
  static const char *const texts[] = {"",
                                      "\n",
                                      "eventID\n1\n",
                                      "time,magnitude\n,1\n",
                                      "#EventID | Time | Latitude\n",
                                      "eventID,time"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (
        seismic_events_csv_probe ((const uint8_t *)texts[i], strlen (texts[i])));
  g_autoptr (GError) error = NULL;
  GPtrArray *events = NULL;
  g_assert_false (
      seismic_events_csv_read ((const uint8_t *)"a,b\n", 4, &events, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  g_assert_null (events);
}

/* Any bytes: an answer or an error, never a crash. */
static void
test_mutations (void)
{
  static const char text[] = "eventID,magnitude,latitude,time,place\n"
                             "1,5.0,38.0,2014-08-24T10:20:44.070Z,\"a \"\"b\"\", c\"\n"
                             "2,,,,\n";
  const size_t n_bytes = sizeof text - 1;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n = g_test_thorough () ? 100000 : 3000;
  for (guint i = 0; i < n; i++) {
    g_autofree uint8_t *bytes = g_memdup2 (text, n_bytes); /* no terminating zero */
    for (int k = g_rand_int_range (rand, 1, 5); k > 0; k--)
      bytes[g_rand_int_range (rand, 0, (gint32)n_bytes)] =
          (uint8_t)g_rand_int_range (rand, 0, 256);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) events = NULL;
    size_t n_left = (size_t)g_rand_int_range (rand, 0, (gint32)n_bytes + 1);
    seismic_events_csv_probe (bytes, n_left);
    bool done = seismic_events_csv_read (bytes, n_left, &events, NULL, &error);
    g_assert_true (done == (error == NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events-csv/round-trip", test_round_trip);
  g_test_add_func ("/events-csv/foreign", test_foreign);
  g_test_add_func ("/events-csv/bad-rows", test_bad_rows);
  g_test_add_func ("/events-csv/no-table", test_no_table);
  g_test_add_func ("/events-csv/mutations", test_mutations);
  return g_test_run ();
}
