#include "seismic/document.h"
#include "seismic/error.h"
#include "seismic/event-text.h"
#include "seismic/events-csv.h"
#include "seismic/picks-csv.h"
#include "seismic/quakeml.h"
#include "seismic/station.h"
#include "seismic/xml.h"

#include <string.h>

#define READABLE "miniSEED, SAC, QuakeML, StationXML"

static const struct {
  bool (*probe) (const uint8_t *bytes, size_t n_bytes);
  bool (*read) (const uint8_t *bytes, size_t n_bytes, GPtrArray **items,
                GPtrArray **skipped, GError **error);
  SeismicContent content;
} documents[SEISMIC_N_DOCUMENTS] = {
    [SEISMIC_DOCUMENT_PICKS_CSV] = {seismic_picks_csv_probe, seismic_picks_csv_read,
                                    SEISMIC_CONTENT_PICKS},
    [SEISMIC_DOCUMENT_NOTES_CSV] = {seismic_notes_csv_probe, seismic_notes_csv_read,
                                    SEISMIC_CONTENT_NOTES},
    [SEISMIC_DOCUMENT_QUAKEML] = {seismic_quakeml_probe, seismic_quakeml_read,
                                  SEISMIC_CONTENT_EVENTS},
    [SEISMIC_DOCUMENT_EVENT_TEXT] = {seismic_event_text_probe, seismic_event_text_read,
                                     SEISMIC_CONTENT_EVENTS},
    [SEISMIC_DOCUMENT_EVENTS_CSV] = {seismic_events_csv_probe, seismic_events_csv_read,
                                     SEISMIC_CONTENT_EVENTS},
    [SEISMIC_DOCUMENT_STATION_TEXT] = {seismic_station_text_probe,
                                       seismic_station_text_read,
                                       SEISMIC_CONTENT_STATIONS},
    [SEISMIC_DOCUMENT_STATION_XML] = {seismic_station_xml_probe, seismic_station_xml_read,
                                      SEISMIC_CONTENT_STATIONS},
};

SeismicDocument
seismic_document_probe (const uint8_t *head, size_t n_head)
{
  for (SeismicDocument i = SEISMIC_DOCUMENT_NONE + 1; i < SEISMIC_N_DOCUMENTS; i++) {
    if (documents[i].probe (head, n_head))
      return i;
  }
  return SEISMIC_DOCUMENT_NONE;
}

SeismicContent
seismic_document_content (SeismicDocument document)
{
  return documents[document].content;
}

bool
seismic_document_read (SeismicDocument document, const uint8_t *bytes, size_t n_bytes,
                       GPtrArray **items, GPtrArray **skipped, GError **error)
{
  return documents[document].read (bytes, n_bytes, items, skipped, error);
}

/* "Line 2: …" of an XML document that has another root. */
static GError *
refuse_xml (const char *root, int line)
{
  if (g_ascii_strcasecmp (root, "html") == 0)
    return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                        "Line %d: this is a web page (HTML), no data", line);
  return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                      "Line %d: this is XML with the root element \"%s\", neither "
                      "QuakeML nor StationXML",
                      line, root);
}

/* The first line with something in it; n_head is then what is left from there. */
static const uint8_t *
skip_blanks (const uint8_t *head, size_t *n_head, int *line)
{
  *line = 1;
  if (*n_head >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0) {
    head += 3;
    *n_head -= 3;
  }
  while (*n_head > 0 && g_ascii_isspace (*head)) {
    *line += *head == '\n';
    head++;
    --*n_head;
  }
  return head;
}

GError *
seismic_document_refuse (const uint8_t *head, size_t n_head)
{
  int line = 1;
  n_head = MIN (n_head, SEISMIC_DOCUMENT_HEAD_BYTES);
  g_autofree char *root = seismic_xml_probe (head, n_head, &line);
  if (root != NULL)
    return refuse_xml (root, line);
  const uint8_t *start = skip_blanks (head, &n_head, &line);
  g_autofree char *text = g_strndup ((const char *)start, n_head);
  if (g_ascii_strncasecmp (text, "<!DOCTYPE html", 14) == 0)
    return refuse_xml ("html", line);
  if (*text == '<')
    return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                        "Line %d: neither QuakeML nor StationXML begins so", line);
  if (strchr ("{[", *text) != NULL && *text != '\0')
    return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                        "Line %d: this is %s, which is not read; ask the server for "
                        "format=xml or format=text",
                        line, strstr (text, "\"Feature") != NULL ? "GeoJSON" : "JSON");
  if (strlen (text) < n_head) /* a byte 0: no text, and no lines */
    return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED,
                        "Neither " READABLE " nor FDSN text");
  return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED,
                      "Line %d: neither " READABLE " nor FDSN text", line);
}
