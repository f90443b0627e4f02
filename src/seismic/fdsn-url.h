/* Query structs → URLs and POST bodies of FDSN web services (fdsnws-event 1.2,
 * -dataselect 1.1, -station 1.1; https://www.fdsn.org/webservices) and of NCEDC's
 * eventdata. Pure: no network here. */
#pragma once

#include "seismic/event.h"
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A data centre. base is a URL below which the services lie
 * ("https://service.ncedc.org"). All strings are static, or the caller's of
 * seismic_fdsn_url_server. */
typedef struct {
  const char *id;   /* "ncedc" */
  const char *name; /* "NCEDC (northern California)" */
  const char *base;
  bool has_events, has_waveforms, has_gathers; /* gathers: /ncedcws/eventdata/1 */
  bool has_event_types; /* its event text has the column EventType: no QuakeML needed */
  bool needs_start;     /* without a start it takes the last 30 days */
} SeismicServer;

/* The presets, NCEDC first; static. */
const SeismicServer *seismic_fdsn_url_servers (size_t *n_servers);
/* The preset of that id or base, else server is filled for any http(s) base (with all
 * services assumed; id, name and base borrowed from text). SEISMIC_ERROR_FORMAT if it is
 * neither, or an address with a query, a fragment or a password. */
bool seismic_fdsn_url_server (const char *text, SeismicServer *server, GError **error);

typedef struct {
  double min_magnitude, max_magnitude; /* NAN: no limit */
  int64_t start_ns, end_ns;            /* SEISMIC_TIME_UNSET: no limit */
  /* Degrees; all NAN: no box. West of more than east: across the date line, which
   * seismic_fdsn_events asks for in two halves. */
  double west, south, east, north;
  double latitude, longitude, min_radius, max_radius; /* degrees; all NAN: no circle */
  double min_depth_km, max_depth_km;                  /* NAN: no limit */
  char *event_type;                                   /* comma list, NULL: any; owned */
  size_t limit;                                       /* events, 0: all */
} SeismicEventQuery;

/* The original study's: magnitude 5 to 9, all years, all the world. */
void seismic_event_query_init (SeismicEventQuery *query);
void seismic_event_query_clear (SeismicEventQuery *query);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicEventQuery, seismic_event_query_clear)
/* SEISMIC_ERROR_FORMAT naming the field that is out of range or contradicts another. */
bool seismic_event_query_check (const SeismicEventQuery *query, GError **error);

/* What follows returns new strings, to be freed with g_free. Times go to the millisecond
 * below; numbers have no more than 6 decimals. */

/* QuakeML, or text where the server's text has all; newest first. */
char *seismic_fdsn_url_events (const SeismicServer *server,
                               const SeismicEventQuery *query);
/* All that was gathered beforehand for one event, of the channels of a comma list. */
char *seismic_fdsn_url_gather (const SeismicServer *server, const char *event_id,
                               const char *channels);

/* Channels over one window, for dataselect. */
typedef struct {
  /* Comma lists, with * and ? for patterns; "" as location is the blank one, "--".
   * Characters that no code has are asked for as "?". */
  const char *network, *station, *location, *channel;
  int64_t start_ns, end_ns;
} SeismicDataRequest;

/* GET's URL, *post_body NULL; with n_requests > 1 or a URL over 2000 bytes, POST's URL
 * and *post_body, the caller's. */
char *seismic_fdsn_url_waveforms (const SeismicServer *server,
                                  const SeismicDataRequest *requests, size_t n_requests,
                                  char **post_body);
/* Station text at level=channel of the strong-motion channels (HN?) in a window, of
 * stations "NET.STA" (NULL-terminated); GET or POST as above. */
char *seismic_fdsn_url_stations (const SeismicServer *server, const char *const *stations,
                                 int64_t start_ns, int64_t end_ns, char **post_body);
/* The same of all stations within max_radius degrees of a point. */
char *seismic_fdsn_url_stations_near (const SeismicServer *server, double latitude,
                                      double longitude, double max_radius,
                                      int64_t start_ns, int64_t end_ns);
