#include "seismic/travel-time.h"
#include "seismic/event.h"

#include <glib.h>
#include <math.h>

#define N_LAYERS 7

/* tops in km, velocities in km/s by phase; every layer is faster than those above. */
static const double tops[N_LAYERS] = {0, 1, 3, 4, 5, 17, 25};
static const double velocities[2][N_LAYERS] = {
    {3.20, 4.50, 4.80, 5.51, 6.21, 6.89, 7.83},
    {1.50, 2.40, 2.78, 3.18, 3.40, 3.98, 4.52}};

/* How much of layer i lies between two depths. */
static double
thickness_between (size_t i, double upper_km, double lower_km)
{
  const double bottom = i + 1 < N_LAYERS ? tops[i + 1] : INFINITY;

  return fmax (0.0, fmin (bottom, lower_km) - fmax (tops[i], upper_km));
}

/* A straight piece of each layer above the source, at the ray parameter p. */
typedef struct {
  double distance_km, time_s;
} Leg;

/* The way through layers of thickness h (N_LAYERS) with the ray parameter p s/km: the
 * horizontal distance Σ h p v / √(1 − p² v²) and the time Σ h / (v √(1 − p² v²)). */
static Leg
walk (const double *h, const double *v, double p)
{
  Leg leg = {0};

  for (size_t i = 0; i < N_LAYERS; i++) {
    if (h[i] == 0.0)
      continue;
    const double cosine = sqrt (1.0 - p * p * v[i] * v[i]);

    leg.distance_km += h[i] * p * v[i] / cosine;
    leg.time_s += h[i] / (v[i] * cosine);
  }
  return leg;
}

/* Snell's law, solved for the tangent of the angle in the deepest, fastest layer on the
 * way: the distance grows with it, and its own share alone is h · tangent. */
static double
direct_time_s (const double *v, double distance_km, double depth_km)
{
  double h[N_LAYERS], low = 0.0;
  size_t deepest = 0;

  for (size_t i = 0; i < N_LAYERS; i++) {
    h[i] = thickness_between (i, 0.0, depth_km);
    if (h[i] > 0.0)
      deepest = i;
  }
  const double own = h[deepest];
  if (own == 0.0)
    return distance_km / v[0];

  double high = distance_km / own;
  h[deepest] = 0.0;
  for (int i = 0; i < 100 && high - low > 1e-15 * high; i++) {
    const double middle = (low + high) / 2.0;
    const double p = middle / sqrt (1.0 + middle * middle) / v[deepest];

    if (own * middle + walk (h, v, p).distance_km < distance_km)
      low = middle;
    else
      high = middle;
  }
  const double slant = sqrt (1.0 + high * high);
  return own * slant / v[deepest] + walk (h, v, high / slant / v[deepest]).time_s;
}

/* Along the top of layer j, which does not lie above the source; INFINITY within its
 * critical distance. */
static double
head_time_s (const double *v, size_t j, double distance_km, double depth_km)
{
  const double p = 1.0 / v[j];
  double h[N_LAYERS];

  for (size_t i = 0; i < N_LAYERS; i++)
    h[i] = thickness_between (i, 0.0, tops[j]) + thickness_between (i, depth_km, tops[j]);
  const Leg legs = walk (h, v, p);
  if (legs.distance_km > distance_km)
    return INFINITY;
  return legs.time_s + (distance_km - legs.distance_km) * p;
}

double
seismic_travel_time_s (SeismicPhase phase, double distance_km, double depth_km)
{
  const double *v = velocities[phase];
  const double source_km = fmax (depth_km, 0.0);

  /* Written so that NaN fails as well. */
  if (!(distance_km >= 0.0 && distance_km <= SEISMIC_TRAVEL_TIME_MAX_DISTANCE_KM) ||
      !(depth_km <= SEISMIC_TRAVEL_TIME_MAX_DEPTH_KM))
    return NAN;

  double first_s = direct_time_s (v, distance_km, source_km);
  for (size_t j = 1; j < N_LAYERS; j++)
    if (tops[j] >= source_km)
      first_s = fmin (first_s, head_time_s (v, j, distance_km, source_km));
  return first_s;
}

bool
seismic_travel_time_is_for (double latitude, double longitude)
{
  return latitude >= 34.5 && latitude <= 43.0 && longitude >= -127.5 &&
         longitude <= -117.0;
}

double
seismic_travel_time_between_s (SeismicPhase phase, double source_latitude,
                               double source_longitude, double depth_km, double latitude,
                               double longitude)
{
  if (!seismic_travel_time_is_for (source_latitude, source_longitude) ||
      !seismic_travel_time_is_for (latitude, longitude))
    return NAN;
  return seismic_travel_time_s (
      phase, seismic_distance_km (source_latitude, source_longitude, latitude, longitude),
      depth_km);
}
