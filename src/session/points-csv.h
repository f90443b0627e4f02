/* The points of a session's projection as a table, and writing files. */
#pragma once

#include "session/session.h"

/* CSV (RFC 4180): "signal,event,x,y,selected,hidden,error,cluster,tags", one row a point;
 * x and y as they are laid out now; error, cluster (from 1) and tags empty where there
 * are none. NULL without a projection. Main thread. */
GBytes *sae_points_to_csv (SaeSession *session);

/* Writes bytes to path at once or not at all. G_IO_ERROR_* with the path. Any thread. */
gboolean sae_write_file (const char *path, GBytes *bytes, GError **error);
