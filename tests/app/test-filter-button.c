#include "app/filter-button.h"

#include "support/signal-items.h"
#include "support/widgets.h"

typedef struct {
  GListStore *items;
  SaeFilterButton *button;
  SaeSignalFilter *filter;
  guint n_changed;
} Fixture;

static void
note_changed (SaeFilterButton *button, Fixture *fixture)
{
  fixture->n_changed++;
  sae_filter_button_apply (button, fixture->filter);
}

/* a: quarry, clipped; b: quarry; c: nothing. */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  const char *quarry[] = {"quarry", NULL};
  SeismicSignalInfo tagged = {.tags = (char **)quarry};
  SeismicSignalInfo clipped = tagged;
  g_autoptr (SaeSignalItem) a = NULL, b = new_signal_item ("e", "BK", "B", &tagged),
                            c = new_signal_item ("e", "BK", "C", NULL);

  clipped.quality.flags[1] = SEISMIC_QUALITY_CLIPPED;
  a = new_signal_item ("e", "BK", "A", &clipped);
  fixture->items = g_list_store_new (SAE_TYPE_SIGNAL_ITEM);
  g_list_store_append (fixture->items, a);
  g_list_store_append (fixture->items, b);
  g_list_store_append (fixture->items, c);
  fixture->filter = sae_signal_filter_new ();
  fixture->button = g_object_ref_sink (g_object_new (SAE_TYPE_FILTER_BUTTON, NULL));
  g_signal_connect (fixture->button, "changed", G_CALLBACK (note_changed), fixture);
  sae_filter_button_set_signals (fixture->button, G_LIST_MODEL (fixture->items));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->button);
  sae_signal_filter_free (fixture->filter);
  g_object_unref (fixture->items);
}

static GtkCheckButton *
find_check (GtkWidget *root, const char *title)
{
  if (GTK_IS_CHECK_BUTTON (root) && widget_test_shows (root, title))
    return GTK_CHECK_BUTTON (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkCheckButton *found = find_check (child, title);

    if (found)
      return found;
  }
  return NULL;
}

static void
check (Fixture *fixture, const char *title, gboolean active)
{
  GtkCheckButton *button = find_check (GTK_WIDGET (fixture->button), title);

  g_assert_nonnull (button);
  gtk_check_button_set_active (button, active);
}

static guint
n_passing (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (SaeSignalItem) item =
        g_list_model_get_item (G_LIST_MODEL (fixture->items), i);

    n += sae_signal_filter_matches (fixture->filter, item);
  }
  return n;
}

static void
test_choose (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  assert_shows (fixture->button, "quarry\n2\n");
  assert_shows (fixture->button, "No tag\n1\n");
  assert_shows (fixture->button, "Without flaws\n2\n");
  assert_shows (fixture->button, "Clipped\n1\n");
  g_assert_null (find_check (GTK_WIDGET (fixture->button), "Noisy")); /* nobody is */
  check (fixture, "quarry", TRUE);
  g_assert_cmpuint (n_passing (fixture), ==, 2);
  check (fixture, "Without flaws", TRUE);
  g_assert_cmpuint (n_passing (fixture), ==, 1);
  check (fixture, "Clipped", TRUE);
  g_assert_cmpuint (n_passing (fixture), ==, 2);
  check (fixture, "No tag", TRUE);
  g_assert_cmpuint (n_passing (fixture), ==, 3);
  check (fixture, "quarry", FALSE);
  g_assert_cmpuint (n_passing (fixture), ==, 1);
  sae_filter_button_clear (fixture->button);
  g_assert_cmpuint (n_passing (fixture), ==, 3);
  g_assert_false (sae_signal_filter_is_active (fixture->filter));
  g_assert_cmpuint (fixture->n_changed, ==, 6);
}

/* A tag that is on no signal any more is not asked for. */
static void
test_gone (Fixture *fixture, gconstpointer unused)
{
  check (fixture, "quarry", TRUE);
  g_list_store_splice (fixture->items, 0, 2, NULL, 0);
  sae_filter_button_count (fixture->button);
  sae_filter_button_apply (fixture->button, fixture->filter);
  g_assert_false (sae_signal_filter_is_active (fixture->filter));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/filter-button/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("choose", test_choose);
  ADD ("gone", test_gone);
  return g_test_run ();
}
