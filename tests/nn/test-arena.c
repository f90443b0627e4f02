#include "nn/arena.h"
#include "nn/rng.h"

static GPtrArray *
list (NnBlock *blocks, size_t n)
{
  GPtrArray *array = g_ptr_array_new ();
  for (size_t i = 0; i < n; i++)
    g_ptr_array_add (array, &blocks[i]);
  return array;
}

/* No two blocks that are in use at one moment share a number, and nothing lies beyond
 * the whole, which is no less than any moment needs and no more than all together. */
static void
test_places (void)
{
  enum { N = 60, MOMENTS = 25 };
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t run = 0; run < 50; run++) {
    NnBlock blocks[N];
    size_t n = nn_rng_below (&rng, N + 1), most = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
      size_t first = nn_rng_below (&rng, MOMENTS);
      blocks[i] = (NnBlock){.n = nn_rng_below (&rng, 4) * nn_rng_below (&rng, 1000),
                            .first = first,
                            .last = first + nn_rng_below (&rng, MOMENTS - first)};
      sum += blocks[i].n + 128;
    }
    g_autoptr (GPtrArray) array = list (blocks, n);
    size_t total = nn_arena_plan (array);
    for (size_t i = 0; i < n; i++) {
      const NnBlock *a = &blocks[i];
      g_assert_true (a->n == 0 || a->offset + a->n <= total);
      g_assert_true (a->n == 0 || a->offset * sizeof (nn_real) % 64 == 0);
      for (size_t j = 0; j < i; j++) {
        const NnBlock *b = &blocks[j];
        if (a->n > 0 && b->n > 0 && a->first <= b->last && b->first <= a->last)
          g_assert_true (a->offset + a->n <= b->offset || b->offset + b->n <= a->offset);
      }
    }
    for (size_t t = 0; t < MOMENTS; t++) {
      size_t used = 0;
      for (size_t i = 0; i < n; i++)
        used += blocks[i].first <= t && t <= blocks[i].last ? blocks[i].n : 0;
      most = MAX (most, used);
    }
    g_assert_cmpuint (total, >=, most);
    g_assert_cmpuint (total, <=, sum);
  }
}

/* What a chain of layers needs: the place of the first is the third's. */
static void
test_place_is_used_again (void)
{
  NnBlock blocks[] = {{.n = 640, .first = 0, .last = 1},
                      {.n = 640, .first = 1, .last = 2},
                      {.n = 640, .first = 2, .last = 3}};
  g_autoptr (GPtrArray) array = list (blocks, 3);
  NnArena arena = {NULL, 0};
  nn_arena_provide (&arena, array);
  g_assert_true (blocks[0].data == blocks[2].data);
  g_assert_true (blocks[0].data != blocks[1].data);
  g_assert_cmpuint (arena.n, <, 3 * 640);

  /* Less is given from the same memory, none at all has no place. */
  const nn_real *before = arena.data;
  blocks[0].n = 0;
  nn_arena_provide (&arena, array);
  g_assert_null (blocks[0].data);
  g_assert_true (arena.data == before);

  blocks[1].n = 10000;
  nn_arena_provide (&arena, array);
  g_assert_cmpuint (arena.n, >=, 10640);
  nn_arena_enter (&arena, array, 2);
  for (size_t i = 0; i < 10000; i++)
    blocks[1].data[i] = 1;
  nn_arena_clear (&arena);
  g_assert_null (arena.data);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  NnArena arena = {NULL, 0};
  nn_arena_provide (&arena, none);
  g_assert_cmpuint (arena.n, ==, 0);
  nn_arena_enter (&arena, none, 0);
  nn_arena_clear (&arena);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/arena/places", test_places);
  g_test_add_func ("/nn/arena/used-again", test_place_is_used_again);
  g_test_add_func ("/nn/arena/nothing", test_nothing);
  return g_test_run ();
}
