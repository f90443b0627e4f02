#include "nn/arena.h"

#include <glib.h>
#include <math.h>
#ifdef __has_feature
#if __has_feature(address_sanitizer) && !defined __SANITIZE_ADDRESS__
#define __SANITIZE_ADDRESS__ /* as gcc does */
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

enum { CACHE_LINE = 64, LINE = CACHE_LINE / sizeof (nn_real) };

size_t
nn_block_size (size_t n_rows, size_t n_columns)
{
  size_t n;
  if (!g_size_checked_mul (&n, n_rows, n_columns))
    g_error ("%zu × %zu numbers are beyond the address space", n_rows, n_columns);
  return n;
}

/* What a block takes: whole cache lines, and under AddressSanitizer one more, so that
 * neighbours do not touch. */
static size_t
footprint (const NnBlock *block)
{
#ifdef __SANITIZE_ADDRESS__
  return (block->n + 2 * LINE - 1) / LINE * LINE;
#else
  return (block->n + LINE - 1) / LINE * LINE;
#endif
}

static bool
meet (const NnBlock *a, const NnBlock *b)
{
  return a->first <= b->last && b->first <= a->last;
}

static int
compare_sizes (const void *a, const void *b)
{
  const NnBlock *x = *(NnBlock *const *)a, *y = *(NnBlock *const *)b;
  if (x->n != y->n)
    return x->n < y->n ? 1 : -1;
  return (x->first > y->first) - (x->first < y->first);
}

/* The lowest place for block beside those of placed, which are in the order of their
 * offsets, that are in use with it. */
static size_t
find_offset (const NnBlock *block, const GPtrArray *placed)
{
  size_t offset = 0, n = footprint (block);
  for (size_t i = 0; i < placed->len; i++) {
    const NnBlock *other = placed->pdata[i];
    if (!meet (block, other))
      continue;
    if (offset + n <= other->offset)
      break;
    offset = MAX (offset, other->offset + footprint (other));
  }
  return offset;
}

size_t
nn_arena_plan (const GPtrArray *blocks)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (blocks->len);
  g_autoptr (GPtrArray) placed = g_ptr_array_sized_new (blocks->len);
  size_t total = 0;
  for (size_t i = 0; i < blocks->len; i++) {
    const NnBlock *block = blocks->pdata[i];
    if (block->n > 0)
      g_ptr_array_add (sorted, blocks->pdata[i]);
  }
  g_ptr_array_sort (sorted, compare_sizes);
  for (size_t i = 0; i < sorted->len; i++) {
    NnBlock *block = sorted->pdata[i];
    block->offset = find_offset (block, placed);
    total = MAX (total, block->offset + footprint (block));
    size_t at = placed->len;
    while (at > 0 && ((NnBlock *)placed->pdata[at - 1])->offset > block->offset)
      at--;
    g_ptr_array_insert (placed, (int)at, block);
  }
  return total;
}

void
nn_arena_provide (NnArena *arena, const GPtrArray *blocks)
{
  size_t n = nn_arena_plan (blocks);
  if (n > arena->n) {
    nn_arena_clear (arena);
    arena->data = g_aligned_alloc (n, sizeof (nn_real), CACHE_LINE);
    arena->n = n;
  }
  for (size_t i = 0; i < blocks->len; i++) {
    NnBlock *block = blocks->pdata[i];
    block->data = block->n > 0 ? arena->data + block->offset : NULL;
  }
}

void
nn_arena_enter (NnArena *arena, const GPtrArray *blocks, size_t moment)
{
#ifdef __SANITIZE_ADDRESS__
  ASAN_UNPOISON_MEMORY_REGION (arena->data, arena->n * sizeof *arena->data);
  for (size_t i = 0; i < blocks->len; i++) {
    const NnBlock *block = blocks->pdata[i];
    for (size_t j = 0; block->last + 1 == moment && j < block->n; j++)
      block->data[j] = NAN;
  }
  ASAN_POISON_MEMORY_REGION (arena->data, arena->n * sizeof *arena->data);
  for (size_t i = 0; i < blocks->len; i++) {
    const NnBlock *block = blocks->pdata[i];
    if (block->first <= moment && moment <= block->last)
      ASAN_UNPOISON_MEMORY_REGION (block->data, block->n * sizeof *block->data);
  }
#endif
}

void
nn_arena_clear (NnArena *arena)
{
#ifdef __SANITIZE_ADDRESS__
  ASAN_UNPOISON_MEMORY_REGION (arena->data, arena->n * sizeof *arena->data);
#endif
  g_clear_pointer (&arena->data, g_aligned_free);
  arena->n = 0;
}
