/* The error domain of the seismic layer. File trouble comes as G_IO_ERROR, a stop by the
 * user as G_IO_ERROR_CANCELLED. */
#pragma once

#include <glib.h>

typedef enum {
  SEISMIC_ERROR_NOT_MINISEED, /* no miniSEED record in the bytes */
  SEISMIC_ERROR_UNSUPPORTED,  /* miniSEED 3 where libmseed is 2.x, an unknown encoding */
  SEISMIC_ERROR_DAMAGED,      /* a record or database that contradicts itself */
  SEISMIC_ERROR_EMPTY,        /* nothing usable inside: a file of 0 bytes, 0 records */
  SEISMIC_ERROR_TOO_LARGE,    /* beyond a stated limit */
  SEISMIC_ERROR_FORMAT,       /* a document is not QuakeML, FDSN text or a time */
  SEISMIC_ERROR_COMPONENTS,   /* not three components */
  SEISMIC_ERROR_RATES,        /* components of different sampling rates */
  SEISMIC_ERROR_TOO_SHORT,    /* under 2 s in common */
  SEISMIC_ERROR_NOT_FINITE,   /* NaN or infinity among the samples */
  SEISMIC_ERROR_NOT_LIBRARY,  /* the folder is no library, or of a newer version */
  SEISMIC_ERROR_NOT_FOUND,    /* no such event or signal */
  SEISMIC_ERROR_DUPLICATE,    /* already in the library */
  SEISMIC_ERROR_NETWORK,      /* no host, connection or TLS; stalled, broken or short */
  SEISMIC_ERROR_REQUEST,      /* the server refuses the question (400, 404) */
  SEISMIC_ERROR_RESTRICTED,   /* the server wants credentials (401, 403) */
  SEISMIC_ERROR_TOO_MUCH,     /* the server wants a smaller question (413, 414) */
  SEISMIC_ERROR_BUSY,         /* the server wants us to come later (429, 503) */
  SEISMIC_ERROR_SERVER,       /* trouble of the server's own (other 5xx) */
  SEISMIC_ERROR_NOT_DATA,     /* an answer, but no data: HTML, as of a captive portal */
  SEISMIC_ERROR_SETTINGS      /* a number that a calculation cannot use: a filter's corner
                               * at or above the Nyquist frequency */
} SeismicError;

#define SEISMIC_ERROR (seismic_error_quark ())
GQuark seismic_error_quark (void);
