/* The demo, all of it. */
#include "cli-support.h"

static void
test_demo (void)
{
  g_autofree char *folder = make_folder ();
  g_auto (CliRun) run = cli_expect (0, "demo %s/demo", folder);
  g_autofree char *demo = g_build_filename (folder, "demo", NULL);

  const char *const pictures[] = {"waveform.png", "reconstruction.png", "loss.png",
                                  "projection.png"};
  for (size_t i = 0; i < G_N_ELEMENTS (pictures); i++)
    assert_file (demo, pictures[i], "\x89PNG");
  g_autofree char *model = g_build_filename (demo, "library", "model.safetensors", NULL);
  g_assert_true (g_file_test (model, G_FILE_TEST_IS_REGULAR));
  g_autofree char *embeddings = read_text (demo, "embeddings.csv");
  g_assert_cmpuint (count_lines (embeddings), ==, 121);

  /* The summary is what was printed, and the training got somewhere. */
  g_autofree char *summary = read_text (demo, "summary.txt");
  g_assert_cmpstr (summary, ==, run.out);
  g_assert_nonnull (strstr (summary, "40 synthetic events, 10 of them explosions"));
  const char *line = strstr (summary, "Validation loss: ");
  g_assert_nonnull (line);
  double first = g_ascii_strtod (line + strlen ("Validation loss: "), NULL);
  const char *comma = strchr (line, ',');
  g_assert_nonnull (comma);
  double last = g_ascii_strtod (comma + 1, NULL);
  g_test_message ("validation loss %g to %g", first, last);
  g_assert_cmpfloat (last, >, 0.0);
  g_assert_cmpfloat (last, <, 0.9 * first);
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/sample", test_demo);
  return g_test_run ();
}
