/* A loopback FDSN data centre for tests: events, records and stations made on the fly,
 * every fault on demand, a log of what was asked. The same server as a program is
 * fdsn-stub-server (see its --help). */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  size_t n_events;   /* of 2010 … 2019, M 5 … 7; ids "72000001", …, oldest first */
  size_t n_stations; /* 1 … 99: SY.S01, …; channels HNE, HNN, HNZ and HHZ */
  uint64_t seed;     /* the same seed gives the same bytes */
  size_t max_rows;   /* more events than that are answered with 413; 0: no limit */
  size_t cut_rows;   /* more events than that are cut off silently; 0: no limit */
  const char
      *folder; /* events.xml and EVENT.mseed in it stand before what is made; NULL */
  const char *without; /* comma list of event ids without records, NULL: none */
  bool tls;            /* https with a self-signed certificate */
  uint16_t port;       /* 0: any */
} FdsnStubSettings;

/* 12 events, 3 stations, seed 1. */
FdsnStubSettings fdsn_stub_default (void);

typedef struct FdsnStub FdsnStub;
/* settings NULL: the default. Runs in threads of its own until freed. */
FdsnStub *fdsn_stub_new (const FdsnStubSettings *settings, GError **error);
void fdsn_stub_free (FdsnStub *stub);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FdsnStub, fdsn_stub_free)
/* "http://127.0.0.1:PORT" */
const char *fdsn_stub_get_base (FdsnStub *stub);
uint16_t fdsn_stub_get_port (FdsnStub *stub);

/* Adds a rule, a form-encoded list as "match=eventdata&times=2&status=503&retry-after=1".
 * The first rule added that matches and is not used up answers. Keys:
 *   match   text in "METHOD /path?query" (decoded) or in the body; all requests if absent
 *   skip    lets that many requests pass first;  times  then holds for that many (0: all)
 *   status  this status with a body in FDSN's form;  reason  the line in it
 *   body, type          this body and Content-Type (status 200 if none is given)
 *   header, retry-after a further header line; a Retry-After
 *   redirect            302 to this address; "loop": to itself
 *   file                a body of records from a file, status 200
 *   size                a body of so many bytes in place of the answer's own
 *   delay               seconds before anything is sent
 *   rate                bytes a second
 *   length              a Content-Length that is none
 *   chunked=1, gzip=1, unframed=1   no length; compressed; ended by the end of connection
 *   fault   html, garbage (200, random bytes), bomb (gzip of `size` zeros, 64 MiB),
 *           endless; after `after` bytes of the body (0): cut, stall; instead of an
 *           answer: reset, silent, nonsense (no HTTP), headers (that never end)
 * FALSE if a key or fault is unknown. */
bool fdsn_stub_add_rule (FdsnStub *stub, const char *rule, GError **error);
void fdsn_stub_clear_rules (FdsnStub *stub);
/* Changes max-rows, cut-rows, without: form-encoded as above. FALSE if a key is unknown.
 */
bool fdsn_stub_set (FdsnStub *stub, const char *settings, GError **error);

/* How many requests held match (as in a rule) in their line or body; NULL: all. Those of
 * /stub/… do not count. complete: only those answered in full with 200. */
size_t fdsn_stub_count (FdsnStub *stub, const char *match, bool complete);
/* A line a request: seconds since the start, connection, status, body bytes sent, "full"
 * or "part", "METHOD /path?query". Free with g_free. */
char *fdsn_stub_log (FdsnStub *stub);
void fdsn_stub_forget_log (FdsnStub *stub);

/* Over HTTP the same: /stub/rule?RULE, /stub/clear, /stub/set?SETTINGS, /stub/log,
 * /stub/count?match=TEXT[&complete=1], /stub/forget; /stub/head gives the head of the
 * request itself back. /big?size=N is a body of N bytes. */
