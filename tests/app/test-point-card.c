#include "app/point-card.h"

#include "app/spark-chart.h"
#include "support/widgets.h"

/* All of the card is inside wherever the point is, and the point beside it. */
static void
test_place (void)
{
  int left, top;

  for (double x = 0; x <= 600; x += 50)
    for (double y = 0; y <= 400; y += 50) {
      sae_point_card_find_place (x, y, 600, 400, 250, 150, &left, &top);
      g_assert_cmpint (left, >=, 0);
      g_assert_cmpint (left + 250, <=, 600);
      g_assert_cmpint (top, >=, 0);
      g_assert_cmpint (top + 150, <=, 400);
      g_assert_true (x < left || x > left + 250 || x < 266 + 10);
    }
  sae_point_card_find_place (50, 200, 600, 400, 250, 150, &left, &top);
  g_assert_cmpint (left, >, 50);
  sae_point_card_find_place (550, 200, 600, 400, 250, 150, &left, &top);
  g_assert_cmpint (left + 250, <, 550);
  sae_point_card_find_place (50, 20, 100, 100, 250, 150, &left, &top); /* no room */
  g_assert_cmpint (left, ==, 0);
  g_assert_cmpint (top, ==, 0);
}

/* It is there at once, and its record soon; another point's record is never shown. */
static void
test_show (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaePointCard *card = g_object_ref_sink (g_object_new (SAE_TYPE_POINT_CARD, NULL));
  SaeSparkChart *chart = widget_test_find (GTK_WIDGET (card), SAE_TYPE_SPARK_CHART);
  SaeSignalItem *one, *other;
  size_t n;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 1);
  widget_test_open (session, tiny.folder);
  one = sae_session_find_signal (session, "ev0/XX.S0..HN");
  other = sae_session_find_signal (session, "ev1/XX.S0..HN");
  sae_point_card_show (card, session, one, NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (card)));
  assert_shows (card, "XX.S0..HN");
  wait_until (sae_spark_chart_get_wave (chart) != NULL);
  n = sae_spark_chart_get_wave (chart)->n_samples;
  sae_point_card_show (card, session, one, "Normalised error 0.2");
  sae_point_card_show (card, session, other, NULL);
  g_assert_null (sae_spark_chart_get_wave (chart));
  wait_until (sae_spark_chart_get_wave (chart) != NULL);
  widget_test_drain ();
  g_assert_cmpuint (sae_spark_chart_get_wave (chart)->n_samples, !=, n);
  sae_point_card_show (card, session, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (card)));
  sae_point_card_show (card, session, one, NULL); /* still reading when it goes */
  g_assert_finalize_object (card);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/point-card/place", test_place);
  g_test_add_func ("/app/point-card/show", test_show);
  return g_test_run ();
}
