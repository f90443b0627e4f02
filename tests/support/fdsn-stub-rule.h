/* The stub's rules: which requests, and what goes wrong with their answers. */
#pragma once

#include "support/fdsn-stub-data.h"

typedef enum {
  FDSN_STUB_NO_FAULT,
  FDSN_STUB_HTML,
  FDSN_STUB_GARBAGE,
  FDSN_STUB_BOMB,
  FDSN_STUB_ENDLESS,
  FDSN_STUB_CUT,
  FDSN_STUB_STALL,
  FDSN_STUB_RESET,
  FDSN_STUB_SILENT,
  FDSN_STUB_NONSENSE,
  FDSN_STUB_HEADERS
} FdsnStubFault;

typedef struct {
  char *match, *type, *reason, *body, *file, *redirect; /* NULL: not given */
  GString *headers;                                     /* complete lines */
  unsigned skip, times;                                 /* times 0: no end */
  unsigned n_taken;
  unsigned status; /* 0: as the service answers */
  FdsnStubFault fault;
  guint64 size, after, rate;
  gint64 length; /* -1: the right one */
  double delay;
  bool chunked, gzip, unframed;
} FdsnStubRule;

/* One that changes nothing. */
FdsnStubRule *fdsn_stub_rule_new (void);
void fdsn_stub_rule_free (FdsnStubRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FdsnStubRule, fdsn_stub_rule_free)
/* NULL if a key or fault is unknown. */
FdsnStubRule *fdsn_stub_rule_parse (const char *text, GError **error);
/* A copy if the rule is for this request, else NULL; counts. */
FdsnStubRule *fdsn_stub_rule_take (FdsnStubRule *rule, const char *request);
/* Changes the services' answer for the request of url: status, body, type, further header
 * lines. */
void fdsn_stub_rule_apply (const FdsnStubRule *rule, const char *url,
                           FdsnStubAnswer *answer, char **type, GString *head);

GBytes *fdsn_stub_gzip (GBytes *bytes);
const char *fdsn_stub_status_phrase (unsigned status);
