/* What is done with embeddings, on one small synthetic library. */
#include "cli-support.h"

/* 14 events of 2 signals, and a model of two epochs. Made once. */
static char *trained;

static const char *
get_trained (void)
{
  if (!trained) {
    trained = make_folder ();
    cli_check (0, "synthesize %s/lib --events 14 --stations 2 --seed 1", trained);
    cli_check (0,
               "train %s/lib --widths 4,4,4 --hidden 6 --rate 10 --batch 4 --epochs 2 "
               "--threads 1",
               trained);
  }
  return trained;
}

static void
test_project (void)
{
  const char *folder = get_trained ();
  static const char *const methods[] = {"pca", "tsne", "umap"};
  for (size_t i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_auto (CliRun) run = cli_expect (
        0,
        "project %s/lib --method %s --perplexity 5 --neighbors 6 --iterations 60 -o "
        "%s/p.csv",
        folder, methods[i], folder);
    g_assert_nonnull (strstr (run.out, "28 signals"));
    g_assert_nonnull (strstr (run.out, "Trustworthiness"));
    g_autofree char *csv = read_text (folder, "p.csv");
    g_assert_cmpuint (count_lines (csv), ==, 29);
    g_assert_true (g_str_has_prefix (csv, "id,x,y,event_type\n"));
    /* The seed decides, and nothing else. */
    cli_check (0,
               "project %s/lib --method %s --perplexity 5 --neighbors 6 --iterations "
               "60 -o %s/p.csv",
               folder, methods[i], folder);
    g_autofree char *again = read_text (folder, "p.csv");
    g_assert_cmpstr (csv, ==, again);
    cli_check (0,
               "project %s/lib --method %s --perplexity 5 --neighbors 6 --iterations "
               "60 --seed 2 -o %s/p.csv",
               folder, methods[i], folder);
    g_autofree char *other = read_text (folder, "p.csv");
    if (i > 0)
      g_assert_cmpstr (csv, !=, other);
    cli_check (0, "project %s/lib --method %s --iterations 20 -o %s/p.svg", folder,
               methods[i], folder);
    assert_file (folder, "p.svg", "<?xml");
  }
  cli_check (0, "project %s/lib --embedding mean -o %s/p.npy", folder, folder);
  assert_file (folder, "p.npy", "\x93NUMPY");
  cli_check (2, "project %s/lib --method lda -o %s/p.csv", folder, folder);
  cli_check (2, "project %s/lib --embedding last -o %s/p.csv", folder, folder);
  cli_check (2, "project %s/lib --method tsne --perplexity 0 -o %s/p.csv", folder,
             folder);
}

static void
test_embed (void)
{
  const char *folder = get_trained ();
  cli_check (0, "embed %s/lib --embedding hidden -o %s/hidden.csv", folder, folder);
  cli_check (0, "embed %s/lib --embedding mean -o %s/mean.csv", folder, folder);
  cli_check (0, "embed %s/lib -o %s/default.csv", folder, folder);
  g_autofree char *hidden = read_text (folder, "hidden.csv");
  g_autofree char *mean = read_text (folder, "mean.csv");
  g_autofree char *other = read_text (folder, "default.csv");
  g_assert_cmpstr (other, ==, mean);
  g_assert_cmpuint (count_lines (mean), ==, 29);
  g_assert_cmpstr (hidden, !=, mean);
}

static void
test_neighbors (void)
{
  const char *folder = get_trained ();
  g_autofree char *csv = read_text (folder, "hidden.csv");
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_auto (GStrv) fields = g_strsplit (lines[1], ",", -1);
  g_auto (CliRun) run =
      cli_expect (0, "neighbors %s/lib %s --k 4 --csv", folder, fields[0]);
  g_assert_cmpuint (count_lines (run.out), ==, 5);
  g_assert_null (strstr (run.out, fields[0])); /* not its own neighbour */
  g_auto (CliRun) all =
      cli_expect (0, "neighbors %s/lib %s -k 500 --csv", folder, fields[0]);
  g_assert_cmpuint (count_lines (all.out), ==, 28);
  g_auto (CliRun) none = cli_expect (1, "neighbors %s/lib no/such..HN", folder);
  g_assert_nonnull (strstr (none.err, "no/such..HN"));
}

static void
test_cluster (void)
{
  const char *folder = get_trained ();
  static const char *const methods[] = {"kmeans", "mixture", "hdbscan"};
  for (size_t i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_auto (CliRun) run =
        cli_expect (0, "cluster %s/lib --method %s --min-size 3 -o %s/k.csv", folder,
                    methods[i], folder);
    g_assert_nonnull (strstr (run.out, "clusters"));
    g_assert_nonnull (strstr (run.out, "explosion"));
    g_autofree char *csv = read_text (folder, "k.csv");
    g_assert_cmpuint (count_lines (csv), ==, 29);
    g_assert_true (g_str_has_prefix (csv, "signal,cluster\n"));
    cli_check (0, "cluster %s/lib --method %s --clusters 3 -o %s/k.svg", folder,
               methods[i], folder);
    assert_file (folder, "k.svg", "<?xml");
  }
  g_auto (CliRun) three = cli_expect (0, "cluster %s/lib --clusters 3", folder);
  g_assert_nonnull (strstr (three.out, "3 clusters, mean silhouette "));
  cli_check (1, "cluster %s/lib --clusters 29", folder);
  cli_check (2, "cluster %s/lib --method dbscan", folder);
}

static void
test_classify (void)
{
  const char *folder = get_trained ();
  static const char *const methods[] = {"nb", "knn", "logistic"};
  for (size_t i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_auto (CliRun) run = cli_expect (
        0, "classify %s/lib --method %s --folds 3 --permutations 10 -o %s/c.csv", folder,
        methods[i], folder);
    g_assert_nonnull (strstr (run.out, "P/S ratio"));
    g_assert_nonnull (strstr (run.out, "chance"));
    g_assert_nonnull (strstr (run.out, "explosion"));
    g_assert_nonnull (strstr (run.out, "Permutation test: p = "));
    g_autofree char *csv = read_text (folder, "c.csv");
    g_assert_true (g_str_has_prefix (csv, "signal,event,label,predicted\n"));
    g_assert_cmpuint (count_lines (csv), ==, 29);
  }
  cli_check (0, "classify %s/lib --folds 3 --permutations 0 -o %s/c.svg", folder, folder);
  assert_file (folder, "c.svg", "<?xml");
  g_auto (CliRun) json =
      cli_expect (0, "classify %s/lib --folds 3 --permutations 5 --json", folder);
  g_assert_true (g_str_has_prefix (json.out, "{\"method\":\"logistic\",\"folds\":3,"));
  g_assert_nonnull (strstr (json.out, "\"balanced_accuracy\":{\"value\":"));
  g_assert_nonnull (strstr (json.out, "\"p_s_ratio\":{"));
  g_assert_nonnull (strstr (json.out, "\"chance\":0.5"));

  /* Too few explosions for so many folds: it says so. */
  g_auto (CliRun) few = cli_expect (1, "classify %s/lib --folds 9", folder);
  g_assert_nonnull (strstr (few.err, "explosion: "));
  cli_check (2, "classify %s/lib --method svm", folder);
  cli_check (2, "classify %s/lib --folds 1", folder);
}

/* Labels by signal id, from a file whose rows are in another order. */
static void
test_labels (void)
{
  const char *folder = get_trained ();
  g_autofree char *csv = read_text (folder, "hidden.csv");
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_autoptr (GString) labels = g_string_new ("label,signal\r\n");
  for (size_t i = 28; i > 0; i--) {
    g_auto (GStrv) fields = g_strsplit (lines[i], ",", -1);
    g_string_append_printf (labels, "%s,\"%s\"\r\n",
                            i == 28     ? "rare"
                            : i % 4 < 2 ? "one"
                                        : "\"the, \"\"other\"\"\"",
                            fields[0]);
  }
  g_autofree char *path = g_build_filename (folder, "labels.csv", NULL);
  g_file_set_contents (path, labels->str, -1, NULL);
  g_auto (CliRun) run = cli_expect (
      0, "classify %s/lib --label %s --folds 3 --permutations 0", folder, path);
  g_assert_nonnull (strstr (run.out, "the, \"other\""));
  g_assert_nonnull (strstr (run.out, "“rare” has too few events"));

  g_string_append (labels, "\"no end");
  g_file_set_contents (path, labels->str, -1, NULL);
  g_auto (CliRun) torn = cli_expect (1, "classify %s/lib --label %s", folder, path);
  g_assert_nonnull (strstr (torn.err, "not closed"));
  g_file_set_contents (path, "id,label\na,b\n", -1, NULL);
  cli_check (1, "classify %s/lib --label %s", folder, path);
  g_file_set_contents (path, "signal,label\na,b\na,c\n", -1, NULL);
  g_auto (CliRun) two = cli_expect (1, "classify %s/lib --label %s", folder, path);
  g_assert_nonnull (strstr (two.err, "two labels"));
}

/* Counts the elements; data: (GHashTable) name → GUINT. */
static void
start_element (GMarkupParseContext *context, const char *element, const char **names,
               const char **values, gpointer data, GError **error)
{
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (data, element));
  g_hash_table_insert (data, g_strdup (element), GUINT_TO_POINTER (n + 1));
  for (size_t i = 0; names[i]; i++) /* nothing is fetched from elsewhere */
    if (strcmp (names[i], "src") == 0 || strcmp (names[i], "href") == 0)
      g_assert_true (g_str_has_prefix (values[i], "data:image/svg+xml;base64,"));
}

/* Well-formed, whole, and nothing beside it is needed. */
static void
test_report (void)
{
  const char *folder = get_trained ();
  cli_check (0, "report %s/lib --folds 3 --embedding mean --method logistic -o %s/r.html",
             folder, folder);
  g_autofree char *html = read_text (folder, "r.html");
  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n"));
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GMarkupParser parser = {.start_element = start_element};
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, 0, found, NULL);
  g_autoptr (GError) error = NULL;
  const char *root = strstr (html, "<html>");
  g_assert_true (g_markup_parse_context_parse (context, root, -1, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  /* Loss, three examples, projection, confusion. */
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (found, "img")), ==, 6);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (found, "table")), ==, 4);
  g_assert_nonnull (strstr (html, "All records are synthetic"));
  g_assert_nonnull (strstr (html, "Report on “lib”"));
  g_assert_nonnull (strstr (html, "Balanced accuracy</th>"));

  /* Too few events of a type: it says so, and the rest is there. */
  cli_check (0, "report %s/lib --folds 12 -o %s/r.html", folder, folder);
  g_autofree char *few = read_text (folder, "r.html");
  g_assert_nonnull (strstr (few, "Too few events"));
  cli_check (2, "report %s/lib -o %s/r.pdf", folder, folder);
}

static void
end (void)
{
  if (trained)
    remove_tree (trained);
  g_free (trained);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/explore/project", test_project);
  g_test_add_func ("/cli/explore/embed", test_embed);
  g_test_add_func ("/cli/explore/neighbors", test_neighbors);
  g_test_add_func ("/cli/explore/cluster", test_cluster);
  g_test_add_func ("/cli/explore/classify", test_classify);
  g_test_add_func ("/cli/explore/labels", test_labels);
  g_test_add_func ("/cli/explore/report", test_report);
  int status = g_test_run ();
  end ();
  return status;
}
