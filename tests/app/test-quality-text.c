#include "app/quality-text.h"

#include "seismic/quality.h"
#include <glib.h>

static void
test_list (void)
{
  g_autofree char *none = sae_quality_list (0);
  g_autofree char *two =
      sae_quality_list (SEISMIC_QUALITY_SPIKES | SEISMIC_QUALITY_CLIPPED);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (two, ==, "Clipped, Spikes");
}

/* The words stand in the order of the bits. */
static void
test_order (void)
{
  for (unsigned i = 0; i < SEISMIC_QUALITY_N_FLAGS; i++) {
    g_autofree char *name = g_ascii_strdown (sae_quality_text (i), -1);

    g_assert_cmpstr (name, ==, seismic_quality_flag_name (i));
    g_assert_cmpint (sae_quality_explanation (i)[0], !=, '\0');
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/quality-text/list", test_list);
  g_test_add_func ("/app/quality-text/order", test_order);
  return g_test_run ();
}
