#include "session/signal-item.h"

#include "support/signal-items.h"
#include <math.h>

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

static void
test_tags (void)
{
  g_autoptr (SaeSignalItem) item = new_item ("e/BK.CMB.00.HN", "BK");

  g_assert_false (sae_signal_item_has_tag (item, "quarry"));
  sae_signal_item_set_tag (item, "quarry", FALSE);
  sae_signal_item_set_tag (item, "quarry", TRUE);
  sae_signal_item_set_tag (item, "quarry", TRUE); /* once is enough */
  sae_signal_item_set_tag (item, "outlier", TRUE);
  g_assert_cmpuint (g_strv_length (sae_signal_item_get_info (item)->tags), ==, 2);
  sae_signal_item_set_tag (item, "quarry", FALSE);
  g_assert_false (sae_signal_item_has_tag (item, "quarry"));
  g_assert_true (sae_signal_item_has_tag (item, "outlier"));
  sae_signal_item_set_comment (item, "Why?");
  g_assert_cmpstr (sae_signal_item_get_info (item)->comment, ==, "Why?");
}

/* cm/s² where every component's sensitivity is known, else counts. */
static void
test_peak (void)
{
  SeismicSignalInfo info = {.counts_per_ms2 = {1000, -500, 1000}};
  g_autoptr (SaeSignalItem) unknown = new_signal_item ("e", "BK", "CMB", &info);
  g_autoptr (SaeSignalItem) known = NULL;
  g_autoptr (SaeSignalItem) counts = NULL;
  gboolean physical = FALSE;

  g_assert_true (isnan (sae_signal_item_get_peak (unknown, &physical)));
  info.quality = (SeismicQuality){.version = 1, .peak = {10, 10, NAN}};
  known = new_signal_item ("e", "BK", "CMB", &info);
  g_assert_cmpfloat (sae_signal_item_get_peak (known, &physical), ==, 2);
  g_assert_true (physical);
  info.counts_per_ms2[0] = NAN;
  counts = new_signal_item ("e", "BK", "CMB", &info);
  g_assert_cmpfloat (sae_signal_item_get_peak (counts, &physical), ==, 10);
  g_assert_false (physical);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signal-item/real", test_real);
  g_test_add_func ("/signal-item/synthetic", test_synthetic);
  g_test_add_func ("/signal-item/tags", test_tags);
  g_test_add_func ("/signal-item/peak", test_peak);
  return g_test_run ();
}
