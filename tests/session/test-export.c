#include "session/export.h"

#include "seismic/library-pick.h"
#include "seismic/time.h"
#include "seismic/waveform.h"
#include "session/tasks.h"
#include "support/main-loop.h"
#include "support/tiny-library.h"
#include <glib/gstdio.h>

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  GPtrArray *all; /* of SaeSignalItem */
  char *folder;
  gboolean is_over;
  guint n_signals, n_files, n_skipped;
  gboolean has_failed;
} Fixture;

static void
note_exported (SaeSession *session, const SaeExportReport *report, Fixture *fixture)
{
  fixture->is_over = TRUE;
  fixture->n_signals = report->n_signals;
  fixture->n_files = report->n_files;
  fixture->n_skipped = report->skipped->len;
}

static void
note_failed (SaeSession *session, SaeJob *job, const GError *error, Fixture *fixture)
{
  fixture->is_over = fixture->has_failed = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  GListModel *items;

  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->folder = g_dir_make_tmp ("sae-export-XXXXXX", NULL);
  fixture->session = sae_session_new ();
  items = sae_session_get_signals (fixture->session);
  sae_tasks_open_library (fixture->session, fixture->tiny.folder);
  while (g_list_model_get_n_items (items) == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture->all = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    g_ptr_array_add (fixture->all, g_list_model_get_item (items, i));
  g_signal_connect (fixture->session, "exported", G_CALLBACK (note_exported), fixture);
  g_signal_connect (fixture->session, "failed", G_CALLBACK (note_failed), fixture);
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir)) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sae_tasks_cancel_all (fixture->session);
  drain_main_loop ();
  g_ptr_array_unref (fixture->all);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
  empty_folder (fixture->folder);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
export_items (Fixture *fixture, GPtrArray *items, const SaeExportSettings *settings,
              const char *target)
{
  fixture->is_over = fixture->has_failed = FALSE;
  sae_tasks_export (fixture->session, items, settings, target);
  wait_for (&fixture->is_over);
  drain_main_loop ();
}

static guint
count_files (Fixture *fixture, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    n += g_str_has_suffix (name, suffix);
  return n;
}

/* Three SAC files a signal; a second time none of them is replaced. */
static void
test_folder (Fixture *fixture, gconstpointer unused)
{
  SaeExportSettings settings;

  sae_export_settings_init (&settings);
  settings.format = SEISMIC_EXPORT_SAC;
  export_items (fixture, fixture->all, &settings, fixture->folder);
  g_assert_cmpuint (fixture->n_signals, ==, 4);
  g_assert_cmpuint (fixture->n_files, ==, 12);
  g_assert_cmpuint (fixture->n_skipped, ==, 0);
  g_assert_cmpuint (count_files (fixture, ".sac"), ==, 12);
  export_items (fixture, fixture->all, &settings, fixture->folder);
  g_assert_cmpuint (count_files (fixture, ".sac"), ==, 24);
  g_assert_cmpuint (count_files (fixture, "-2.sac"), ==, 12);
}

/* One signal as one file; what is read back is what was recorded. */
static void
test_file (Fixture *fixture, gconstpointer unused)
{
  SaeSignalItem *item = fixture->all->pdata[0];
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  SaeExportSettings settings;
  g_autofree char *name = NULL, *path = NULL, *bytes = NULL;
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (SeismicSignal) signal = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes = 0;

  g_ptr_array_add (one, item);
  sae_export_settings_init (&settings);
  g_assert_true (sae_export_is_one_file (&settings, 1));
  g_assert_false (sae_export_is_one_file (&settings, 2));
  name = sae_export_signal_name (&settings, item);
  g_assert_cmpstr (name, ==, "ev1.XX.S0..HN.mseed");
  path = g_build_filename (fixture->folder, name, NULL);
  export_items (fixture, one, &settings, path);
  g_assert_cmpuint (fixture->n_files, ==, 1);
  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  seismic_waveform_read ((const uint8_t *)bytes, n_bytes, &traces, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (traces->len, ==, 3);
  signal = seismic_library_read_signal (fixture->tiny.library, info->id, &error);
  g_assert_no_error (error);
  for (guint c = 0; c < 3; c++) {
    const SeismicTrace *trace = traces->pdata[c];

    g_assert_cmpuint (trace->n_samples, ==, signal->n_samples);
    for (size_t i = 0; i < trace->n_samples; i++)
      g_assert_cmpfloat (seismic_trace_value (trace, i), ==,
                         signal->samples[c * signal->n_samples + i]);
  }
}

/* A window, processed. */
static void
test_window (Fixture *fixture, gconstpointer unused)
{
  SaeSignalItem *item = fixture->all->pdata[0];
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  SaeExportSettings settings;
  g_autofree char *path = g_build_filename (fixture->folder, "w.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_rows = 0;

  g_ptr_array_add (one, item);
  sae_export_settings_init (&settings);
  settings.format = SEISMIC_EXPORT_CSV;
  settings.processing.demean = true;
  settings.from_ns = info->start_ns;
  settings.to_ns = info->start_ns + 500000000; /* half a second, both ends */
  export_items (fixture, one, &settings, path);
  g_assert_false (fixture->has_failed);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    n_rows += **line != '\0' && **line != '#';
  g_assert_cmpuint (n_rows, ==, 1 + (guint)(info->rate_hz / 2) + 1);
}

/* A signal whose file is gone is left out and told, the others are written; a folder that
 * cannot be is an error. */
static void
test_faults (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *gone = tiny_library_record_path (&fixture->tiny, "ev1", "S0");
  SaeExportSettings settings;

  sae_export_settings_init (&settings);
  g_assert_cmpint (g_unlink (gone), ==, 0);
  export_items (fixture, fixture->all, &settings, fixture->folder);
  g_assert_cmpuint (fixture->n_signals, ==, 3);
  g_assert_cmpuint (fixture->n_skipped, ==, 1);
  export_items (fixture, fixture->all, &settings, "/dev/null/nowhere");
  g_assert_true (fixture->has_failed);
}

/* The picks of the chosen signals, and of no other, as QuakeML. */
static void
test_picks (Fixture *fixture, gconstpointer unused)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (fixture->all->pdata[0]);
  const SeismicSignalInfo *other = sae_signal_item_get_info (fixture->all->pdata[1]);
  g_autoptr (SeismicPick) pick =
      seismic_pick_new (info->event_id, seismic_signal_info_instrument_id (info), "HNZ",
                        "P", info->start_ns + 1000000000);
  g_autoptr (SeismicPick) left_out =
      seismic_pick_new (other->event_id, seismic_signal_info_instrument_id (other), "HNN",
                        "S", info->start_ns);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  SaeExportSettings settings;
  g_autofree char *name = NULL, *path = NULL, *text = NULL;

  g_ptr_array_add (one, fixture->all->pdata[0]);
  sae_export_settings_init (&settings);
  settings.picks_alone = TRUE;
  g_assert_true (sae_export_is_one_file (&settings, 4));
  name = sae_export_signal_name (&settings, fixture->all->pdata[0]);
  path = g_build_filename (fixture->folder, name, NULL);
  export_items (fixture, fixture->all, &settings, path);
  g_assert_true (fixture->has_failed); /* there are none */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (seismic_library_put_pick (fixture->tiny.library, pick, NULL));
  g_assert_true (seismic_library_put_pick (fixture->tiny.library, left_out, NULL));
  export_items (fixture, one, &settings, path);
  g_assert_false (fixture->has_failed);
  g_assert_cmpuint (fixture->n_signals, ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "<phaseHint>P</phaseHint>"));
  g_assert_null (strstr (text, "<phaseHint>S</phaseHint>"));
  g_free (g_steal_pointer (&text));
  export_items (fixture, fixture->all, &settings, path);
  g_assert_cmpuint (fixture->n_signals, ==, 2);
  g_assert_cmpuint (fixture->n_files, ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "<phaseHint>S</phaseHint>"));
}

#define ADD(name, function)                                                              \
  g_test_add ("/session/export/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("folder", test_folder);
  ADD ("file", test_file);
  ADD ("window", test_window);
  ADD ("faults", test_faults);
  ADD ("picks", test_picks);
  return g_test_run ();
}
