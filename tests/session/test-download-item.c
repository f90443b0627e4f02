#include "session/download-item.h"

#include "seismic/error.h"

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_update (void)
{
  g_autoptr (SeismicEvent) event = seismic_event_new ("72000001");
  g_autoptr (GError) reason =
      g_error_new_literal (SEISMIC_ERROR, SEISMIC_ERROR_SERVER, "500");
  SaeDownloadItem *item = sae_download_item_new (event);
  guint n = 0;
  guint64 n_total = 9;

  g_assert_cmpstr (sae_download_item_get_event (item)->id, ==, "72000001");
  g_assert_cmpint (sae_download_item_get_state (item), ==, SEISMIC_DOWNLOAD_WAITING);
  g_assert_cmpuint (sae_download_item_get_bytes (item, &n_total), ==, 0);
  g_assert_cmpuint (n_total, ==, 0);
  g_signal_connect (item, "notify::state", G_CALLBACK (count), &n);
  sae_download_item_update (item, SEISMIC_DOWNLOAD_RUNNING, 10, 40, NULL);
  g_assert_cmpuint (sae_download_item_get_bytes (item, &n_total), ==, 10);
  g_assert_cmpuint (n_total, ==, 40);
  sae_download_item_update (item, SEISMIC_DOWNLOAD_FAILED, 10, 40, reason);
  g_assert_cmpint (sae_download_item_get_state (item), ==, SEISMIC_DOWNLOAD_FAILED);
  g_assert_error (sae_download_item_get_reason (item), SEISMIC_ERROR,
                  SEISMIC_ERROR_SERVER);
  g_assert_cmpuint (n, ==, 2);
  g_assert_finalize_object (item);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/download-item/update", test_update);
  return g_test_run ();
}
