/* What libmseed has to say. It tells the whole process through one pair of functions, to
 * the standard streams unless told otherwise: whoever calls it holds this log meanwhile,
 * and keeps the first complaint. */
#pragma once

#include <glib.h>

#define SEISMIC_MINISEED_COMPLAINT_SIZE 200

typedef struct SeismicMiniseedLog SeismicMiniseedLog;

/* Waits until no other thread has it; then libmseed's messages go nowhere but here, and
 * the first complaint is "". Not to be opened twice in one thread. */
SeismicMiniseedLog *seismic_miniseed_log_open (void);
void seismic_miniseed_log_close (SeismicMiniseedLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicMiniseedLog, seismic_miniseed_log_close)

/* A complaint of our own, kept if it is the first. */
void seismic_miniseed_log_note (SeismicMiniseedLog *log, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* Printable ASCII of one line, or "". */
const char *seismic_miniseed_log_first (SeismicMiniseedLog *log);
