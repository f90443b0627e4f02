#include "analysis/tsne-tree.h"
#include "nn/gemm.h"
#include "nn/parallel.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

/* Points of a leaf, levels of the tree, leaves that a thread takes at once. */
enum { LEAF = 16, LEVELS = 16, TAKE = 4 };

/* Numbers side by side: GCC splits it where the machine's registers are shorter. */
enum { LANES = 16 };
typedef float Vector
    __attribute__ ((vector_size (4 * LANES), aligned (sizeof (float)), may_alias));

/* In preorder: a node's first child follows it, `next` is the node after all below it. */
typedef struct {
  float left, top, right, bottom; /* box of its points */
  float x, y;                     /* their middle */
  float mass;                     /* their number */
  uint32_t begin, end;            /* their places in the sorted order */
  uint32_t next;
  uint32_t is_leaf;
} Node;

struct AnalysisTsneTree {
  size_t n;
  uint32_t *code, *order;             /* (n) place on the curve; whose it is */
  uint32_t *spare_code, *spare_order; /* (n) for sorting */
  float *x, *y;                       /* (n) in sorted order */
  double *z;                          /* (n) Σ q of each point, in sorted order */
  Node *nodes;                        /* at most 2 n */
  size_t n_nodes;
  uint32_t *leaves; /* at most n */
  size_t n_leaves;
  /* Of the call at hand. */
  double theta;
  float *force;
  atomic_size_t taken;
};

AnalysisTsneTree *
analysis_tsne_tree_new (size_t n)
{
  AnalysisTsneTree *tree = g_new0 (AnalysisTsneTree, 1);
  tree->n = n;
  tree->code = g_new (uint32_t, n);
  tree->order = g_new (uint32_t, n);
  tree->spare_code = g_new (uint32_t, n);
  tree->spare_order = g_new (uint32_t, n);
  tree->x = g_new (float, n);
  tree->y = g_new (float, n);
  tree->z = g_new (double, n);
  tree->nodes = g_new (Node, 2 * n);
  tree->leaves = g_new (uint32_t, n);
  return tree;
}

void
analysis_tsne_tree_free (AnalysisTsneTree *tree)
{
  if (tree == NULL)
    return;
  g_free (tree->code);
  g_free (tree->order);
  g_free (tree->spare_code);
  g_free (tree->spare_order);
  g_free (tree->x);
  g_free (tree->y);
  g_free (tree->z);
  g_free (tree->nodes);
  g_free (tree->leaves);
  g_free (tree);
}

/* The 16 bits of v at the even places. */
static inline uint32_t
spread (uint32_t v)
{
  v = (v | v << 8) & 0x00ff00ff;
  v = (v | v << 4) & 0x0f0f0f0f;
  v = (v | v << 2) & 0x33333333;
  return (v | v << 1) & 0x55555555;
}

/* code: the points' places on Morton's curve through a grid of 2¹⁶ × 2¹⁶. */
static void
place (AnalysisTsneTree *tree, const float *y)
{
  float low[2] = {y[0], y[1]}, high[2] = {y[0], y[1]};
  for (size_t i = 1; i < tree->n; i++)
    for (size_t j = 0; j < 2; j++) {
      low[j] = fminf (low[j], y[2 * i + j]);
      high[j] = fmaxf (high[j], y[2 * i + j]);
    }
  const float width = fmaxf (high[0] - low[0], high[1] - low[1]);
  const float scale = width > 0 ? 65535.5f / width : 0;
  for (size_t i = 0; i < tree->n; i++) {
    const uint32_t column = (uint32_t)((y[2 * i] - low[0]) * scale);
    const uint32_t row = (uint32_t)((y[2 * i + 1] - low[1]) * scale);
    tree->code[i] = spread (MIN (column, 65535)) | spread (MIN (row, 65535)) << 1;
    tree->order[i] = (uint32_t)i;
  }
}

/* Sorts code, and order with it, byte after byte from the lowest; stable. */
static void
sort (AnalysisTsneTree *tree)
{
  for (unsigned shift = 0; shift < 32; shift += 8) {
    size_t start[257] = {0};
    for (size_t i = 0; i < tree->n; i++)
      start[(tree->code[i] >> shift & 255) + 1]++;
    for (size_t b = 0; b < 256; b++)
      start[b + 1] += start[b];
    for (size_t i = 0; i < tree->n; i++) {
      const size_t to = start[tree->code[i] >> shift & 255]++;
      tree->spare_code[to] = tree->code[i];
      tree->spare_order[to] = tree->order[i];
    }
    uint32_t *code = tree->code, *order = tree->order;
    tree->code = tree->spare_code;
    tree->order = tree->spare_order;
    tree->spare_code = code;
    tree->spare_order = order;
  }
}

static void
fill_leaf (AnalysisTsneTree *tree, Node *node)
{
  double x = 0, y = 0;
  node->left = node->right = tree->x[node->begin];
  node->top = node->bottom = tree->y[node->begin];
  for (size_t i = node->begin; i < node->end; i++) {
    x += tree->x[i];
    y += tree->y[i];
    node->left = fminf (node->left, tree->x[i]);
    node->right = fmaxf (node->right, tree->x[i]);
    node->top = fminf (node->top, tree->y[i]);
    node->bottom = fmaxf (node->bottom, tree->y[i]);
  }
  node->x = (float)(x / (double)(node->end - node->begin));
  node->y = (float)(y / (double)(node->end - node->begin));
  node->is_leaf = true;
  tree->leaves[tree->n_leaves++] = (uint32_t)(node - tree->nodes);
}

/* Sums up the children of a node, which follow it. */
static void
fill_from_children (AnalysisTsneTree *tree, Node *node)
{
  double x = 0, y = 0;
  const Node *end = tree->nodes + tree->n_nodes, *child = node + 1;
  *node = (Node){.left = child->left,
                 .top = child->top,
                 .right = child->right,
                 .bottom = child->bottom,
                 .mass = node->mass,
                 .begin = node->begin,
                 .end = node->end};
  for (; child < end; child = tree->nodes + child->next) {
    node->left = fminf (node->left, child->left);
    node->top = fminf (node->top, child->top);
    node->right = fmaxf (node->right, child->right);
    node->bottom = fmaxf (node->bottom, child->bottom);
    x += (double)child->mass * child->x;
    y += (double)child->mass * child->y;
  }
  node->x = (float)(x / node->mass);
  node->y = (float)(y / node->mass);
}

/* The first place in begin … end whose code is at least `code`. */
static size_t
lower_bound (const uint32_t *codes, size_t begin, size_t end, uint32_t code)
{
  while (begin < end) {
    const size_t middle = begin + (end - begin) / 2;
    if (codes[middle] < code)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin;
}

/* The points begin … end − 1 agree in their first `level` pairs of bits. Levels at which
 * they lie in one quarter make no node, so that there are at most 2 n. */
static void
build (AnalysisTsneTree *tree, size_t begin, size_t end, unsigned level)
{
  Node *node = &tree->nodes[tree->n_nodes++];
  node->begin = (uint32_t)begin;
  node->end = (uint32_t)end;
  node->mass = (float)(end - begin);
  const uint32_t differing = tree->code[begin] ^ tree->code[end - 1];
  if (end - begin <= LEAF || differing == 0)
    fill_leaf (tree, node);
  else {
    while (differing >> (2 * (LEVELS - 1 - level)) == 0)
      level++;
    const unsigned shift = 2 * (LEVELS - 1 - level);
    const uint32_t prefix = tree->code[begin] >> shift & ~(uint32_t)3;
    size_t from = begin;
    for (uint32_t quarter = 0; quarter < 4; quarter++) {
      const size_t to = quarter < 3 ? lower_bound (tree->code, from, end,
                                                   (prefix + quarter + 1) << shift)
                                    : end;
      if (to > from)
        build (tree, from, to, level + 1);
      from = to;
    }
    fill_from_children (tree, node);
  }
  node->next = (uint32_t)tree->n_nodes;
}

/* What repels a leaf's points: places and masses, filled up to whole vectors. */
typedef struct {
  float *x, *y, *mass;
  size_t n;
} List;

static inline void
list_add (List *list, float x, float y, float mass)
{
  list->x[list->n] = x;
  list->y[list->n] = y;
  list->mass[list->n++] = mass;
}

static void
list_fill (List *list, const AnalysisTsneTree *tree, const Node *leaf)
{
  const float theta2 = (float)(tree->theta * tree->theta);
  list->n = 0;
  for (size_t at = 0; at < tree->n_nodes;) {
    const Node *node = &tree->nodes[at];
    const float dx = fmaxf (fmaxf (leaf->left - node->x, node->x - leaf->right), 0);
    const float dy = fmaxf (fmaxf (leaf->top - node->y, node->y - leaf->bottom), 0);
    const float width = fmaxf (node->right - node->left, node->bottom - node->top);
    const bool crowd = node->is_leaf && node->end - node->begin > LEAF;
    if (width * width < theta2 * (dx * dx + dy * dy) || crowd) {
      list_add (list, node->x, node->y, node->mass);
      at = node->next;
    } else if (node->is_leaf) {
      for (size_t i = node->begin; i < node->end; i++)
        list_add (list, tree->x[i], tree->y[i], 1);
      at = node->next;
    } else
      at++;
  }
  while (list->n % LANES != 0)
    list_add (list, 0, 0, 0);
}

/* The sum over the list for one point, itself included: it adds 1 to z, 0 to the force.
 */
static inline __attribute__ ((always_inline)) void
repel (float force[2], double *z, const List *list, float x, float y)
{
  Vector sum_x = {0}, sum_y = {0}, sum_z = {0};
  for (size_t i = 0; i < list->n; i += LANES) {
    const Vector dx = x - *(const Vector *)(list->x + i);
    const Vector dy = y - *(const Vector *)(list->y + i);
    const Vector q = 1 / (1 + dx * dx + dy * dy);
    const Vector mass_q = *(const Vector *)(list->mass + i) * q;
    const Vector mass_q2 = mass_q * q;
    sum_z += mass_q;
    sum_x += mass_q2 * dx;
    sum_y += mass_q2 * dy;
  }
  double total_x = 0, total_y = 0, total_z = 0;
  for (size_t l = 0; l < LANES; l++) {
    total_x += sum_x[l];
    total_y += sum_y[l];
    total_z += sum_z[l];
  }
  force[0] = (float)total_x;
  force[1] = (float)total_y;
  *z = total_z;
}

NN_MULTIVERSION static void
repel_leaf (AnalysisTsneTree *tree, const Node *leaf, const List *list)
{
  for (size_t i = leaf->begin; i < leaf->end; i++)
    repel (tree->force + 2 * tree->order[i], &tree->z[i], list, tree->x[i], tree->y[i]);
}

static void
repel_share (void *data, size_t thread, size_t n_threads)
{
  AnalysisTsneTree *tree = data;
  const size_t room = tree->n + LANES;
  g_autofree float *storage = g_new (float, 3 * room);
  List list = {storage, storage + room, storage + 2 * room, 0};
  for (;;) {
    const size_t first = atomic_fetch_add (&tree->taken, TAKE);
    if (first >= tree->n_leaves)
      break;
    for (size_t i = first; i < MIN (first + TAKE, tree->n_leaves); i++) {
      const Node *leaf = &tree->nodes[tree->leaves[i]];
      list_fill (&list, tree, leaf);
      repel_leaf (tree, leaf, &list);
    }
  }
}

double
analysis_tsne_tree_repulsion (AnalysisTsneTree *tree, float *force, const float *y,
                              double theta)
{
  place (tree, y);
  sort (tree);
  for (size_t i = 0; i < tree->n; i++) {
    tree->x[i] = y[2 * tree->order[i]];
    tree->y[i] = y[2 * tree->order[i] + 1];
  }
  tree->n_nodes = tree->n_leaves = 0;
  build (tree, 0, tree->n, 0);

  tree->theta = theta;
  tree->force = force;
  atomic_store (&tree->taken, 0);
  nn_parallel_run (repel_share, tree);
  double z = -(double)tree->n;
  for (size_t i = 0; i < tree->n; i++)
    z += tree->z[i];
  return z;
}
