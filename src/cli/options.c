#include "cli/options.h"
#include "seismic/time.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

int
cli_usage_error (const CliCommand *command, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_printerr (CLI_PROGRAM " %s: %s\n", command->name, message);
  g_printerr (_ ("Try “%s %s --help”.\n"), CLI_PROGRAM, command->name);
  return CLI_USAGE;
}

static GOptionContext *
make_context (const CliCommand *command, const GOptionEntry *entries, char ***positional)
{
  GOptionContext *context = g_option_context_new (command->parameters);
  const GOptionEntry rest[] = {
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, positional, NULL, NULL},
      G_OPTION_ENTRY_NULL};

  g_option_context_set_summary (context, _ (command->summary));
  if (entries)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, rest, NULL);
  return context;
}

static size_t
count_entries (const GOptionEntry *entries)
{
  size_t n = 0;
  while (entries[n].long_name)
    n++;
  return n;
}

GOptionEntry *
cli_options_join (const GOptionEntry *first, const GOptionEntry *second)
{
  const size_t n_first = count_entries (first), n_second = count_entries (second);
  GOptionEntry *both = g_new0 (GOptionEntry, n_first + n_second + 1);

  memcpy (both, first, n_first * sizeof *first);
  memcpy (both + n_first, second, n_second * sizeof *second);
  return both;
}

bool
cli_options_parse (const CliCommand *command, const GOptionEntry *entries,
                   char **arguments, size_t least, size_t most, char ***positional)
{
  g_auto (GStrv) copy = g_strdupv (arguments);
  g_auto (GStrv) found = NULL;
  g_autoptr (GOptionContext) context = make_context (command, entries, &found);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, &copy, &error)) {
    cli_usage_error (command, "%s", error->message);
    return false;
  }
  if (!found)
    found = g_new0 (char *, 1);
  if (g_strv_length (found) < least) {
    cli_usage_error (command, _ ("an argument is missing: %s"), command->parameters);
    return false;
  }
  if (most > 0 && g_strv_length (found) > most) {
    cli_usage_error (command, _ ("one argument too many: “%s”"), found[most]);
    return false;
  }
  *positional = g_steal_pointer (&found);
  return true;
}

/* FALSE unless all of text is a whole number. */
static bool
parse_whole (const char *text, uint64_t *value)
{
  char *end = NULL;

  if (!g_ascii_isdigit (text[0]))
    return false;
  errno = 0;
  guint64 number = g_ascii_strtoull (text, &end, 10);
  if (errno != 0 || *end != '\0')
    return false;
  *value = number;
  return true;
}

bool
cli_option_count (const CliCommand *command, const char *option, const char *text,
                  size_t low, size_t high, size_t *value)
{
  uint64_t number;

  if (!text)
    return true;
  if (!parse_whole (text, &number) || number < low || number > high) {
    cli_usage_error (command, _ ("%s is a whole number from %zu to %zu, not “%s”"),
                     option, low, high, text);
    return false;
  }
  *value = (size_t)number;
  return true;
}

bool
cli_option_seed (const CliCommand *command, const char *option, const char *text,
                 uint64_t *value)
{
  if (text && !parse_whole (text, value)) {
    cli_usage_error (command, _ ("%s is a whole number below 2^64, not “%s”"), option,
                     text);
    return false;
  }
  return true;
}

bool
cli_option_number (const CliCommand *command, const char *option, const char *text,
                   double low, double high, double *value)
{
  char *end = NULL;

  if (!text)
    return true;
  double number = g_ascii_strtod (text, &end);
  bool bare = g_ascii_isdigit (text[0]) || text[0] == '.' || text[0] == '-';
  if (!bare || strpbrk (text, "xX") || *end != '\0' || end == text ||
      !(number >= low && number <= high)) {
    char from[G_ASCII_DTOSTR_BUF_SIZE], to[G_ASCII_DTOSTR_BUF_SIZE];
    cli_usage_error (command, _ ("%s is a number from %s to %s, not “%s”"), option,
                     g_ascii_formatd (from, sizeof from, "%g", low),
                     g_ascii_formatd (to, sizeof to, "%g", high), text);
    return false;
  }
  *value = number;
  return true;
}

bool
cli_option_time (const CliCommand *command, const char *option, const char *text,
                 int64_t *time_ns)
{
  if (!text || seismic_time_parse (text, time_ns))
    return true;
  cli_usage_error (command, _ ("%s is a time such as 2019-10-15T05:33:42Z, not “%s”"),
                   option, text);
  return false;
}

bool
cli_option_architecture (const CliCommand *command, const char *text,
                         NnArchitecture *architecture)
{
  if (!text || nn_architecture_from_string (text, architecture))
    return true;
  cli_usage_error (command, _ ("--architecture is readme, batchnorm or pooled, not “%s”"),
                   text);
  return false;
}

bool
cli_option_embedding (const CliCommand *command, const char *text,
                      AnalysisEmbeddingKind *kind)
{
  if (!text || analysis_embedding_kind_from_string (text, kind))
    return true;
  cli_usage_error (command, _ ("--embedding is hidden or mean, not “%s”"), text);
  return false;
}

bool
cli_option_classifier (const CliCommand *command, const char *text,
                       AnalysisClassifierMethod *method)
{
  if (!text || analysis_classifier_from_string (text, method))
    return true;
  cli_usage_error (command, _ ("--method is “nb”, “knn” or “logistic”, not “%s”"), text);
  return false;
}

bool
cli_option_counts (const CliCommand *command, const char *option, const char *text,
                   size_t n, size_t low, size_t high, size_t *values)
{
  if (!text)
    return true;

  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  if (g_strv_length (parts) != n) {
    cli_usage_error (command, _ ("%s takes %zu whole numbers with commas, not “%s”"),
                     option, n, text);
    return false;
  }
  for (size_t i = 0; i < n; i++)
    if (!cli_option_count (command, option, parts[i], low, high, &values[i]))
      return false;
  return true;
}

bool
cli_has_suffix (const char *path, const char *suffix)
{
  size_t n = strlen (path), m = strlen (suffix);
  return n > m && g_ascii_strcasecmp (path + n - m, suffix) == 0;
}

bool
cli_option_output (const CliCommand *command, const char *path,
                   const char *const *suffixes)
{
  g_autofree char *list = g_strjoinv (", ", (char **)suffixes);

  if (!path) {
    cli_usage_error (command, _ ("--output is missing: a file whose name ends in %s"),
                     list);
    return false;
  }
  for (size_t i = 0; suffixes[i]; i++)
    if (cli_has_suffix (path, suffixes[i]))
      return true;
  cli_usage_error (command, _ ("--output takes a file whose name ends in %s, not “%s”"),
                   list, path);
  return false;
}
