#include "session/download.h"

#include "support/main-loop.h"
#include <math.h>

static GPtrArray *
make_plan (void)
{
  GPtrArray *plan = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);

  g_ptr_array_add (plan, seismic_event_new ("b"));
  g_ptr_array_add (plan, seismic_event_new ("a"));
  return plan;
}

static void
count (GObject *object, guint *n)
{
  (*n)++;
}

/* What workers post arrives together, in the main loop. */
static void
test_post (void)
{
  SaeDownload *download = sae_download_new ("ncedc");
  GListModel *items = sae_download_get_items (download);
  SeismicDownloadProgress progress = {.event_id = "a",
                                      .state = SEISMIC_DOWNLOAD_RUNNING,
                                      .n_bytes = 5,
                                      .n_events = 2,
                                      .n_bytes_all = 5,
                                      .bytes_per_second = NAN,
                                      .seconds_left = NAN};
  guint n_changed = 0;

  g_signal_connect (download, "changed", G_CALLBACK (count), &n_changed);
  g_assert_true (isnan (sae_download_get_totals (download).bytes_per_second));
  sae_download_post_plan (download, make_plan ());
  sae_download_post (download, &progress);
  progress.n_bytes = progress.n_bytes_all = 7;
  progress.bytes_per_second = 3;
  sae_download_post (download, &progress);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 0);
  drain_main_loop ();
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  {
    g_autoptr (SaeDownloadItem) first = g_list_model_get_item (items, 0);
    g_autoptr (SaeDownloadItem) second = g_list_model_get_item (items, 1);

    g_assert_cmpint (sae_download_item_get_state (first), ==, SEISMIC_DOWNLOAD_WAITING);
    g_assert_cmpint (sae_download_item_get_state (second), ==, SEISMIC_DOWNLOAD_RUNNING);
    g_assert_cmpuint (sae_download_item_get_bytes (second, NULL), ==, 7);
  }
  g_assert_cmpuint (sae_download_get_totals (download).n_bytes, ==, 7);
  g_assert_cmpfloat (sae_download_get_totals (download).bytes_per_second, ==, 3);
  g_assert_finalize_object (download);
}

static void
test_pause (void)
{
  SaeDownload *download = sae_download_new ("ncedc");
  const int *flag = sae_download_get_pause_flag (download);
  guint n_changed = 0;

  g_signal_connect (download, "changed", G_CALLBACK (count), &n_changed);
  sae_download_set_paused (download, TRUE);
  sae_download_set_paused (download, TRUE);
  g_assert_cmpint (*flag, ==, 1);
  g_object_set (download, "paused", FALSE, NULL);
  g_assert_cmpint (*flag, ==, 0);
  g_assert_false (sae_download_get_paused (download));
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_finalize_object (download);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/download/post", test_post);
  g_test_add_func ("/download/pause", test_pause);
  return g_test_run ();
}
