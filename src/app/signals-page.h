/* SaeSignalsPage: the signals by event at the side, the selected one large. */
#pragma once

#include "app/page.h"

#define SAE_TYPE_SIGNALS_PAGE (sae_signals_page_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalsPage, sae_signals_page, SAE, SIGNALS_PAGE, SaePage)

/* Selects the event's first signal and brings it into view; a search is given up. */
void sae_signals_page_show_event (SaeSignalsPage *self, const char *event_id);
/* Shows a first look at the long file that job reads into the library, until its record
 * can be shown. */
void sae_signals_page_glance (SaeSignalsPage *self, const char *path, SaeJob *job);
