/* The flags of seismic/quality.h in the user's words. */
#pragma once

/* index: of the bit. A literal: "Clipped". */
const char *sae_quality_text (unsigned index);
/* What it means, in a sentence; a literal. */
const char *sae_quality_explanation (unsigned index);
/* "Clipped, spikes" of or-ed flags, "" of none. Free with g_free. */
char *sae_quality_list (unsigned flags);
