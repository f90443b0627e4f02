#include "seismic/quakeml.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <libxml/xmlreader.h>
#include <math.h>
#include <string.h>

#define QUAKEML_MAX_BYTES (256u << 20)
#define QUAKEML_NAMESPACES "http://quakeml.org/xmlns/"

/* Documents of the ISC and of QuakeML 1.0 put the events into the namespace of the root,
 * others have none: any QuakeML namespace will do, one of somebody else will not. */
static bool
is_quakeml_namespace (const xmlChar *uri)
{
  return uri == NULL || g_str_has_prefix ((const char *)uri, QUAKEML_NAMESPACES);
}

static bool
is_element (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && g_str_equal ((const char *)node->name, name) &&
         is_quakeml_namespace (node->ns != NULL ? node->ns->href : NULL);
}

/* The next sibling of that name, node itself included. */
static xmlNode *
next_element (xmlNode *node, const char *name)
{
  while (node != NULL && !is_element (node, name))
    node = node->next;
  return node;
}

static xmlNode *
child_element (xmlNode *parent, const char *name)
{
  return parent == NULL ? NULL : next_element (parent->children, name);
}

/* The stripped text of an element; "" for NULL. */
static char *
element_text (xmlNode *node)
{
  if (node == NULL)
    return g_strdup ("");
  xmlChar *content = xmlNodeGetContent (node);
  char *text = g_strdup (content != NULL ? (const char *)content : "");
  xmlFree (content);
  return g_strstrip (text);
}

/* An attribute by its local name: of no namespace where namespace_part is NULL, else of
 * one whose URI holds namespace_part. NULL if there is none. */
static char *
attribute_text (xmlNode *node, const char *name, const char *namespace_part)
{
  for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
    const char *uri = attribute->ns != NULL ? (const char *)attribute->ns->href : NULL;
    bool fits = namespace_part == NULL
                    ? uri == NULL
                    : uri != NULL && strstr (uri, namespace_part) != NULL;
    if (!fits || !g_str_equal ((const char *)attribute->name, name))
      continue;
    xmlChar *content = xmlNodeListGetString (node->doc, attribute->children, 1);
    char *text = g_strdup (content != NULL ? (const char *)content : "");
    xmlFree (content);
    return g_strstrip (text);
  }
  return NULL;
}

/* The number of PARENT/name/value, NAN if it is missing, no number or beyond ±limit. */
static double
child_value (xmlNode *parent, const char *name, double limit)
{
  g_autofree char *text =
      element_text (child_element (child_element (parent, name), "value"));
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(fabs (value) <= limit))
    return NAN;
  return value;
}

/* The child `name` whose publicID is preferred_id, else the first of that name. */
static xmlNode *
preferred_child (xmlNode *event, const char *name, const char *preferred_id)
{
  xmlNode *first = child_element (event, name);
  for (xmlNode *node = first; node != NULL; node = next_element (node->next, name)) {
    g_autofree char *id = attribute_text (node, "publicID", NULL);
    if (id != NULL && *preferred_id != '\0' && g_str_equal (id, preferred_id))
      return node;
  }
  return first;
}

/* "smi:iris.edu/query?eventId=12&format=xml" → "12", "quakeml:nc.anss.org/Event/NC/12" →
 * "12", "smi:local:12" → "12"; "" if there is nothing to take. */
static char *
id_from_public_id (const char *public_id)
{
  const char *query = strchr (public_id, '?');
  while (query != NULL) {
    const char *word = query + 1;
    if (g_ascii_strncasecmp (word, "eventid=", 8) == 0)
      return g_strndup (word + 8, strcspn (word + 8, "&;#"));
    query = strpbrk (word, "&;");
  }

  g_autofree char *path = g_strdup (public_id);
  for (size_t n = strlen (path); n > 0 && path[n - 1] == '/'; n--)
    path[n - 1] = '\0';
  const char *separator = strrchr (path, '/');
  if (separator == NULL)
    separator = strrchr (path, ':');
  return g_strdup (separator != NULL ? separator + 1 : path);
}

static char *
event_id (xmlNode *node, const char *public_id)
{
  g_autofree char *id = attribute_text (node, "eventid", "anss.org/xmlns/catalog");
  if (id != NULL && *id != '\0')
    return g_steal_pointer (&id);
  return id_from_public_id (public_id);
}

/* Best first: what a reader recognises, then ever larger regions. */
static const char *const place_types[] = {"earthquake name", "nearest cities",
                                          "region name", "Flinn-Engdahl region", ""};

static char *
event_place (xmlNode *event, xmlNode *origin)
{
  g_autofree char *best = NULL;
  size_t best_rank = G_N_ELEMENTS (place_types);
  for (xmlNode *node = child_element (event, "description"); node != NULL;
       node = next_element (node->next, "description")) {
    g_autofree char *type = element_text (child_element (node, "type"));
    g_autofree char *text = element_text (child_element (node, "text"));
    for (size_t rank = 0; rank < best_rank && *text != '\0'; rank++) {
      if (g_ascii_strcasecmp (type, place_types[rank]) != 0)
        continue;
      g_free (best);
      best = g_steal_pointer (&text);
      best_rank = rank;
      break;
    }
  }
  return best != NULL ? g_steal_pointer (&best)
                      : element_text (child_element (origin, "region"));
}

static void
read_origin (SeismicEvent *event, xmlNode *origin)
{
  g_autofree char *time =
      element_text (child_element (child_element (origin, "time"), "value"));
  seismic_time_parse (time, &event->time_ns); /* stays unset when it is no time */
  event->latitude = child_value (origin, "latitude", 90.0);
  event->longitude = child_value (origin, "longitude", 360.0);
  event->depth_km = child_value (origin, "depth", 1e7) / 1000.0; /* QuakeML: metres */
}

static SeismicEvent *
read_event (xmlNode *node, const char *id)
{
  g_autoptr (SeismicEvent) event = seismic_event_new (id);
  g_autofree char *origin_id = element_text (child_element (node, "preferredOriginID"));
  g_autofree char *magnitude_id =
      element_text (child_element (node, "preferredMagnitudeID"));
  xmlNode *origin = preferred_child (node, "origin", origin_id);
  xmlNode *magnitude = preferred_child (node, "magnitude", magnitude_id);

  read_origin (event, origin);
  event->magnitude = child_value (magnitude, "mag", 100.0);
  g_free (event->magnitude_type);
  event->magnitude_type = element_text (child_element (magnitude, "type"));
  g_free (event->type);
  event->type = element_text (child_element (node, "type"));
  if (g_str_equal (event->type, "null")) /* EMSC's word for none */
    event->type[0] = '\0';
  g_free (event->place);
  event->place = event_place (node, origin);
  return g_steal_pointer (&event);
}

/* The first complaint of the parser. */
typedef struct {
  char *message;
  int line;
} Complaint;

static void
keep_first_complaint (void *user_data, xmlError *error)
{
  Complaint *complaint = user_data;
  if (complaint->message != NULL || error->level < XML_ERR_ERROR)
    return;
  complaint->message = g_strdup (error->message != NULL ? error->message : "not XML");
  g_strstrip (complaint->message);
  complaint->line = error->line;
}

static void
take_event (xmlNode *node, GPtrArray *events, GPtrArray *skipped)
{
  g_autofree char *given_id = attribute_text (node, "publicID", NULL);
  const char *public_id = given_id != NULL ? given_id : "";
  g_autofree char *id = event_id (node, public_id);
  if (*id != '\0') {
    g_ptr_array_add (events, read_event (node, id));
    return;
  }
  g_autofree char *item = g_strdup_printf ("event in line %ld", xmlGetLineNo (node));
  g_ptr_array_add (
      skipped, seismic_skip_new (item, g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                                                    "The event has no id "
                                                    "(publicID \"%s\")",
                                                    public_id)));
}

/* Looks at the reader's node: the root must be quakeml, a document type is refused (it
 * could bring entities), an event is taken. */
static bool
take_node (xmlTextReader *reader, GPtrArray *events, GPtrArray *skipped, GError **error)
{
  int type = xmlTextReaderNodeType (reader);
  if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line %d: a document type declaration is not accepted",
                 xmlTextReaderGetParserLineNumber (reader));
    return false;
  }
  if (type != XML_READER_TYPE_ELEMENT)
    return true;

  const char *name = (const char *)xmlTextReaderConstLocalName (reader);
  int depth = xmlTextReaderDepth (reader);
  if (depth == 0 && !g_str_equal (name, "quakeml")) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line %d: the root element is \"%s\", not \"quakeml\"",
                 xmlTextReaderGetParserLineNumber (reader), name);
    return false;
  }
  if (depth != 2 || !g_str_equal (name, "event") ||
      !is_quakeml_namespace (xmlTextReaderConstNamespaceUri (reader)))
    return true;
  xmlNode *node = xmlTextReaderExpand (reader); /* NULL: cut off, the next read says so */
  if (node != NULL)
    take_event (node, events, skipped);
  return true;
}

static bool
read_document (xmlTextReader *reader, const Complaint *complaint, GPtrArray *events,
               GPtrArray *skipped, GError **error)
{
  int status = xmlTextReaderRead (reader);
  while (status == 1 && complaint->message == NULL) {
    if (!take_node (reader, events, skipped, error))
      return false;
    status = xmlTextReaderRead (reader);
  }
  if (status == 0 && complaint->message == NULL)
    return true;
  g_set_error (
      error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "Line %d: %s",
      complaint->line > 0 ? complaint->line : xmlTextReaderGetParserLineNumber (reader),
      complaint->message != NULL ? complaint->message : "the document is cut off");
  return false;
}

bool
seismic_quakeml_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                      GPtrArray **skipped, GError **error)
{
  static gsize initialized = 0;
  if (g_once_init_enter (&initialized)) {
    xmlInitParser ();
    g_once_init_leave (&initialized, 1);
  }
  if (n_bytes > QUAKEML_MAX_BYTES) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%" G_GSIZE_FORMAT " bytes of QuakeML, more than the limit of %u",
                 n_bytes, QUAKEML_MAX_BYTES);
    return false;
  }
  xmlTextReader *reader = NULL;
  if (n_bytes > 0)
    reader = xmlReaderForMemory ((const char *)bytes, (int)n_bytes, NULL, NULL,
                                 XML_PARSE_NONET | XML_PARSE_NOCDATA);
  if (reader == NULL) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line 1: the document is empty");
    return false;
  }
  Complaint complaint = {0};
  xmlTextReaderSetStructuredErrorHandler (reader, keep_first_complaint, &complaint);

  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  bool done = read_document (reader, &complaint, found, left_out, error);
  xmlFreeTextReader (reader);
  g_free (complaint.message);
  if (!done)
    return false;

  *events = g_steal_pointer (&found);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}

/* Past what may stand before the root: blanks, declaration, comments, instructions. */
static const char *
skip_prolog (const char *text)
{
  for (;;) {
    text += strspn (text, " \t\r\n");
    const char *end = NULL;
    size_t n_end = 0;
    if (g_str_has_prefix (text, "<?")) {
      end = strstr (text, "?>");
      n_end = 2;
    } else if (g_str_has_prefix (text, "<!--")) {
      end = strstr (text, "-->");
      n_end = 3;
    }
    if (end == NULL)
      return text;
    text = end + n_end;
  }
}

bool
seismic_quakeml_probe (const uint8_t *bytes, size_t n_bytes)
{
  g_autofree char *head = g_strndup ((const char *)bytes, MIN (n_bytes, 4096));
  const char *text =
      skip_prolog (g_str_has_prefix (head, "\xef\xbb\xbf") ? head + 3 : head);
  if (*text != '<')
    return false;
  size_t n_name = strcspn (++text, " \t\r\n/>");
  const char *colon = memchr (text, ':', n_name);
  if (colon != NULL) {
    n_name -= (size_t)(colon + 1 - text);
    text = colon + 1;
  }
  return n_name == strlen ("quakeml") && strncmp (text, "quakeml", n_name) == 0;
}
