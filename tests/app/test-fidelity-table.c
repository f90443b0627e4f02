#include "app/fidelity-table.h"

#include "support/widgets.h"
#include <math.h>

static void
test_show (void)
{
  static const char *const names[] = {"HNE", "HNN", "HNZ"};
  const AnalysisFidelity fidelities[] = {
      {0.25, 0.987654, 12.34}, {NAN, NAN, NAN}, {0, 1, INFINITY}};
  SaeFidelityTable *table =
      g_object_ref_sink (g_object_new (SAE_TYPE_FIDELITY_TABLE, NULL));

  sae_fidelity_table_show (table, names, fidelities);
  assert_shows (table, "HNZ");
  assert_shows (table, "0.250");
  assert_shows (table, "0.988");
  assert_shows (table, "12.3\u202fdB");
  assert_shows (table, "∞");
  assert_shows (table, "–");
  g_assert_false (widget_test_shows (table, "nan"));
  g_assert_finalize_object (table);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/fidelity-table/show", test_show);
  return g_test_run ();
}
