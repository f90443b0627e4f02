/* Where the body of an answer goes, memory or a file, and what it is by its first bytes.
 * No network here. */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A body that goes to memory is never larger than this, whatever the caller allows. */
#define SEISMIC_HTTP_BODY_MEMORY_MAX (UINT64_C (48) << 20)

typedef struct SeismicHttpBody SeismicHttpBody;
/* Into memory; max_bytes at most. */
SeismicHttpBody *seismic_http_body_new (uint64_t max_bytes);
/* Into the new file path (one that is there is replaced). NULL with G_IO_ERROR_*. */
SeismicHttpBody *seismic_http_body_new_file (const char *path, uint64_t max_bytes,
                                             GError **error);
/* Removes the file, if it is not kept. */
void seismic_http_body_free (SeismicHttpBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicHttpBody, seismic_http_body_free)

/* Forgets what was written. */
bool seismic_http_body_restart (SeismicHttpBody *body, GError **error);
/* SEISMIC_ERROR_TOO_LARGE over max_bytes, G_IO_ERROR_* (no space). */
bool seismic_http_body_write (SeismicHttpBody *body, const void *bytes, size_t n_bytes,
                              GError **error);
uint64_t seismic_http_body_get_size (const SeismicHttpBody *body);
uint64_t seismic_http_body_get_max (const SeismicHttpBody *body);
/* TRUE if it begins as HTML does, or content_type (may be NULL) says so. */
bool seismic_http_body_is_html (const SeismicHttpBody *body, const char *content_type);
/* The file is complete: flushed, fsynced, kept. */
bool seismic_http_body_keep (SeismicHttpBody *body, GError **error);
/* The bytes in memory, the caller's; the body is empty then. */
GBytes *seismic_http_body_steal (SeismicHttpBody *body);

/* The first meaningful line of a refusing server's text (FDSN: "Error 400: Bad Request",
 * the reason, "Usage details are available from …", "Request:" …), at most 300 bytes of
 * valid UTF-8 without control characters; NULL if there is none or it is HTML. Free with
 * g_free. */
char *seismic_http_body_reason (const void *bytes, size_t n_bytes);
/* Whether the text of a 404 is an FDSN service's "no data", rather than a wrong path's.
 */
bool seismic_http_body_says_no_data (const void *bytes, size_t n_bytes);
