#include "seismic/xml.h"
#include "seismic/error.h"

#include <libxml/xmlreader.h>
#include <string.h>

#define XML_MAX_BYTES (256u << 20)
#define XML_HEAD_BYTES 4096
#define QUAKEML_NAMESPACES "http://quakeml.org/xmlns/"
#define STATION_NAMESPACE "http://www.fdsn.org/xml/station/1"

/* The first complaint of the parser. */
typedef struct {
  char *message; /* owned */
  int line;
} Complaint;

struct SeismicXmlReader {
  xmlTextReader *parser; /* owned */
  Complaint complaint;
  const char *root;
  SeismicXmlVisit visit;
  void *user_data;
};

/* Documents of the ISC and of QuakeML 1.0 put the events into the namespace of the root,
 * others have none: any QuakeML namespace will do, one of somebody else will not. */
static bool
is_known_namespace (const xmlChar *uri)
{
  return uri == NULL || g_str_has_prefix ((const char *)uri, QUAKEML_NAMESPACES) ||
         g_str_equal ((const char *)uri, STATION_NAMESPACE);
}

static bool
is_element (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && g_str_equal ((const char *)node->name, name) &&
         is_known_namespace (node->ns != NULL ? node->ns->href : NULL);
}

static xmlNode *
find_element (xmlNode *node, const char *name)
{
  while (node != NULL && !is_element (node, name))
    node = node->next;
  return node;
}

SeismicXmlNode *
seismic_xml_child (SeismicXmlNode *parent, const char *name)
{
  return parent == NULL ? NULL : find_element (parent->children, name);
}

SeismicXmlNode *
seismic_xml_next (SeismicXmlNode *node, const char *name)
{
  return find_element (node->next, name);
}

static char *
take_content (xmlChar *content)
{
  char *text = g_strdup (content != NULL ? (const char *)content : "");
  xmlFree (content);
  return g_strstrip (text);
}

char *
seismic_xml_text (SeismicXmlNode *node)
{
  return node == NULL ? g_strdup ("") : take_content (xmlNodeGetContent (node));
}

char *
seismic_xml_attribute (SeismicXmlNode *node, const char *name, const char *namespace_part)
{
  for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
    const char *uri = attribute->ns != NULL ? (const char *)attribute->ns->href : NULL;
    bool fits = namespace_part == NULL
                    ? uri == NULL
                    : uri != NULL && strstr (uri, namespace_part) != NULL;
    if (fits && g_str_equal ((const char *)attribute->name, name))
      return take_content (xmlNodeListGetString (node->doc, attribute->children, 1));
  }
  return NULL;
}

long
seismic_xml_line (SeismicXmlNode *node)
{
  return xmlGetLineNo (node);
}

SeismicXmlNode *
seismic_xml_start (SeismicXmlReader *reader)
{
  return xmlTextReaderCurrentNode (reader->parser);
}

SeismicXmlNode *
seismic_xml_expand (SeismicXmlReader *reader)
{
  return xmlTextReaderExpand (reader->parser);
}

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

/* Looks at the parser's node: refuses another root and a document type, shows an element
 * to the visitor. */
static bool
take_node (SeismicXmlReader *reader, GError **error)
{
  int type = xmlTextReaderNodeType (reader->parser);
  int line = xmlTextReaderGetParserLineNumber (reader->parser);
  if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line %d: a document type declaration is not accepted", line);
    return false;
  }
  if (type != XML_READER_TYPE_ELEMENT)
    return true;

  const char *name = (const char *)xmlTextReaderConstLocalName (reader->parser);
  int depth = xmlTextReaderDepth (reader->parser);
  if (depth == 0 && !g_str_equal (name, reader->root)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line %d: the root element is \"%s\", not \"%s\"", line, name,
                 reader->root);
    return false;
  }
  if (is_known_namespace (xmlTextReaderConstNamespaceUri (reader->parser)))
    reader->visit (reader, name, depth, reader->user_data);
  return true;
}

static bool
read_document (SeismicXmlReader *reader, GError **error)
{
  const Complaint *complaint = &reader->complaint;
  int status = xmlTextReaderRead (reader->parser);
  while (status == 1 && complaint->message == NULL) {
    if (!take_node (reader, error))
      return false;
    status = xmlTextReaderRead (reader->parser);
  }
  if (status == 0 && complaint->message == NULL)
    return true;
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "Line %d: %s",
               complaint->line > 0 ? complaint->line
                                   : xmlTextReaderGetParserLineNumber (reader->parser),
               complaint->message != NULL ? complaint->message
                                          : "the document is cut off");
  return false;
}

bool
seismic_xml_read (const uint8_t *bytes, size_t n_bytes, const char *format,
                  const char *root, SeismicXmlVisit visit, void *user_data,
                  GError **error)
{
  static gsize initialized = 0;
  if (g_once_init_enter (&initialized)) {
    xmlInitParser ();
    g_once_init_leave (&initialized, 1);
  }
  if (n_bytes > XML_MAX_BYTES) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%" G_GSIZE_FORMAT " bytes of %s, more than the limit of %u", n_bytes,
                 format, XML_MAX_BYTES);
    return false;
  }
  SeismicXmlReader reader = {.root = root, .visit = visit, .user_data = user_data};
  if (n_bytes > 0)
    reader.parser = xmlReaderForMemory ((const char *)bytes, (int)n_bytes, NULL, NULL,
                                        XML_PARSE_NONET | XML_PARSE_NOCDATA);
  if (reader.parser == NULL) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line 1: the document is empty");
    return false;
  }
  xmlTextReaderSetStructuredErrorHandler (reader.parser, keep_first_complaint,
                                          &reader.complaint);
  bool done = read_document (&reader, error);
  xmlFreeTextReader (reader.parser);
  g_free (reader.complaint.message);
  return done;
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

char *
seismic_xml_probe (const uint8_t *bytes, size_t n_bytes, int *line)
{
  g_autofree char *head =
      g_strndup ((const char *)bytes, MIN (n_bytes, (size_t)XML_HEAD_BYTES));
  const char *text =
      skip_prolog (g_str_has_prefix (head, "\xef\xbb\xbf") ? head + 3 : head);
  const char *start = text;
  if (*text != '<' || strlen (text) < 2)
    return NULL;
  size_t n_name = strcspn (++text, " \t\r\n/>");
  const char *colon = memchr (text, ':', n_name);
  if (colon != NULL) {
    n_name -= (size_t)(colon + 1 - text);
    text = colon + 1;
  }
  if (n_name == 0 || strchr ("?!/", *text) != NULL)
    return NULL;
  if (line != NULL) {
    *line = 1;
    for (const char *p = head; p < start; p++)
      *line += *p == '\n';
  }
  g_autofree char *name = g_strndup (text, n_name);
  return g_utf8_make_valid (name, -1);
}
