/* Wrong usage ends with 2, says what is wrong, and where help is. */
#include "cli-support.h"

static const char *const commands[] = {
    "inspect",     "import",  "signals",   "synthesize", "train",    "runs",   "embed",
    "reconstruct", "project", "neighbors", "cluster",    "classify", "report", "plot",
    "demo",        "query",   "download",  "events",     "status"};

static void
test_help (void)
{
  g_auto (CliRun) all = cli_expect (0, "--help");
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_assert_nonnull (strstr (all.out, commands[i]));
    g_auto (CliRun) one = cli_expect (0, "%s --help", commands[i]);
    g_assert_nonnull (strstr (one.out, commands[i]));
    g_assert_nonnull (strstr (one.out, "Usage"));
    g_assert_cmpstr (one.err, ==, "");
  }
  g_auto (CliRun) version = cli_expect (0, "--version");
  g_assert_true (g_str_has_prefix (version.out, "signal-autoencoder-cli 0."));
}

/* Each line, and a word that must be in the complaint. */
static const struct {
  const char *line, *word;
} wrong[] = {
    {"", "command"},
    {"frobnicate", "frobnicate"},
    {"--frobnicate", "--frobnicate"},
    {"inspect", "FILE"},
    {"inspect --cvs x", "--cvs"},
    {"import x", "LIBRARY PATH"},
    {"signals", "LIBRARY"},
    {"signals x y", "y"},
    {"synthesize", "LIBRARY"},
    {"synthesize x --events 0", "--events"},
    {"synthesize x --events 3x", "3x"},
    {"synthesize x --events -1", "--events"},
    {"synthesize x --events 99999999999999999999", "--events"},
    {"synthesize x --stations 27", "--stations"},
    {"synthesize x --seed 1.5", "--seed"},
    {"synthesize x --seed", "--seed"},
    {"train x --architecture vgg", "vgg"},
    {"train x --widths 1,2", "--widths"},
    {"train x --widths 1,2,3,4", "--widths"},
    {"train x --widths 1,,3", "--widths"},
    {"train x --hidden 0", "--hidden"},
    {"train x --layers 5", "--layers"},
    {"train x --epochs 1e3", "--epochs"},
    {"train x --batch 0", "--batch"},
    {"train x --learning-rate nan", "--learning-rate"},
    {"train x --learning-rate 0x1p-3", "--learning-rate"},
    {"train x --learning-rate 0,001", "--learning-rate"},
    {"train x --learning-rate 0", "--learning-rate"},
    {"train x --rate -20", "0 or a number from 0.1 to 1000"},
    {"train x --decoder-input both", "sequence, embedding"},
    {"train x --dropout 0.95", "from 0 to 0.9"},
    {"train x --dropout 0.5", "readme"},
    {"train x --loss l3", "l1, l2, huber"},
    {"train x --loss huber --huber-delta 0", "--huber-delta"},
    {"train x --huber-delta 2", "--loss huber"},
    {"train x --weight-decay -1", "--weight-decay"},
    {"train x --clip-norm inf", "--clip-norm"},
    {"train x --schedule linear", "constant, cosine"},
    {"train x --warmup 1.5", "--warmup"},
    {"train x --patience -1", "--patience"},
    {"train x --preset tiny", "classroom, laptop or study"},
    {"train x --preset study --resume", "--resume"},
    {"train x --preset study --architecture readme", "--dropout"},
    {"train x --cache 1e3", "--cache"},
    {"train x --rate 20Hz", "20Hz"},
    {"train x --validation 0.95", "--validation"},
    {"train x --threads 1025", "--threads"},
    {"embed x", "--output"},
    {"embed x --output y.txt", "y.txt"},
    {"embed x --output .csv", ".csv"},
    {"reconstruct x --output y.png", "SIGNAL"},
    {"reconstruct x s --output y.jpg", "y.jpg"},
    {"project x --method lda --output y.png", "lda"},
    {"classify x --method svm", "svm"},
    {"neighbors x", "SIGNAL"},
    {"project x --method pca", "--output"},
    {"plot --output y.png", "FILE"},
    {"plot x --output y", "--output"},
    {"demo", "DIRECTORY"},
    {"query", "LIBRARY"},
    {"query x --server ftp://x", "ftp://x"},
    {"query x --server nowhere", "scedc"},
    {"query x --min-magnitude big", "--min-magnitude"},
    {"query x --min-magnitude 7 --max-magnitude 6", "magnitude"},
    {"query x --start noon", "noon"},
    {"query x --start 2020-01-01 --end 2019-01-01", "start"},
    {"query x --box 1,2,3", "W,S,E,N"},
    {"query x --box -124,36,-120,x", "--box"},
    {"query x --box -124,40,-120,36", "South"},
    {"query x --radius 1,2,3,4,5", "LAT,LON,MIN,MAX"},
    {"query x --min-depth 9 --max-depth 8", "depth"},
    {"query x --limit 0", "--limit"},
    {"download", "LIBRARY"},
    {"download x --jobs 6", "--jobs"},
    {"download x --jobs 0", "--jobs"},
    {"download x --limit -1", "--limit"},
    {"download x --server x:y", "x:y"},
    {"events x y", "y"},
    {"events x --csv --json", "--json"},
    {"status", "LIBRARY"},
    {"demo x y", "y"},
};

static void
test_wrong (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_auto (CliRun) run = cli_expect (2, "%s", wrong[i].line);
    g_assert_cmpstr (run.out, ==, "");
    g_assert_nonnull (strstr (run.err, wrong[i].word));
    g_assert_nonnull (strstr (run.err, "--help"));
  }
  g_assert_false (g_file_test ("x", G_FILE_TEST_EXISTS));
}

/* What is not there, or is something else: 1, and one line that names it. */
static void
test_failed (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *note = g_build_filename (folder, "note.txt", NULL);
  g_file_set_contents (note, "no record", -1, NULL);
  const char *const lines[] = {
      "signals %s/none",
      "train %s/none",
      "embed %s/none -o e.csv",
      "project %s/none -o p.png",
      "inspect %s/note.txt",
      "plot %s/note.txt -o %s/p.png",
      "inspect %s/none",
      "reconstruct %s/none s -o r.csv",
      "signals %s",
      "synthesize %s",
      "download %s/none",
      "download %s",
      "events %s/none",
      "status %s",
      "query %s --server http://127.0.0.1:1",
      "demo %s/note.txt",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], "%s", -1);
    g_autofree char *line = g_strjoinv (folder, parts);
    g_auto (CliRun) run = cli_expect (1, "%s", line);
    g_assert_nonnull (strstr (run.err, folder));
    g_assert_cmpuint (count_lines (run.err), ==, 1);
  }
  g_autofree char *left = read_text (folder, "note.txt");
  g_assert_cmpstr (left, ==, "no record");
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage/help", test_help);
  g_test_add_func ("/usage/wrong", test_wrong);
  g_test_add_func ("/usage/failed", test_failed);
  return g_test_run ();
}
