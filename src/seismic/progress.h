/* How long work below session tells how far it is, and what it left out. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
  size_t done, total; /* items; total 0 when unknown */
  const char *item;   /* the one at hand (a file name, a signal id), or NULL; borrowed */
} SeismicProgress;

/* Called in the working thread. FALSE means stop: the work then fails with
 * G_IO_ERROR_CANCELLED. */
typedef bool (*SeismicProgressFunc) (const SeismicProgress *progress, void *user_data);

/* One thing left out of batch work, and why. */
typedef struct {
  char *item; /* a path or an id */
  GError *reason;
} SeismicSkip;

/* Takes ownership of reason; item is copied. */
SeismicSkip *seismic_skip_new (const char *item, GError *reason);
void seismic_skip_free (SeismicSkip *skip);
