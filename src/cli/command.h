/* What a command is, and how it ends. */
#pragma once

#include <stdbool.h>

#define CLI_PROGRAM "signal-autoencoder-cli"

/* Exit status. */
enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

typedef struct CliCommand CliCommand;
struct CliCommand {
  const char *name;
  const char *parameters; /* "LIBRARY PATH…", untranslated */
  const char *summary;    /* N_() */
  /* arguments: NULL-terminated, the command's name first. Returns the exit status, after
   * having said on standard error why it is not CLI_DONE. */
  int (*run) (const CliCommand *self, char **arguments);
};

int cli_inspect (const CliCommand *self, char **arguments);
int cli_import (const CliCommand *self, char **arguments);
int cli_query (const CliCommand *self, char **arguments);
int cli_download (const CliCommand *self, char **arguments);
int cli_events (const CliCommand *self, char **arguments);
int cli_status (const CliCommand *self, char **arguments);
int cli_signals (const CliCommand *self, char **arguments);
int cli_synthesize (const CliCommand *self, char **arguments);
int cli_train (const CliCommand *self, char **arguments);
int cli_runs (const CliCommand *self, char **arguments);
int cli_embed (const CliCommand *self, char **arguments);
int cli_reconstruct (const CliCommand *self, char **arguments);
int cli_neighbors (const CliCommand *self, char **arguments);
int cli_cluster (const CliCommand *self, char **arguments);
int cli_report (const CliCommand *self, char **arguments);
int cli_classify (const CliCommand *self, char **arguments);
int cli_project (const CliCommand *self, char **arguments);
int cli_picks (const CliCommand *self, char **arguments);
int cli_notes (const CliCommand *self, char **arguments);
int cli_export (const CliCommand *self, char **arguments);
int cli_plot (const CliCommand *self, char **arguments);
int cli_benchmark (const CliCommand *self, char **arguments);
int cli_demo (const CliCommand *self, char **arguments);
