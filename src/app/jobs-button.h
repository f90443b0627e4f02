/* SaeJobsButton: in the header bar, how many jobs run; its popover lists them. Hidden
 * without any. Property "session", set once. */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_JOBS_BUTTON (sae_jobs_button_get_type ())
G_DECLARE_FINAL_TYPE (SaeJobsButton, sae_jobs_button, SAE, JOBS_BUTTON, AdwBin)
