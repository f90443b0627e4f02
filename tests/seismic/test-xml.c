#include "seismic/xml.h"
#include "seismic/error.h"

#include <string.h>

/* The names and depths of what was visited, "root0 a1 b2". */
static void
note (SeismicXmlReader *reader, const char *name, int depth, void *user_data)
{
  g_string_append_printf (user_data, "%s%d ", name, depth);
}

static bool
read_xml (const char *text, SeismicXmlVisit visit, void *user_data, GError **error)
{
  g_autofree uint8_t *bytes = g_memdup2 (text, strlen (text)); /* without the 0 */
  return seismic_xml_read (bytes, strlen (text), "XML", "root", visit, user_data, error);
}

/* Elements of foreign namespaces are not seen, those below them are. */
static void
test_visit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  read_xml ("<?xml version=\"1.0\"?>\n<q:root xmlns:q=\"http://quakeml.org/xmlns/x\""
            " xmlns:o=\"http://other.org\" xmlns:s=\"http://www.fdsn.org/xml/station/1\""
            " xmlns:t=\"http://www.fdsn.org/xml/station/1/iris\"><a>text<b/></a><o:c><d/>"
            "</o:c><s:e/><t:f/></q:root>",
            note, seen, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==, "root0 a1 b2 d2 e1 ");
}

static void
look (SeismicXmlReader *reader, const char *name, int depth, void *user_data)
{
  if (!g_str_equal (name, "a"))
    return;
  SeismicXmlNode *start = seismic_xml_start (reader);
  g_autofree char *plain = seismic_xml_attribute (start, "k", NULL);
  g_autofree char *other = seismic_xml_attribute (start, "k", "other");
  g_autofree char *none = seismic_xml_attribute (start, "k", "third");
  g_assert_cmpstr (plain, ==, "1");
  g_assert_cmpstr (other, ==, "2");
  g_assert_null (none);
  g_assert_cmpint (seismic_xml_line (start), ==, 2);

  SeismicXmlNode *node = seismic_xml_expand (reader);
  SeismicXmlNode *first = seismic_xml_child (node, "b");
  SeismicXmlNode *second = seismic_xml_next (first, "b");
  g_autofree char *text = seismic_xml_text (second);
  g_autofree char *nothing = seismic_xml_text (seismic_xml_child (NULL, "b"));
  g_assert_cmpstr (text, ==, "x < y");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_null (seismic_xml_next (second, "b"));
  g_assert_null (seismic_xml_child (node, "z"));
  ++*(int *)user_data;
}

static void
test_nodes (void)
{
  g_autoptr (GError) error = NULL;
  int n_seen = 0;
  read_xml (
      "<root xmlns:o=\"http://other.org\">\n"
      "<a k=\" 1 \" o:k=\"2\"><b/><o:b/> <b>\n x &lt; <![CDATA[y]]> </b></a></root>",
      look, &n_seen, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_seen, ==, 1);
}

/* A document type could bring entities: it is refused whatever is in it, by us or, where
 * it already sees the bomb, by libxml2; nothing is opened, nothing is visited. */
static void
test_hostile (void)
{
  g_autoptr (GString) nested = g_string_new ("<root>");
  for (size_t i = 0; i < 2000; i++)
    g_string_append (nested, "<a>");
  const struct {
    const char *text, *message;
  } cases[] = {
      {"<!DOCTYPE root [<!ENTITY a \"0123456789\"><!ENTITY b "
       "\"&a;&a;&a;&a;&a;&a;&a;&a;\">"
       "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"
       "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f "
       "\"&e;&e;&e;&e;&e;&e;&e;&e;\">]>"
       "<root><a>&f;&f;&f;&f;&f;&f;&f;&f;</a></root>",
       "Line 1: "},
      {"<!DOCTYPE root [\n<!ENTITY x SYSTEM "
       "\"file:///etc/passwd\">\n]>\n<root>&x;</root>",
       "a document type"},
      {"<!DOCTYPE root SYSTEM \"http://127.0.0.1:9/x.dtd\"><root/>", "a document type"},
      {"<root>\n\n<a>&undefined;</a></root>", "Line 3"},
      {"<root k=\"&undefined;\"/>", "Line 1"},
      {nested->str, "Line 1"},
      {"<other/>", "Line 1: the root element is \"other\", not \"root\""},
      {"", "Line 1"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) seen = g_string_new (NULL);
    g_assert_false (read_xml (cases[i].text, note, seen, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    if (strstr (error->message, cases[i].message) == NULL ||
        !g_str_has_prefix (error->message, "Line "))
      g_error ("\"%s\" for %s", error->message, cases[i].text);
    if (strstr (cases[i].text, "DOCTYPE") != NULL)
      g_assert_cmpstr (seen->str, ==, "");
  }
}

static void
test_too_large (void)
{
  g_autoptr (GError) error = NULL;
  const uint8_t byte = '<';
  g_assert_false (seismic_xml_read (&byte, (size_t)1 << 30, "XML", "root", note, NULL,
                                    &error)); /* refused before a second byte is read */
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE);
}

static void
test_probe (void)
{
  static const struct {
    const char *text, *root;
    int line;
  } cases[] = {
      {"<quakeml>", "quakeml", 1},
      {"\xef\xbb\xbf<q:quakeml xmlns", "quakeml", 1},
      {"<?xml version=\"1.0\"?>\n <!-- x\n -->\n<ns0:a\n", "a", 4},
      {"\n\n<a/>", "a", 3},
      {"<!DOCTYPE a><a/>", NULL, 0},
      {"<?xml", NULL, 0},
      {"</a>", NULL, 0},
      {"<", NULL, 0},
      {"< a>", NULL, 0},
      {"", NULL, 0},
      {"000001D", NULL, 0},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    int line = 0;
    g_autofree char *root =
        seismic_xml_probe ((const uint8_t *)cases[i].text, strlen (cases[i].text), &line);
    g_assert_cmpstr (root, ==, cases[i].root);
    g_assert_cmpint (line, ==, cases[i].line);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/visit", test_visit);
  g_test_add_func ("/xml/nodes", test_nodes);
  g_test_add_func ("/xml/hostile", test_hostile);
  g_test_add_func ("/xml/too-large", test_too_large);
  g_test_add_func ("/xml/probe", test_probe);
  return g_test_run ();
}
