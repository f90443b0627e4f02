#include "cli/progress.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAR_WIDTH 30
#define BAR_PERIOD_US (G_USEC_PER_SEC / 10)
#define LINE_PERIOD_US (5 * G_USEC_PER_SEC)

static volatile sig_atomic_t interrupted;

static void
on_interrupt (int number)
{
  interrupted = 1;
}

void
cli_interrupt_install (void)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = on_interrupt;
  action.sa_flags = (int)(SA_RESETHAND | SA_RESTART);
  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

bool
cli_interrupted (void)
{
  return interrupted != 0;
}

void
cli_progress_init (CliProgress *progress, const char *label)
{
  *progress = (CliProgress){.label = label,
                            .terminal = isatty (STDERR_FILENO) == 1,
                            .last_us = g_get_monotonic_time ()};
}

static void
draw_bar (CliProgress *progress, double fraction, const char *note)
{
  char bar[BAR_WIDTH + 1];
  int full = (int)(fraction * BAR_WIDTH + 0.5);

  memset (bar, '.', BAR_WIDTH);
  memset (bar, '#', (size_t)full);
  bar[BAR_WIDTH] = '\0';
  /* \033[K wipes what a longer line has left. */
  g_printerr ("\r%s [%s] %3.0f %%  %s\033[K", progress->label, bar, 100.0 * fraction,
              note ? note : "");
  progress->drawn = true;
}

void
cli_progress_update (CliProgress *progress, double fraction, const char *note)
{
  gint64 now = g_get_monotonic_time ();
  gint64 period = progress->terminal ? BAR_PERIOD_US : LINE_PERIOD_US;

  if (now - progress->last_us < period)
    return;
  progress->last_us = now;
  fraction = CLAMP (fraction, 0.0, 1.0);
  if (progress->terminal)
    draw_bar (progress, fraction, note);
  else
    g_printerr ("%s %.0f %%%s%s\n", progress->label, 100.0 * fraction, note ? ", " : "",
                note ? note : "");
}

void
cli_progress_end (CliProgress *progress)
{
  if (progress->drawn)
    g_printerr ("\r\033[K");
  progress->drawn = false;
}

void
cli_progress_line (CliProgress *progress, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  cli_progress_end (progress);
  g_printerr ("%s\n", line);
  progress->last_us = g_get_monotonic_time ();
}

bool
cli_progress_items (const SeismicProgress *items, void *user_data)
{
  double fraction = items->total > 0 ? (double)items->done / (double)items->total : 0.0;
  cli_progress_update (user_data, fraction, items->item);
  return !cli_interrupted ();
}
