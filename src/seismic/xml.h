/* XML documents of the FDSN, element by element: hostile until proven harmless. No
 * network, no document type (which could bring entities), a limit in bytes; every failure
 * names its line. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An element; borrowed from the reader and valid during one visit. libxml2's. */
typedef struct _xmlNode SeismicXmlNode;
typedef struct SeismicXmlReader SeismicXmlReader;

/* Called at the start of every element of a known namespace (those of QuakeML and of
 * StationXML, or none), in the order of the document; the root has depth 0. */
typedef void (*SeismicXmlVisit) (SeismicXmlReader *reader, const char *name, int depth,
                                 void *user_data);

/* Visits the elements of a document whose root has the local name `root`; format is what
 * the document is called in a message. SEISMIC_ERROR_FORMAT ("Line 3: …") when it is not
 * well-formed, has another root or a document type; SEISMIC_ERROR_TOO_LARGE. What was
 * visited before a failure is to be thrown away. */
bool seismic_xml_read (const uint8_t *bytes, size_t n_bytes, const char *format,
                       const char *root, SeismicXmlVisit visit, void *user_data,
                       GError **error);
/* The root's local name where the bytes look like an XML document; free with g_free, NULL
 * where they do not. *line (may be NULL): where it stands, counted from 1. */
char *seismic_xml_probe (const uint8_t *bytes, size_t n_bytes, int *line);

/* During a visit: the element itself, with its attributes alone; */
SeismicXmlNode *seismic_xml_start (SeismicXmlReader *reader);
/* and with all that is below it, NULL where the document ends before (which the reader
 * finds out itself). */
SeismicXmlNode *seismic_xml_expand (SeismicXmlReader *reader);

/* The first child of that name, NULL if there is none; parent may be NULL. */
SeismicXmlNode *seismic_xml_child (SeismicXmlNode *parent, const char *name);
/* The next sibling of that name, NULL if there is none. */
SeismicXmlNode *seismic_xml_next (SeismicXmlNode *node, const char *name);
/* The stripped text of an element, "" for NULL; free with g_free. */
char *seismic_xml_text (SeismicXmlNode *node);
/* An attribute by its local name, stripped: of no namespace where namespace_part is NULL,
 * else of one whose URI holds namespace_part. NULL if there is none; free with g_free. */
char *seismic_xml_attribute (SeismicXmlNode *node, const char *name,
                             const char *namespace_part);
long seismic_xml_line (SeismicXmlNode *node);
