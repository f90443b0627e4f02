/* Options, strictly: numbers in C's notation with nothing behind them, within a range. */
#pragma once

#include "analysis/classifier.h"
#include "analysis/embedding.h"
#include "cli/command.h"
#include "nn/config.h"
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the options of a command into the places that entries (may be NULL) name, and
 * what is left into *positional (new, free with g_strfreev): `least` to `most` of them
 * (0: any number). --help is printed and ends the program, as GOption does. FALSE after a
 * line on standard error: the command then returns CLI_USAGE. */
bool cli_options_parse (const CliCommand *command, const GOptionEntry *entries,
                        char **arguments, size_t least, size_t most, char ***positional);

/* The entries of both, one behind the other; free with g_free. */
GOptionEntry *cli_options_join (const GOptionEntry *first, const GOptionEntry *second);

/* Says on standard error what is wrong with the usage, and where help is. Returns
 * CLI_USAGE. */
int cli_usage_error (const CliCommand *command, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Each reads the text of one option within low … high, or leaves *value alone when text
 * is NULL. FALSE after cli_usage_error (), which names the option. */
bool cli_option_count (const CliCommand *command, const char *option, const char *text,
                       size_t low, size_t high, size_t *value);
bool cli_option_seed (const CliCommand *command, const char *option, const char *text,
                      uint64_t *value);
bool cli_option_number (const CliCommand *command, const char *option, const char *text,
                        double low, double high, double *value);
/* A time in ISO 8601, UTC. */
bool cli_option_time (const CliCommand *command, const char *option, const char *text,
                      int64_t *time_ns);
bool cli_option_architecture (const CliCommand *command, const char *text,
                              NnArchitecture *architecture);
/* --embedding. */
bool cli_option_embedding (const CliCommand *command, const char *text,
                           AnalysisEmbeddingKind *kind);
/* --method of a classifier. */
bool cli_option_classifier (const CliCommand *command, const char *text,
                            AnalysisClassifierMethod *method);
/* The entry of --embedding, which is read into the char * at `place`. */
#define CLI_EMBEDDING_ENTRY(place)                                                       \
  {                                                                                      \
    "embedding", 0, 0, G_OPTION_ARG_STRING, place,                                       \
        N_ ("Embedding: hidden, the final state, or mean, over time (mean)"), "KIND"     \
  }
/* The entry of --run, likewise: which of the library's models. */
#define CLI_RUN_ENTRY(place)                                                             \
  {                                                                                      \
    "run", 0, 0, G_OPTION_ARG_STRING, place,                                             \
        N_ ("By the model of this run (the current one); “runs” lists them"), "NAME"     \
  }
/* n counts, comma-separated, each within low … high. */
bool cli_option_counts (const CliCommand *command, const char *option, const char *text,
                        size_t n, size_t low, size_t high, size_t *values);

/* TRUE if path ends in one of the suffixes, a NULL-terminated list of ".csv", …; FALSE
 * after cli_usage_error (), also when path is NULL. */
bool cli_option_output (const CliCommand *command, const char *path,
                        const char *const *suffixes);
/* TRUE if path ends in suffix, in capitals or not. */
bool cli_has_suffix (const char *path, const char *suffix);
