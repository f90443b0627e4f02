/* Waiting in tests for what the main loop brings. */
#pragma once

#include <glib.h>

/* Iterates the default main context until *flag is TRUE; fails the test after 60 s. */
static inline void
wait_for (const gboolean *flag)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!*flag) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
}

/* Iterates until nothing is pending. */
static inline void
drain_main_loop (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
