/* SaeClusterButton: how clusters of the session's embeddings are found, in a popover: the
 * method with its parameter, and what came of it. Property "session", set once. */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_CLUSTER_BUTTON (sae_cluster_button_get_type ())
G_DECLARE_FINAL_TYPE (SaeClusterButton, sae_cluster_button, SAE, CLUSTER_BUTTON, AdwBin)

/* As they stand in the popover. */
AnalysisClusteringSettings sae_cluster_button_get_settings (SaeClusterButton *self);
/* Finds clusters with them, of the session's projection if there is one. */
void sae_cluster_button_find (SaeClusterButton *self);
/* "4 clusters, silhouette 0.41, 3 signals in none"; free with g_free. */
char *sae_cluster_button_summary (const AnalysisClustering *clustering);
