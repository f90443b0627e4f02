/* SaeDownloadRow: one event of a download: what it is, how far it is, why it failed. Its
 * button activates "download.retry-event" with the event's id. */
#pragma once

#include "session/download.h"
#include <adwaita.h>

#define SAE_TYPE_DOWNLOAD_ROW (sae_download_row_get_type ())
G_DECLARE_FINAL_TYPE (SaeDownloadRow, sae_download_row, SAE, DOWNLOAD_ROW, AdwBin)

GtkWidget *sae_download_row_new (void);
/* Both NULL for none. */
void sae_download_row_set (SaeDownloadRow *self, SaeDownload *download,
                           SaeDownloadItem *item);
