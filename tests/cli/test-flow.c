/* The whole job on small synthetic libraries. */
#include "cli-support.h"

#define TINY "--widths 4,4,4 --hidden 6 --rate 10 --batch 4 --threads 1"

/* A library of 6 events with 2 signals each, and a model of one epoch. Made once. */
static char *trained;

static const char *
get_trained (void)
{
  if (!trained) {
    trained = make_folder ();
    cli_check (0, "synthesize %s/lib --events 6 --stations 2 --seed 9", trained);
    cli_check (0, "train %s/lib " TINY, trained);
  }
  return trained;
}

static char *
first_signal (const char *folder)
{
  g_auto (CliRun) run = cli_expect (0, "signals %s/lib --csv", folder);
  g_auto (GStrv) lines = g_strsplit (run.out, "\n", -1);
  g_auto (GStrv) fields = g_strsplit (lines[1], ",", -1);
  return g_strdup (fields[0]);
}

static void
test_synthesize (void)
{
  g_autofree char *folder = make_folder ();
  g_auto (CliRun) made =
      cli_expect (0, "synthesize %s/lib --events 2 --stations 3", folder);
  g_assert_nonnull (strstr (made.out, "2 synthetic events with 6 records"));

  g_auto (CliRun) csv = cli_expect (0, "signals %s/lib --csv", folder);
  g_auto (GStrv) lines = g_strsplit (csv.out, "\n", -1);
  g_assert_cmpstr (lines[0], ==,
                   "id,event,network,station,location,components,start,rate_hz,samples,"
                   "event_type,magnitude,distance_km,counts_per_m_s2,picks,tags,"
                   "event_tags,comment");
  g_assert_cmpuint (count_lines (csv.out), ==, 7);
  g_auto (GStrv) fields = g_strsplit (lines[1], ",", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, 17);
  g_assert_true (g_str_has_prefix (fields[0], fields[1]));
  g_assert_cmpstr (fields[2], ==, "SY");
  g_assert_cmpstr (fields[5], ==, "ENZ");
  g_assert_cmpstr (fields[9], ==, "earthquake");
  g_assert_cmpfloat (g_ascii_strtod (fields[11], NULL), >, 0.0);
  g_assert_cmpstr (fields[12], ==, "427693 427693 427693");

  g_auto (CliRun) table = cli_expect (0, "signals %s/lib", folder);
  g_assert_cmpuint (count_lines (table.out), ==, 7);
  /* Twice into one library is refused, and changes nothing. */
  g_auto (CliRun) again = cli_expect (1, "synthesize %s/lib --seed 2", folder);
  g_assert_cmpuint (count_lines (again.err), ==, 1);
  g_auto (CliRun) after = cli_expect (0, "signals %s/lib --csv", folder);
  g_assert_cmpstr (after.out, ==, csv.out);
  remove_tree (folder);
}

static void
test_import (void)
{
  g_autofree char *folder = make_folder ();
  cli_check (0, "synthesize %s/lib --events 1 --stations 2", folder);
  g_auto (CliRun) taken =
      cli_expect (0, "import %s/other %s/lib/waveforms", folder, folder);
  g_assert_nonnull (strstr (taken.out, "2 record files, 2 signals"));
  g_auto (CliRun) again =
      cli_expect (0, "import %s/other %s/lib/waveforms", folder, folder);
  g_assert_nonnull (strstr (again.out, "already there: 2"));
  g_auto (CliRun) signals = cli_expect (0, "signals %s/other --csv", folder);
  g_assert_cmpuint (count_lines (signals.out), ==, 3);

  g_autofree char *note = g_build_filename (folder, "note.txt", NULL);
  g_file_set_contents (note, "no record", -1, NULL);
  g_auto (CliRun) nothing = cli_expect (1, "import %s/third %s", folder, note);
  g_assert_nonnull (strstr (nothing.err, "note.txt"));
  remove_tree (folder);
}

static void
test_train (void)
{
  const char *folder = get_trained ();
  /* A safetensors file begins with its header's length. */
  g_autofree char *path = g_build_filename (folder, "lib", "model.safetensors", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));

  g_autofree char *other = make_folder ();
  cli_check (0, "synthesize %s/lib --events 4 --stations 1 --seed 9", other);
  g_auto (CliRun) run = cli_expect (
      0,
      "train %s/lib " TINY " --epochs 3 --layers 2 --learning-rate 0.003 --seed 4 "
      "--validation 0.25 --architecture readme",
      other);
  g_assert_nonnull (strstr (run.out, "3 training signals, 1 validation signals"));
  g_assert_nonnull (strstr (run.out, "3 epochs in"));
  /* Not on a terminal: one plain line an epoch. */
  g_assert_nonnull (strstr (run.err, "epoch 3 of 3: training loss "));
  g_assert_nonnull (strstr (run.err, "validation loss "));
  g_assert_null (strchr (run.err, '\r'));
  remove_tree (other);
}

static void
test_embed (void)
{
  const char *folder = get_trained ();
  g_auto (CliRun) run = cli_expect (0, "embed %s/lib --output %s/e.csv", folder, folder);
  g_assert_nonnull (strstr (run.out, "12 signals, 6 numbers each"));
  g_autofree char *csv = read_text (folder, "e.csv");
  g_assert_true (g_str_has_prefix (csv, "signal,e0,e1,"));
  g_assert_cmpuint (count_lines (csv), ==, 13);
  cli_check (0, "embed %s/lib -o %s/e.npy", folder, folder);
  assert_file (folder, "e.npy", "\x93NUMPY");

  g_autofree char *other = make_folder ();
  cli_check (0, "synthesize %s/lib --events 1 --stations 1", other);
  g_auto (CliRun) untrained = cli_expect (1, "embed %s/lib -o %s/e.csv", other, other);
  g_assert_nonnull (strstr (untrained.err, "train"));
  g_assert_cmpuint (count_lines (untrained.err), ==, 1);
  remove_tree (other);
}

static void
test_reconstruct (void)
{
  const char *folder = get_trained ();
  g_autofree char *id = first_signal (folder);
  cli_check (0, "reconstruct %s/lib %s --output %s/r.csv", folder, id, folder);
  g_autofree char *csv = read_text (folder, "r.csv");
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_assert_cmpstr (lines[0], ==,
                   "time,HNE_original,HNE_reconstruction,HNN_original,HNN_reconstruction,"
                   "HNZ_original,HNZ_reconstruction");
  /* 45 s and more at 10 Hz. */
  g_assert_cmpuint (count_lines (csv), >, 440);
  g_auto (GStrv) fields = g_strsplit (lines[1], ",", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, 7);
  g_assert_true (g_str_has_suffix (fields[0], "Z"));

  cli_check (0, "reconstruct %s/lib %s --output %s/r.png", folder, id, folder);
  assert_file (folder, "r.png", "\x89PNG");
  cli_check (0, "reconstruct %s/lib %s --output %s/r.PDF", folder, id, folder);
  assert_file (folder, "r.PDF", "%PDF");
  g_auto (CliRun) none =
      cli_expect (1, "reconstruct %s/lib sy9/A -o %s/r.csv", folder, folder);
  g_assert_nonnull (strstr (none.err, "sy9/A"));
}

static void
test_project (void)
{
  const char *folder = get_trained ();
  g_auto (CliRun) run =
      cli_expect (0, "project %s/lib --method pca --output %s/p.csv", folder, folder);
  g_assert_nonnull (strstr (run.out, "12 signals"));
  g_autofree char *csv = read_text (folder, "p.csv");
  g_assert_true (g_str_has_prefix (csv, "id,x,y,event_type\n"));
  g_assert_cmpuint (count_lines (csv), ==, 13);
  g_assert_nonnull (strstr (csv, ",explosion\n"));
  cli_check (0, "project %s/lib --output %s/p.svg", folder, folder);
  assert_file (folder, "p.svg", "<?xml");
}

static void
test_plot (void)
{
  const char *folder = get_trained ();
  g_autofree char *id = first_signal (folder);
  g_auto (GStrv) parts = g_strsplit (id, "/", -1);
  g_autofree char *records =
      g_build_filename (folder, "lib", "waveforms", parts[0], NULL);
  g_autoptr (GDir) dir = g_dir_open (records, 0, NULL);
  g_autofree char *one = g_build_filename (records, g_dir_read_name (dir), NULL);
  g_autofree char *two = g_build_filename (records, g_dir_read_name (dir), NULL);

  g_auto (CliRun) single = cli_expect (0, "plot %s --output %s/w.png", one, folder);
  assert_file (folder, "w.png", "\x89PNG");
  g_assert_null (strstr (single.out, "--signal"));
  g_auto (CliRun) several = cli_expect (0, "plot %s %s -o %s/w.svg", one, two, folder);
  g_assert_nonnull (strstr (several.out, "--signal"));
  g_auto (CliRun) chosen =
      cli_expect (0, "plot %s %s --signal %s -o %s/w.pdf", one, two, parts[1], folder);
  g_assert_nonnull (strstr (chosen.out, parts[1]));
  assert_file (folder, "w.pdf", "%PDF");
  g_auto (CliRun) none =
      cli_expect (1, "plot %s --signal XX.A..HN -o %s/w.pdf", one, folder);
  g_assert_nonnull (strstr (none.err, "XX.A..HN"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/synthesize", test_synthesize);
  g_test_add_func ("/flow/import", test_import);
  g_test_add_func ("/flow/train", test_train);
  g_test_add_func ("/flow/embed", test_embed);
  g_test_add_func ("/flow/reconstruct", test_reconstruct);
  g_test_add_func ("/flow/project", test_project);
  g_test_add_func ("/flow/plot", test_plot);
  int status = g_test_run ();
  if (trained)
    remove_tree (trained);
  g_free (trained);
  return status;
}
