/* SaeCatalogPage: a search at the side, the library's events on a map and in a table, the
 * download of their records. */
#pragma once

#include "app/page.h"

#define SAE_TYPE_CATALOG_PAGE (sae_catalog_page_get_type ())
G_DECLARE_FINAL_TYPE (SaeCatalogPage, sae_catalog_page, SAE, CATALOG_PAGE, SaePage)

/* The data center to begin with: an id or an address. */
void sae_catalog_page_set_server (SaeCatalogPage *self, const char *server);
