#include "app/format.h"

#include "seismic/time.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MINUS "\u2212"
#define DASH "\u2013"
#define NARROW_SPACE "\u202f"
#define NO_BREAK_SPACE "\u00a0"

static char *
with_real_minus (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);

  return g_strjoinv (MINUS, parts);
}

char *
sae_format_number (double value, guint decimals)
{
  g_autofree char *text = NULL;

  if (isnan (value))
    return g_strdup (DASH);
  /* No "−0". */
  if (fabs (value) < 0.5 * pow (10, -(double)decimals))
    value = 0;
  text = g_strdup_printf ("%'.*f", (int)decimals, value);
  return with_real_minus (text);
}

char *
sae_format_significant (double value, guint digits)
{
  double exponent = value != 0 && isfinite (value) ? floor (log10 (fabs (value))) : 0;
  double decimals = (double)digits - 1 - exponent;

  if (!isnan (value) && (exponent < -4 || exponent > 9)) {
    g_autofree char *text = g_strdup_printf ("%.*e", (int)digits - 1, value);

    return with_real_minus (text);
  }
  return sae_format_number (value, (guint)MAX (decimals, 0));
}

char *
sae_format_quantity (double value, guint decimals, const char *unit)
{
  g_autofree char *number = sae_format_number (value, decimals);

  return g_strconcat (number, NARROW_SPACE, unit, NULL);
}

char *
sae_format_duration (double seconds)
{
  double minutes = round (seconds / 60);

  if (!(seconds >= 0) || seconds > 1e9)
    return g_strdup (DASH);
  if (seconds < 99.5)
    /* Translators: a duration in seconds; the space is a narrow no-break space */
    return g_strdup_printf (_ ("%.0f\u202fs"), ceil (seconds));
  if (minutes < 100)
    /* Translators: a duration in minutes; the space is a narrow no-break space */
    return g_strdup_printf (_ ("%.0f\u202fmin"), minutes);
  /* Translators: a duration in hours and minutes, with narrow no-break spaces */
  return g_strdup_printf (_ ("%.0f\u202fh %.0f\u202fmin"), floor (minutes / 60),
                          fmod (minutes, 60));
}

char *
sae_format_size_about (uint64_t n_bytes)
{
  double megabytes = (double)n_bytes / 1e6;

  if (megabytes < 0.95)
    /* Translators: a size in kilobytes; the space is a narrow no-break space */
    return g_strdup_printf (_ ("%.0f\u202fkB"), ceil (megabytes * 1e3));
  if (megabytes < 999.5)
    /* Translators: a size in megabytes; the space is a narrow no-break space */
    return g_strdup_printf (_ ("%.0f\u202fMB"), megabytes);
  /* Translators: a size in gigabytes; the space is a narrow no-break space */
  return g_strdup_printf (_ ("%.1f\u202fGB"), megabytes / 1e3);
}

char *
sae_format_date (int64_t time_ns)
{
  g_autofree char *text = seismic_time_format (time_ns, 0);

  return strlen (text) >= 10 ? g_strndup (text, 10) : g_strdup (DASH);
}

char *
sae_format_clock (int64_t time_ns, guint decimals)
{
  g_autofree char *text = seismic_time_format (time_ns, decimals);
  const char *clock = strchr (text, 'T');

  return clock ? g_strndup (clock + 1, strcspn (clock + 1, "Z")) : g_strdup (DASH);
}

char *
sae_format_time (int64_t time_ns, guint decimals)
{
  g_autofree char *date = sae_format_date (time_ns);
  g_autofree char *clock = sae_format_clock (time_ns, decimals);

  if (time_ns == SEISMIC_TIME_UNSET)
    return g_strdup (DASH);
  return g_strconcat (date, NO_BREAK_SPACE, clock, NULL);
}

char *
sae_format_magnitude (const SeismicEvent *event)
{
  g_autofree char *number = sae_format_number (event->magnitude, 1);

  return g_strconcat ("M" NO_BREAK_SPACE, number, NULL);
}

char *
sae_format_event_short (const SeismicEvent *event)
{
  g_autofree char *magnitude = sae_format_magnitude (event);
  g_autofree char *date = sae_format_date (event->time_ns);

  if (event->time_ns == SEISMIC_TIME_UNSET)
    return isnan (event->magnitude) ? g_strdup ("") : g_steal_pointer (&magnitude);
  if (isnan (event->magnitude))
    return g_steal_pointer (&date);
  return g_strjoin (" · ", magnitude, date, NULL);
}

char *
sae_format_event_place (const SeismicEvent *event)
{
  g_autofree char *begin = NULL;
  int64_t begin_ns;

  if (*event->place)
    return g_strdup (event->place);
  if (event->time_ns != SEISMIC_TIME_UNSET || !g_str_has_suffix (event->id, "Z") ||
      !seismic_time_parse (event->id, &begin_ns))
    return g_strdup (event->id);
  if (begin_ns == 0)
    return g_strdup (_ ("Records without a date"));
  begin = sae_format_time (begin_ns, 0);
  /* Translators: date and time of day */
  return g_strdup_printf (_ ("Records from %s"), begin);
}

char *
sae_format_event (const SeismicEvent *event)
{
  g_autofree char *begin = sae_format_event_short (event);
  g_autofree char *place = sae_format_event_place (event);

  return *begin ? g_strjoin (" · ", begin, place, NULL) : g_steal_pointer (&place);
}

const char *
sae_format_event_type (const char *type)
{
  static const char *const known[] = {
      N_ ("earthquake"),        N_ ("explosion"),          N_ ("quarry blast"),
      N_ ("nuclear explosion"), N_ ("chemical explosion"), N_ ("mining explosion"),
      N_ ("landslide"),         N_ ("sonic boom"),         N_ ("not reported")};

  if (!*type)
    return _ ("unknown");
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (type, known[i]) == 0)
      return _ (known[i]);
  return type;
}
