#include "session/layout.h"

#include "support/main-loop.h"

static float one[] = {1, 2, 3, 4}, two[] = {5, 6, 7, 8}, three[] = {9, 9, 9, 9};
static const AnalysisMatrix first = {2, 2, one}, second = {2, 2, two},
                            last = {2, 2, three};

static void
count (int *n)
{
  ++*n;
}

static float
corner (SaeLayout *self)
{
  return sae_layout_get_xy (self)->data[0];
}

/* Each run's posts are shown, coalesced; those of a former run are not. */
static void
test_runs (void)
{
  g_autoptr (SaeLayout) self = sae_layout_new ();
  SaeLayoutSettings settings = sae_layout_default (SAE_LAYOUT_TSNE);
  guint run, next;
  int n = 0;

  g_assert_cmpuint (sae_layout_get_xy (self)->rows, ==, 0);
  sae_layout_reset (self, &first);
  g_assert_cmpfloat (corner (self), ==, 1);
  g_assert_cmpint (sae_layout_get_method (self), ==, SAE_LAYOUT_PCA);
  g_signal_connect_swapped (self, "changed", G_CALLBACK (count), &n);
  run = sae_layout_begin (self, &settings);
  drain_main_loop ();
  g_assert_cmpint (n, ==, 0);
  sae_layout_post (self, run, &second, 1, 10, FALSE);
  sae_layout_post (self, run, &last, 2, 10, FALSE); /* the first was not shown yet */
  drain_main_loop ();
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpfloat (corner (self), ==, 5);
  g_assert_cmpint (sae_layout_get_method (self), ==, SAE_LAYOUT_TSNE);
  g_assert_cmpuint (sae_layout_get_iteration (self), ==, 1);
  g_assert_cmpuint (sae_layout_get_n_iterations (self), ==, 10);
  sae_layout_post (self, run, &second, 9, 10, FALSE);
  sae_layout_post (self, run, &last, 10, 10, TRUE); /* the last is never lost */
  drain_main_loop ();
  g_assert_cmpfloat (corner (self), ==, 9);
  next = sae_layout_begin (self, &settings);
  sae_layout_post (self, run, &first, 3, 10, TRUE);
  drain_main_loop ();
  g_assert_cmpfloat (corner (self), ==, 9);
  sae_layout_post (self, next, &second, 1, 10, FALSE);
  sae_layout_reset (self, NULL); /* what was posted before is void */
  drain_main_loop ();
  g_assert_cmpuint (sae_layout_get_xy (self)->rows, ==, 0);
}

/* A layout once found is not computed again, unless it is to be another one. */
static void
test_recall (void)
{
  g_autoptr (SaeLayout) self = sae_layout_new ();
  SaeLayoutSettings pca = sae_layout_default (SAE_LAYOUT_PCA);
  SaeLayoutSettings settings = sae_layout_default (SAE_LAYOUT_UMAP);
  guint run;

  g_assert_false (sae_layout_recall (self, &pca));
  sae_layout_reset (self, &first);
  g_assert_false (sae_layout_recall (self, &settings));
  run = sae_layout_begin (self, &settings);
  sae_layout_post (self, run, &second, 4, 9, FALSE); /* stopped half way */
  drain_main_loop ();
  pca.seed = 7; /* means nothing to it */
  g_assert_true (sae_layout_recall (self, &pca));
  g_assert_cmpfloat (corner (self), ==, 1);
  g_assert_false (sae_layout_recall (self, &settings));
  run = sae_layout_begin (self, &settings);
  sae_layout_post (self, run, &last, 9, 9, TRUE);
  drain_main_loop ();
  g_assert_true (sae_layout_recall (self, &pca));
  g_assert_true (sae_layout_recall (self, &settings));
  g_assert_cmpfloat (corner (self), ==, 9);
  g_assert_cmpint (sae_layout_get_method (self), ==, SAE_LAYOUT_UMAP);
  settings.seed = 2;
  g_assert_false (sae_layout_recall (self, &settings));
  settings.seed = 1;
  sae_layout_reset (self, &second); /* other points */
  g_assert_false (sae_layout_recall (self, &settings));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/layout/runs", test_runs);
  g_test_add_func ("/session/layout/recall", test_recall);
  return g_test_run ();
}
