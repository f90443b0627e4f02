#include "app/coloring.h"

#include "analysis/silhouette.h"
#include "seismic/library.h"
#include "seismic/time.h"
#include <math.h>
#include <string.h>

static GPtrArray *
new_signals (guint n)
{
  GPtrArray *signals = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++) {
    SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);

    info->event.type = (char *)(i % 4 ? "earthquake" : "explosion");
    info->event.magnitude = 4 + 0.1 * i;
    info->event.depth_km = NAN;
    info->event.time_ns = i == 0 ? SEISMIC_TIME_UNSET : (int64_t)i * 86400 * 1000000000;
    info->distance_km = i == 1 ? NAN : 10.0 * i;
    g_snprintf (info->network, sizeof info->network, "N%u", i % 2);
    g_snprintf (info->station, sizeof info->station, "S%u", i < 12 ? i : 3);
    g_ptr_array_add (signals, info);
  }
  return signals;
}

static void
test_type (void)
{
  g_autoptr (GPtrArray) signals = new_signals (8);
  g_auto (SaeColoring) coloring = {0};

  sae_coloring_init (&coloring, SAE_COLOR_TYPE, &(SaeColorSource){signals, NULL, NULL});
  g_assert_cmpuint (g_strv_length (coloring.labels), ==, 2);
  g_assert_cmpuint (coloring.category[0], ==, 1);
  g_assert_cmpuint (coloring.category[1], ==, 0);
  g_assert_null (coloring.value);
}

/* The commonest station is the first; those beyond the colours share the last. */
static void
test_names (void)
{
  g_autoptr (GPtrArray) signals = new_signals (30);
  g_auto (SaeColoring) stations = {0}, networks = {0};

  sae_coloring_init (&stations, SAE_COLOR_STATION,
                     &(SaeColorSource){signals, NULL, NULL});
  g_assert_cmpuint (g_strv_length (stations.labels), ==, 8);
  g_assert_cmpstr (stations.labels[0], ==, "N1.S3");
  g_assert_cmpstr (stations.labels[1], ==, "N0.S3");
  g_assert_nonnull (strstr (stations.labels[7], "6"));
  g_assert_cmpuint (stations.category[3], ==, 0);
  g_assert_cmpuint (stations.category[13], ==, 0);
  g_assert_cmpuint (stations.category[14], ==, 1);
  g_assert_cmpuint (stations.category[10], ==, 3); /* equally rare: by name */
  g_assert_cmpuint (stations.category[8], ==, 7);
  sae_coloring_init (&networks, SAE_COLOR_NETWORK,
                     &(SaeColorSource){signals, NULL, NULL});
  g_assert_cmpuint (g_strv_length (networks.labels), ==, 2);
  g_assert_cmpuint (networks.category[3], !=, networks.category[2]);
}

/* Tags (else the event's), clusters, flaws. */
static void
test_labels (void)
{
  const uint32_t cluster[] = {1, 0, 0, ANALYSIS_NO_CLUSTER};
  char *own[] = {(char *)"quarry", NULL}, *events[] = {(char *)"swarm", NULL};
  g_autoptr (GPtrArray) signals = new_signals (4);
  const SaeColorSource source = {signals, NULL, cluster};
  g_auto (SaeColoring) tags = {0}, clusters = {0}, none = {0}, quality = {0}, snr = {0};
  SeismicSignalInfo *info = g_ptr_array_index (signals, 0);

  info->tags = own;
  info->event_tags = events;
  info = g_ptr_array_index (signals, 1);
  info->event_tags = events;
  info->quality = (SeismicQuality){
      .version = 1, .flags = {0, SEISMIC_QUALITY_CLIPPED, 0}, .snr_db = {20, 12, NAN}};
  info = g_ptr_array_index (signals, 2);
  info->quality.version = 1;
  sae_coloring_init (&tags, SAE_COLOR_TAG, &source);
  g_assert_cmpuint (g_strv_length (tags.labels), ==, 3);
  g_assert_cmpstr (tags.labels[0], ==, "no tag"); /* the commonest */
  g_assert_cmpstr (tags.labels[tags.category[0]], ==, "quarry");
  g_assert_cmpstr (tags.labels[tags.category[1]], ==, "swarm");
  sae_coloring_init (&clusters, SAE_COLOR_CLUSTER, &source);
  g_assert_cmpstr (clusters.labels[clusters.category[2]], ==, "Cluster 1");
  g_assert_cmpstr (clusters.labels[clusters.category[0]], ==, "Cluster 2");
  g_assert_cmpstr (clusters.labels[clusters.category[3]], ==, "in no cluster");
  sae_coloring_init (&none, SAE_COLOR_CLUSTER, &(SaeColorSource){signals, NULL, NULL});
  g_assert_cmpuint (g_strv_length (none.labels), ==, 1);
  sae_coloring_init (&quality, SAE_COLOR_QUALITY, &source);
  g_assert_cmpstr (quality.labels[quality.category[0]], ==, "not checked");
  g_assert_cmpstr (quality.labels[quality.category[1]], ==, "clipped");
  g_assert_cmpstr (quality.labels[quality.category[2]], ==, "no flaw found");
  sae_coloring_init (&snr, SAE_COLOR_SNR, &source);
  g_assert_true (isnan (snr.value[0]));
  g_assert_cmpfloat (snr.value[1], ==, 12);
}

static void
test_numbers (void)
{
  const float errors[] = {0.5f, NAN, 0.25f};
  g_autoptr (GPtrArray) signals = new_signals (3);
  g_auto (SaeColoring) distance = {0}, depth = {0}, date = {0}, error = {0},
                       unknown = {0};

  sae_coloring_init (&distance, SAE_COLOR_DISTANCE,
                     &(SaeColorSource){signals, NULL, NULL});
  g_assert_null (distance.category);
  g_assert_cmpfloat (distance.min, ==, 0);
  g_assert_cmpfloat (distance.max, ==, 20);
  g_assert_true (isnan (distance.value[1]));
  g_assert_nonnull (strstr (distance.high, "20"));
  sae_coloring_init (&depth, SAE_COLOR_DEPTH,
                     &(SaeColorSource){signals, NULL, NULL}); /* known of none */
  g_assert_true (isnan (depth.value[2]));
  g_assert_cmpstr (depth.low, ==, "");
  sae_coloring_init (&date, SAE_COLOR_DATE, &(SaeColorSource){signals, NULL, NULL});
  g_assert_true (isnan (date.value[0]));
  g_assert_cmpstr (date.low, ==, "1970-01-02");
  g_assert_cmpstr (date.high, ==, "1970-01-03");
  sae_coloring_init (&error, SAE_COLOR_ERROR, &(SaeColorSource){signals, errors, NULL});
  g_assert_cmpfloat (error.value[2], ==, 0.25f);
  g_assert_cmpfloat (error.max, ==, 0.5);
  sae_coloring_init (&unknown, SAE_COLOR_ERROR, &(SaeColorSource){signals, NULL, NULL});
  g_assert_true (isnan (unknown.value[0]));
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) signals = new_signals (0);

  for (int by = 0; by < SAE_N_COLORS; by++) {
    g_auto (SaeColoring) coloring = {0};

    sae_coloring_init (&coloring, (SaeColorBy)by, &(SaeColorSource){signals, NULL, NULL});
    g_assert_true ((coloring.category == NULL) != (coloring.value == NULL));
    g_assert_nonnull (sae_color_by_name ((SaeColorBy)by));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/coloring/type", test_type);
  g_test_add_func ("/app/coloring/names", test_names);
  g_test_add_func ("/app/coloring/labels", test_labels);
  g_test_add_func ("/app/coloring/numbers", test_numbers);
  g_test_add_func ("/app/coloring/none", test_none);
  return g_test_run ();
}
