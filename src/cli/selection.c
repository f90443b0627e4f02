#include "cli/selection.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "seismic/error.h"
#include "seismic/library-quality.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void
cli_selection_clear (CliSelection *options)
{
  char **const texts[] = {&options->min_magnitude, &options->max_magnitude,
                          &options->min_distance,  &options->max_distance,
                          &options->rate,          &options->min_snr,
                          &options->exclude_flags, &options->search};

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&options->types, g_strfreev);
  g_clear_pointer (&options->tags, g_strfreev);
  g_clear_pointer (&options->excluded_tags, g_strfreev);
  g_clear_pointer (&options->events, g_strfreev);
  g_clear_pointer (&options->signals, g_strfreev);
}

GOptionEntry *
cli_selection_entries (CliSelection *options, const GOptionEntry *others)
{
  const GOptionEntry entries[] = {
      {"signal", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->signals,
       N_ ("Only the signal of this id; may be given again"), "ID"},
      {"event", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->events,
       N_ ("Only signals of this event; may be given again"), "ID"},
      {"type", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->types,
       N_ ("Only of events of this type; may be given again"), "TYPE"},
      {"min-magnitude", 0, 0, G_OPTION_ARG_STRING, &options->min_magnitude,
       N_ ("Only of events of at least this magnitude"), "M"},
      {"max-magnitude", 0, 0, G_OPTION_ARG_STRING, &options->max_magnitude,
       N_ ("Only of events of at most this magnitude"), "M"},
      {"min-distance", 0, 0, G_OPTION_ARG_STRING, &options->min_distance,
       N_ ("Only from at least this far"), "KM"},
      {"max-distance", 0, 0, G_OPTION_ARG_STRING, &options->max_distance,
       N_ ("Only from at most this far"), "KM"},
      {"rate", 0, 0, G_OPTION_ARG_STRING, &options->rate,
       N_ ("Only of this sampling rate"), "HZ"},
      {"min-snr", 0, 0, G_OPTION_ARG_STRING, &options->min_snr,
       N_ ("Only of at least this signal-to-noise ratio"), "DB"},
      {"exclude-flags", 0, 0, G_OPTION_ARG_STRING, &options->exclude_flags,
       N_ ("Without signals that have one of these quality flags: clipped, noisy, short, "
           "gaps, flat, spikes, offset"),
       "FLAG,…"},
      {"tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->tags,
       N_ ("Only with this tag, on the signal or its event; may be given again"), "TAG"},
      {"exclude-tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->excluded_tags,
       N_ ("Without this tag; may be given again"), "TAG"},
      {"search", 0, 0, G_OPTION_ARG_STRING, &options->search,
       N_ ("Only with this text in the id, the place or the comment"), "TEXT"},
      G_OPTION_ENTRY_NULL};

  return cli_options_join (others, entries);
}

GOptionEntry *
cli_selection_query_entries (CliSelection *options, const GOptionEntry *others)
{
  static const GOptionEntry none = G_OPTION_ENTRY_NULL;
  g_autofree GOptionEntry *all = cli_selection_entries (options, &none);
  size_t n = 0;

  for (size_t i = 0; all[i].long_name; i++) {
    if (strcmp (all[i].long_name, "signal") == 0 ||
        strcmp (all[i].long_name, "event") == 0)
      continue;
    if (strcmp (all[i].long_name, "rate") == 0)
      all[i].long_name = "signal-rate";
    all[n++] = all[i];
  }
  all[n] = none;
  options->rate_option = "--signal-rate";
  return cli_options_join (others, all);
}

bool
cli_selection_read (const CliCommand *command, const CliSelection *options,
                    SeismicSignalQuery *query)
{
  g_autoptr (GError) error = NULL;

  seismic_signal_query_init (query);
  if (!cli_option_number (command, "--min-magnitude", options->min_magnitude, -10, 12,
                          &query->min_magnitude) ||
      !cli_option_number (command, "--max-magnitude", options->max_magnitude, -10, 12,
                          &query->max_magnitude) ||
      !cli_option_number (command, "--min-distance", options->min_distance, 0, 30000,
                          &query->min_distance_km) ||
      !cli_option_number (command, "--max-distance", options->max_distance, 0, 30000,
                          &query->max_distance_km) ||
      !cli_option_number (command, options->rate_option ? options->rate_option : "--rate",
                          options->rate, 1e-3, 1e6, &query->rate_hz) ||
      !cli_option_number (command, "--min-snr", options->min_snr, -200, 500,
                          &query->min_snr_db))
    return false;
  if (options->exclude_flags && !seismic_quality_flags_from_text (
                                    options->exclude_flags, &query->excluded, &error)) {
    cli_usage_error (command, "--exclude-flags: %s", error->message);
    return false;
  }
  query->event_types = g_strdupv (options->types);
  query->tags = g_strdupv (options->tags);
  query->excluded_tags = g_strdupv (options->excluded_tags);
  query->text = g_strdup (options->search);
  return true;
}

static bool
has (char **list, const char *word)
{
  return !list || g_strv_contains ((const char *const *)list, word);
}

/* Whether each id that was given is one of the library's. */
static bool
check_ids (SeismicLibrary *library, const CliSelection *options, GError **error)
{
  for (size_t i = 0; options->events && options->events[i]; i++) {
    g_autoptr (SeismicEvent) event =
        seismic_library_get_event (library, options->events[i], error);
    if (!event)
      return false;
  }
  if (!options->signals)
    return true;
  g_autoptr (GPtrArray) all = seismic_library_list_signals (library, error);
  for (size_t i = 0; all && options->signals[i]; i++) {
    guint k = 0;
    while (k < all->len &&
           strcmp (((SeismicSignalInfo *)all->pdata[k])->id, options->signals[i]) != 0)
      k++;
    if (k == all->len) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
                   _ ("the library has no signal “%s”; “%s signals” lists them"),
                   options->signals[i], CLI_PROGRAM);
      return false;
    }
  }
  return all != NULL;
}

/* What cannot be written keeps what is known of it. */
static bool
update_quality (SeismicLibrary *library, GError **error)
{
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GError) reason = NULL;
  CliProgress progress;

  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Looking at the quality"));
  bool done = seismic_library_update_quality (library, cli_progress_items, &progress,
                                              skipped, &reason);
  cli_progress_end (&progress);
  cli_print_skipped (skipped);
  if (done || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return true;
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

GPtrArray *
cli_selection_list (SeismicLibrary *library, const CliSelection *options,
                    const SeismicSignalQuery *query, bool with_quality, GError **error)
{
  size_t n_unjudged = 0;

  if (!check_ids (library, options, error))
    return NULL;
  if ((with_quality || seismic_signal_query_needs_quality (query)) &&
      (!seismic_library_count_unjudged (library, &n_unjudged, error) ||
       (n_unjudged > 0 && !update_quality (library, error))))
    return NULL;
  GPtrArray *signals = seismic_library_query_signals (library, query, error);
  for (guint i = signals ? signals->len : 0; i > 0; i--) {
    const SeismicSignalInfo *info = signals->pdata[i - 1];
    if (!has (options->signals, info->id) || !has (options->events, info->event_id))
      g_ptr_array_remove_index (signals, i - 1);
  }
  return signals;
}
