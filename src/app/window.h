/* SaeWindow: the one window: header bar, the four pages, toasts, and how things are
 * opened. Thin: the session holds the state, the pages show it. */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_WINDOW (sae_window_get_type ())
G_DECLARE_FINAL_TYPE (SaeWindow, sae_window, SAE, WINDOW, AdwApplicationWindow)

SaeWindow *sae_window_new (GtkApplication *application);
/* The data center that the catalog page asks at first: an id or an address. */
void sae_window_set_server (SaeWindow *self, const char *server);
SaeSession *sae_window_get_session (SaeWindow *self);
/* Opens a library, or takes files and folders into the open one. */
void sae_window_open_files (SaeWindow *self, GFile **files, gsize n_files);
