#include "seismic/picks-quakeml.h"

#include "seismic/error.h"
#include "seismic/quakeml.h"
#include "seismic/time.h"
#include "seismic/xml.h"
#include <math.h>

#define START_NS                                                                         \
  (G_GINT64_CONSTANT (1571117622815000000)) /* 2019-10-15T05:33:42.815Z                  \
                                             */

static GPtrArray *
make_events (void)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  SeismicEvent *event = seismic_event_new ("73291880");

  event->time_ns = START_NS;
  event->latitude = 37.938;
  event->longitude = -122.057;
  event->depth_km = 14.37;
  event->magnitude = 4.46;
  g_free (event->magnitude_type);
  event->magnitude_type = g_strdup ("Mw");
  g_free (event->type);
  event->type = g_strdup ("earthquake");
  g_free (event->place);
  event->place = g_strdup ("Pleasant Hill & <around>, \"CA\"");
  g_ptr_array_add (events, event);
  g_ptr_array_add (events, seismic_event_new ("2019-10-15T05:33:12Z"));
  return events;
}

static GPtrArray *
make_picks (void)
{
  GPtrArray *picks = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_pick_free);
  SeismicPick *pick =
      seismic_pick_new ("73291880", "NC.C010.01.HN", "HNZ", "P", START_NS + 2500000001);

  pick->uncertainty_s = 0.05;
  pick->made_ns = START_NS;
  g_free (pick->author);
  pick->author = g_strdup ("Zoë & Søn\x01");
  g_ptr_array_add (picks, pick);
  pick = seismic_pick_new ("2019-10-15T05:33:12Z", "NC.CRH..HN", "HNE", "coda end",
                           START_NS + 1000000000);
  pick->made_ns = SEISMIC_TIME_UNSET;
  g_ptr_array_add (picks, pick);
  g_ptr_array_add (picks, seismic_pick_new ("73291880", "NC.C010.01.HN", "HNN", "S",
                                            START_NS + 5000000000));
  return picks;
}

/* What was read of the <pick>s, by libxml2. */
static void
take_pick (SeismicXmlReader *reader, const char *name, int depth, void *user_data)
{
  GPtrArray *found = user_data;
  SeismicXmlNode *node, *time, *waveform, *info;
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  static const char *const codes[] = {"networkCode", "stationCode", "locationCode",
                                      "channelCode"};

  if (!g_str_equal (name, "pick"))
    return;
  g_assert_cmpint (depth, ==, 3);
  node = seismic_xml_expand (reader);
  time = seismic_xml_child (node, "time");
  waveform = seismic_xml_child (node, "waveformID");
  info = seismic_xml_child (node, "creationInfo");
  g_ptr_array_add (fields, seismic_xml_text (seismic_xml_child (node, "phaseHint")));
  g_ptr_array_add (fields, seismic_xml_text (seismic_xml_child (time, "value")));
  g_ptr_array_add (fields, seismic_xml_text (seismic_xml_child (time, "uncertainty")));
  for (size_t i = 0; i < G_N_ELEMENTS (codes); i++)
    g_ptr_array_add (fields, seismic_xml_attribute (waveform, codes[i], NULL));
  g_ptr_array_add (fields, seismic_xml_text (seismic_xml_child (info, "author")));
  g_ptr_array_add (fields, seismic_xml_text (seismic_xml_child (info, "creationTime")));
  g_ptr_array_add (fields, seismic_xml_attribute (node, "publicID", NULL));
  g_ptr_array_add (fields, seismic_xml_text (seismic_xml_child (node, "evaluationMode")));
  g_ptr_array_add (fields, NULL);
  g_ptr_array_add (found, g_strjoinv ("|", (char **)fields->pdata));
}

static void
test_picks (void)
{
  g_autoptr (GPtrArray) events = make_events ();
  g_autoptr (GPtrArray) picks = make_picks ();
  g_autoptr (GString) xml = seismic_picks_quakeml_write (picks, events);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  seismic_xml_read ((const uint8_t *)xml->str, xml->len, "QuakeML", "quakeml", take_pick,
                    found, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpstr (found->pdata[0], ==,
                   "P|2019-10-15T05:33:45.315000001Z|0.05|NC|C010|01|HNZ|"
                   "Zoë & Søn|2019-10-15T05:33:42.815Z|smi:local/pick/73291880/"
                   "NC.C010.01.HN/HNZ/P/Zo*C3*AB*20*26*20S*C3*B8n*01|manual");
  g_assert_true (
      g_str_has_prefix (found->pdata[1], "S|2019-10-15T05:33:47.815Z||NC|C010|01|HNN||"));
  g_assert_cmpstr (found->pdata[2], ==,
                   "coda end|2019-10-15T05:33:43.815Z||NC|CRH||HNE|||smi:local/pick/"
                   "2019-10-15T05*3A33*3A12Z/NC.CRH..HN/HNE/coda*20end|manual");
}

/* Every resource id is one by the pattern of the schema. */
static void
test_ids (void)
{
  g_autoptr (GPtrArray) events = make_events ();
  g_autoptr (GPtrArray) picks = make_picks ();
  g_autoptr (GString) xml = seismic_picks_quakeml_write (picks, events);
  g_autoptr (GRegex) any =
      g_regex_new ("publicID=\"([^\"]*)\"|<\\w+ID>([^<]*)<", 0, 0, NULL);
  g_autoptr (GRegex) valid =
      g_regex_new ("^(smi|quakeml):[\\w\\d][\\w\\d\\-\\.\\*\\(\\)_~']{2,}/"
                   "[\\w\\d\\-\\.\\*\\(\\)_~'][\\w\\d\\-\\.\\*\\(\\)\\+\\?_~'=,;#/&]*$",
                   0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GHashTable) ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (g_regex_match (any, xml->str, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *id = g_match_info_fetch (match, 1);
    g_autofree char *reference = g_match_info_fetch (match, 2);

    g_assert_true (g_regex_match (valid, *id ? id : reference, 0, NULL));
    if (*id) {
      n++;
      g_hash_table_add (ids, g_steal_pointer (&id));
    }
  }
  g_assert_cmpuint (n, ==, 8); /* the document, 2 events, origin, magnitude, 3 picks */
  g_assert_cmpuint (g_hash_table_size (ids), ==, n);
}

/* The events come back as they were. */
static void
test_events (void)
{
  g_autoptr (GPtrArray) events = make_events ();
  g_autoptr (GPtrArray) picks = make_picks ();
  g_autoptr (GString) xml = seismic_picks_quakeml_write (picks, events);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (seismic_quakeml_probe ((const uint8_t *)xml->str, xml->len));
  seismic_quakeml_read ((const uint8_t *)xml->str, xml->len, &read, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (seismic_event_equal (read->pdata[i], events->pdata[i]));
}

/* None at all, events nobody knows, and words that the schema does not have. */
static void
test_edges (void)
{
  g_autoptr (GPtrArray) events = make_events ();
  g_autoptr (GPtrArray) picks = make_picks ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GString) empty = seismic_picks_quakeml_write (none, events);
  g_autoptr (GString) bare = seismic_picks_quakeml_write (picks, none);
  g_autoptr (GString) odd = NULL;
  g_autoptr (GError) error = NULL;

  seismic_quakeml_read ((const uint8_t *)empty->str, empty->len, &read, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 0);
  g_assert_null (strstr (bare->str, "<origin"));
  g_assert_nonnull (strstr (bare->str, "<pick"));
  g_free (((SeismicEvent *)events->pdata[0])->type);
  ((SeismicEvent *)events->pdata[0])->type = g_strdup ("meteorite shower");
  ((SeismicEvent *)events->pdata[0])->latitude = NAN;
  odd = seismic_picks_quakeml_write (picks, events);
  g_assert_null (strstr (odd->str, "meteorite"));
  g_assert_null (strstr (odd->str, "<origin"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picks-quakeml/picks", test_picks);
  g_test_add_func ("/picks-quakeml/ids", test_ids);
  g_test_add_func ("/picks-quakeml/events", test_events);
  g_test_add_func ("/picks-quakeml/edges", test_edges);
  return g_test_run ();
}
