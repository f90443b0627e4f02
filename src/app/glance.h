/* SaeGlance: a first look at a long file while it is being read into the library: its
 * envelope, from a few of its records. Not visible until there is something to see. */
#pragma once

#include <adwaita.h>

#define SAE_TYPE_GLANCE (sae_glance_get_type ())
G_DECLARE_FINAL_TYPE (SaeGlance, sae_glance, SAE, GLANCE, AdwBin)

/* TRUE for a file (not a folder) so long that reading it takes a while. */
gboolean sae_glance_is_for (const char *path);
/* Looks at the file in a thread, and is visible once it has seen it; not if it cannot. */
void sae_glance_begin (SaeGlance *self, const char *path);
void sae_glance_end (SaeGlance *self);
