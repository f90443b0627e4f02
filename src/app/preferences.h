/* SaePreferences: what is set once, and kept in GSettings. */
#pragma once

#include <adwaita.h>

#define SAE_TYPE_PREFERENCES (sae_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SaePreferences, sae_preferences, SAE, PREFERENCES,
                      AdwPreferencesWindow)

/* parent may be NULL. Without an installed schema nothing can be set. */
GtkWindow *sae_preferences_new (GtkWindow *parent);
