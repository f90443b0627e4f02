#include "seismic/picks-quakeml.h"
#include "seismic/csv.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define NAMESPACES                                                                       \
  "xmlns=\"http://quakeml.org/xmlns/bed/1.2\" "                                          \
  "xmlns:q=\"http://quakeml.org/xmlns/quakeml/1.2\" "                                    \
  "xmlns:catalog=\"http://anss.org/xmlns/catalog/0.1\""

/* Of the schema's EventType; others are left out, as the schema allows no other word. */
static const char *const event_types[] = {
    "earthquake",        "quarry blast",  "explosion",   "chemical explosion",
    "nuclear explosion", "landslide",     "rockslide",   "snow avalanche",
    "debris avalanche",  "mine collapse", "sonic boom",  "building collapse",
    "volcanic eruption", "plane crash",   "not existing"};

/* Text of the document: without what XML 1.0 cannot hold, cut to the schema's maxLength
 * (0: as long as it is). */
static void
append_text (GString *xml, const char *text, size_t max_letters)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  size_t n_letters = 0;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    const gunichar letter = g_utf8_get_char (p);
    if ((letter < 0x20 && letter != '\t' && letter != '\n') || letter == 0xfffe ||
        letter == 0xffff || (letter >= 0x7f && letter < 0xa0))
      continue;
    if (max_letters > 0 && n_letters++ == max_letters)
      break;
    g_autofree char *escaped = g_markup_escape_text (p, g_utf8_next_char (p) - p);
    g_string_append (xml, escaped);
  }
}

static void
append_element (GString *xml, const char *name, const char *text, size_t max_letters)
{
  if (*text == '\0')
    return;
  g_string_append_printf (xml, "<%s>", name);
  append_text (xml, text, max_letters);
  g_string_append_printf (xml, "</%s>", name);
}

static void
append_attribute (GString *xml, const char *name, const char *text)
{
  g_string_append_printf (xml, " %s=\"", name);
  append_text (xml, text, 0);
  g_string_append_c (xml, '"');
}

/* The letters that the schema's pattern allows in a resource id everywhere. */
static void
append_id_part (GString *xml, const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    if (g_ascii_isalnum (*p) || strchr ("-._", *p) != NULL)
      g_string_append_c (xml, *p);
    else
      g_string_append_printf (xml, "*%02X", (guint8)*p);
  }
}

static void
append_event_id (GString *xml, const char *kind, const char *event_id)
{
  g_string_append_printf (xml, "smi:local/%s/", kind);
  append_id_part (xml, event_id);
}

static void
append_number (GString *xml, const char *name, double number)
{
  g_string_append_printf (xml, "<%s>", name);
  seismic_csv_append_number (xml, number);
  g_string_append_printf (xml, "</%s>", name);
}

static void
append_quantity (GString *xml, const char *name, double value)
{
  g_string_append_printf (xml, "<%s>", name);
  append_number (xml, "value", value);
  g_string_append_printf (xml, "</%s>", name);
}

/* Without decimals that are 0: 2019-10-15T05:33:42.815Z. */
static void
append_time (GString *xml, const char *name, int64_t time_ns)
{
  g_autofree char *text = seismic_time_format (time_ns, 9);
  size_t end = strlen (text) - 1; /* of the Z */
  while (text[end - 1] == '0')
    end--;
  if (text[end - 1] == '.')
    end--;
  g_string_append_printf (xml, "<%s>%.*sZ</%s>", name, (int)end, text, name);
}

static void
append_origin (GString *xml, const SeismicEvent *event)
{
  if (event->time_ns == SEISMIC_TIME_UNSET || !isfinite (event->latitude) ||
      !isfinite (event->longitude))
    return;
  g_string_append (xml, "<preferredOriginID>");
  append_event_id (xml, "origin", event->id);
  g_string_append (xml, "</preferredOriginID>\n<origin publicID=\"");
  append_event_id (xml, "origin", event->id);
  g_string_append (xml, "\"><time>");
  append_time (xml, "value", event->time_ns);
  g_string_append (xml, "</time>");
  append_quantity (xml, "latitude", event->latitude);
  append_quantity (xml, "longitude", event->longitude);
  if (isfinite (event->depth_km))
    append_quantity (xml, "depth", event->depth_km * 1000.0); /* QuakeML: metres */
  g_string_append (xml, "</origin>\n");
}

static void
append_magnitude (GString *xml, const SeismicEvent *event)
{
  if (!isfinite (event->magnitude))
    return;
  g_string_append (xml, "<preferredMagnitudeID>");
  append_event_id (xml, "magnitude", event->id);
  g_string_append (xml, "</preferredMagnitudeID>\n<magnitude publicID=\"");
  append_event_id (xml, "magnitude", event->id);
  g_string_append (xml, "\">");
  append_quantity (xml, "mag", event->magnitude);
  append_element (xml, "type", event->magnitude_type, 32);
  g_string_append (xml, "</magnitude>\n");
}

static void
append_known (GString *xml, const SeismicEvent *event)
{
  if (*event->place != '\0') {
    g_string_append (xml, "<description>");
    append_element (xml, "text", event->place, 0);
    g_string_append (xml, "<type>region name</type></description>\n");
  }
  for (size_t i = 0; i < G_N_ELEMENTS (event_types); i++) {
    if (g_str_equal (event->type, event_types[i]))
      append_element (xml, "type", event->type, 0);
  }
  append_origin (xml, event);
  append_magnitude (xml, event);
}

/* "NET.STA.LOC.HN", the last of which the channel tells better. */
static void
append_waveform_id (GString *xml, const SeismicPick *pick)
{
  static const char *const names[] = {"networkCode", "stationCode", "locationCode"};
  g_auto (GStrv) codes = g_strsplit (pick->instrument_id, ".", -1);
  const guint n_codes = g_strv_length (codes);
  g_string_append (xml, "<waveformID");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    append_attribute (xml, names[i], i < n_codes ? codes[i] : "");
  append_attribute (xml, "channelCode", pick->channel);
  g_string_append (xml, "/>");
}

static void
append_pick (GString *xml, const SeismicPick *pick)
{
  const char *const parts[] = {pick->instrument_id, pick->channel, pick->phase,
                               pick->author};
  g_string_append (xml, "<pick publicID=\"");
  append_event_id (xml, "pick", pick->event_id);
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (*parts[i] == '\0')
      continue;
    g_string_append_c (xml, '/');
    append_id_part (xml, parts[i]);
  }
  g_string_append (xml, "\"><time>");
  append_time (xml, "value", pick->time_ns);
  if (isfinite (pick->uncertainty_s))
    append_number (xml, "uncertainty", pick->uncertainty_s);
  g_string_append (xml, "</time>");
  append_waveform_id (xml, pick);
  append_element (xml, "phaseHint", pick->phase, 0);
  g_string_append (xml, "<evaluationMode>manual</evaluationMode>");
  if (*pick->author != '\0' || pick->made_ns != SEISMIC_TIME_UNSET) {
    g_string_append (xml, "<creationInfo>");
    append_element (xml, "author", pick->author, 128);
    if (pick->made_ns != SEISMIC_TIME_UNSET)
      append_time (xml, "creationTime", pick->made_ns);
    g_string_append (xml, "</creationInfo>");
  }
  g_string_append (xml, "</pick>\n");
}

/* NULL: nothing is known but the id. */
static const SeismicEvent *
find_event (const GPtrArray *events, const char *id)
{
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    if (g_str_equal (event->id, id))
      return event;
  }
  return NULL;
}

static void
append_event (GString *xml, const char *id, const GPtrArray *picks,
              const GPtrArray *events)
{
  const SeismicEvent *event = find_event (events, id);
  g_string_append (xml, "<event publicID=\"");
  append_event_id (xml, "event", id);
  g_string_append_c (xml, '"');
  append_attribute (xml, "catalog:eventid", id);
  g_string_append (xml, ">\n");
  if (event != NULL)
    append_known (xml, event);
  for (guint i = 0; i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    if (g_str_equal (pick->event_id, id))
      append_pick (xml, pick);
  }
  g_string_append (xml, "</event>\n");
}

GString *
seismic_picks_quakeml_write (const GPtrArray *picks, const GPtrArray *events)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<q:quakeml " NAMESPACES ">\n"
                               "<eventParameters publicID=\"smi:local/picks\">\n");
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    if (g_hash_table_add (done, pick->event_id))
      append_event (xml, pick->event_id, picks, events);
  }
  g_string_append (xml, "</eventParameters>\n</q:quakeml>\n");
  return xml;
}
