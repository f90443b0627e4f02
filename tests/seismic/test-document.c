#include "seismic/document.h"
#include "seismic/error.h"
#include "seismic/progress.h"
#include "support/shared.h"

#include <string.h>

#define QUAKEML                                                                          \
  "<q:quakeml xmlns:q=\"http://quakeml.org/xmlns/quakeml/1.2\"><eventParameters>"        \
  "<event publicID=\"smi:a/1\"/></eventParameters></q:quakeml>"
#define STATION_XML                                                                      \
  "<FDSNStationXML><Network code=\"NC\"><Station code=\"A\"><Latitude>1</Latitude>"      \
  "<Longitude>2</Longitude></Station></Network></FDSNStationXML>"

static void
test_kinds (void)
{
  static const struct {
    const char *text;
    SeismicDocument kind;
    SeismicContent content;
  } cases[] = {
      {QUAKEML, SEISMIC_DOCUMENT_QUAKEML, SEISMIC_CONTENT_EVENTS},
      {"#EventID|Time|Latitude|Longitude|Depth/km|Author|Catalog|Contributor|"
       "ContributorID|MagType|Magnitude|MagAuthor|EventLocationName|EventType\n"
       "1|2014-01-01T00:00:00|1|2|3|||||Mw|5||Here|earthquake\n",
       SEISMIC_DOCUMENT_EVENT_TEXT, SEISMIC_CONTENT_EVENTS},
      {"#Network|Station|Latitude|Longitude|Elevation|SiteName|StartTime|EndTime\n"
       "NC|A|1|2|3|Here|2001-01-01|\n",
       SEISMIC_DOCUMENT_STATION_TEXT, SEISMIC_CONTENT_STATIONS},
      {STATION_XML, SEISMIC_DOCUMENT_STATION_XML, SEISMIC_CONTENT_STATIONS},
      {"eventID,time\ne,2014-01-01\n", SEISMIC_DOCUMENT_EVENTS_CSV,
       SEISMIC_CONTENT_EVENTS},
      {"event,instrument,channel,phase,time\ne,NC.A..HN,HNZ,P,2014-01-01\n",
       SEISMIC_DOCUMENT_PICKS_CSV, SEISMIC_CONTENT_PICKS},
      {"event,instrument,tags,comment\ne,,quarry,\n", SEISMIC_DOCUMENT_NOTES_CSV,
       SEISMIC_CONTENT_NOTES},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const uint8_t *bytes = (const uint8_t *)cases[i].text;
    size_t n_bytes = strlen (cases[i].text);
    g_autoptr (GPtrArray) items = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (seismic_document_probe (bytes, n_bytes), ==, cases[i].kind);
    g_assert_cmpint (seismic_document_content (cases[i].kind), ==, cases[i].content);
    seismic_document_read (cases[i].kind, bytes, n_bytes, &items, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (items->len, ==, 1);
  }
}

static void
test_refusals (void)
{
  static const struct {
    const char *text, *message;
    SeismicError code;
  } cases[] = {
      {"{\"type\": \"Feature\", \"properties\": {}}",
       "Line 1: this is GeoJSON, which is not read; ask the server for format=xml or "
       "format=text",
       SEISMIC_ERROR_FORMAT},
      {"\xef\xbb\xbf\n\n[{\"id\": 1}]",
       "Line 3: this is JSON, which is not read; ask the server for format=xml or "
       "format=text",
       SEISMIC_ERROR_FORMAT},
      {"<?xml version=\"1.0\"?>\n<application xmlns=\"http://wadl.dev.java.net\"/>",
       "Line 2: this is XML with the root element \"application\", neither QuakeML nor "
       "StationXML",
       SEISMIC_ERROR_FORMAT},
      {"<html><body>Sign in</body></html>", "Line 1: this is a web page (HTML), no data",
       SEISMIC_ERROR_FORMAT},
      {"\n<!DOCTYPE HTML>\n<HTML>", "Line 2: this is a web page (HTML), no data",
       SEISMIC_ERROR_FORMAT},
      {"<!DOCTYPE quakeml [<!ENTITY a \"b\">]><quakeml/>",
       "Line 1: neither QuakeML nor StationXML begins so", SEISMIC_ERROR_FORMAT},
      {"Error 413: Request entity too large",
       "Line 1: neither miniSEED, SAC, QuakeML, StationXML nor FDSN text",
       SEISMIC_ERROR_NOT_MINISEED},
      {"", "Line 1: neither miniSEED, SAC, QuakeML, StationXML nor FDSN text",
       SEISMIC_ERROR_NOT_MINISEED},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const uint8_t *bytes = (const uint8_t *)cases[i].text;
    size_t n_bytes = strlen (cases[i].text);
    g_assert_cmpint (seismic_document_probe (bytes, n_bytes), ==, SEISMIC_DOCUMENT_NONE);
    g_autoptr (GError) error = seismic_document_refuse (bytes, n_bytes);
    g_assert_error (error, SEISMIC_ERROR, (int)cases[i].code);
    g_assert_cmpstr (error->message, ==, cases[i].message);
  }
  const uint8_t binary[] = {'a', 0, 1, 2};
  g_autoptr (GError) error = seismic_document_refuse (binary, sizeof binary);
  g_assert_cmpstr (error->message, ==,
                   "Neither miniSEED, SAC, QuakeML, StationXML nor FDSN text");
}

/* "Line 3: why", or "line 3" and why: what and where. */
static void
assert_names_line (const char *file, const char *item, const GError *reason)
{
  const char *where = item != NULL ? strstr (item, "line ") : reason->message;
  if (where == NULL || (item == NULL && !g_str_has_prefix (where, "Line ")) ||
      !g_ascii_isdigit (where[5]) || *reason->message == '\0')
    g_error ("%s: %s: %s", file, item != NULL ? item : "-", reason->message);
}

/* Read, or refused with line and cause. Gives what was read. */
static guint
take_document (const char *path)
{
  g_autofree char *text = NULL;
  size_t n_text = 0;
  g_assert_true (g_file_get_contents (path, &text, &n_text, NULL));
  const uint8_t *bytes = (const uint8_t *)text;
  SeismicDocument kind = seismic_document_probe (bytes, n_text);
  if (kind == SEISMIC_DOCUMENT_NONE) {
    g_autoptr (GError) refusal = seismic_document_refuse (bytes, n_text);
    assert_names_line (path, NULL, refusal);
    g_test_message ("%s: %s", path, refusal->message);
    return 0;
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  if (!seismic_document_read (kind, bytes, n_text, &items, &skipped, &error)) {
    assert_names_line (path, NULL, error);
    g_test_message ("%s: %s", path, error->message);
    return 0;
  }
  for (guint i = 0; i < skipped->len; i++) {
    const SeismicSkip *skip = skipped->pdata[i];
    assert_names_line (path, skip->item, skip->reason);
    g_test_message ("%s: %s: %s", path, skip->item, skip->reason->message);
  }
  g_test_message ("%s: %u", path, items->len);
  return items->len;
}

/* All documents there are; those that give nothing are known by name. */
static void
test_shared (void)
{
  static const char *const folders[] = {"data/events", "data/stations", "data/ncedc"};
  static const char *const without[] = {
      "nc73291880_event.geojson", /* GeoJSON */
      "nc73300395_gmprocess_event.json",
      "ncss-empty.xml",
      "truncated.xml",
      "minimal_station.xml",    /* a network alone */
      "network_level_fdsn.txt", /* no coordinates at that level */
      "2014-01-07_ncedc_dataselect.wadl",
      "2014-01-07_ncedc_event.wadl",
      "2014-01-07_ncedc_station.wadl",
      NULL};
  for (size_t i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = test_shared_path (folders[i], NULL);
    if (folder == NULL)
      return;
    g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name (files)) != NULL) {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      guint n = take_document (path);
      if ((n > 0) == g_strv_contains (without, name))
        g_error ("%s: %u", name, n);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/kinds", test_kinds);
  g_test_add_func ("/document/refusals", test_refusals);
  g_test_add_func ("/document/shared", test_shared);
  return g_test_run ();
}
