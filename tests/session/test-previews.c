#include "session/previews.h"

#include "support/main-loop.h"
#include "support/tiny-library.h"
#include <math.h>

typedef struct {
  SaePreviews *previews;
  GPtrArray *ready; /* ids, in order */
} Watch;

static void
note_ready (SaePreviews *previews, const char *id, Watch *watch)
{
  g_ptr_array_add (watch->ready, g_strdup (id));
}

static void
wait_ready (Watch *watch, guint n)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (watch->ready->len < n) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
}

static void
watch_init (Watch *watch, const char *folder)
{
  watch->previews = sae_previews_new ();
  watch->ready = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (watch->previews, "ready", G_CALLBACK (note_ready), watch);
  sae_previews_set_folder (watch->previews, folder);
}

static void
watch_clear (Watch *watch)
{
  g_assert_finalize_object (watch->previews);
  g_ptr_array_unref (watch->ready);
}

/* In the order they are wanted; what is not there is told too, and not tried again. */
static void
test_order (void)
{
  g_auto (TinyLibrary) tiny = {0};
  Watch watch;
  const char *const ids[] = {"ev0/XX.S2..HN", "ev0/XX.S0..HN", "no/such", "ev0/XX.S1..HN",
                             NULL};

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 3);
  watch_init (&watch, tiny.folder);
  sae_previews_want (watch.previews, ids);
  wait_ready (&watch, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (watch.ready->pdata[i], ==, ids[i]);
  g_assert_nonnull (sae_previews_get (watch.previews, ids[0]));
  g_assert_null (sae_previews_get (watch.previews, "no/such"));
  sae_previews_want (watch.previews, ids);
  drain_main_loop ();
  g_usleep (20000);
  drain_main_loop ();
  g_assert_cmpuint (watch.ready->len, ==, 4); /* nothing was read twice */
  sae_previews_set_folder (watch.previews, tiny.folder);
  g_assert_null (sae_previews_get (watch.previews, ids[0]));
  watch_clear (&watch);
}

/* What is given up before it is begun is never read. */
static void
test_given_up (void)
{
  g_auto (TinyLibrary) tiny = {0};
  Watch watch;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  const char *const last[] = {"ev0/XX.S39..HN", NULL};

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 40);
  watch_init (&watch, tiny.folder);
  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (ids, g_strdup_printf ("ev0/XX.S%u..HN", i));
  g_ptr_array_add (ids, NULL);
  sae_previews_want (watch.previews, (const char *const *)ids->pdata);
  sae_previews_want (watch.previews, last);
  while (!sae_previews_get (watch.previews, last[0]))
    wait_ready (&watch, watch.ready->len + 1);
  g_assert_cmpuint (watch.ready->len, <, 20); /* the batch that was under way, and it */
  watch_clear (&watch);
}

/* Closing while it reads. */
static void
test_dispose (void)
{
  g_auto (TinyLibrary) tiny = {0};
  Watch watch;
  const char *const ids[] = {"ev0/XX.S0..HN", NULL};

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  watch_init (&watch, tiny.folder);
  sae_previews_want (watch.previews, ids);
  watch_clear (&watch);
  watch_init (&watch, NULL); /* without a library nothing is read */
  sae_previews_want (watch.previews, ids);
  drain_main_loop ();
  g_assert_cmpuint (watch.ready->len, ==, 0);
  watch_clear (&watch);
}

/* The component with the largest peak from its mean; extremes of each column. */
static void
test_reduce (void)
{
  enum { N = 640 };
  g_autofree double *samples = g_new0 (double, 3 * N);
  SaePreview preview;

  for (size_t i = 0; i < N; i++) {
    samples[i] = 1e6; /* an offset is no peak */
    samples[N + i] = i % 2 ? 10 : -10;
    samples[2 * N + i] = i % 2 ? 1 : -1;
  }
  samples[N + 320] = -20;
  sae_preview_reduce (&preview, samples, N);
  g_assert_cmpint (preview.min[32], ==, -127);
  for (size_t k = 0; k < SAE_PREVIEW_COLUMNS; k++) {
    g_assert_cmpint (preview.max[k], ==, 64); /* 10 of 20, from a mean near 0 */
    if (k != 32)
      g_assert_cmpint (preview.min[k], ==, -63);
  }
  /* Fewer samples than columns, none of them finite, all the same. */
  sae_preview_reduce (&preview, (double[]){1, 5, 5}, 1);
  g_assert_cmpint (preview.max[0], ==, 0);
  sae_preview_reduce (&preview, (double[]){NAN, NAN, NAN, NAN, -3, 3}, 2);
  g_assert_cmpint (preview.min[0], ==, -127);
  g_assert_cmpint (preview.max[SAE_PREVIEW_COLUMNS - 1], ==, 127);
  sae_preview_reduce (&preview, (double[]){NAN, NAN, NAN}, 1);
  g_assert_cmpint (preview.min[9], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/previews/order", test_order);
  g_test_add_func ("/session/previews/given-up", test_given_up);
  g_test_add_func ("/session/previews/dispose", test_dispose);
  g_test_add_func ("/session/previews/reduce", test_reduce);
  return g_test_run ();
}
