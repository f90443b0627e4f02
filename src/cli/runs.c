/* runs: the trainings that a library keeps. */
#include "analysis/preset.h"
#include "analysis/run-file.h"
#include "analysis/run.h"
#include "analysis/setting.h"
#include "cli/json.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "seismic/time.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static const char *
preset_name (const AnalysisRun *run)
{
  const AnalysisPreset *preset =
      run->damage == NULL ? analysis_preset_of (&run->settings) : NULL;
  return preset != NULL ? preset->name : "";
}

static size_t
count_epochs (const AnalysisRun *run)
{
  return run->history != NULL ? run->history->len : 0;
}

static void
print_table (const GPtrArray *runs)
{
  static const CliColumn columns[] = {
      {"name", false},   {"current", false},   {"preset", false},
      {"epochs", true},  {"parameters", true}, {"loss", true},
      {"seconds", true}, {"started", false},   {"damage", false}};
  g_auto (CliTable) table = {0};
  cli_table_init (&table, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < runs->len; i++) {
    const AnalysisRun *run = runs->pdata[i];
    cli_table_add (&table, run->name);
    cli_table_add (&table, run->is_current ? "*" : "");
    cli_table_add (&table, preset_name (run));
    cli_table_take (&table, g_strdup_printf ("%zu/%zu", count_epochs (run),
                                             run->settings.trainer.n_epochs));
    cli_table_take (&table, g_strdup_printf ("%zu", run->n_parameters));
    cli_table_take (&table, cli_number_rounded (analysis_run_loss (run), 4));
    cli_table_take (&table, g_strdup_printf ("%.1f", run->seconds));
    cli_table_take (&table, seismic_time_format (run->notes.start_ns, 0));
    cli_table_add (&table, run->damage != NULL ? run->damage : "");
  }
  cli_table_print (&table, false);
}

static void
add_settings (GString *json, const AnalysisRun *run)
{
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  cli_json_open (json, "settings", '{');
  for (size_t i = 0; i < n; i++) {
    g_autofree char *value = analysis_setting_format (&all[i], &run->settings);
    cli_json_text (json, all[i].name, value);
  }
  cli_json_close (json, '}');
}

static void
add_epochs (GString *json, const AnalysisRun *run)
{
  cli_json_open (json, "losses", '[');
  for (guint i = 0; i < run->history->len; i++) {
    const NnEpoch *epoch = &g_array_index (run->history, NnEpoch, i);
    cli_json_open (json, NULL, '{');
    cli_json_number (json, "training", epoch->training_loss);
    cli_json_number (json, "validation", epoch->validation_loss);
    cli_json_number (json, "seconds", epoch->seconds);
    cli_json_close (json, '}');
  }
  cli_json_close (json, ']');
}

static void
print_json (const GPtrArray *runs)
{
  g_autoptr (GString) json = g_string_new (NULL);
  cli_json_open (json, NULL, '[');
  for (guint i = 0; i < runs->len; i++) {
    const AnalysisRun *run = runs->pdata[i];
    g_autofree char *started = seismic_time_format (run->notes.start_ns, 3);
    cli_json_open (json, NULL, '{');
    cli_json_text (json, "name", run->name);
    cli_json_count (json, "current", run->is_current);
    cli_json_count (json, "bytes", run->n_bytes);
    if (run->damage != NULL) {
      cli_json_text (json, "damage", run->damage);
      cli_json_close (json, '}');
      continue;
    }
    cli_json_text (json, "preset", preset_name (run));
    cli_json_text (json, "started", started);
    cli_json_number (json, "seconds", run->seconds);
    cli_json_count (json, "training_signals", run->notes.n_training);
    cli_json_count (json, "validation_signals", run->notes.n_validation);
    cli_json_count (json, "parameters", run->n_parameters);
    cli_json_count (json, "epochs", count_epochs (run));
    cli_json_count (json, "best_epoch", run->best_epoch);
    cli_json_number (json, "loss", analysis_run_loss (run));
    add_settings (json, run);
    add_epochs (json, run);
    cli_json_close (json, '}');
  }
  cli_json_close (json, ']');
  cli_json_print (json);
}

/* A row of what each of the runs came to. */
static void
add_results (CliTable *table, const GPtrArray *runs)
{
  static const char *const rows[] = {"epochs-done", "best-epoch", "parameters",
                                     "loss",        "seconds",    "started"};
  for (size_t r = 0; r < G_N_ELEMENTS (rows); r++) {
    cli_table_add (table, rows[r]);
    for (guint i = 0; i < runs->len; i++) {
      const AnalysisRun *run = runs->pdata[i];
      char *const cells[] = {g_strdup_printf ("%zu", count_epochs (run)),
                             g_strdup_printf ("%zu", run->best_epoch),
                             g_strdup_printf ("%zu", run->n_parameters),
                             cli_number_rounded (analysis_run_loss (run), 4),
                             g_strdup_printf ("%.1f", run->seconds),
                             seismic_time_format (run->notes.start_ns, 0)};
      for (size_t k = 0; k < G_N_ELEMENTS (cells); k++)
        if (k != r)
          g_free (cells[k]);
      cli_table_take (table, cells[r]);
    }
  }
}

/* "A,B,…": what differs in the settings, and what came of it, a column a run. */
static bool
compare (const char *folder, const char *list, GError **error)
{
  g_auto (GStrv) names = g_strsplit (list, ",", -1);
  g_autoptr (GPtrArray) runs =
      g_ptr_array_new_with_free_func ((GDestroyNotify)analysis_run_free);
  for (size_t i = 0; names[i] != NULL; i++) {
    AnalysisRun *run = analysis_run_get (folder, names[i], error);
    if (run == NULL)
      return false;
    g_ptr_array_add (runs, run);
  }
  g_autoptr (GPtrArray) differences = analysis_run_compare (runs);
  g_autofree CliColumn *columns = g_new0 (CliColumn, runs->len + 1);
  g_auto (CliTable) table = {0};
  columns[0].name = "setting";
  for (guint i = 0; i < runs->len; i++)
    columns[i + 1] = (CliColumn){names[i], true};
  cli_table_init (&table, columns, runs->len + 1);
  for (guint i = 0; i < differences->len; i++) {
    const AnalysisRunDifference *difference = differences->pdata[i];
    cli_table_add (&table, difference->name);
    for (guint k = 0; k < runs->len; k++)
      cli_table_add (&table, difference->values[k]);
  }
  add_results (&table, runs);
  cli_table_print (&table, false);
  return true;
}

/* Brings back what was deleted last under that name. */
static bool
restore (const char *folder, const char *name, GError **error)
{
  g_auto (GStrv) tickets = analysis_run_list_deleted (folder);
  for (size_t i = 0; tickets[i] != NULL; i++) {
    g_autofree char *had = analysis_run_ticket_name (tickets[i]);
    if (strcmp (had, name) != 0)
      continue;
    g_autofree char *has = NULL;
    if (!analysis_run_restore (folder, tickets[i], &has, error))
      return false;
    g_print (_ ("“%s” is there again\n"), has);
    return true;
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("no deleted run “%s” is kept"),
               name);
  return false;
}

static bool delete (const char *folder, const char *name, GError **error)
{
  g_autofree char *ticket = NULL;
  if (!analysis_run_delete (folder, name, &ticket, error))
    return false;
  g_print (_ ("“%s” is deleted; for 30 days “%s runs %s --restore %s” brings it back\n"),
           name, CLI_PROGRAM, folder, name);
  return true;
}

typedef struct {
  char *use, *rename, *duplicate, *delete, *restore, *compare;
} Actions;

static void
actions_clear (Actions *actions)
{
  g_free (actions->use);
  g_free (actions->rename);
  g_free (actions->duplicate);
  g_free (actions->delete);
  g_free (actions->restore);
  g_free (actions->compare);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Actions, actions_clear)

/* TRUE if there is at most one, and "A=B" is that. */
static bool
check (const CliCommand *self, const Actions *actions, gboolean json)
{
  const char *const all[] = {actions->use,    actions->rename,  actions->duplicate,
                             actions->delete, actions->restore, actions->compare};
  const char *const pair = actions->rename ? actions->rename : actions->duplicate;
  size_t n = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (all); i++)
    n += all[i] != NULL;
  if (n > 1 || (n == 1 && json))
    cli_usage_error (self, _ ("--use, --rename, --duplicate, --delete, --restore, "
                              "--compare and --json exclude each other"));
  else if (pair && !strchr (pair, '='))
    cli_usage_error (self, _ ("“%s” is not of the form NAME=NEW-NAME"), pair);
  else
    return true;
  return false;
}

static bool
act (const char *folder, const Actions *actions, gboolean json, GError **error)
{
  const char *pair = actions->rename ? actions->rename : actions->duplicate;
  g_auto (GStrv) names = g_strsplit (pair ? pair : "", "=", 2);
  if (actions->use)
    return analysis_run_use (folder, actions->use, error);
  if (actions->rename)
    return analysis_run_rename (folder, names[0], names[1], error);
  if (actions->duplicate)
    return analysis_run_duplicate (folder, names[0], names[1], error);
  if (actions->delete)
    return delete (folder, actions->delete, error);
  if (actions->restore)
    return restore (folder, actions->restore, error);
  if (actions->compare)
    return compare (folder, actions->compare, error);
  g_autoptr (GPtrArray) runs = analysis_run_list (folder);
  if (json)
    print_json (runs);
  else
    print_table (runs);
  return true;
}

int
cli_runs (const CliCommand *self, char **arguments)
{
  g_auto (Actions) actions = {0};
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json,
       N_ ("Print JSON, with all settings and losses"), NULL},
      {"compare", 0, 0, G_OPTION_ARG_STRING, &actions.compare,
       N_ ("Tell in which settings runs differ, and what came of it"), "NAME,NAME…"},
      {"use", 0, 0, G_OPTION_ARG_STRING, &actions.use,
       N_ ("Make it the current one, which embeds, reconstructs and so on"), "NAME"},
      {"rename", 0, 0, G_OPTION_ARG_STRING, &actions.rename, N_ ("Give it another name"),
       "NAME=NEW-NAME"},
      {"duplicate", 0, 0, G_OPTION_ARG_STRING, &actions.duplicate,
       N_ ("Copy it, for example to train the copy on"), "NAME=NEW-NAME"},
      {"delete", 0, 0, G_OPTION_ARG_STRING, &actions.delete,
       N_ ("Delete it; it can be brought back for 30 days"), "NAME"},
      {"restore", 0, 0, G_OPTION_ARG_STRING, &actions.restore,
       N_ ("Bring a deleted one back"), "NAME"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !check (self, &actions, json))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  return act (positional[0], &actions, json, &error) ? CLI_DONE : cli_fail (error);
}
