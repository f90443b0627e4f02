/* SaePreviews: tiny pictures of signals, as the extremes of a few columns, so that they
 * can be drawn in any colour and size. They are read in a thread, in the order they are
 * wanted, and kept: at most SAE_PREVIEWS_KEPT, those longest unused go first. Main
 * thread.
 *
 * Signal: "ready" (const char *id)   there is another, or it is known that there is none
 */
#pragma once

#include <glib-object.h>

#define SAE_PREVIEW_COLUMNS 64
#define SAE_PREVIEWS_KEPT 4096

/* Of the component with the largest peak, from its mean; the peak is ±127. */
typedef struct {
  gint8 min[SAE_PREVIEW_COLUMNS], max[SAE_PREVIEW_COLUMNS];
} SaePreview;

#define SAE_TYPE_PREVIEWS (sae_previews_get_type ())
G_DECLARE_FINAL_TYPE (SaePreviews, sae_previews, SAE, PREVIEWS, GObject)

SaePreviews *sae_previews_new (void);
/* The library whose signals they are (NULL: none); what was kept is forgotten, even where
 * it is the same: its records may be others. */
void sae_previews_set_folder (SaePreviews *self, const char *folder);
/* NULL while it is not there, or if the signal cannot be read. Valid until the next turn
 * of the main loop. */
const SaePreview *sae_previews_get (SaePreviews *self, const char *id);
/* These (NULL-terminated), in this order, and no others: what was wanted before and is
 * not among them is given up. Those that are there already cost nothing. */
void sae_previews_want (SaePreviews *self, const char *const *ids);

/* samples: (3, n), n ≥ 1. Any thread. */
void sae_preview_reduce (SaePreview *preview, const double *samples, gsize n);
