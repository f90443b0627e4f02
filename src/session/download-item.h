/* SaeDownloadItem: one event of a download as a row of a list. Main thread. Its property
 * "state" (SeismicDownloadState) is notified with every change, of the bytes too. */
#pragma once

#include "seismic/download.h"
#include <glib-object.h>

#define SAE_TYPE_DOWNLOAD_ITEM (sae_download_item_get_type ())
G_DECLARE_FINAL_TYPE (SaeDownloadItem, sae_download_item, SAE, DOWNLOAD_ITEM, GObject)

/* Copied; waiting. */
SaeDownloadItem *sae_download_item_new (const SeismicEvent *event);
const SeismicEvent *sae_download_item_get_event (SaeDownloadItem *self);
SeismicDownloadState sae_download_item_get_state (SaeDownloadItem *self);
/* Received so far; n_total (may be NULL) is 0 when unknown. */
guint64 sae_download_item_get_bytes (SaeDownloadItem *self, guint64 *n_total);
/* Why it failed, borrowed; NULL if it did not. */
const GError *sae_download_item_get_reason (SaeDownloadItem *self);
/* reason is copied, and may be NULL. */
void sae_download_item_update (SaeDownloadItem *self, SeismicDownloadState state,
                               guint64 n_bytes, guint64 n_total, const GError *reason);
