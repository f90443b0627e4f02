/* runs: named trainings, listed, compared, renamed, deleted; and one that is killed. */
#include "cli-support.h"

#include <signal.h>

#define TINY "--widths 4,4,4 --hidden 4 --rate 10 --threads 1"

static char *
make_library (int n_events)
{
  char *folder = make_folder ();
  cli_check (0, "synthesize %s/lib --events %d --stations 1 --seed 9", folder, n_events);
  return folder;
}

/* The row of the table that begins with name; what it holds. */
static void
check_row (const char *folder, const char *name, const char *text)
{
  g_auto (CliRun) run = cli_expect (0, "runs %s/lib", folder);
  g_auto (GStrv) lines = g_strsplit (run.out, "\n", -1);
  g_autofree char *start = g_strconcat (name, " ", NULL);
  for (size_t i = 1; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], start)) {
      g_assert_nonnull (strstr (lines[i], text));
      return;
    }
  g_error ("no run %s in\n%s", name, run.out);
}

static void
check_no_row (const char *folder, const char *name)
{
  g_auto (CliRun) run = cli_expect (0, "runs %s/lib", folder);
  g_autofree char *start = g_strdup_printf ("\n%s ", name);
  g_assert_null (strstr (run.out, start));
}

static void
test_names (void)
{
  g_autofree char *folder = make_library (4);
  g_auto (CliRun) none = cli_expect (0, "runs %s/lib", folder);
  g_assert_cmpuint (count_lines (none.out), ==, 1);
  g_auto (CliRun) empty = cli_expect (0, "runs %s/lib --json", folder);
  g_assert_cmpstr (empty.out, ==, "[]\n");
  g_auto (CliRun) first = cli_expect (0, "train %s/lib " TINY, folder);
  g_assert_nonnull (strstr (first.out, "lib/model.safetensors"));
  g_auto (CliRun) second = cli_expect (0, "train %s/lib " TINY, folder);
  g_assert_nonnull (strstr (second.out, "lib/runs/model-2.safetensors"));
  cli_check (0, "train %s/lib " TINY " --run wide --hidden 6 --epochs 2", folder);
  check_row (folder, "model", " 1/1 ");
  check_row (folder, "model-2", " 1/1 ");
  check_row (folder, "wide", " * ");
  check_row (folder, "wide", " 2/2 ");

  g_auto (CliRun) taken = cli_expect (1, "train %s/lib " TINY " --run wide", folder);
  g_assert_nonnull (strstr (taken.err, "wide"));
  cli_check (2, "train %s/lib " TINY " --run ../wide", folder);
  cli_check (1, "train %s/lib --resume --run thin", folder);
  cli_check (0, "train %s/lib --resume --run model --epochs 2", folder);
  check_row (folder, "model", " * ");
  check_row (folder, "model", " 2/2 ");

  /* What the models do is theirs. */
  cli_check (0, "embed %s/lib --run wide -o %s/wide.csv", folder, folder);
  cli_check (0, "embed %s/lib -o %s/current.csv", folder, folder);
  g_autofree char *wide = read_text (folder, "wide.csv");
  g_autofree char *current = read_text (folder, "current.csv");
  g_assert_nonnull (strstr (wide, ",e5\n"));
  g_assert_null (strstr (current, ",e5\n"));
  cli_check (0, "runs %s/lib --use wide", folder);
  cli_check (0, "embed %s/lib -o %s/again.csv", folder, folder);
  g_autofree char *again = read_text (folder, "again.csv");
  g_assert_cmpstr (wide, ==, again);
  cli_check (1, "embed %s/lib --run thin -o %s/thin.csv", folder, folder);
  remove_tree (folder);
}

static void
test_changes (void)
{
  g_autofree char *folder = make_library (4);
  cli_check (0, "train %s/lib " TINY " --seed 5", folder);
  cli_check (0, "train %s/lib " TINY " --run b --seed 6 --hidden 5", folder);
  g_auto (CliRun) compared = cli_expect (0, "runs %s/lib --compare model,b", folder);
  g_assert_true (g_str_has_prefix (compared.out, "setting"));
  g_assert_nonnull (strstr (compared.out, "\nhidden "));
  g_assert_nonnull (strstr (compared.out, "\nseed "));
  g_assert_null (strstr (compared.out, "\nwidths "));
  g_assert_nonnull (strstr (compared.out, "\nloss "));

  cli_check (0, "runs %s/lib --rename b=c", folder);
  check_row (folder, "c", " * ");
  check_no_row (folder, "b");
  cli_check (0, "runs %s/lib --duplicate c=d", folder);
  check_row (folder, "d", "1/1");
  g_auto (CliRun) deleted = cli_expect (0, "runs %s/lib --delete c", folder);
  g_assert_nonnull (strstr (deleted.out, "--restore c"));
  check_no_row (folder, "c");
  cli_check (0, "embed %s/lib -o %s/e.csv", folder, folder);
  cli_check (0, "runs %s/lib --restore c", folder);
  check_row (folder, "c", " * ");
  g_auto (CliRun) json = cli_expect (0, "runs %s/lib --json", folder);
  g_assert_nonnull (strstr (json.out, "\"name\":\"c\""));
  g_assert_nonnull (strstr (json.out, "\"hidden\":\"5\""));

  static const char *const failing[] = {
      "--use x",    "--rename x=y", "--rename c=d",  "--rename c=a/b",
      "--delete x", "--restore x",  "--compare c,x", "--duplicate c=d"};
  for (size_t i = 0; i < G_N_ELEMENTS (failing); i++) {
    g_auto (CliRun) run = cli_expect (1, "runs %s/lib %s", folder, failing[i]);
    g_assert_cmpuint (count_lines (run.err), ==, 1);
  }
  static const char *const wrong[] = {"--rename c", "--use c --delete d",
                                      "--use c --json", "extra"};
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    cli_check (2, "runs %s/lib %s", folder, wrong[i]);

  /* A damaged one is told, and is in nobody's way. */
  g_autofree char *path = g_build_filename (folder, "lib", "runs", "d.safetensors", NULL);
  g_assert_true (g_file_set_contents (path, "nonsense", -1, NULL));
  check_row (folder, "d", "no");
  cli_check (1, "embed %s/lib --run d -o %s/e.csv", folder, folder);
  cli_check (0, "embed %s/lib -o %s/e.csv", folder, folder);
  remove_tree (folder);
}

/* Which signals, and what of them; and what it would be, without it. */
static void
test_choice (void)
{
  g_autofree char *folder = make_library (6);
  g_auto (CliRun) dry = cli_expect (0, "train %s/lib " TINY " --dry-run --json", folder);
  g_assert_nonnull (strstr (dry.out, "\"training_signals\":5"));
  g_assert_nonnull (strstr (dry.out, "\"epoch_seconds\":"));
  g_auto (CliRun) text = cli_expect (0, "train %s/lib " TINY " --dry-run", folder);
  g_assert_nonnull (strstr (text.out, "parameters"));
  check_no_row (folder, "model");

  g_auto (CliRun) chosen = cli_expect (
      0, "train %s/lib " TINY " --type earthquake --window p --window-length 10", folder);
  g_assert_nonnull (strstr (chosen.out, "not chosen"));
  g_auto (CliRun) json = cli_expect (0, "runs %s/lib --json", folder);
  g_assert_nonnull (strstr (json.out, "\"signals\":\"type earthquake\""));
  g_assert_nonnull (strstr (json.out, "\"window\":\"p\""));
  g_assert_nonnull (strstr (json.out, "\"window-length\":\"10\""));
  cli_check (2, "train %s/lib --resume --epochs 2 --type explosion", folder);
  cli_check (2, "train %s/lib --resume --epochs 2 --window peak", folder);
  cli_check (0, "train %s/lib --resume --epochs 2 --type earthquake", folder);
  cli_check (2, "train %s/lib " TINY " --window-length 10", folder);
  cli_check (2, "train %s/lib " TINY " --window p --window-lead 30", folder);
  cli_check (2, "train %s/lib " TINY " --json", folder);
  g_auto (CliRun) rate = cli_expect (2, "train %s/lib --signal-rate x", folder);
  g_assert_nonnull (strstr (rate.err, "--signal-rate"));
  g_auto (CliRun) none = cli_expect (1, "train %s/lib --min-magnitude 9", folder);
  g_assert_nonnull (strstr (none.err, "min-magnitude 9"));
  remove_tree (folder);
}

/* Killed after some seconds: the run is there, with more than its first epoch, which is
 * kept at once; it is the current one, and goes on from what was kept. */
static void
test_killed (void)
{
  enum { SECONDS_US = 4 * G_USEC_PER_SEC };
  g_autofree char *folder = make_library (6);
  cli_check (0, "train %s/lib " TINY, folder);
  g_autofree char *library = g_build_filename (folder, "lib", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error,
      CLI_PATH, "train", library, "--run", "long", "--widths", "16,32,32", "--hidden",
      "48", "--rate", "20", "--epochs", "1000", "--threads", "1", NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  size_t n_seen = 0;
  for (gint64 start_us = 0; n_seen < 4 || g_get_monotonic_time () - start_us < SECONDS_US;
       n_seen++) {
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (line);
    if (n_seen == 0)
      start_us = g_get_monotonic_time ();
  }
  g_usleep (20000);
  g_subprocess_force_exit (process); /* SIGKILL */
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_true (g_subprocess_get_if_signaled (process));

  check_row (folder, "long", " * ");
  g_auto (CliRun) json = cli_expect (0, "runs %s/lib --json", folder);
  const char *place = strstr (json.out, "\"name\":\"long\"");
  g_assert_nonnull (place);
  place = strstr (place, "\"epochs\":");
  g_assert_nonnull (place);
  const guint64 kept = g_ascii_strtoull (place + strlen ("\"epochs\":"), NULL, 10);
  g_test_message ("%" G_GUINT64_FORMAT " epochs of %zu are kept", kept, n_seen);
  g_assert_cmpuint (kept, >=, 2);
  g_auto (CliRun) more = cli_expect (0, "train %s/lib --resume --epochs %d --threads 1",
                                     folder, (int)kept + 1);
  g_autofree char *next =
      g_strdup_printf ("epoch %d of %d:", (int)kept + 1, (int)kept + 1);
  g_assert_true (g_str_has_prefix (more.err, next));
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runs/names", test_names);
  g_test_add_func ("/runs/changes", test_changes);
  g_test_add_func ("/runs/choice", test_choice);
  g_test_add_func ("/runs/killed", test_killed);
  return g_test_run ();
}
