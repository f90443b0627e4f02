/* GET and POST → bytes or a file: cancellable, bounded, polite, persistent. */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What all workers of one task share: the rate of new requests, and a server's wish
 * (Retry-After) to be left alone for a while. Any thread. */
typedef struct SeismicHttpGate SeismicHttpGate;
/* What a data center can be asked in a second without being a burden to it. */
#define SEISMIC_HTTP_REQUESTS_PER_SECOND 5.0
/* requests_per_second new requests (5), of which as many may come at once after a
 * pause; 0 or less: no limit. */
SeismicHttpGate *seismic_http_gate_new (double requests_per_second);
SeismicHttpGate *seismic_http_gate_ref (SeismicHttpGate *gate);
void seismic_http_gate_unref (SeismicHttpGate *gate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicHttpGate, seismic_http_gate_unref)

typedef struct {
  double connect_seconds;        /* 30 */
  double stall_seconds;          /* 60: fewer bytes than that so long end a try */
  size_t stall_bytes_per_second; /* 100 */
  uint64_t max_bytes;            /* of one body, after decompression; 4 GiB */
  unsigned n_tries;              /* 4 */
  double back_off_seconds;       /* 2: first wait, doubled each time, ±50 % jitter */
  double max_wait_seconds;       /* 120: a longer Retry-After fails with BUSY at once */
} SeismicHttpLimits;
SeismicHttpLimits seismic_http_limits_default (void);

/* One connection kept alive; belongs to one thread at a time. */
typedef struct SeismicHttp SeismicHttp;
/* gate (may be NULL: no limit) is referenced, limits (NULL: the default) copied. */
SeismicHttp *seismic_http_new (SeismicHttpGate *gate, const SeismicHttpLimits *limits);
void seismic_http_free (SeismicHttp *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicHttp, seismic_http_free)

/* What was answered, also where the call failed. */
typedef struct {
  long status;            /* of the last answer, 0 if there was none */
  uint64_t n_bytes;       /* of the body, after decompression */
  double seconds;         /* in all, waits included */
  unsigned n_tries;       /* ≥ 1, or 0 when cancelled before the first */
  char content_type[100]; /* "" if there was none */
  char *reason; /* a refusing server's own first meaningful line, or NULL; owned */
} SeismicHttpReply;
void seismic_http_reply_clear (SeismicHttpReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicHttpReply, seismic_http_reply_clear)

/* Told a few times a second while bytes come in and while waiting for the gate or a next
 * try (then wait_seconds > 0). */
typedef struct {
  uint64_t n_bytes, n_total; /* as sent, of this try; n_total 0 when unknown */
  double wait_seconds;       /* left to wait */
  unsigned try_number;       /* from 1 */
} SeismicHttpProgress;
/* FALSE means stop: the call then fails with G_IO_ERROR_CANCELLED. */
typedef bool (*SeismicHttpProgressFunc) (const SeismicHttpProgress *progress,
                                         void *user_data);

/* Fetches url into memory (*bytes), with post_body as text/plain POST if not NULL. TRUE
 * on 200 and on "no data" (204, and 404 with a text body that says "Error 404" or "no
 * data"): *bytes is then NULL. reply may be NULL; else it is cleared by the caller. Fails
 * with SEISMIC_ERROR_NETWORK (host, connection, TLS, stalled, short; after the tries),
 * _REQUEST (400, 404 and other refusals, with the server's reason), _RESTRICTED (401,
 * 403), _TOO_MUCH (413, 414), _BUSY (429, 503 after the tries), _SERVER (other 5xx after
 * the tries), _TOO_LARGE (max_bytes), _NOT_DATA (HTML: a captive portal), or
 * G_IO_ERROR_CANCELLED. Only http and https, also after at most 5 redirects. Error
 * messages begin with the URL's host. */
bool seismic_http_get_bytes (SeismicHttp *http, const char *url, const char *post_body,
                             GCancellable *cancellable, SeismicHttpProgressFunc progress,
                             void *user_data, GBytes **bytes, SeismicHttpReply *reply,
                             GError **error);
/* The same into the new file path (one that is there is replaced), which is removed on
 * failure; *has_data FALSE and no file for "no data". Memory stays bounded whatever the
 * size. The file is fsynced. */
bool seismic_http_get_file (SeismicHttp *http, const char *url, const char *post_body,
                            const char *path, GCancellable *cancellable,
                            SeismicHttpProgressFunc progress, void *user_data,
                            bool *has_data, SeismicHttpReply *reply, GError **error);
