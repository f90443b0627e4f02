/* Runs the built program and looks at what it says. */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
  int status; /* exit status, −1 if a signal ended it */
  char *out, *err;
} CliRun;

static inline void
cli_run_clear (CliRun *run)
{
  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliRun, cli_run_clear)

/* line: the arguments, apart by blanks (none of them holds one). */
static inline CliRun
cli_run (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strconcat (CLI_PATH " ", line, NULL);
  g_auto (GStrv) arguments = g_strsplit (g_strstrip (command), " ", -1);
  CliRun run = {-1, NULL, NULL};
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      (const char *const *)arguments,
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run.out, &run.err, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_exited (process))
    run.status = g_subprocess_get_exit_status (process);
  return run;
}

/* Runs, checks the exit status and tells what went wrong otherwise. */
static inline CliRun cli_expect (int status, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

static inline CliRun
cli_expect (int status, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  CliRun run = cli_run (line);

  if (run.status != status)
    g_test_message ("%s: %d\n%s\n%s", line, run.status, run.out, run.err);
  g_assert_cmpint (run.status, ==, status);
  return run;
}

/* As cli_expect (), when only the status matters. */
#define cli_check(...)                                                                   \
  G_STMT_START                                                                           \
  {                                                                                      \
    CliRun checked_run = cli_expect (__VA_ARGS__);                                       \
    cli_run_clear (&checked_run);                                                        \
  }                                                                                      \
  G_STMT_END

static inline size_t
count_lines (const char *text)
{
  size_t n = 0;
  for (; *text; text++)
    n += *text == '\n';
  return n;
}

static inline char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cli-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

static inline void
remove_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_tree (path);
    else
      g_remove (path);
  }
  g_rmdir (folder);
}

static inline char *
read_text (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&text);
}

/* That folder/name is there and begins with magic. */
static inline void
assert_file (const char *folder, const char *name, const char *magic)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize n = 0;
  g_file_get_contents (path, &bytes, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, strlen (magic));
  g_assert_cmpmem (bytes, strlen (magic), magic, strlen (magic));
}

/* The folder of real records beside the repository; NULL if it is not there. */
static inline char *
shared_folder (const char *name)
{
  const char *shared = g_getenv ("SAE_SHARED_DIRECTORY");
  char *folder =
      shared ? g_build_filename (shared, name, NULL)
             : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", name, NULL);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_clear_pointer (&folder, g_free);
  return folder;
}
