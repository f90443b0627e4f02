/* SaeApplication: one process, its window, its shortcuts. Opens what it is given on the
 * command line. */
#pragma once

#include <adwaita.h>

#define SAE_TYPE_APPLICATION (sae_application_get_type ())
G_DECLARE_FINAL_TYPE (SaeApplication, sae_application, SAE, APPLICATION, AdwApplication)

SaeApplication *sae_application_new (void);
