#include "app/categories.h"

#include "plot/embedding-plot.h"
#include "seismic/library.h"

static void
add (GPtrArray *signals, const char *network, const char *type)
{
  SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);
  SeismicEvent *event = seismic_event_new ("e");

  g_free (event->type);
  event->type = g_strdup (type);
  info->id = g_strdup ("e/x");
  info->event_id = g_strdup ("e");
  info->event = *event;
  g_free (event);
  g_strlcpy (info->network, network, sizeof info->network);
  g_ptr_array_add (signals, info);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) signals =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
  g_auto (SaeCategories) categories = {0};
  const char *const labels[] = {"earthquake", "earthquake, synthetic", "explosion",
                                "landslide", NULL};

  add (signals, "BK", "landslide");
  add (signals, "BK", "explosion");
  add (signals, "SY", "earthquake");
  add (signals, "BK", "earthquake");
  add (signals, "NC", "earthquake");
  sae_categories_init (&categories, signals);
  g_assert_cmpstrv (categories.labels, labels);
  g_assert_cmpuint (categories.category[0], ==, 3);
  g_assert_cmpuint (categories.category[1], ==, 2);
  g_assert_cmpuint (categories.category[2], ==, 1);
  g_assert_cmpuint (categories.category[3], ==, 0);
  g_assert_cmpuint (categories.category[4], ==, 0);
  g_assert_cmpuint (categories.shapes[0], ==, PLOT_SHAPE_CIRCLE);
  g_assert_cmpuint (categories.shapes[2], ==, PLOT_SHAPE_TRIANGLE);
  g_assert_cmpuint (categories.shapes[3], ==, PLOT_SHAPE_SQUARE);
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) signals = g_ptr_array_new ();
  g_auto (SaeCategories) categories = {0};

  sae_categories_init (&categories, signals);
  g_assert_cmpuint (g_strv_length (categories.labels), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/categories/order", test_order);
  g_test_add_func ("/app/categories/none", test_none);
  return g_test_run ();
}
