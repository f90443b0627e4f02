/* How far a command is, on standard error: a bar on a terminal, plain lines otherwise;
 * and the user's Ctrl-C. Used by one thread. */
#pragma once

#include "seismic/progress.h"
#include <glib.h>
#include <stdbool.h>

typedef struct {
  const char *label; /* translated; borrowed */
  bool terminal;     /* standard error is one */
  bool drawn;        /* a bar stands on the terminal's line */
  gint64 last_us;    /* monotonic time of the last bar or line */
} CliProgress;

void cli_progress_init (CliProgress *progress, const char *label);
/* Draws the bar or, every few seconds, a line. note may be NULL. */
void cli_progress_update (CliProgress *progress, double fraction, const char *note);
/* A line that stays. */
void cli_progress_line (CliProgress *progress, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* Wipes the bar. */
void cli_progress_end (CliProgress *progress);

/* A SeismicProgressFunc over a CliProgress. Tells the work to stop after Ctrl-C. */
bool cli_progress_items (const SeismicProgress *items, void *progress);

/* From now on the first Ctrl-C (or SIGTERM) only asks the work to stop; a second one ends
 * the program as ever. */
void cli_interrupt_install (void);
bool cli_interrupted (void);
