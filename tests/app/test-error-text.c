#include "app/error-text.h"

#include "analysis/error.h"
#include "nn/error.h"
#include "plot/export.h"
#include "seismic/error.h"
#include <string.h>

static void
check_domain (GQuark domain, int last_code)
{
  g_autoptr (GHashTable) sentences =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= last_code; code++) {
    g_autoptr (GError) error = g_error_new (domain, code, "the/file: why");
    char *text = sae_error_text (error);

    g_assert_true (sae_error_text_knows (error));
    g_assert_cmpuint (strlen (text), >, 20);
    g_assert_true (g_hash_table_add (sentences, text)); /* told apart */
  }
}

/* Every code of every layer has a sentence of its own. */
static void
test_every_code (void)
{
  check_domain (SEISMIC_ERROR, SEISMIC_ERROR_DUPLICATE);
  check_domain (ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  check_domain (NN_ERROR, NN_ERROR_NOT_FINITE);
  check_domain (PLOT_ERROR, PLOT_ERROR_WRITE);
}

static void
test_names_the_thing (void)
{
  g_autoptr (GError) error =
      g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED, "a.mseed: bad header");
  g_autofree char *text = sae_error_text (error);

  g_assert_nonnull (strstr (text, "a.mseed: bad header"));
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = g_error_new (G_MARKUP_ERROR, 0, "line 3");
  g_autofree char *text = sae_error_text (error);

  g_assert_false (sae_error_text_knows (error));
  g_assert_cmpstr (text, ==, "Something unexpected happened: line 3");
}

static void
test_jobs (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  g_autoptr (GHashTable) sentences =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int kind = SAE_JOB_READ; kind <= SAE_JOB_SIGNAL; kind++) {
    char *text = sae_error_text_of_job (kind, error);

    g_assert_nonnull (strstr (text, "The disk is full."));
    g_assert_true (g_hash_table_add (sentences, text));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/error-text/every-code", test_every_code);
  g_test_add_func ("/app/error-text/names-the-thing", test_names_the_thing);
  g_test_add_func ("/app/error-text/unknown", test_unknown);
  g_test_add_func ("/app/error-text/jobs", test_jobs);
  return g_test_run ();
}
