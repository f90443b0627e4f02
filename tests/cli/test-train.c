/* train: its presets, going on, stopping and failing. */
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

/* A process in its first epoch, or in its second if asked. */
static GSubprocess *
start (const char *folder, const char *options, bool second, GDataInputStream **lines)
{
  g_autofree char *line = g_strdup_printf (CLI_PATH " train %s/lib %s", folder, options);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_newv (
      (const char *const *)arguments,
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  *lines = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  if (second) {
    g_autofree char *first = g_data_input_stream_read_line (*lines, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (strstr (first, "epoch 1 of "));
  }
  return process;
}

/* Sends Ctrl-C; the seconds until it has ended, well, and what it said. */
static double
interrupt (GSubprocess *process, char **out)
{
  g_autoptr (GError) error = NULL;
  const gint64 start_us = g_get_monotonic_time ();
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return (double)(g_get_monotonic_time () - start_us) / 1e6;
}

/* Ctrl-C: it ends well, says how to go on, leaves a model that works, and goes on. */
static void
test_interrupt (void)
{
  g_autofree char *folder = make_library (3), *out = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GSubprocess) process =
      start (folder, TINY " --epochs 1000000", true, &lines);
  interrupt (process, &out);
  g_assert_nonnull (strstr (out, "stopped after "));
  g_autofree char *advice = g_strdup_printf ("train %s/lib --resume", folder);
  g_assert_nonnull (strstr (out, advice));
  cli_check (0, "embed %s/lib -o %s/e.csv", folder, folder);

  g_auto (CliRun) less = cli_expect (1, "train %s/lib --resume --epochs 1", folder);
  g_assert_nonnull (strstr (less.err, "epochs"));
  g_autoptr (GDataInputStream) more_lines = NULL;
  g_autoptr (GSubprocess) more = start (folder, "--resume", false, &more_lines);
  g_autofree char *line = g_data_input_stream_read_line (more_lines, NULL, NULL, NULL);
  g_assert_nonnull (strstr (line, " of 1000000: "));
  g_assert_null (strstr (line, "epoch 1 of"));
  g_autofree char *again = NULL;
  interrupt (more, &again);
  remove_tree (folder);
}

/* In the middle of a batch of many seconds it does not wait for its end. */
static void
test_interrupt_inside (void)
{
  g_autofree char *folder = make_library (4), *out = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  /* 4 records of some 10,000 samples through a wide network: a batch of 20 s and more. */
  g_autoptr (GSubprocess) process =
      start (folder, "--hidden 512 --widths 128,256,512 --threads 1", false, &lines);
  g_usleep (3 * G_USEC_PER_SEC);
  const double seconds = interrupt (process, &out);
  g_test_message ("ended after %.2f s", seconds);
  g_assert_nonnull (strstr (out, "stopped after 0 epochs"));
  g_assert_cmpfloat (seconds, <, 10); /* some hundredths on a machine at rest */
  remove_tree (folder);
}

static void
check_model (const char *folder, const char *metadata)
{
  g_autofree char *path = g_build_filename (folder, "lib", "model.safetensors", NULL);
  g_autofree char *bytes = NULL;
  gsize n = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_cmpuint (n, >, 8);
  g_autofree char *header = g_strndup (bytes + 8, n - 8); /* ends at the first 0 */
  if (!strstr (header, metadata))
    g_test_message ("%s is not in %.3000s", metadata, header);
  g_assert_nonnull (strstr (header, metadata));
}

/* Every setting reaches the model's file, and a resumed training is held to them. */
static void
test_settings (void)
{
  g_autofree char *folder = make_library (4);
  cli_check (0,
             "train %s/lib " TINY " --architecture pooled --decoder-input embedding "
             "--dropout 0.25 --loss huber --huber-delta 0.5 --weight-decay 0.01 "
             "--clip-norm 2 --schedule cosine --warmup 3 --patience 7 --batch 2 "
             "--validation 0.25 --seed 5 --cache 0",
             folder);
  static const char *const metadata[] = {
      "\"nn.architecture\":\"pooled\"",
      "\"nn.decoder_input\":\"embedding\"",
      "\"nn.dropout\":\"0.25\"",
      "\"nn.loss\":\"huber\"",
      "\"nn.huber_delta\":\"0.5\"",
      "\"nn.weight_decay\":\"0.01\"",
      "\"nn.clip_norm\":\"2\"",
      "\"nn.schedule\":\"cosine\"",
      "\"nn.warmup\":\"3\"",
      "\"nn.patience\":\"7\"",
      "\"batch_size\":\"2\"",
      "\"validation_fraction\":\"0.25\"",
      "\"nn.seed\":\"5\"",
  };
  for (size_t i = 0; i < G_N_ELEMENTS (metadata); i++)
    check_model (folder, metadata[i]);

  static const char *const others[] = {
      "--architecture batchnorm",
      "--widths 4,4,8",
      "--hidden 8",
      "--layers 2",
      "--dropout 0.5",
      "--loss l1",
      "--decoder-input sequence",
      "--huber-delta 1",
      "--weight-decay 0",
      "--clip-norm 1",
      "--warmup 4",
      "--schedule constant",
      "--batch 4",
      "--validation 0.5",
      "--seed 6",
      "--rate 20",
      "--learning-rate 1",
  };
  for (size_t i = 0; i < G_N_ELEMENTS (others); i++) {
    g_auto (CliRun) run =
        cli_expect (2, "train %s/lib --resume --epochs 2 %s", folder, others[i]);
    g_auto (GStrv) words = g_strsplit (others[i], " ", 2);
    g_assert_nonnull (strstr (run.err, words[0]));
  }
  /* What agrees is fine; epochs and patience are free. */
  cli_check (0, "train %s/lib --resume --epochs 2 --patience 9 --hidden 4", folder);
  check_model (folder, "\"nn.patience\":\"9\"");
  g_auto (CliRun) done = cli_expect (1, "train %s/lib --resume", folder);
  g_assert_nonnull (strstr (done.err, "nothing to do"));
  remove_tree (folder);
}

/* 2 and 2 epochs are 4, as the files have it. */
static void
test_resume (void)
{
  g_autofree char *folder = make_library (5);
  g_autofree char *whole = NULL, *halves = NULL;
  cli_check (0, "train %s/lib " TINY " --epochs 4 --batch 2 --learning-rate 0.01",
             folder);
  cli_check (0, "embed %s/lib -o %s/whole.csv", folder, folder);
  cli_check (0, "train %s/lib " TINY " --epochs 2 --batch 2 --learning-rate 0.01",
             folder);
  g_auto (CliRun) run =
      cli_expect (0, "train %s/lib --resume --epochs 4 --threads 1", folder);
  g_assert_nonnull (strstr (run.err, "epoch 3 of 4"));
  cli_check (0, "embed %s/lib -o %s/halves.csv", folder, folder);
  whole = read_text (folder, "whole.csv");
  halves = read_text (folder, "halves.csv");
  g_assert_cmpstr (whole, ==, halves);
  remove_tree (folder);
}

/* Weights without a record of a training cannot be gone on with. */
static void
test_no_model (void)
{
  g_autofree char *folder = make_library (2);
  g_auto (CliRun) run = cli_expect (1, "train %s/lib --resume", folder);
  g_assert_nonnull (strstr (run.err, "model"));
  g_assert_cmpuint (count_lines (run.err), ==, 1);
  remove_tree (folder);
}

/* A loss beyond numbers ends it; what there was before is kept, and that is said. */
static void
test_diverges (void)
{
  g_autofree char *folder = make_library (4);
  cli_check (0, "train %s/lib " TINY, folder);
  cli_check (0, "embed %s/lib -o %s/before.csv", folder, folder);
  /* Each step then multiplies the weights by -9. */
  g_auto (CliRun) run =
      cli_expect (1,
                  "train %s/lib " TINY " --learning-rate 10 --weight-decay 1 "
                  "--epochs 200 --batch 1",
                  folder);
  g_assert_nonnull (strstr (run.err, "not finite"));
  g_assert_true (strstr (run.err, "kept") || strstr (run.err, "keeps"));
  cli_check (0, "embed %s/lib -o %s/after.csv", folder, folder);
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/settings", test_settings);
  g_test_add_func ("/train/resume", test_resume);
  g_test_add_func ("/train/no-model", test_no_model);
  g_test_add_func ("/train/interrupt", test_interrupt);
  g_test_add_func ("/train/interrupt-inside", test_interrupt_inside);
  g_test_add_func ("/train/diverges", test_diverges);
  return g_test_run ();
}
