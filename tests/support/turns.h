/* What the turns of the main loop take: from the end of one wait in poll() to the
 * beginning of the next, in the thread's own processor time, so that what other programs
 * do on the machine does not count, and beside it by the clock. */
#pragma once

#include <glib.h>
#include <time.h>

/* A window that takes longer at a time is seen to stand still. */
#define TURNS_LONGEST_MS 50

typedef struct {
  GArray *cpu_ms, *wall_ms; /* double, a turn each */
} Turns;

static struct {
  Turns *turns;           /* NULL: nobody measures */
  gint64 cpu_ns, wall_us; /* when the turn began; 0: it was before the measuring did */
} turns_watch;

static inline gint64
turns_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline int
turns_poll (GPollFD *fds, guint n, int timeout_ms)
{
  int n_ready;

  if (turns_watch.turns && turns_watch.wall_us > 0) {
    double cpu_ms = (double)(turns_cpu_ns () - turns_watch.cpu_ns) / 1e6;
    double wall_ms = (double)(g_get_monotonic_time () - turns_watch.wall_us) / 1e3;

    g_array_append_val (turns_watch.turns->cpu_ms, cpu_ms);
    g_array_append_val (turns_watch.turns->wall_ms, wall_ms);
  }
  n_ready = g_poll (fds, n, timeout_ms);
  turns_watch.cpu_ns = turns_cpu_ns ();
  turns_watch.wall_us = g_get_monotonic_time ();
  return n_ready;
}

/* Of the default main context, which this thread must run, until turns_end. */
static inline void
turns_begin (Turns *turns)
{
  turns->cpu_ms = g_array_new (FALSE, FALSE, sizeof (double));
  turns->wall_ms = g_array_new (FALSE, FALSE, sizeof (double));
  turns_watch.turns = turns;
  turns_watch.wall_us = 0;
  g_main_context_set_poll_func (NULL, turns_poll);
}

static inline int
turns_compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

/* Sorts them, the longest last. */
static inline void
turns_end (Turns *turns)
{
  g_main_context_set_poll_func (NULL, NULL);
  turns_watch.turns = NULL;
  g_array_sort (turns->cpu_ms, turns_compare);
  g_array_sort (turns->wall_ms, turns_compare);
}

static inline void
turns_clear (Turns *turns)
{
  g_clear_pointer (&turns->cpu_ms, g_array_unref);
  g_clear_pointer (&turns->wall_ms, g_array_unref);
}

/* Of sorted ms; fraction 1: the longest. 0 of none. */
static inline double
turns_quantile (const GArray *ms, double fraction)
{
  if (ms->len == 0)
    return 0;
  return g_array_index (ms, double, (guint)(fraction * (ms->len - 1)));
}
