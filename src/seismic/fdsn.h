/* url + http + parser = events (fdsn.c), records and stations (fdsn-records.c) of an FDSN
 * data centre. */
#pragma once

#include "seismic/event.h"
#include "seismic/fdsn-url.h"
#include "seismic/http.h"
#include "seismic/progress.h"
#include "seismic/station.h"

/* events: a new GPtrArray of SeismicEvent, newest first, without duplicates, query->limit
 * at most. A 413, and a reply of exactly 10,000 rows (which counts as cut), splits the
 * time window in two until it fits. progress counts events received, total 0. skipped
 * (may be NULL): a new GPtrArray of SeismicSkip. Fails as seismic_event_query_check,
 * seismic_http_get_bytes and the readers of events do, with SEISMIC_ERROR_NOT_DATA for
 * what is no document of events, SEISMIC_ERROR_REQUEST for a server without events. */
bool seismic_fdsn_events (SeismicHttp *http, const SeismicServer *server,
                          const SeismicEventQuery *query, GCancellable *cancellable,
                          SeismicProgressFunc progress, void *user_data,
                          GPtrArray **events, GPtrArray **skipped, GError **error);

/* One event's strong-motion records into the new file path: the gather where the server
 * has one, else dataselect from 30 s before to 300 s after the origin time at stations
 * around the epicentre. *has_data FALSE and no file when there are none. The file was
 * parsed and holds samples; a 413 splits the channels (of a gather) or the stations,
 * whose parts are joined by way of "PATH-more". stations (may be NULL) receives what
 * dataselect's way told of stations, a new GPtrArray of SeismicStation, NULL if it was
 * not gone. reply (may be NULL; to be cleared, also after a failure) describes the last
 * transfer, its n_bytes the file; url (may be NULL) receives the first URL of records
 * that was asked, owned by the caller, NULL if none was. Fails as seismic_http_get_file
 * and seismic_miniseed_read do. */
bool seismic_fdsn_records (SeismicHttp *http, const SeismicServer *server,
                           const SeismicEvent *event, const char *path,
                           GCancellable *cancellable, SeismicHttpProgressFunc progress,
                           void *user_data, bool *has_data, GPtrArray **stations,
                           SeismicHttpReply *reply, char **url, GError **error);

/* Coordinates and sensitivities of stations ("NET.STA", NULL-terminated) that had
 * strong-motion channels in the window (SEISMIC_TIME_UNSET: at any time): a new GPtrArray
 * of SeismicStation; those that the server does not know are not in it. */
bool seismic_fdsn_stations (SeismicHttp *http, const SeismicServer *server,
                            const char *const *stations, int64_t start_ns, int64_t end_ns,
                            GCancellable *cancellable, GPtrArray **found, GError **error);
