#include "app/processing-text.h"

#include "app/format.h"
#include <glib/gi18n.h>

const char *
sae_unit_text (SeismicUnit unit)
{
  switch (unit) {
  case SEISMIC_UNIT_COUNTS_PER_SAMPLE:
    return _ ("counts/sample");
  case SEISMIC_UNIT_COUNT_SECONDS:
    return _ ("counts·s");
  case SEISMIC_UNIT_COUNT_SECONDS_SQUARED:
    return _ ("counts·s²");
  case SEISMIC_UNIT_CM_PER_S2:
    return _ ("cm/s²");
  case SEISMIC_UNIT_CM_PER_S2_PER_SAMPLE:
    return _ ("cm/s²/sample");
  case SEISMIC_UNIT_CM_PER_S:
    return _ ("cm/s");
  case SEISMIC_UNIT_CM:
    return _ ("cm");
  case SEISMIC_UNIT_NORMALISED:
    /* Translators: in place of a unit, of numbers divided by a typical size */
    return _ ("normalised");
  case SEISMIC_UNIT_COUNTS:
    break;
  }
  return _ ("counts");
}

static char *
format_corner (double frequency_hz)
{
  return sae_format_number (frequency_hz, frequency_hz < 0.1  ? 3
                                          : frequency_hz < 1  ? 2
                                          : frequency_hz < 10 ? 1
                                                              : 0);
}

static char *
filter_text (const SeismicButterworth *filter)
{
  g_autofree char *low = format_corner (filter->low_hz);
  g_autofree char *high = format_corner (filter->high_hz);
  g_autofree char *band = NULL;

  switch (filter->kind) {
  case SEISMIC_BUTTERWORTH_NONE:
    return NULL;
  case SEISMIC_BUTTERWORTH_LOWPASS:
    band = g_strdup_printf (_ ("Low-pass %s\u202fHz"), high);
    break;
  case SEISMIC_BUTTERWORTH_HIGHPASS:
    band = g_strdup_printf (_ ("High-pass %s\u202fHz"), low);
    break;
  case SEISMIC_BUTTERWORTH_BANDPASS:
    band = g_strdup_printf (_ ("Band-pass %s–%s\u202fHz"), low, high);
    break;
  }
  /* Translators: a filter, its order, "zero-phase" or "causal" */
  return g_strdup_printf (_ ("%s, order %zu, %s"), band, filter->order,
                          filter->zero_phase ? _ ("zero-phase") : _ ("causal"));
}

static const char *
motion_text (SeismicMotion motion)
{
  switch (motion) {
  case SEISMIC_MOTION_DIFFERENCE:
    return _ ("Differences");
  case SEISMIC_MOTION_INTEGRAL:
    return _ ("Integrated");
  case SEISMIC_MOTION_DOUBLE_INTEGRAL:
    return _ ("Integrated twice");
  case SEISMIC_MOTION_AS_RECORDED:
    break;
  }
  return NULL;
}

static void
add (GPtrArray *parts, const char *text)
{
  if (text)
    g_ptr_array_add (parts, g_strdup (text));
}

static void
add_steps (GPtrArray *parts, const SeismicProcessing *processing)
{
  g_autofree char *filter = filter_text (&processing->filter);

  if (processing->resample_hz > 0) {
    g_autofree char *rate = sae_format_significant (processing->resample_hz, 3);

    g_ptr_array_add (parts, g_strdup_printf (_ ("At %s\u202fHz"), rate));
  }
  add (parts, processing->demean ? _ ("Mean removed") : NULL);
  add (parts, processing->detrend ? _ ("Trend removed") : NULL);
  if (processing->taper > 0) {
    g_autofree char *percent = sae_format_number (100 * processing->taper, 0);

    g_ptr_array_add (parts, g_strdup_printf (_ ("Taper %s\u202f%%"), percent));
  }
  add (parts, filter);
  add (parts, motion_text (processing->motion));
  if (processing->rotation == SEISMIC_ROTATION_EAST_NORTH)
    add (parts, _ ("East and north"));
  if (processing->rotation == SEISMIC_ROTATION_RADIAL_TRANSVERSE)
    add (parts, _ ("Radial and transverse"));
  add (parts, processing->normalise ? _ ("Normalised") : NULL);
}

char *
sae_processing_text (const SaeTreatment *treatment)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (treatment->as_network)
    add (parts, _ ("As the autoencoder sees it"));
  add_steps (parts, &treatment->processing);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("  ·  ", (char **)parts->pdata);
}
