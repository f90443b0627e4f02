#include "seismic/progress.h"

SeismicSkip *
seismic_skip_new (const char *item, GError *reason)
{
  SeismicSkip *skip = g_new0 (SeismicSkip, 1);
  skip->item = g_strdup (item);
  skip->reason = reason;
  return skip;
}

void
seismic_skip_free (SeismicSkip *skip)
{
  if (skip == NULL)
    return;
  g_free (skip->item);
  g_clear_error (&skip->reason);
  g_free (skip);
}
