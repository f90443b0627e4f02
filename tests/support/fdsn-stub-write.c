/* The events' documents: FDSN text and QuakeML. */
#include "support/fdsn-stub-data.h"

#include "seismic/event.h"
#include "seismic/time.h"

#include <string.h>

void
fdsn_stub_append_number (GString *text, const char *format, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, format, value));
}

static void
append_text_event (GString *text, const SeismicEvent *event)
{
  g_autofree char *time = seismic_time_format (event->time_ns, 3);
  time[strlen (time) - 1] = '\0'; /* no Z */
  g_string_append_printf (text, "%s|%s|", event->id, time);
  fdsn_stub_append_number (text, "%.4f|", event->latitude);
  fdsn_stub_append_number (text, "%.4f|", event->longitude);
  fdsn_stub_append_number (text, "%.3f|", event->depth_km);
  g_string_append_printf (text, "NC|NCSS|NC|%s|%s|", event->id, event->magnitude_type);
  fdsn_stub_append_number (text, "%.2f", event->magnitude);
  g_string_append_printf (text, "|NC|%s|%s\n", event->place, event->type);
}

static void
append_xml_value (GString *text, const char *name, const char *format, double value)
{
  g_string_append_printf (text, "<%s><value>", name);
  fdsn_stub_append_number (text, format, value);
  g_string_append_printf (text, "</value></%s>", name);
}

static void
append_xml_event (GString *text, const SeismicEvent *event)
{
  g_autofree char *time = seismic_time_format (event->time_ns, 3);
  g_string_append_printf (
      text,
      "<event publicID=\"quakeml:nc.anss.org/Event/NC/%s\" catalog:datasource=\"nc\" "
      "catalog:eventsource=\"nc\" catalog:eventid=\"%s\">",
      event->id, event->id);
  g_autofree char *place = g_markup_escape_text (event->place, -1);
  g_string_append_printf (text,
                          "<description><text>%s</text><type>earthquake name</type>"
                          "</description><magnitude publicID=\"quakeml:m/%s\">",
                          place, event->id);
  append_xml_value (text, "mag", "%.2f", event->magnitude);
  g_string_append_printf (text,
                          "<type>%s</type></magnitude><origin publicID=\"quakeml:o/%s\">"
                          "<time><value>%s</value></time>",
                          event->magnitude_type, event->id, time);
  append_xml_value (text, "latitude", "%.4f", event->latitude);
  append_xml_value (text, "longitude", "%.4f", event->longitude);
  append_xml_value (text, "depth", "%.0f", event->depth_km * 1000.0);
  g_string_append_printf (text,
                          "</origin><preferredOriginID>quakeml:o/%s</preferredOriginID>"
                          "<preferredMagnitudeID>quakeml:m/%s</preferredMagnitudeID>"
                          "<type>%s</type></event>\n",
                          event->id, event->id, event->type);
}

GString *
fdsn_stub_write_events (GPtrArray *events, size_t first, size_t n, bool as_text)
{
  GString *text = g_string_new (NULL);
  if (as_text)
    g_string_append (text, "#EventID|Time|Latitude|Longitude|Depth/km|Author|Catalog|"
                           "Contributor|ContributorID|MagType|Magnitude|MagAuthor|"
                           "EventLocationName|EventType\n");
  else
    g_string_append (text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<q:quakeml "
                           "xmlns=\"http://quakeml.org/xmlns/bed/1.2\" "
                           "xmlns:catalog=\"http://anss.org/xmlns/catalog/0.1\" "
                           "xmlns:q=\"http://quakeml.org/xmlns/quakeml/1.2\">"
                           "<eventParameters publicID=\"quakeml:loopback/1\">\n");
  for (size_t i = first; i < first + n; i++)
    (as_text ? append_text_event : append_xml_event) (text, events->pdata[i]);
  if (!as_text)
    g_string_append (text, "</eventParameters></q:quakeml>\n");
  return text;
}
