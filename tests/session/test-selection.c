#include "session/selection.h"

enum { N = 6 };

static void
count (int *n)
{
  ++*n;
}

/* States as digits: "012003". */
static char *
states_of (SaeSelection *self)
{
  char *text = g_new0 (char, N + 1);

  for (guint i = 0; i < N; i++)
    text[i] = (char)('0' + sae_selection_get_states (self)[i]);
  return text;
}

#define assert_states(self, expected)                                                    \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *states = states_of (self);                                          \
                                                                                         \
    g_assert_cmpstr (states, ==, expected);                                              \
  }                                                                                      \
  G_STMT_END

static void
test_modes (void)
{
  g_autoptr (SaeSelection) self = sae_selection_new ();
  const guint8 first[N] = {1, 1, 1, 0, 0, 0}, middle[N] = {0, 0, 1, 1, 0, 0};
  int n = 0;

  sae_selection_reset (self, N);
  g_signal_connect_swapped (self, "changed", G_CALLBACK (count), &n);
  sae_selection_apply (self, first, SAE_SELECT_REPLACE);
  assert_states (self, "111000");
  sae_selection_apply (self, middle, SAE_SELECT_ADD);
  assert_states (self, "111100");
  sae_selection_apply (self, middle, SAE_SELECT_SUBTRACT);
  assert_states (self, "110000");
  g_assert_cmpuint (sae_selection_get_n_selected (self), ==, 2);
  g_assert_true (sae_selection_contains (self, 1));
  g_assert_false (sae_selection_contains (self, 2));
  g_assert_false (sae_selection_contains (self, 99));
  sae_selection_apply_one (self, 4, SAE_SELECT_ADD);
  assert_states (self, "110010");
  sae_selection_apply_one (self, 4, SAE_SELECT_REPLACE);
  assert_states (self, "000010");
  g_assert_cmpint (n, ==, 5);
  sae_selection_apply_one (self, 4, SAE_SELECT_ADD); /* it is already */
  sae_selection_apply_one (self, 99, SAE_SELECT_ADD);
  g_assert_cmpint (n, ==, 5);
  sae_selection_clear (self);
  assert_states (self, "000000");
}

static void
test_hiding (void)
{
  g_autoptr (SaeSelection) self = sae_selection_new ();
  const guint8 some[N] = {1, 0, 1, 0, 0, 0}, all[N] = {1, 1, 1, 1, 1, 1};

  sae_selection_reset (self, N);
  sae_selection_hide (self);
  sae_selection_isolate (self); /* of nothing: nothing */
  assert_states (self, "000000");
  sae_selection_apply (self, some, SAE_SELECT_REPLACE);
  sae_selection_hide (self);
  assert_states (self, "202000");
  g_assert_cmpuint (sae_selection_get_n_hidden (self), ==, 2);
  sae_selection_apply (self, all, SAE_SELECT_REPLACE);
  assert_states (self, "212111");
  sae_selection_apply_one (self, 3, SAE_SELECT_SUBTRACT);
  sae_selection_invert (self);
  assert_states (self, "202100");
  sae_selection_isolate (self);
  assert_states (self, "222022");
  sae_selection_show_all (self);
  assert_states (self, "000000");
}

static void
test_undo (void)
{
  g_autoptr (SaeSelection) self = sae_selection_new ();

  sae_selection_reset (self, N);
  g_assert_false (sae_selection_can_undo (self));
  sae_selection_undo (self);
  sae_selection_apply_one (self, 1, SAE_SELECT_ADD);
  sae_selection_apply_one (self, 1, SAE_SELECT_ADD); /* no step */
  sae_selection_hide (self);
  sae_selection_apply_one (self, 0, SAE_SELECT_ADD);
  assert_states (self, "120000");
  sae_selection_undo (self);
  sae_selection_undo (self);
  assert_states (self, "010000");
  g_assert_cmpuint (sae_selection_get_n_selected (self), ==, 1);
  sae_selection_redo (self);
  assert_states (self, "020000");
  sae_selection_clear (self); /* of nothing: the redo is still there */
  g_assert_true (sae_selection_can_redo (self));
  sae_selection_apply_one (self, 5, SAE_SELECT_ADD);
  g_assert_false (sae_selection_can_redo (self));
  sae_selection_undo (self);
  sae_selection_undo (self);
  sae_selection_undo (self);
  assert_states (self, "000000");
  g_assert_false (sae_selection_can_undo (self));
  sae_selection_reset (self, 2);
  g_assert_false (sae_selection_can_redo (self));
}

/* Long ago is forgotten. */
static void
test_many_steps (void)
{
  g_autoptr (SaeSelection) self = sae_selection_new ();
  guint n = 0;

  sae_selection_reset (self, N);
  for (guint i = 0; i < 250; i++)
    sae_selection_apply_one (self, i % N, SAE_SELECT_REPLACE);
  for (; sae_selection_can_undo (self); n++)
    sae_selection_undo (self);
  g_assert_cmpuint (n, ==, 100);
  sae_selection_reset (self, 0);
  sae_selection_invert (self);
  g_assert_false (sae_selection_can_undo (self));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/selection/modes", test_modes);
  g_test_add_func ("/session/selection/hiding", test_hiding);
  g_test_add_func ("/session/selection/undo", test_undo);
  g_test_add_func ("/session/selection/many-steps", test_many_steps);
  return g_test_run ();
}
