/* What the stub's services know, without any network. */
#pragma once

#include "support/fdsn-stub.h"

typedef struct FdsnStubData FdsnStubData;
FdsnStubData *fdsn_stub_data_new (const FdsnStubSettings *settings, GError **error);
void fdsn_stub_data_free (FdsnStubData *data);
/* What may be changed while it runs. Any thread. */
void fdsn_stub_data_set_rows (FdsnStubData *data, size_t max_rows, size_t cut_rows);
void fdsn_stub_data_set_without (FdsnStubData *data, const char *without);
void fdsn_stub_data_get_rows (FdsnStubData *data, size_t *max_rows, size_t *cut_rows);

typedef struct {
  unsigned status;
  const char *type; /* static */
  GBytes *body;     /* owned; NULL: empty */
  char *reason;     /* of a refusal; owned */
} FdsnStubAnswer;

/* Fills answer for a path such as "/fdsnws/event/1/query", its parameters (of
 * g_uri_parse_params) and the body of a POST (NULL: GET). Any thread. */
void fdsn_stub_data_answer (FdsnStubData *data, const char *path, GHashTable *parameters,
                            const char *post_body, FdsnStubAnswer *answer);

/* n of the SeismicEvent from first on as a document; the caller's. */
GString *fdsn_stub_write_events (GPtrArray *events, size_t first, size_t n, bool as_text);
/* format as of g_ascii_formatd. */
void fdsn_stub_append_number (GString *text, const char *format, double value);
