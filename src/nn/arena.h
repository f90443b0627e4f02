/* One stretch of memory for everything that a pass over a batch needs, planned before the
 * pass begins: blocks that are never needed at the same moment lie in the same place.
 *
 * Moments are numbers that the user of the arena counts. The places are found greedily,
 * the largest block first, each as low as it fits (Pisarchyk and Lee 2020,
 * arXiv 2001.03288, "greedy by size"). */
#pragma once

#include "nn/shape.h"
#include <glib.h>

typedef struct {
  size_t n;           /* nn_real; 0: not needed */
  size_t first, last; /* moments between which it is in use, both included */
  size_t offset;      /* in the arena, a multiple of a cache line */
  nn_real *data;      /* NULL when not needed */
} NnBlock;

typedef struct {
  nn_real *data; /* owned */
  size_t n;
} NnArena;

/* n_rows × n_columns; a process ends that asks for more than the address space. */
size_t nn_block_size (size_t n_rows, size_t n_columns);

/* blocks: of NnBlock *, here and below. Sets the offset of every one. Returns how many
 * nn_real they need together. */
size_t nn_arena_plan (const GPtrArray *blocks);
/* Sets offset and data of every block, whose content is then undefined. The memory grows
 * when it must and is kept. */
void nn_arena_provide (NnArena *arena, const GPtrArray *blocks);
/* Says that moment begins. Under AddressSanitizer everything but the blocks in use then
 * is out of bounds until the next call, and what went out of use is no number, for those
 * who read it unseen; otherwise it does nothing. */
void nn_arena_enter (NnArena *arena, const GPtrArray *blocks, size_t moment);
void nn_arena_clear (NnArena *arena);
