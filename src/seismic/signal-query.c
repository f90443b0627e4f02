#include "seismic/signal-query.h"

#include <math.h>
#include <string.h>

#define RATE_TOLERANCE 1e-4 /* as in signal.c */

void
seismic_signal_query_init (SeismicSignalQuery *query)
{
  *query = (SeismicSignalQuery){.min_magnitude = NAN,
                                .max_magnitude = NAN,
                                .min_distance_km = NAN,
                                .max_distance_km = NAN,
                                .rate_hz = NAN,
                                .min_snr_db = NAN};
}

void
seismic_signal_query_clear (SeismicSignalQuery *query)
{
  g_clear_pointer (&query->event_types, g_strfreev);
  g_clear_pointer (&query->tags, g_strfreev);
  g_clear_pointer (&query->excluded_tags, g_strfreev);
  g_clear_pointer (&query->text, g_free);
  seismic_signal_query_init (query);
}

bool
seismic_signal_query_needs_quality (const SeismicSignalQuery *query)
{
  return query->excluded != 0 || !isnan (query->min_snr_db);
}

/* A limit that is NAN holds always, any other never for a NAN. */
static bool
is_within (double value, double low, double high)
{
  return (isnan (low) || value >= low) && (isnan (high) || value <= high);
}

static bool
has (char **list, const char *word)
{
  return list != NULL && g_strv_contains ((const char *const *)list, word);
}

static bool
tags_match (const SeismicSignalQuery *query, const SeismicSignalInfo *info)
{
  for (size_t i = 0; query->tags != NULL && query->tags[i] != NULL; i++)
    if (!has (info->tags, query->tags[i]) && !has (info->event_tags, query->tags[i]))
      return false;
  for (size_t i = 0; query->excluded_tags != NULL && query->excluded_tags[i]; i++)
    if (has (info->tags, query->excluded_tags[i]) ||
        has (info->event_tags, query->excluded_tags[i]))
      return false;
  return true;
}

static bool
text_matches (const char *text, const SeismicSignalInfo *info)
{
  const char *const places[] = {info->id, info->event.place, info->comment};
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  for (size_t i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *folded = g_utf8_casefold (places[i] ? places[i] : "", -1);
    if (strstr (folded, wanted) != NULL)
      return true;
  }
  return false;
}

bool
seismic_signal_query_matches (const SeismicSignalQuery *query,
                              const SeismicSignalInfo *info)
{
  return is_within (info->event.magnitude, query->min_magnitude, query->max_magnitude) &&
         is_within (info->distance_km, query->min_distance_km, query->max_distance_km) &&
         (isnan (query->rate_hz) ||
          fabs (info->rate_hz - query->rate_hz) <= RATE_TOLERANCE * query->rate_hz) &&
         is_within (seismic_quality_least_snr_db (&info->quality), query->min_snr_db,
                    NAN) &&
         (seismic_quality_flags (&info->quality) & query->excluded) == 0 &&
         (query->event_types == NULL || has (query->event_types, info->event.type)) &&
         tags_match (query, info) &&
         (query->text == NULL || text_matches (query->text, info));
}

GPtrArray *
seismic_library_query_signals (SeismicLibrary *library, const SeismicSignalQuery *query,
                               GError **error)
{
  g_autoptr (GPtrArray) all = seismic_library_list_signals (library, error);
  if (all == NULL)
    return NULL;
  GPtrArray *found =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
  g_ptr_array_set_free_func (all, NULL); /* each is taken or freed here */
  for (guint i = 0; i < all->len; i++) {
    if (seismic_signal_query_matches (query, all->pdata[i]))
      g_ptr_array_add (found, all->pdata[i]);
    else
      seismic_signal_info_free (all->pdata[i]);
  }
  return found;
}
