#include "analysis/labels.h"
#include "seismic/library-note.h"
#include "support/signals.h"
#include "support/tiny-library.h"

static GPtrArray *
some_signals (void)
{
  GPtrArray *signals = new_signals ();
  add_signal (signals, "b", "AAA", "quarry blast");
  add_signal (signals, "a", "AAA", "earthquake");
  add_signal (signals, "a", "BBB", "earthquake");
  add_signal (signals, "c", "AAA", "");
  add_signal (signals, "d", "AAA", "earthquake");
  return signals;
}

static void
test_types (void)
{
  g_autoptr (GPtrArray) signals = some_signals ();
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_assert_cmpuint (labels.n, ==, 5);
  g_assert_cmpuint (labels.n_groups, ==, 4);
  g_assert_cmpuint (labels.names->len, ==, 2);
  g_assert_cmpstr (labels.names->pdata[0], ==, "earthquake");
  g_assert_cmpstr (labels.names->pdata[1], ==, "quarry blast");
  const uint32_t expected[] = {1, 0, 0, ANALYSIS_NO_LABEL, 0}, group[] = {1, 0, 0, 2, 3};
  for (size_t i = 0; i < 5; i++) {
    g_assert_cmpuint (labels.label[i], ==, expected[i]);
    g_assert_cmpuint (labels.group[i], ==, group[i]);
  }
  g_assert_cmpstr (labels.events[3], ==, "d");
  g_assert_null (labels.events[4]);
  size_t n_signals[2], n_events[2];
  analysis_labels_count (&labels, n_signals, n_events);
  g_assert_cmpuint (n_signals[0], ==, 3);
  g_assert_cmpuint (n_events[0], ==, 2);
  g_assert_cmpuint (n_signals[1], ==, 1);
  g_assert_cmpuint (n_events[1], ==, 1);
}

/* Whatever the order of the signals, a label stays with its id. */
static void
test_by_id (void)
{
  g_autoptr (GPtrArray) signals = some_signals ();
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (tags, "a/SY.BBB..HN", "noisy");
  g_hash_table_insert (tags, "d/SY.AAA..HN", "clear");
  g_hash_table_insert (tags, "c/SY.AAA..HN", "");
  g_hash_table_insert (tags, "gone/SY.AAA..HN", "lost");
  for (int turned = 0; turned < 2; turned++) {
    g_auto (AnalysisLabels) labels = {0};
    analysis_labels_init (&labels, signals, tags);
    g_assert_cmpuint (labels.names->len, ==, 2);
    for (size_t i = 0; i < 5; i++) {
      const SeismicSignalInfo *info = signals->pdata[i];
      const char *tag = g_hash_table_lookup (tags, info->id);
      if (tag == NULL || tag[0] == '\0')
        g_assert_cmpuint (labels.label[i], ==, ANALYSIS_NO_LABEL);
      else
        g_assert_cmpstr (labels.names->pdata[labels.label[i]], ==, tag);
      g_assert_cmpstr (labels.events[labels.group[i]], ==, info->event_id);
    }
    gpointer first = signals->pdata[0];
    signals->pdata[0] = signals->pdata[4];
    signals->pdata[4] = first;
  }
}

/* A signal's own tags come before its event's. */
static void
test_tags (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 3, 2);
  g_assert_true (seismic_library_put_tag (tiny.library, "ev0", NULL, "quarry", NULL));
  g_assert_true (
      seismic_library_put_tag (tiny.library, "ev0", "XX.S1..HN", "noisy", NULL));
  g_assert_true (
      seismic_library_put_tag (tiny.library, "ev0", "XX.S1..HN", "clipped", NULL));
  g_assert_true (
      seismic_library_put_comment (tiny.library, "ev1", "XX.S0..HN", "seen", NULL));
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (tiny.library, NULL);
  g_autoptr (GHashTable) tags = analysis_labels_of_tags (tiny.library, signals, NULL);
  g_assert_cmpuint (g_hash_table_size (tags), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (tags, "ev0/XX.S0..HN"), ==, "quarry");
  g_assert_cmpstr (g_hash_table_lookup (tags, "ev0/XX.S1..HN"), ==, "clipped; noisy");
}

static void
test_drop_rare (void)
{
  g_autoptr (GPtrArray) signals = some_signals ();
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  analysis_labels_drop_rare (&labels, 1, dropped);
  g_assert_cmpuint (labels.names->len, ==, 2);
  analysis_labels_drop_rare (&labels, 2, dropped);
  g_assert_cmpuint (labels.names->len, ==, 1);
  g_assert_cmpuint (dropped->len, ==, 1);
  g_assert_cmpstr (dropped->pdata[0], ==, "quarry blast");
  g_assert_cmpuint (labels.label[0], ==, ANALYSIS_NO_LABEL);
  g_assert_cmpuint (labels.label[4], ==, 0);
  analysis_labels_drop_rare (&labels, 3, NULL);
  g_assert_cmpuint (labels.names->len, ==, 0);
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) signals = new_signals ();
  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_assert_cmpuint (labels.n, ==, 0);
  g_assert_cmpuint (labels.names->len, ==, 0);
  analysis_labels_count (&labels, NULL, NULL);
  analysis_labels_drop_rare (&labels, 2, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/labels/types", test_types);
  g_test_add_func ("/analysis/labels/by-id", test_by_id);
  g_test_add_func ("/analysis/labels/tags", test_tags);
  g_test_add_func ("/analysis/labels/drop-rare", test_drop_rare);
  g_test_add_func ("/analysis/labels/none", test_none);
  return g_test_run ();
}
