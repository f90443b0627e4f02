/* What the Explore page writes out: points, embeddings, the figure, a report. */
#pragma once

#include "app/explore-view.h"

typedef enum {
  SAE_EXPORT_POINTS,         /* CSV: ids, coordinates, selection */
  SAE_EXPORT_EMBEDDINGS,     /* CSV */
  SAE_EXPORT_EMBEDDINGS_NPY, /* NumPy's */
  SAE_EXPORT_FIGURE,         /* PNG, SVG, PDF by the name */
  SAE_EXPORT_REPORT,         /* HTML */
  SAE_N_EXPORTS
} SaeExport;

/* "points", "embeddings", "embeddings-npy", "figure", "report". FALSE, export untouched,
 * if there is none of that name. */
gboolean sae_export_from_string (const char *name, SaeExport *export);
/* The name that is proposed for the file; borrowed. */
const char *sae_export_file_name (SaeExport export);
/* Writes it to path. G_IO_ERROR_*, PLOT_ERROR_*. Main thread; with a projection. */
gboolean sae_export_write (SaeExport export, SaeExploreView *view, SaeSession *session,
                           const char *path, GError **error);
