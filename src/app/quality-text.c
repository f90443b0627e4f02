#include "app/quality-text.h"

#include "seismic/quality.h"
#include <glib/gi18n.h>

/* In the order of the bits. */
static const struct {
  const char *name, *explanation;
} flags[SEISMIC_QUALITY_N_FLAGS] = {
    {N_ ("Clipped"), N_ ("The motion went beyond what the instrument could record")},
    {N_ ("Noisy"), N_ ("The signal is less than three times the noise before it")},
    {N_ ("Short"), N_ ("It begins too late before P or ends too soon after S")},
    {N_ ("Gaps"), N_ ("The record has gaps; its longest part without is the signal")},
    {N_ ("Flat"), N_ ("A tenth of the record or more is one and the same value")},
    {N_ ("Spikes"), N_ ("Single samples stand out from those around them")},
    {N_ ("Offset"), N_ ("The base line is another at the end than at the beginning")},
};

const char *
sae_quality_text (unsigned index)
{
  return _ (flags[index].name);
}

const char *
sae_quality_explanation (unsigned index)
{
  return _ (flags[index].explanation);
}

char *
sae_quality_list (unsigned set)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (unsigned i = 0; i < SEISMIC_QUALITY_N_FLAGS; i++)
    if (set & 1u << i)
      g_strv_builder_add (names, sae_quality_text (i));
  list = g_strv_builder_end (names);
  return g_strjoinv (", ", list);
}
