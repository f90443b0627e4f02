/* SaeCatalogPage: the library's events as a table. */
#pragma once

#include "app/page.h"

#define SAE_TYPE_CATALOG_PAGE (sae_catalog_page_get_type ())
G_DECLARE_FINAL_TYPE (SaeCatalogPage, sae_catalog_page, SAE, CATALOG_PAGE, SaePage)
