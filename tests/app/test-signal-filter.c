#include "app/signal-filter.h"

#include "support/signal-items.h"

static gboolean
matches (SaeSignalFilter *filter, SaeSignalItem *item, const char *words)
{
  sae_signal_filter_set_words (filter, words);
  return sae_signal_filter_matches (filter, item);
}

static void
test_words (void)
{
  g_autoptr (SaeSignalFilter) filter = sae_signal_filter_new ();
  SeismicSignalInfo info = {.event = {.time_ns = 0,
                                      .magnitude = 6,
                                      .place = (char *)"Loma Prieta",
                                      .type = (char *)"earthquake"}};
  g_autoptr (SaeSignalItem) item = new_signal_item ("73292360", "BK", "BRIB", &info);

  g_assert_true (sae_signal_filter_matches (filter, item));
  g_assert_false (sae_signal_filter_is_active (filter));
  g_assert_true (matches (filter, item, "  "));
  g_assert_false (sae_signal_filter_is_active (filter));
  g_assert_true (matches (filter, item, "brib"));
  g_assert_true (sae_signal_filter_is_active (filter));
  g_assert_true (matches (filter, item, "BK. 7329 prieta 1970-01-01"));
  g_assert_true (matches (filter, item, "Earthquake"));
  g_assert_false (matches (filter, item, "brib napa"));
}

/* An event's text is remembered until its events are others. */
static void
test_forget (void)
{
  g_autoptr (SaeSignalFilter) filter = sae_signal_filter_new ();
  SeismicSignalInfo info = {.event = {.place = (char *)"Loma Prieta"}};
  g_autoptr (SaeSignalItem) before = new_signal_item ("e", "BK", "CMB", &info);
  g_autoptr (SaeSignalItem) after = NULL;

  g_assert_true (matches (filter, before, "loma"));
  info.event.place = (char *)"Napa";
  after = new_signal_item ("e", "BK", "CMB", &info);
  sae_signal_filter_forget (filter);
  g_assert_false (matches (filter, after, "loma"));
  g_assert_true (matches (filter, after, "napa"));
}

/* Own words are found, tags and flags passed by any of them, all kinds at once. */
static void
test_own (void)
{
  g_autoptr (SaeSignalFilter) filter = sae_signal_filter_new ();
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  const char *own[] = {"Quarry", NULL};
  SeismicSignalInfo info = {.tags = (char **)own, .comment = (char *)"Odd S wave"};
  g_autoptr (SaeSignalItem) item = NULL;
  g_autoptr (SaeSignalItem) bare = new_signal_item ("e", "BK", "CMB", NULL);

  info.quality.flags[2] = SEISMIC_QUALITY_NOISY;
  item = new_signal_item ("e", "BK", "CMB", &info);
  g_assert_true (matches (filter, item, "quarry odd"));
  g_assert_false (matches (filter, bare, "quarry"));
  sae_signal_filter_set_words (filter, "");
  g_hash_table_add (tags, (gpointer) "Quarry");
  sae_signal_filter_set_tags (filter, tags);
  g_assert_true (sae_signal_filter_is_active (filter));
  g_assert_true (sae_signal_filter_matches (filter, item));
  g_assert_false (sae_signal_filter_matches (filter, bare));
  g_hash_table_add (tags, (gpointer) "");
  sae_signal_filter_set_tags (filter, tags);
  g_assert_true (sae_signal_filter_matches (filter, bare));
  sae_signal_filter_set_flags (filter, SEISMIC_QUALITY_CLIPPED, FALSE);
  g_assert_false (sae_signal_filter_matches (filter, item));
  sae_signal_filter_set_flags (filter, SEISMIC_QUALITY_CLIPPED | SEISMIC_QUALITY_NOISY,
                               FALSE);
  g_assert_true (sae_signal_filter_matches (filter, item));
  g_assert_false (sae_signal_filter_matches (filter, bare));
  sae_signal_filter_set_flags (filter, 0, TRUE);
  g_assert_true (sae_signal_filter_matches (filter, bare));
  g_assert_false (sae_signal_filter_matches (filter, item));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/signal-filter/words", test_words);
  g_test_add_func ("/app/signal-filter/forget", test_forget);
  g_test_add_func ("/app/signal-filter/own", test_own);
  return g_test_run ();
}
