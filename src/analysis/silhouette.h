/* How well rows lie in their clusters: Rousseeuw (1987),
 * doi 10.1016/0377-0427(87)90125-7. With a the mean distance of a row to the others of
 * its cluster and b the least mean distance to another cluster's rows, s = (b − a) / max
 * (a, b); 0 for a row alone. */
#pragma once

#include "analysis/matrix.h"
#include <stdbool.h>
#include <stdint.h>

/* The cluster of a row that is in none: such rows do not take part. */
#define ANALYSIS_NO_CLUSTER UINT32_MAX

/* *silhouette: the mean of s over at most `most` rows (0: all), evenly spread, each
 * against all rows; cluster (n), each below n_clusters or ANALYSIS_NO_CLUSTER.
 * ANALYSIS_ERROR_TOO_FEW with fewer than two clusters that have rows,
 * ANALYSIS_ERROR_NUMERIC. Any thread. */
bool analysis_silhouette (const AnalysisMatrix *x, const uint32_t *cluster,
                          size_t n_clusters, size_t most, double *silhouette,
                          GError **error);
