/* The table of commands. */
#include "cli/command.h"

#include <glib.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const CliCommand commands[] = {
    {"inspect", "FILE…",
     N_ ("Lists the segments of waveform files: miniSEED, SAC, or either in gzip."),
     cli_inspect},
    {"import", "LIBRARY PATH…",
     N_ ("Takes miniSEED, SAC, QuakeML, StationXML and FDSN text, files or folders, into "
         "a "
         "library."),
     cli_import},
    {"query", "LIBRARY", N_ ("Searches a data center for events, into a library."),
     cli_query},
    {"download", "LIBRARY",
     N_ ("Downloads the records of a library’s events, and goes on where it stopped."),
     cli_download},
    {"events", "LIBRARY", N_ ("Lists the events of a library."), cli_events},
    {"status", "LIBRARY",
     N_ ("Tells how far a library is, and which of its files are missing or changed."),
     cli_status},
    {"signals", "LIBRARY", N_ ("Lists the three-component signals of a library."),
     cli_signals},
    {"synthesize", "LIBRARY", N_ ("Fills a library with synthetic records."),
     cli_synthesize},
    {"train", "LIBRARY", N_ ("Trains an autoencoder on a library’s signals."), cli_train},
    {"runs", "LIBRARY",
     N_ ("Lists the trainings that a library keeps, compares, renames and deletes them."),
     cli_runs},
    {"embed", "LIBRARY", N_ ("Writes the embedding of every signal."), cli_embed},
    {"reconstruct", "LIBRARY SIGNAL",
     N_ ("Writes a signal and its reconstruction, as numbers or as a picture."),
     cli_reconstruct},
    {"project", "LIBRARY",
     N_ ("Writes the projection of all embeddings to two dimensions."), cli_project},
    {"neighbors", "LIBRARY SIGNAL",
     N_ ("Lists the signals most like one, by their embeddings."), cli_neighbors},
    {"cluster", "LIBRARY", N_ ("Parts the signals into groups that are alike."),
     cli_cluster},
    {"classify", "LIBRARY",
     N_ ("Tells how well the embeddings tell event types, beside two baselines."),
     cli_classify},
    {"report", "LIBRARY", N_ ("Writes a page on a library’s model and what it learnt."),
     cli_report},
    {"picks", "LIBRARY", N_ ("Lists the arrivals that were picked in a library."),
     cli_picks},
    {"notes", "LIBRARY", N_ ("Lists a library’s tags and comments, or changes them."),
     cli_notes},
    {"plot", "FILE…|LIBRARY",
     N_ ("Draws a record, or an event’s, as traces, spectrogram, spectrum, particle "
         "motion or record section."),
     cli_plot},
    {"export", "FILE…|LIBRARY",
     N_ ("Writes records as miniSEED, SAC or CSV, as received or processed."),
     cli_export},
    {"benchmark", "train|encode",
     N_ ("Measures how fast this machine trains or encodes; prints a line of JSON."),
     cli_benchmark},
    {"demo", "DIRECTORY", N_ ("Does all of it on synthetic records."), cli_demo},
};

static void
print_help (void)
{
  g_print (_ ("Usage: %s COMMAND …\n\n"), CLI_PROGRAM);
  g_print ("%s\n\n",
           _ ("Strong-motion records, an autoencoder trained on them, and what it "
              "sees in them."));
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  g_print (_ ("\n“%s COMMAND --help” tells the options of a command.\n"
              "Exit status: 0 done, 1 failed, 2 wrong usage.\n"),
           CLI_PROGRAM);
}

/* Words follow the locale, numbers do not: they are for files, scripts and tables. */
static void
set_locale (void)
{
  const char *catalogues = g_getenv ("SAE_LOCALE_DIRECTORY");

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, catalogues ? catalogues : SAE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static int
run (const CliCommand *command, char **arguments)
{
  g_autofree char *program = g_strconcat (CLI_PROGRAM, " ", command->name, NULL);
  g_set_prgname (program);
  int status = command->run (command, arguments);

  if ((fflush (stdout) != 0 || ferror (stdout)) && status == CLI_DONE) {
    g_printerr (_ ("%s: standard output cannot be written\n"), CLI_PROGRAM);
    status = CLI_FAILED;
  }
  return status;
}

int
main (int argc, char **argv)
{
  set_locale ();

  const char *name = argc > 1 ? argv[1] : NULL;
  if (!name) {
    g_printerr (_ ("%s: a command is missing\nTry “%s --help”.\n"), CLI_PROGRAM,
                CLI_PROGRAM);
    return CLI_USAGE;
  }
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0) {
    print_help ();
    return CLI_DONE;
  }
  if (strcmp (name, "--version") == 0) {
    g_print (CLI_PROGRAM " " SAE_VERSION "\n");
    return CLI_DONE;
  }
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (name, commands[i].name) == 0)
      return run (&commands[i], argv + 1);

  g_printerr (_ ("%s: there is no command “%s”\nTry “%s --help”.\n"), CLI_PROGRAM, name,
              CLI_PROGRAM);
  return CLI_USAGE;
}
