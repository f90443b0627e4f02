/* An earthquake, explosion, … as a catalogue gives it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  char *id;        /* NCEDC's number, or the last part of the publicID; never empty */
  int64_t time_ns; /* origin time, SEISMIC_TIME_UNSET if unknown */
  double latitude, longitude; /* degrees, NAN if unknown */
  double depth_km;            /* NAN if unknown */
  double magnitude;           /* NAN if unknown */
  char *magnitude_type;       /* "Mw", "" if unknown */
  char *type;                 /* QuakeML event type: "earthquake", "" if unknown */
  char *place;                /* "12 km W of Pleasanton, CA", "" if unknown */
} SeismicEvent;

/* All strings "" (id copied), all numbers unset. */
SeismicEvent *seismic_event_new (const char *id);
SeismicEvent *seismic_event_copy (const SeismicEvent *event);
void seismic_event_free (SeismicEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicEvent, seismic_event_free)

/* TRUE if every field is the same (two unknown numbers are). */
bool seismic_event_equal (const SeismicEvent *a, const SeismicEvent *b);

/* Of arc on the sphere of 6371 km: π/180 · 6371. */
#define SEISMIC_KM_PER_DEGREE 111.19492664455873

/* Great-circle distance in km on a sphere of 6371 km (haversine); NAN if any is NAN. */
double seismic_distance_km (double latitude_1, double longitude_1, double latitude_2,
                            double longitude_2);
