#include "seismic/quakeml.h"
#include "seismic/error.h"
#include "seismic/time.h"
#include "support/shared.h"

#include <math.h>
#include <string.h>

#define BED "http://quakeml.org/xmlns/bed/1.2"
#define ROOT                                                                             \
  "<q:quakeml xmlns=\"" BED "\" xmlns:q=\"http://quakeml.org/xmlns/quakeml/1.2\""        \
  " xmlns:c=\"http://anss.org/xmlns/catalog/0.1\"><eventParameters>"
#define END "</eventParameters></q:quakeml>"

static GPtrArray *
read_xml (const char *text, GPtrArray **skipped)
{
  GPtrArray *events = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (seismic_quakeml_probe ((const uint8_t *)text, strlen (text)));
  seismic_quakeml_read ((const uint8_t *)text, strlen (text), &events, skipped, &error);
  g_assert_no_error (error);
  return events;
}

static void
test_full (void)
{
  /* types inside magnitude, origin and amplitude; preferred ones come last */
  g_autoptr (GPtrArray) events = read_xml (
      "<?xml version=\"1.0\"?>\n<!-- a comment -->\n" ROOT
      "<event publicID=\"quakeml:x/Event/NC/wrong\" c:eventid=\"72182046\">"
      "<amplitude><type>END</type></amplitude>"
      "<magnitude publicID=\"m1\"><mag><value>5.91</value></mag><type>Md</type>"
      "</magnitude>"
      "<magnitude publicID=\"m2\"><mag><value> 6.8 </value></mag><type>Mw</type>"
      "</magnitude>"
      "<origin publicID=\"o1\"><time><value>2001-01-01T00:00:00Z</value></time></origin>"
      "<origin publicID=\"o2\"><type>hypocenter</type>"
      "<time><value>2014-03-10T05:18:13.430Z</value></time>"
      "<latitude><value>40.8286667</value></latitude>"
      "<longitude><value>-125.1338333</value></longitude>"
      "<depth><value>16640</value></depth></origin>"
      "<preferredOriginID> o2 </preferredOriginID>"
      "<preferredMagnitudeID>m2</preferredMagnitudeID>"
      "<description><text>OFF COAST &amp; SEA</text><type>Flinn-Engdahl region</type>"
      "</description>"
      "<description><text>77km WNW of Ferndale</text><type>earthquake name</type>"
      "</description>"
      "<description><text>It shook.</text><type>felt report</type></description>"
      "<type>earthquake</type></event>" END,
      NULL);
  g_assert_cmpuint (events->len, ==, 1);
  const SeismicEvent *event = events->pdata[0];
  g_autofree char *time = seismic_time_format (event->time_ns, 3);
  g_assert_cmpstr (event->id, ==, "72182046");
  g_assert_cmpstr (event->type, ==, "earthquake");
  g_assert_cmpstr (time, ==, "2014-03-10T05:18:13.430Z");
  g_assert_cmpfloat (event->latitude, ==, 40.8286667);
  g_assert_cmpfloat (event->longitude, ==, -125.1338333);
  g_assert_cmpfloat (event->depth_km, ==, 16.64);
  g_assert_cmpfloat (event->magnitude, ==, 6.8);
  g_assert_cmpstr (event->magnitude_type, ==, "Mw");
  g_assert_cmpstr (event->place, ==, "77km WNW of Ferndale");
}

static void
test_unknowns (void)
{
  /* no preferred ids that match, numbers that are none */
  g_autoptr (GPtrArray) events = read_xml (
      ROOT "<event publicID=\"smi:a/1\"><preferredOriginID>gone</preferredOriginID>"
           "<origin publicID=\"o1\"><time><value>once</value></time>"
           "<latitude><value>north</value></latitude><longitude><value>999</value>"
           "</longitude><depth><value>nan</value></depth><region>Chile</region></origin>"
           "<origin publicID=\"o2\"><depth><value>1</value></depth></origin>"
           "<magnitude><type>Ml</type></magnitude><type>null</type></event>"
           "<event publicID=\"smi:a/2\"/>" END,
      NULL);
  g_assert_cmpuint (events->len, ==, 2);
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    g_assert_true (event->time_ns == SEISMIC_TIME_UNSET);
    g_assert_true (isnan (event->latitude) && isnan (event->longitude));
    g_assert_true (isnan (event->depth_km) && isnan (event->magnitude));
    g_assert_cmpstr (event->type, ==, "");
    g_assert_cmpstr (event->magnitude_type, ==, i == 0 ? "Ml" : "");
    g_assert_cmpstr (event->place, ==, i == 0 ? "Chile" : "");
  }
}

static void
test_ids (void)
{
  static const struct {
    const char *attributes, *id;
  } cases[] = {
      {"publicID=\"quakeml:nc.anss.org/Event/NC/71856040\"", "71856040"},
      {"publicID=\"smi:iris/query?eventId=3279407\"", "3279407"},
      {"publicID=\"smi:usgs/query?eventid=ci37285320&amp;format=quakeml\"", "ci37285320"},
      {"publicID=\"smi:usgs/query?eventid=ci1&amp;amp;format=quakeml\"", "ci1"},
      {"publicID=\"smi:usgs/query?format=xml&amp;eventid=ci2\"", "ci2"},
      {"publicID=\"smi:local:12\"", "12"},
      {"publicID=\"12\"", "12"},
      {"publicID=\"smi:local/event/12/\"", "12"},
      {"c:eventid=\"7\" publicID=\"smi:x/8\"", "7"},
      {"c:eventid=\"\" publicID=\"smi:x/8\"", "8"},
      {"eventid=\"7\" publicID=\"smi:x/8\"", "8"},
      {"xmlns:o=\"http://other.org\" o:eventid=\"7\" publicID=\"smi:x/8\"", "8"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf (ROOT "<event %s/>" END, cases[i].attributes);
    g_autoptr (GPtrArray) events = read_xml (text, NULL);
    g_assert_cmpuint (events->len, ==, 1);
    g_assert_cmpstr (((SeismicEvent *)events->pdata[0])->id, ==, cases[i].id);
  }
}

static void
test_no_id (void)
{
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) events = read_xml (ROOT "\n<event/>\n<event publicID=\"smi:\"/>"
                                                "<event publicID=\"smi:a/1\"/>" END,
                                           &skipped);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpuint (skipped->len, ==, 2);
  const SeismicSkip *skip = skipped->pdata[0];
  g_assert_cmpstr (skip->item, ==, "event in line 2");
  g_assert_error (skip->reason, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
}

static void
test_namespaces (void)
{
  static const struct {
    const char *text;
    guint n_events;
  } cases[] = {
      {"<quakeml><eventParameters><event publicID=\"a/1\"><type>x</type></event>"
       "</eventParameters></quakeml>",
       1},
      {"<ns0:quakeml xmlns:ns0=\"http://quakeml.org/xmlns/quakeml/1.2\" xmlns:b=\"" BED
       "\"><b:eventParameters><b:event publicID=\"a/1\"><b:type>x</b:type></b:event>"
       "</b:eventParameters></ns0:quakeml>",
       1},
      {"<quakeml xmlns=\"http://quakeml.org/xmlns/quakeml/1.2\"><eventParameters>"
       "<event publicID=\"a/1\"><type>x</type></event></eventParameters></quakeml>",
       1},
      {"<quakeml><eventParameters xmlns:o=\"http://other.org\"><o:event publicID=\"a/1\">"
       "</o:event></eventParameters></quakeml>",
       0},
      {"<quakeml/>", 0},
      {"<quakeml><eventParameters><event publicID=\"a/1\" xmlns:o=\"http://other.org\">"
       "<o:type>y</o:type><type>x</type></event></eventParameters></quakeml>",
       1},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) events = read_xml (cases[i].text, NULL);
    g_assert_cmpuint (events->len, ==, cases[i].n_events);
    if (events->len > 0)
      g_assert_cmpstr (((SeismicEvent *)events->pdata[0])->type, ==, "x");
  }
}

static void
test_malformed (void)
{
  static const struct {
    const char *text, *message;
  } cases[] = {
      {"", "Line 1"},
      {"<quakeml>\n<eventParameters>\n<event publicID=\"a\">", "Line 3"},
      {"<quakeml>\n</quake>", "Line 2"},
      {"\n\n<FDSNStationXML/>", "Line 3: the root element is \"FDSNStationXML\""},
      {"{\"type\": \"Feature\"}", "Line 1"},
      {"<!DOCTYPE quakeml [<!ENTITY a \"aaaa\">]><quakeml>&a;</quakeml>",
       "document type"},
      {"<!DOCTYPE quakeml SYSTEM \"file:///etc/passwd\"><quakeml/>", "document type"},
      {"<quakeml>&undefined;</quakeml>", "Line 1"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    GPtrArray *events = NULL, *skipped = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_false (seismic_quakeml_read ((const uint8_t *)cases[i].text,
                                          strlen (cases[i].text), &events, &skipped,
                                          &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, cases[i].message));
    g_assert_null (events);
    g_assert_null (skipped);
  }
}

/* Cut anywhere, a document gives an error or its whole content, never half of it. */
static void
test_truncated_anywhere (void)
{
  const char *text = ROOT "<event publicID=\"smi:a/1\"><type>x</type></event>" END "\n";
  size_t n = strlen (text);
  for (size_t length = 0; length < n - 1; length++) {
    GPtrArray *events = NULL;
    g_autofree uint8_t *bytes = g_memdup2 (text, length);
    g_assert_false (seismic_quakeml_read (bytes, length, &events, NULL, NULL));
  }
}

static void
test_probe (void)
{
  static const struct {
    const char *text;
    bool yes;
  } cases[] = {
      {"<quakeml>", true},
      {"\xef\xbb\xbf<q:quakeml xmlns", true},
      {"<?xml version=\"1.0\"?>\n <!-- x -->\n<ns0:quakeml\n", true},
      {"<quakemlx>", false},
      {"<x:y>", false},
      {"<FDSNStationXML>", false},
      {"<?xml", false},
      {"<", false},
      {"", false},
      {"000001D", false},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (seismic_quakeml_probe ((const uint8_t *)cases[i].text,
                                          strlen (cases[i].text)) == cases[i].yes);
  }
}

/* Real documents, with what a reader of the XML sees in their first event. */
static void
test_shared (void)
{
  static const struct {
    const char *file;
    guint n_events;
    const char *id, *type, *time;
    double magnitude;
    const char *magnitude_type;
    double depth_km;
  } cases[] = {
      {"nc72182046_phase-data.xml", 1, "72182046", "earthquake",
       "2014-03-10T05:18:13.430Z", 6.8, "Mw", 16.64},
      {"nc71856040_focal-mechanism.xml", 1, "71856040", "earthquake",
       "2012-10-09T20:20:34.500Z", 0.62, "Md", 2.08},
      {"ncss-nuclear-explosion.xml", 1, "71856040", "nuclear explosion",
       "2012-10-09T20:20:34.500Z", 0.62, "Md", 2.08},
      {"ncss-empty.xml", 0, NULL, NULL, NULL, 0, NULL, 0},
      {"invalid_enum.xml", 1, "1165", "", "2011-03-11T05:46:24.120Z", NAN, "", 0.029},
      {"minmag8_5.quakeml", 6, "3337497", "earthquake", "2012-04-11T08:38:36.720Z", 8.6,
       "MW", 0.02},
      {"nepal_mw7.2.qml", 1, "5113514", "earthquake", "2015-05-12T07:05:27.500Z", 7.2,
       "Mwc", 12.0},
      {"preferred.xml", 1, "3279407", "earthquake", "2012-12-12T05:46:24.120Z", 2, "MW",
       0.029},
      {"quakeml_1.2_quarryblast.xml", 1, "116.39", "mining explosion",
       "2023-08-26T09:49:43.871Z", 2.64, "MLv", 1.4625},
      {"usgs_event.xml", 2, "37285320", "quarry_blast", "2014-11-06T00:24:42.240Z", 1.54,
       "ml", 0.01},
      {"usc000nwtr_origin.xml", 1, "c000nwtr", "earthquake", "2014-03-30T12:34:42.060Z",
       4.8, "mb", 5.0},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = test_shared_path ("data/events", cases[i].file, NULL);
    if (path == NULL)
      return;
    g_autofree char *text = NULL;
    size_t n_text = 0;
    g_autoptr (GError) error = NULL;
    g_assert_true (g_file_get_contents (path, &text, &n_text, &error));
    g_autoptr (GPtrArray) events = NULL;
    seismic_quakeml_read ((uint8_t *)text, n_text, &events, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (events->len, ==, cases[i].n_events);
    if (events->len == 0)
      continue;
    const SeismicEvent *event = events->pdata[0];
    g_autofree char *time = seismic_time_format (event->time_ns, 3);
    g_assert_cmpstr (event->id, ==, cases[i].id);
    g_assert_cmpstr (event->type, ==, cases[i].type);
    g_assert_cmpstr (time, ==, cases[i].time);
    g_assert_cmpstr (event->magnitude_type, ==, cases[i].magnitude_type);
    if (isnan (cases[i].magnitude))
      g_assert_true (isnan (event->magnitude));
    else
      g_assert_cmpfloat (event->magnitude, ==, cases[i].magnitude);
    g_assert_cmpfloat_with_epsilon (event->depth_km, cases[i].depth_km, 1e-9);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quakeml/full", test_full);
  g_test_add_func ("/quakeml/unknowns", test_unknowns);
  g_test_add_func ("/quakeml/ids", test_ids);
  g_test_add_func ("/quakeml/no-id", test_no_id);
  g_test_add_func ("/quakeml/namespaces", test_namespaces);
  g_test_add_func ("/quakeml/malformed", test_malformed);
  g_test_add_func ("/quakeml/truncated-anywhere", test_truncated_anywhere);
  g_test_add_func ("/quakeml/probe", test_probe);
  g_test_add_func ("/quakeml/shared", test_shared);
  return g_test_run ();
}
