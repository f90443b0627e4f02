#include "session/signal-item.h"

static SaeSignalItem *
new_item (const char *id, const char *network)
{
  SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);
  SeismicEvent *event = seismic_event_new ("e");
  SaeSignalItem *item;

  info->id = g_strdup (id);
  info->event_id = g_strdup ("e");
  g_strlcpy (info->network, network, sizeof info->network);
  info->event = *event;
  g_free (event); /* its strings are the info's now */
  item = sae_signal_item_new (info);
  seismic_signal_info_free (info);
  return item;
}

static void
test_real (void)
{
  SaeSignalItem *item = new_item ("e/BK.CMB.00.HN", "BK");

  g_assert_cmpstr (sae_signal_item_get_id (item), ==, "e/BK.CMB.00.HN");
  g_assert_cmpstr (sae_signal_item_get_instrument (item), ==, "BK.CMB.00.HN");
  g_assert_false (sae_signal_item_get_synthetic (item));
  g_assert_finalize_object (item);
}

static void
test_synthetic (void)
{
  SaeSignalItem *item = new_item ("e/SY.A01..HN", "SY");

  g_assert_true (sae_signal_item_get_synthetic (item));
  g_assert_finalize_object (item);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signal-item/real", test_real);
  g_test_add_func ("/signal-item/synthetic", test_synthetic);
  return g_test_run ();
}
