#include "cli/processing.h"
#include "cli/options.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_ORDER 4
#define MAX_HZ 1e6

void
cli_processing_clear (CliProcessing *options)
{
  g_free (options->taper);
  g_free (options->filter);
  g_free (options->resample);
  *options = (CliProcessing){0};
}

GOptionEntry *
cli_processing_entries (CliProcessing *options, const GOptionEntry *others)
{
  const GOptionEntry entries[] = {
      {"resample", 0, 0, G_OPTION_ARG_STRING, &options->resample,
       N_ ("Processing, in this order: another sampling rate"), "HZ"},
      {"physical", 0, 0, G_OPTION_ARG_NONE, &options->physical,
       N_ ("Counts to cm/s² by the station’s sensitivity"), NULL},
      {"demean", 0, 0, G_OPTION_ARG_NONE, &options->demean, N_ ("Remove the mean"), NULL},
      {"detrend", 0, 0, G_OPTION_ARG_NONE, &options->detrend,
       N_ ("Remove the straight line of least squares"), NULL},
      {"taper", 0, 0, G_OPTION_ARG_STRING, &options->taper,
       N_ ("Taper this share of the length at either end, 0 to 0.5"), "SHARE"},
      {"filter", 0, 0, G_OPTION_ARG_STRING, &options->filter,
       N_ ("Butterworth: lowpass:HZ, highpass:HZ or bandpass:LOW:HIGH, then :ORDER (4) "
           "and :causal or :zero-phase (zero-phase), if wanted"),
       "FILTER"},
      {"difference", 0, 0, G_OPTION_ARG_NONE, &options->difference,
       N_ ("Differences of neighbouring samples"), NULL},
      {"integrate", 0, 0, G_OPTION_ARG_NONE, &options->integrate,
       N_ ("Integrate: velocity of acceleration"), NULL},
      {"integrate-twice", 0, 0, G_OPTION_ARG_NONE, &options->integrate_twice,
       N_ ("Integrate twice: displacement"), NULL},
      {"rotate", 0, 0, G_OPTION_ARG_NONE, &options->rotate,
       N_ ("Rotate to radial and transverse"), NULL},
      {"rotate-north", 0, 0, G_OPTION_ARG_NONE, &options->rotate_north,
       N_ ("Rotate to east and north"), NULL},
      G_OPTION_ENTRY_NULL};

  return cli_options_join (others, entries);
}

static bool
filter_error (const CliCommand *command, const char *text)
{
  cli_usage_error (command,
                   _ ("--filter is lowpass:HZ, highpass:HZ or bandpass:LOW:HIGH, then "
                      ":ORDER and :causal or :zero-phase, not “%s”"),
                   text);
  return false;
}

static bool
parse_hz (const char *text, double *hz)
{
  char *end = NULL;

  if (!text || !(g_ascii_isdigit (text[0]) || text[0] == '.') || strpbrk (text, "xX"))
    return false;
  *hz = g_ascii_strtod (text, &end);
  return *end == '\0' && *hz > 0 && *hz <= MAX_HZ;
}

/* What follows the corners: an order, a phase, either or both. */
static bool
parse_rest (char **rest, SeismicButterworth *filter)
{
  if (*rest && g_ascii_isdigit (**rest)) {
    const guint64 order = g_ascii_strtoull (*rest, NULL, 10);
    if (strspn (*rest, "0123456789") != strlen (*rest) || order < 1 ||
        order > SEISMIC_BUTTERWORTH_MAX_ORDER)
      return false;
    filter->order = (size_t)order;
    rest++;
  }
  if (*rest && (strcmp (*rest, "causal") == 0 || strcmp (*rest, "zero-phase") == 0)) {
    filter->zero_phase = strcmp (*rest, "zero-phase") == 0;
    rest++;
  }
  return *rest == NULL;
}

static bool
parse_filter (const CliCommand *command, const char *text, SeismicButterworth *filter)
{
  static const struct {
    const char *name;
    SeismicButterworthKind kind;
    bool has_low, has_high;
  } kinds[] = {{"lowpass", SEISMIC_BUTTERWORTH_LOWPASS, false, true},
               {"highpass", SEISMIC_BUTTERWORTH_HIGHPASS, true, false},
               {"bandpass", SEISMIC_BUTTERWORTH_BANDPASS, true, true}};
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
    char **part = parts;
    if (!*part || strcmp (*part++, kinds[i].name) != 0)
      continue;
    *filter = (SeismicButterworth){
        .kind = kinds[i].kind, .order = DEFAULT_ORDER, .zero_phase = true};
    if ((!kinds[i].has_low || parse_hz (*part++, &filter->low_hz)) &&
        (!kinds[i].has_high || parse_hz (*part++, &filter->high_hz)) &&
        parse_rest (part, filter))
      return true;
  }
  return filter_error (command, text);
}

bool
cli_processing_read (const CliCommand *command, const CliProcessing *options,
                     SeismicProcessing *processing)
{
  const int n_motions =
      options->difference + options->integrate + options->integrate_twice;

  *processing = (SeismicProcessing){.physical = options->physical,
                                    .demean = options->demean,
                                    .detrend = options->detrend};
  if (n_motions > 1) {
    cli_usage_error (command, _ ("--difference, --integrate and --integrate-twice "
                                 "exclude each other"));
    return false;
  }
  if (options->rotate && options->rotate_north) {
    cli_usage_error (command, _ ("--rotate and --rotate-north exclude each other"));
    return false;
  }
  processing->motion = options->difference        ? SEISMIC_MOTION_DIFFERENCE
                       : options->integrate       ? SEISMIC_MOTION_INTEGRAL
                       : options->integrate_twice ? SEISMIC_MOTION_DOUBLE_INTEGRAL
                                                  : SEISMIC_MOTION_AS_RECORDED;
  processing->rotation = options->rotate         ? SEISMIC_ROTATION_RADIAL_TRANSVERSE
                         : options->rotate_north ? SEISMIC_ROTATION_EAST_NORTH
                                                 : SEISMIC_ROTATION_NONE;
  return cli_option_number (command, "--taper", options->taper, 0.0, 0.5,
                            &processing->taper) &&
         cli_option_number (command, "--resample", options->resample, 1e-3, MAX_HZ,
                            &processing->resample_hz) &&
         (!options->filter ||
          parse_filter (command, options->filter, &processing->filter));
}

const char *
cli_processing_unit (const SeismicProcessing *processing)
{
  switch (seismic_processing_unit (processing)) {
  case SEISMIC_UNIT_COUNTS:
    return _ ("counts");
  case SEISMIC_UNIT_COUNTS_PER_SAMPLE:
    return _ ("counts a sample");
  case SEISMIC_UNIT_COUNT_SECONDS:
    return _ ("counts · s");
  case SEISMIC_UNIT_COUNT_SECONDS_SQUARED:
    return _ ("counts · s²");
  case SEISMIC_UNIT_CM_PER_S2:
    return _ ("cm/s²");
  case SEISMIC_UNIT_CM_PER_S2_PER_SAMPLE:
    return _ ("cm/s² a sample");
  case SEISMIC_UNIT_CM_PER_S:
    return _ ("cm/s");
  case SEISMIC_UNIT_CM:
    return _ ("cm");
  case SEISMIC_UNIT_NORMALISED:
    break;
  }
  return "";
}

static void
add (GString *list, const char *part)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? " · " : "", part);
}

static void
add_filter (GString *list, const SeismicButterworth *filter)
{
  const char *phase = filter->zero_phase ? _ ("zero-phase") : _ ("causal");
  g_autofree char *text = NULL;

  if (filter->kind == SEISMIC_BUTTERWORTH_LOWPASS)
    text = g_strdup_printf (_ ("low-pass %g Hz, order %zu, %s"), filter->high_hz,
                            filter->order, phase);
  else if (filter->kind == SEISMIC_BUTTERWORTH_HIGHPASS)
    text = g_strdup_printf (_ ("high-pass %g Hz, order %zu, %s"), filter->low_hz,
                            filter->order, phase);
  else if (filter->kind == SEISMIC_BUTTERWORTH_BANDPASS)
    text = g_strdup_printf (_ ("band-pass %g–%g Hz, order %zu, %s"), filter->low_hz,
                            filter->high_hz, filter->order, phase);
  if (text)
    add (list, text);
}

char *
cli_processing_text (const SeismicProcessing *processing)
{
  GString *list = g_string_new (NULL);

  if (processing->resample_hz > 0) {
    g_autofree char *text =
        g_strdup_printf (_ ("resampled to %g Hz"), processing->resample_hz);
    add (list, text);
  }
  if (processing->demean)
    add (list, _ ("mean removed"));
  if (processing->detrend)
    add (list, _ ("trend removed"));
  if (processing->taper > 0) {
    g_autofree char *text = g_strdup_printf (_ ("tapered by %g"), processing->taper);
    add (list, text);
  }
  add_filter (list, &processing->filter);
  if (processing->motion == SEISMIC_MOTION_DIFFERENCE)
    add (list, _ ("differences"));
  if (processing->motion == SEISMIC_MOTION_INTEGRAL)
    add (list, _ ("integrated"));
  if (processing->motion == SEISMIC_MOTION_DOUBLE_INTEGRAL)
    add (list, _ ("integrated twice"));
  if (processing->rotation != SEISMIC_ROTATION_NONE)
    add (list, processing->rotation == SEISMIC_ROTATION_EAST_NORTH
                   ? _ ("rotated to east and north")
                   : _ ("rotated to radial and transverse"));
  return g_string_free (list, FALSE);
}
