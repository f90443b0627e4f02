/* notes: tags and comments of events and signals, listed and changed. */
#include "seismic/library-note.h"
#include "cli/json.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "seismic/picks-csv.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static const CliColumn columns[] = {
    {"event", false}, {"instrument", false}, {"tags", false}, {"comment", false}};

static void
print_table (const GPtrArray *notes)
{
  g_auto (CliTable) table = {0};

  cli_table_init (&table, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < notes->len; i++) {
    const SeismicNote *note = notes->pdata[i];
    cli_table_add (&table, note->event_id);
    cli_table_add (&table, note->instrument_id);
    cli_table_take (&table, seismic_tags_join (note->tags));
    cli_table_take (&table, g_strdelimit (g_strdup (note->comment), "\r\n", ' '));
  }
  cli_table_print (&table, false);
}

static void
print_json (const GPtrArray *notes)
{
  g_autoptr (GString) json = g_string_new (NULL);

  cli_json_open (json, NULL, '{');
  cli_json_open (json, "notes", '[');
  for (guint i = 0; i < notes->len; i++) {
    const SeismicNote *note = notes->pdata[i];
    cli_json_open (json, NULL, '{');
    cli_json_text (json, "event", note->event_id);
    cli_json_text (json, "instrument", note->instrument_id);
    cli_json_open (json, "tags", '[');
    for (size_t k = 0; note->tags[k]; k++)
      cli_json_text (json, NULL, note->tags[k]);
    cli_json_close (json, ']');
    cli_json_text (json, "comment", note->comment);
    cli_json_close (json, '}');
  }
  cli_json_close (json, ']');
  cli_json_close (json, '}');
  cli_json_print (json);
}

static int
list (SeismicLibrary *library, bool csv, bool json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = seismic_library_list_notes (library, &error);
  if (!notes)
    return cli_fail (error);
  if (csv) {
    g_autoptr (GString) text = seismic_notes_csv_write (notes);
    fwrite (text->str, 1, text->len, stdout);
  } else if (json) {
    print_json (notes);
  } else {
    print_table (notes);
  }
  return CLI_DONE;
}

typedef struct {
  char **added, **removed, *comment;
} Changes;

static void
changes_clear (Changes *changes)
{
  g_strfreev (changes->added);
  g_strfreev (changes->removed);
  g_free (changes->comment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changes, changes_clear)

/* The event's and the instrument's part of the id of a signal, or of an event (NULL). */
static bool
find_subject (SeismicLibrary *library, const char *id, char **event_id,
              char **instrument_id, GError **error)
{
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, error);
  for (guint i = 0; signals && i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    if (strcmp (info->id, id) != 0)
      continue;
    *event_id = g_strdup (info->event_id);
    *instrument_id = g_strdup (seismic_signal_info_instrument_id (info));
    return true;
  }
  *event_id = g_strdup (id); /* which must be there, or the change fails */
  return signals != NULL;
}

static bool
change (SeismicLibrary *library, const char *id, const Changes *changes, GError **error)
{
  g_autofree char *event_id = NULL;
  g_autofree char *instrument_id = NULL;
  if (!find_subject (library, id, &event_id, &instrument_id, error))
    return false;
  for (size_t i = 0; changes->added && changes->added[i]; i++)
    if (!seismic_library_put_tag (library, event_id, instrument_id, changes->added[i],
                                  error))
      return false;
  for (size_t i = 0; changes->removed && changes->removed[i]; i++)
    if (!seismic_library_remove_tag (library, event_id, instrument_id,
                                     changes->removed[i], error))
      return false;
  return !changes->comment ||
         seismic_library_put_comment (library, event_id, instrument_id, changes->comment,
                                      error);
}

/* All of them, or none. */
static int
change_all (SeismicLibrary *library, char **ids, const Changes *changes)
{
  g_autoptr (GError) error = NULL;
  bool done = seismic_library_begin (library, &error);

  for (size_t i = 0; done && ids[i]; i++)
    done = change (library, ids[i], changes, &error);
  done = done && seismic_library_commit (library, &error);
  return done ? CLI_DONE : cli_fail (error);
}

int
cli_notes (const CliCommand *self, char **arguments)
{
  gboolean csv = FALSE, json = FALSE;
  g_auto (Changes) changes = {0};
  const GOptionEntry entries[] = {
      {"tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changes.added,
       N_ ("Put this tag on the events and signals whose ids follow the library; may be "
           "given again"),
       "TAG"},
      {"untag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changes.removed,
       N_ ("Take this tag off; may be given again"), "TAG"},
      {"comment", 0, 0, G_OPTION_ARG_STRING, &changes.comment,
       N_ ("Write this comment, in place of the one there; empty: none"), "TEXT"},
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv,
       N_ ("Write comma-separated values, which import takes"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Write JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 0, &positional))
    return CLI_USAGE;
  const bool has_changes = changes.added || changes.removed || changes.comment;
  if (csv && json)
    return cli_usage_error (self, _ ("--csv and --json exclude each other"));
  if (has_changes != (positional[1] != NULL))
    return cli_usage_error (self, has_changes
                                      ? _ ("an id of an event or a signal is missing")
                                      : _ ("what is to be changed is missing: --tag, "
                                           "--untag or --comment"));
  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  return has_changes ? change_all (library, positional + 1, &changes)
                     : list (library, csv, json);
}
