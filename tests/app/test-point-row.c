#include "app/point-row.h"

#include <string.h>

static void
test_row (void)
{
  SeismicSignalInfo info = {.id = (char *)"ev/BK.CMB.00.HN",
                            .event_id = (char *)"ev",
                            .event = {.id = (char *)"ev",
                                      .magnitude_type = (char *)"",
                                      .type = (char *)"earthquake",
                                      .place = (char *)""}};
  SaeSignalItem *item = sae_signal_item_new (&info);
  SaePointRow *row = sae_point_row_new (7, item, 0.5);

  g_object_unref (item); /* the row has its own */
  g_assert_cmpuint (sae_point_row_get_point (row), ==, 7);
  g_assert_cmpfloat (sae_point_row_get_value (row), ==, 0.5);
  g_assert_cmpstr (sae_point_row_get_instrument (row), ==, "BK.CMB.00.HN");
  g_assert_cmpstr (sae_point_row_get_info (row)->id, ==, info.id);
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/point-row/row", test_row);
  return g_test_run ();
}
