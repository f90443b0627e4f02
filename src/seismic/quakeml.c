#include "seismic/quakeml.h"
#include "seismic/error.h"
#include "seismic/time.h"
#include "seismic/xml.h"

#include <math.h>
#include <string.h>

#define ROOT "quakeml"

typedef struct {
  GPtrArray *events, *skipped; /* borrowed */
} Found;

/* The number of PARENT/name/value, NAN if it is missing, no number or beyond ±limit. */
static double
child_value (SeismicXmlNode *parent, const char *name, double limit)
{
  g_autofree char *text =
      seismic_xml_text (seismic_xml_child (seismic_xml_child (parent, name), "value"));
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(fabs (value) <= limit))
    return NAN;
  return value;
}

/* The child `name` whose publicID is preferred_id, else the first of that name. */
static SeismicXmlNode *
preferred_child (SeismicXmlNode *event, const char *name, const char *preferred_id)
{
  SeismicXmlNode *first = seismic_xml_child (event, name);
  for (SeismicXmlNode *node = first; node != NULL; node = seismic_xml_next (node, name)) {
    g_autofree char *id = seismic_xml_attribute (node, "publicID", NULL);
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
event_id (SeismicXmlNode *node, const char *public_id)
{
  g_autofree char *id = seismic_xml_attribute (node, "eventid", "anss.org/xmlns/catalog");
  if (id != NULL && *id != '\0')
    return g_steal_pointer (&id);
  return id_from_public_id (public_id);
}

/* Best first: what a reader recognises, then ever larger regions. */
static const char *const place_types[] = {"earthquake name", "nearest cities",
                                          "region name", "Flinn-Engdahl region", ""};

static char *
event_place (SeismicXmlNode *event, SeismicXmlNode *origin)
{
  g_autofree char *best = NULL;
  size_t best_rank = G_N_ELEMENTS (place_types);
  for (SeismicXmlNode *node = seismic_xml_child (event, "description"); node != NULL;
       node = seismic_xml_next (node, "description")) {
    g_autofree char *type = seismic_xml_text (seismic_xml_child (node, "type"));
    g_autofree char *text = seismic_xml_text (seismic_xml_child (node, "text"));
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
                      : seismic_xml_text (seismic_xml_child (origin, "region"));
}

static void
read_origin (SeismicEvent *event, SeismicXmlNode *origin)
{
  g_autofree char *time =
      seismic_xml_text (seismic_xml_child (seismic_xml_child (origin, "time"), "value"));
  seismic_time_parse (time, &event->time_ns); /* stays unset when it is no time */
  event->latitude = child_value (origin, "latitude", 90.0);
  event->longitude = child_value (origin, "longitude", 360.0);
  event->depth_km = child_value (origin, "depth", 1e7) / 1000.0; /* QuakeML: metres */
}

static SeismicEvent *
read_event (SeismicXmlNode *node, const char *id)
{
  g_autoptr (SeismicEvent) event = seismic_event_new (id);
  g_autofree char *origin_id =
      seismic_xml_text (seismic_xml_child (node, "preferredOriginID"));
  g_autofree char *magnitude_id =
      seismic_xml_text (seismic_xml_child (node, "preferredMagnitudeID"));
  SeismicXmlNode *origin = preferred_child (node, "origin", origin_id);
  SeismicXmlNode *magnitude = preferred_child (node, "magnitude", magnitude_id);

  read_origin (event, origin);
  event->magnitude = child_value (magnitude, "mag", 100.0);
  g_free (event->magnitude_type);
  event->magnitude_type = seismic_xml_text (seismic_xml_child (magnitude, "type"));
  g_free (event->type);
  event->type = seismic_xml_text (seismic_xml_child (node, "type"));
  if (g_str_equal (event->type, "null")) /* EMSC's word for none */
    event->type[0] = '\0';
  g_free (event->place);
  event->place = event_place (node, origin);
  return g_steal_pointer (&event);
}

static void
take_event (SeismicXmlNode *node, GPtrArray *events, GPtrArray *skipped)
{
  g_autofree char *given_id = seismic_xml_attribute (node, "publicID", NULL);
  const char *public_id = given_id != NULL ? given_id : "";
  g_autofree char *id = event_id (node, public_id);
  if (*id != '\0') {
    g_ptr_array_add (events, read_event (node, id));
    return;
  }
  g_autofree char *item = g_strdup_printf ("event in line %ld", seismic_xml_line (node));
  g_ptr_array_add (
      skipped, seismic_skip_new (item, g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                                                    "The event has no id "
                                                    "(publicID \"%s\")",
                                                    public_id)));
}

static void
visit (SeismicXmlReader *reader, const char *name, int depth, void *user_data)
{
  const Found *found = user_data;
  if (depth != 2 || !g_str_equal (name, "event"))
    return;
  SeismicXmlNode *node = seismic_xml_expand (reader);
  if (node != NULL)
    take_event (node, found->events, found->skipped);
}

bool
seismic_quakeml_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                      GPtrArray **skipped, GError **error)
{
  g_autoptr (GPtrArray) taken =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  Found found = {taken, left_out};
  if (!seismic_xml_read (bytes, n_bytes, "QuakeML", ROOT, visit, &found, error))
    return false;
  *events = g_steal_pointer (&taken);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}

bool
seismic_quakeml_probe (const uint8_t *bytes, size_t n_bytes)
{
  g_autofree char *root = seismic_xml_probe (bytes, n_bytes, NULL);
  return g_strcmp0 (root, ROOT) == 0;
}
