/* Signal queries as text. */
#include "seismic/csv.h"
#include "seismic/error.h"
#include "seismic/signal-query.h"

#include <math.h>
#include <string.h>

/* The limits by the names that they have in the text. */
static const struct {
  const char *name;
  size_t offset; /* of a double in SeismicSignalQuery */
} limits[] = {
    {"min-magnitude", offsetof (SeismicSignalQuery, min_magnitude)},
    {"max-magnitude", offsetof (SeismicSignalQuery, max_magnitude)},
    {"min-distance", offsetof (SeismicSignalQuery, min_distance_km)},
    {"max-distance", offsetof (SeismicSignalQuery, max_distance_km)},
    {"rate", offsetof (SeismicSignalQuery, rate_hz)},
    {"min-snr", offsetof (SeismicSignalQuery, min_snr_db)},
};

/* And the lists of words. */
static const struct {
  const char *name;
  size_t offset; /* of a char ** */
} lists[] = {
    {"type", offsetof (SeismicSignalQuery, event_types)},
    {"tag", offsetof (SeismicSignalQuery, tags)},
    {"exclude-tag", offsetof (SeismicSignalQuery, excluded_tags)},
};

#define FLAGS_NAME "exclude-flags"
#define TEXT_NAME "search"

static void
append (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s%s ", text->len > 0 ? "; " : "", name);
  for (const char *c = value; *c != '\0'; c++) {
    if (*c == ';' || *c == '\\')
      g_string_append_c (text, '\\');
    g_string_append_c (text, *c);
  }
}

static void
append_number (GString *text, const char *name, double value)
{
  if (isnan (value))
    return;
  append (text, name, "");
  seismic_csv_append_number (text, value);
}

char *
seismic_signal_query_to_text (const SeismicSignalQuery *query)
{
  GString *text = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (limits); i++)
    append_number (
        text, limits[i].name,
        *(const double *)(gconstpointer)((const char *)query + limits[i].offset));
  if (query->excluded != 0) {
    g_autofree char *flags = seismic_quality_flags_to_text (query->excluded);
    append (text, FLAGS_NAME, flags);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (lists); i++) {
    char **words =
        *(char **const *)(gconstpointer)((const char *)query + lists[i].offset);
    for (size_t k = 0; words != NULL && words[k] != NULL; k++)
      append (text, lists[i].name, words[k]);
  }
  if (query->text != NULL)
    append (text, TEXT_NAME, query->text);
  return g_string_free (text, FALSE);
}

/* The parts of text between the semicolons that are not escaped, unescaped: each a name,
 * a blank and a value. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  GString *part = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == ';') {
      g_ptr_array_add (parts, g_string_free (part, FALSE));
      part = g_string_new (NULL);
      while (c[1] == ' ')
        c++;
    } else {
      if (*c == '\\' && c[1] != '\0')
        c++;
      g_string_append_c (part, *c);
    }
  }
  if (part->len > 0 || parts->len > 0)
    g_ptr_array_add (parts, g_string_free (part, FALSE));
  else
    g_string_free (part, TRUE);
  return parts;
}

static bool
take_number (const char *value, double *number, GError **error)
{
  char *end = NULL;
  const double found = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0' || !isfinite (found)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS, "\"%s\" is no number",
                 value);
    return false;
  }
  *number = found;
  return true;
}

static void
take_word (const char *value, char ***words)
{
  const size_t n = *words != NULL ? g_strv_length (*words) : 0;
  *words = g_renew (char *, *words, n + 2);
  (*words)[n] = g_strdup (value);
  (*words)[n + 1] = NULL;
}

static bool
take (SeismicSignalQuery *query, const char *name, const char *value, GError **error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (limits); i++)
    if (strcmp (name, limits[i].name) == 0)
      return take_number (value, (double *)(gpointer)((char *)query + limits[i].offset),
                          error);
  for (size_t i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strcmp (name, lists[i].name) == 0) {
      take_word (value, (char ***)(gpointer)((char *)query + lists[i].offset));
      return true;
    }
  if (strcmp (name, FLAGS_NAME) == 0)
    return seismic_quality_flags_from_text (value, &query->excluded, error);
  if (strcmp (name, TEXT_NAME) == 0) {
    g_free (query->text);
    query->text = g_strdup (value);
    return true;
  }
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS, "there is no \"%s\"", name);
  return false;
}

bool
seismic_signal_query_from_text (const char *text, SeismicSignalQuery *query,
                                GError **error)
{
  g_auto (SeismicSignalQuery) found = {0};
  g_autoptr (GPtrArray) parts = split (text);
  seismic_signal_query_init (&found);
  for (guint i = 0; i < parts->len; i++) {
    char *name = parts->pdata[i];
    char *blank = strchr (name, ' ');
    if (blank == NULL || blank[1] == '\0') {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS,
                   "signals by \"%s\": a name and a value are missing in part %u", text,
                   i + 1);
      return false;
    }
    *blank = '\0';
    if (!take (&found, name, blank + 1, error)) {
      g_prefix_error (error, "signals by \"%s\": ", text);
      return false;
    }
  }
  *query = found;
  seismic_signal_query_init (&found);
  return true;
}
