/* url + http + parser = events, records, stations of an FDSN data centre. */
#pragma once

#include "seismic/event.h"
#include "seismic/fdsn-url.h"
#include "seismic/http.h"
#include "seismic/progress.h"
#include "seismic/station.h"

/* events: a new GPtrArray of SeismicEvent, newest first, without duplicates. A 413, and a
 * reply of exactly 10,000 rows (which counts as cut), splits the time window in two until
 * it fits. progress counts events received, total 0. skipped may be NULL. */
bool seismic_fdsn_events (SeismicHttp *http, const SeismicServer *server,
                          const SeismicEventQuery *query, GCancellable *cancellable,
                          SeismicProgressFunc progress, void *user_data,
                          GPtrArray **events, GPtrArray **skipped, GError **error);

/* One event's strong-motion records into the new file path: the gather where the server
 * has them, else dataselect from 30 s before to 300 s after the origin time. *has_data
 * FALSE and no file when there are none. The file was parsed and holds at least one
 * miniSEED record; a 413 splits the channels. reply describes the (last) transfer; url
 * (may be NULL) receives the URL, owned by the caller. */
bool seismic_fdsn_records (SeismicHttp *http, const SeismicServer *server,
                           const SeismicEvent *event, const char *path,
                           GCancellable *cancellable, SeismicHttpProgressFunc progress,
                           void *user_data, bool *has_data, SeismicHttpReply *reply,
                           char **url, GError **error);

/* Coordinates of stations ("NET.STA", NULL-terminated) that had strong-motion channels
 * in the window: a new GPtrArray of SeismicStation; those that the server does not know
 * are not in it. */
bool seismic_fdsn_stations (SeismicHttp *http, const SeismicServer *server,
                            const char *const *stations, int64_t start_ns, int64_t end_ns,
                            GCancellable *cancellable, GPtrArray **found, GError **error);
