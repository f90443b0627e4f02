/* Errors of the layers below as sentences for people: what happened, to what, and what to
 * do. Strings to be freed with g_free. */
#pragma once

#include "session/job.h"

/* TRUE if there is a sentence of its own for this error (else the general one is used).
 */
gboolean sae_error_text_knows (const GError *error);
char *sae_error_text (const GError *error);
/* What a failed job was to do, and why it could not. */
char *sae_error_text_of_job (SaeJobKind kind, const GError *error);
