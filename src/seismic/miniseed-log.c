#include "seismic/miniseed-log.h"

#include <libmseed.h>

struct SeismicMiniseedLog {
  GMutex mutex;
  char first[SEISMIC_MINISEED_COMPLAINT_SIZE];
};

/* One for the process: libmseed's functions get no pointer of ours. */
static SeismicMiniseedLog the_log;

/* Any text of a file may be in it: of printable ASCII, without the line's end. */
static void
keep_in (SeismicMiniseedLog *log, const char *text)
{
  size_t length = 0;

  if (log->first[0] != '\0')
    return;
  for (; *text != '\0' && length + 1 < sizeof log->first; text++)
    log->first[length++] = g_ascii_isprint (*text) ? *text : ' ';
  log->first[length] = '\0';
  g_strstrip (log->first);
}

static void
keep_first (const char *text)
{
  keep_in (&the_log, text);
}

#if defined(NSTMODULUS)

static void
catch_messages (void)
{
  ms_rloginit (keep_first, NULL, keep_first, NULL, 0);
}

#else

static void
catch_message (char *text)
{
  keep_first (text);
}

static void
catch_messages (void)
{
  ms_loginit (catch_message, NULL, catch_message, NULL);
}

#endif

SeismicMiniseedLog *
seismic_miniseed_log_open (void)
{
  g_mutex_lock (&the_log.mutex);
  the_log.first[0] = '\0';
  catch_messages ();
  return &the_log;
}

void
seismic_miniseed_log_close (SeismicMiniseedLog *log)
{
  g_mutex_unlock (&log->mutex);
}

void
seismic_miniseed_log_note (SeismicMiniseedLog *log, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  keep_in (log, text);
}

const char *
seismic_miniseed_log_first (SeismicMiniseedLog *log)
{
  return log->first;
}
