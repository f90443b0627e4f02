/* The repulsion of t-SNE by a tree of the plane: Barnes and Hut (1986), doi
 * 10.1038/324446a0, as van der Maaten (2014), JMLR 15, uses it, in the form that suits
 * vector registers: the points of a leaf share one list of what they are repelled by. */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct AnalysisTsneTree AnalysisTsneTree;

/* For n points, n ≥ 1; one thread at a time. */
AnalysisTsneTree *analysis_tsne_tree_new (size_t n);
void analysis_tsne_tree_free (AnalysisTsneTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisTsneTree, analysis_tsne_tree_free)

/* With q_ij = 1 / (1 + |y_i − y_j|²) of the points y (n, 2):
 *   force (n, 2), overwritten: Σ_j q_ij² (y_i − y_j);   returns Z = Σ_i Σ_{j ≠ i} q_ij.
 * Points in a box of width w at least w / theta away count as one in their middle; with
 * theta 0 none do, and the sums are exact (but where more than a leaf's points stand
 * within 2⁻¹⁶ of the whole width: they count as one). Shared out among the engine's
 * threads; the result does not depend on their number. */
double analysis_tsne_tree_repulsion (AnalysisTsneTree *tree, float *force, const float *y,
                                     double theta);
