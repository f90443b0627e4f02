/* What is done with records on the command line: quality, picks and notes, figures,
 * export. */
#include "cli-support.h"

static char *folder; /* of all cases: lib, with 2 events at 3 stations each */

static char *
first_of (const char *command, size_t column)
{
  g_auto (CliRun) run = cli_expect (0, "%s %s/lib --csv", command, folder);
  g_auto (GStrv) lines = g_strsplit (run.out, "\n", -1);
  g_auto (GStrv) fields = g_strsplit (lines[1], ",", -1);
  return g_strdup (fields[column]);
}

static size_t
count_signals (const char *options)
{
  g_auto (CliRun) run = cli_expect (0, "signals %s/lib --csv %s", folder, options);
  return count_lines (run.out) - 1;
}

static void
test_select (void)
{
  g_autofree char *id = first_of ("signals", 0);
  g_autofree char *event = first_of ("signals", 1);
  g_autofree char *one = g_strdup_printf ("--signal %s", id);
  g_autofree char *three = g_strdup_printf ("--event %s", event);
  g_assert_cmpuint (count_signals ("--rate 100"), ==, 6);
  g_assert_cmpuint (count_signals ("--rate 200"), ==, 0);
  g_assert_cmpuint (count_signals (one), ==, 1);
  g_assert_cmpuint (count_signals (three), ==, 3);
  g_assert_cmpuint (count_signals ("--min-magnitude 9"), ==, 0);
  g_assert_cmpuint (count_signals ("--min-magnitude 1 --max-magnitude 9"), ==, 6);
  g_assert_cmpuint (count_signals ("--max-distance 0.001"), ==, 0);
  g_assert_cmpuint (count_signals ("--type earthquake --type explosion"), ==, 6);
  g_assert_cmpuint (count_signals ("--min-snr -100"), ==, 6);
  g_assert_cmpuint (count_signals ("--min-snr 300"), ==, 0);
  g_assert_cmpuint (count_signals ("--exclude-flags flat,gaps"), ==, 6);
  cli_check (2, "signals %s/lib --exclude-flags odd", folder);
  cli_check (2, "signals %s/lib --min-snr loud", folder);
  cli_check (1, "signals %s/lib --signal none", folder);
  cli_check (1, "signals %s/lib --event none", folder);

  g_auto (CliRun) quality = cli_expect (0, "signals %s/lib --csv --quality", folder);
  g_assert_nonnull (strstr (quality.out, ",comment,flags,snr_db,peak_counts,gaps\n"));
}

/* Tags, comments and picks, out of one library and into another. */
static void
test_notes (void)
{
  g_autofree char *id = first_of ("signals", 0);
  g_autofree char *event = first_of ("signals", 1);
  g_autofree char *signals = NULL;
  cli_check (0, "notes %s/lib %s %s --tag odd --comment late", folder, id, event);
  cli_check (0, "notes %s/lib %s --tag quarry", folder, event);
  cli_check (0, "notes %s/lib %s --untag odd", folder, event);
  g_assert_cmpuint (count_signals ("--tag odd"), ==, 1);
  g_assert_cmpuint (count_signals ("--tag quarry"), ==, 3);
  g_assert_cmpuint (count_signals ("--exclude-tag quarry"), ==, 3);
  g_assert_cmpuint (count_signals ("--search LATE"), ==, 1);
  cli_check (1, "notes %s/lib none --tag x", folder);
  cli_check (2, "notes %s/lib %s", folder, id);
  cli_check (2, "notes %s/lib --tag x", folder);

  g_autofree char *instrument = g_strdup (strrchr (id, '/') + 1);
  g_autofree char *path = g_build_filename (folder, "picks.csv", NULL);
  g_autofree char *picks =
      g_strdup_printf ("event,instrument,channel,phase,time,uncertainty_s\n"
                       "%s,%s,HNZ,P,2019-10-15T05:33:42.25Z,0.05\n",
                       event, instrument);
  g_assert_true (g_file_set_contents (path, picks, -1, NULL));
  g_auto (CliRun) taken = cli_expect (0, "import %s/lib %s", folder, path);
  g_assert_nonnull (strstr (taken.out, "picks taken: 1"));
  g_auto (CliRun) listed = cli_expect (0, "picks %s/lib", folder);
  g_assert_nonnull (strstr (listed.out, "2019-10-15T05:33:42.250Z"));
  g_auto (CliRun) json = cli_expect (0, "picks %s/lib --json --event %s", folder, event);
  g_assert_nonnull (strstr (json.out, "\"uncertainty_s\":0.05"));

  /* As QuakeML, in which the event is known again. */
  g_autofree char *xml = g_build_filename (folder, "picks.xml", NULL);
  g_autofree char *document = NULL;
  cli_check (2, "picks %s/lib --output %s.txt", folder, xml);
  cli_check (2, "picks %s/lib --csv --output %s", folder, xml);
  cli_check (0, "picks %s/lib --output %s", folder, xml);
  g_assert_true (g_file_get_contents (xml, &document, NULL, NULL));
  g_assert_nonnull (strstr (document, "<phaseHint>P</phaseHint>"));
  g_assert_nonnull (strstr (document, "2019-10-15T05:33:42.25Z</value>"
                                      "<uncertainty>0.05</uncertainty>"));
  g_auto (CliRun) again = cli_expect (1, "import %s/lib %s", folder, xml);
  g_assert_nonnull (strstr (again.out, "taken: 0 events"));

  /* The whole way round. */
  g_auto (CliRun) notes = cli_expect (0, "notes %s/lib --csv", folder);
  g_auto (CliRun) rows = cli_expect (0, "picks %s/lib --csv", folder);
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  g_autofree char *notes_path = g_build_filename (folder, "notes.csv", NULL);
  g_assert_true (g_file_set_contents (notes_path, notes.out, -1, NULL));
  g_assert_true (g_file_set_contents (path, rows.out, -1, NULL));
  cli_check (0, "synthesize %s --events 2 --stations 3 --seed 5", other);
  cli_check (0, "import %s %s %s", other, notes_path, path);
  g_auto (CliRun) other_notes = cli_expect (0, "notes %s --csv", other);
  g_auto (CliRun) other_rows = cli_expect (0, "picks %s --csv", other);
  g_assert_cmpstr (other_notes.out, ==, notes.out);
  g_assert_cmpstr (other_rows.out, ==, rows.out);
  g_auto (CliRun) members = cli_expect (0, "notes %s --json", other);
  g_assert_nonnull (strstr (members.out, "\"tags\":[\"odd\"]"));
}

static void
test_figures (void)
{
  static const char *const views[] = {
      "",
      "--spectrogram",
      "--spectrum --filter highpass:0.5",
      "--motion --rotate --demean --filter bandpass:1:20:2:causal",
      "--demean --taper 0.05 --integrate --filter lowpass:20:4:zero-phase",
      "--difference --scale 1",
      "--resample 50 --integrate-twice --detrend --rotate-north"};
  g_autofree char *event = first_of ("signals", 1);
  g_autofree char *start = first_of ("signals", 6);
  for (size_t i = 0; i < G_N_ELEMENTS (views); i++) {
    cli_check (0, "plot %s/lib -o %s/view.png %s", folder, folder,
               *views[i] ? views[i] : "--scale 1");
    assert_file (folder, "view.png", "\x89PNG");
  }
  cli_check (0, "plot %s/lib -o %s/view.pdf --section %s --filter bandpass:1:10", folder,
             folder, event);
  assert_file (folder, "view.pdf", "%PDF");
  cli_check (0, "plot %s/lib -o %s/view.svg --section %s --align p --component 1", folder,
             folder, event);
  g_autofree char *svg = read_text (folder, "view.svg");
  g_assert_nonnull (strstr (svg, "predicted P"));
  g_auto (CliRun) marks = cli_expect (0, "plot %s/lib -o %s/view.svg", folder, folder);
  g_autofree char *traces = read_text (folder, "view.svg");
  g_assert_nonnull (strstr (traces, "Origin"));
  cli_check (0, "plot %s/lib -o %s/view.svg --from %s", folder, folder, start);

  cli_check (2, "plot %s/lib -o %s/v.png --motion --spectrum", folder, folder);
  cli_check (2, "plot %s/lib -o %s/v.png --filter notch:3", folder, folder);
  cli_check (2, "plot %s/lib -o %s/v.png --filter bandpass:1", folder, folder);
  cli_check (2, "plot %s/lib -o %s/v.png --filter lowpass:1:9", folder, folder);
  cli_check (2, "plot %s/lib -o %s/v.png --integrate --difference", folder, folder);
  cli_check (2, "plot %s/lib -o %s/v.png --align q", folder, folder);
  cli_check (1, "plot %s/lib -o %s/v.png --filter lowpass:60", folder, folder);
  cli_check (0, "plot %s/lib -o %s/v.png --physical --integrate", folder, folder);
  cli_check (1, "plot %s/lib -o %s/v.png --from 2100-01-01", folder, folder);
  cli_check (1, "plot %s/lib -o %s/v.png --section none", folder, folder);
  cli_check (2, "plot %s/none -o %s/v.png --section none", folder, folder);
}

static void
test_export (void)
{
  g_autofree char *id = first_of ("signals", 0);
  g_autofree char *event = first_of ("signals", 1);
  g_auto (CliRun) all = cli_expect (0, "export %s/lib -o %s/raw", folder, folder);
  g_assert_nonnull (strstr (all.out, "6 files of 6 signals"));
  /* What comes out is what went in: the same times and checksums. */
  g_auto (CliRun) before =
      cli_expect (0, "inspect --csv %s/lib/waveforms/%s", folder, event);
  g_auto (CliRun) after = cli_expect (0, "inspect --csv %s/raw", folder);
  g_auto (GStrv) lines = g_strsplit (before.out, "\n", -1);
  g_assert_cmpuint (count_lines (after.out), ==, 1 + 18);
  for (size_t i = 1; lines[i] && lines[i][0]; i++)
    g_assert_nonnull (strstr (after.out, strchr (lines[i], ',')));

  g_auto (CliRun) sac = cli_expect (
      0, "export %s/lib -o %s/sac --format sac --signal %s --demean", folder, folder, id);
  g_assert_nonnull (strstr (sac.out, "3 files of 1 signals"));
  g_auto (CliRun) seen = cli_expect (0, "inspect --csv %s/sac", folder);
  g_assert_cmpuint (count_lines (seen.out), ==, 4);
  cli_check (0, "export %s/lib -o %s/csv --format csv --event %s", folder, folder, event);
  g_autofree char *name = g_strdelimit (g_strconcat (id, ".csv", NULL), "/", '.');
  g_autofree char *path = g_build_filename ("csv", name, NULL);
  g_autofree char *csv = read_text (folder, path);
  g_assert_true (g_str_has_prefix (csv, "time,HNE_counts,HNN_counts,HNZ_counts\n"));

  /* Files too. */
  cli_check (0, "export %s/raw -o %s/again --format sac --filter highpass:1", folder,
             folder);
  cli_check (2, "export %s/lib -o %s/x --format wav", folder, folder);
  cli_check (2, "export %s/lib", folder);
  cli_check (1, "export %s/lib -o %s/x --from 2100-01-01", folder, folder);
  cli_check (1, "export %s/raw -o %s/x --physical", folder, folder); /* of files */
}

static void
test_inspect_quality (void)
{
  g_auto (CliRun) run =
      cli_expect (0, "inspect --quality --csv %s/lib/waveforms", folder);
  g_assert_true (g_str_has_prefix (
      run.out,
      "instrument,channel,start,seconds,rate_hz,gaps,flags,snr_db,peak_counts\n"));
  g_assert_cmpuint (count_lines (run.out), >, 3);
  cli_check (1, "inspect --quality %s/none", folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = make_folder ();
  cli_check (0, "synthesize %s/lib --events 2 --stations 3 --seed 5", folder);
  g_test_add_func ("/records/select", test_select);
  g_test_add_func ("/records/notes", test_notes);
  g_test_add_func ("/records/figures", test_figures);
  g_test_add_func ("/records/export", test_export);
  g_test_add_func ("/records/inspect-quality", test_inspect_quality);
  const int status = g_test_run ();
  remove_tree (folder);
  g_free (folder);
  return status;
}
