/* The folder of real records beside the repository, where there is one. */
#pragma once

#include <glib.h>

/* The path of a file or folder below it, from SAE_SHARED_DIRECTORY or ../shared beside
 * the repository; NULL, and the test case is marked as skipped, where it is missing. */
static inline char *
test_shared_path (const char *first, ...)
{
  const char *given = g_getenv ("SAE_SHARED_DIRECTORY");
  const char *tests = g_getenv ("G_TEST_SRCDIR");
  g_autofree char *folder = given != NULL ? g_strdup (given)
                                          : g_build_filename (tests != NULL ? tests : ".",
                                                              "..", "..", "shared", NULL);
  va_list parts;
  va_start (parts, first);
  g_autofree char *below = g_build_filename_valist (first, &parts);
  va_end (parts);
  g_autofree char *path = g_build_filename (folder, below, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip ("the shared records are not here");
  return NULL;
}
