#include "seismic/event.h"
#include "seismic/time.h"

#include <math.h>

#define EARTH_RADIUS_KM 6371.0

SeismicEvent *
seismic_event_new (const char *id)
{
  SeismicEvent *event = g_new0 (SeismicEvent, 1);
  event->id = g_strdup (id);
  event->time_ns = SEISMIC_TIME_UNSET;
  event->latitude = event->longitude = event->depth_km = event->magnitude = NAN;
  event->magnitude_type = g_strdup ("");
  event->type = g_strdup ("");
  event->place = g_strdup ("");
  return event;
}

SeismicEvent *
seismic_event_copy (const SeismicEvent *event)
{
  SeismicEvent *copy = g_memdup2 (event, sizeof *event);
  copy->id = g_strdup (event->id);
  copy->magnitude_type = g_strdup (event->magnitude_type);
  copy->type = g_strdup (event->type);
  copy->place = g_strdup (event->place);
  return copy;
}

void
seismic_event_free (SeismicEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->id);
  g_free (event->magnitude_type);
  g_free (event->type);
  g_free (event->place);
  g_free (event);
}

static bool
same_number (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

bool
seismic_event_equal (const SeismicEvent *a, const SeismicEvent *b)
{
  return g_str_equal (a->id, b->id) && a->time_ns == b->time_ns &&
         same_number (a->latitude, b->latitude) &&
         same_number (a->longitude, b->longitude) &&
         same_number (a->depth_km, b->depth_km) &&
         same_number (a->magnitude, b->magnitude) &&
         g_str_equal (a->magnitude_type, b->magnitude_type) &&
         g_str_equal (a->type, b->type) && g_str_equal (a->place, b->place);
}

double
seismic_distance_km (double latitude_1, double longitude_1, double latitude_2,
                     double longitude_2)
{
  double phi_1 = latitude_1 * G_PI / 180.0;
  double phi_2 = latitude_2 * G_PI / 180.0;
  double half_phi = (phi_2 - phi_1) / 2.0;
  double half_lambda = (longitude_2 - longitude_1) * G_PI / 360.0;
  /* Haversine: exact for close points, where the law of cosines loses its digits. */
  double h = sin (half_phi) * sin (half_phi) +
             cos (phi_1) * cos (phi_2) * sin (half_lambda) * sin (half_lambda);
  if (isnan (h)) /* MIN () would drop it */
    return NAN;
  return 2.0 * EARTH_RADIUS_KM * asin (sqrt (MIN (h, 1.0)));
}
