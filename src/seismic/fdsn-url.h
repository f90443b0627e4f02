/* Query structs → URLs and POST bodies of FDSN web services (fdsnws-event 1.2,
 * -dataselect 1.1, -station 1.1; https://www.fdsn.org/webservices) and of NCEDC's
 * eventdata. Pure: no network here. */
#pragma once

#include "seismic/event.h"
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A data centre. base is a URL without a path ("https://service.ncedc.org"). */
typedef struct {
  const char *id;   /* "ncedc" */
  const char *name; /* "NCEDC (northern California)" */
  const char *base;
  bool has_events, has_waveforms, has_gathers; /* gathers: /ncedcws/eventdata/1 */
} SeismicServer;

/* The presets, NCEDC first; static. */
const SeismicServer *seismic_fdsn_url_servers (size_t *n_servers);
/* The preset of that id or base, else server is filled for any http(s) base (with all
 * services assumed; base borrowed from text). SEISMIC_ERROR_FORMAT if it is neither. */
bool seismic_fdsn_url_server (const char *text, SeismicServer *server, GError **error);

typedef struct {
  double min_magnitude, max_magnitude;                /* NAN: no limit */
  int64_t start_ns, end_ns;                           /* SEISMIC_TIME_UNSET: no limit */
  double west, south, east, north;                    /* degrees; all NAN: no box */
  double latitude, longitude, min_radius, max_radius; /* degrees; all NAN: no circle */
  double min_depth_km, max_depth_km;                  /* NAN: no limit */
  char *event_type;                                   /* comma list, NULL: any; owned */
  size_t limit;                                       /* events, 0: all */
} SeismicEventQuery;

/* The original study's: magnitude 5 to 9, all years, all the world. */
void seismic_event_query_init (SeismicEventQuery *query);
void seismic_event_query_clear (SeismicEventQuery *query);
/* SEISMIC_ERROR_FORMAT naming the field that is out of range or contradicts another. */
bool seismic_event_query_check (const SeismicEventQuery *query, GError **error);

/* All return new strings, to be freed with g_free. */
char *seismic_fdsn_url_events (const SeismicServer *server,
                               const SeismicEventQuery *query);
char *seismic_fdsn_url_gather (const SeismicServer *server, const char *event_id);

/* Channels over one window, for dataselect. */
typedef struct {
  /* Comma lists, with * and ? for patterns; "" as location is the blank one, "--". */
  const char *network, *station, *location, *channel;
  int64_t start_ns, end_ns;
} SeismicDataRequest;

/* GET's URL, or with n_requests > 1 or a URL over 2000 bytes, the URL with *post_body
 * set. */
char *seismic_fdsn_url_waveforms (const SeismicServer *server,
                                  const SeismicDataRequest *requests, size_t n_requests,
                                  char **post_body);
/* Station text at level=channel for the strong-motion channels (HN?) around a window. */
char *seismic_fdsn_url_stations (const SeismicServer *server, const char *networks,
                                 const char *stations, int64_t start_ns, int64_t end_ns,
                                 char **post_body);
