/* SaeDownloadBar: the session's download: how far, how fast, how long, event by event.
 * Shown while it runs, and after it as long as something failed and it was not hidden;
 * what failed stays listed, first of all, until it was tried again from the same server.
 * Property "session" (SaeSession, set once). Actions "download.pause" (and go on),
 * "download.cancel", "download.retry" (all that failed), "download.retry-event" (id),
 * "download.close". */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_DOWNLOAD_BAR (sae_download_bar_get_type ())
G_DECLARE_FINAL_TYPE (SaeDownloadBar, sae_download_bar, SAE, DOWNLOAD_BAR, AdwBin)

/* "9 events taken, 2 without records, 1 failed"; free with g_free. */
char *sae_download_bar_summary (const SeismicDownloadReport *report, gboolean stopped);
