#include "session/run-item.h"

static void
test_owns (void)
{
  AnalysisRun *run = g_new0 (AnalysisRun, 1);
  SaeRunItem *item;

  run->name = g_strdup ("one");
  item = sae_run_item_new (run);
  g_assert_true (sae_run_item_get_run (item) == run);
  g_assert_finalize_object (item);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-item/owns", test_owns);
  return g_test_run ();
}
