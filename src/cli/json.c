#include "cli/json.h"
#include "cli/output.h"
#include "seismic/progress.h"
#include "seismic/time.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void
append_quoted (GString *json, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (json, '"');
  for (const char *c = valid; *c; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_printf (json, "\\%c", *c);
    else if ((unsigned char)*c < 0x20)
      g_string_append_printf (json, "\\u%04x", (unsigned)*c);
    else
      g_string_append_c (json, *c);
  }
  g_string_append_c (json, '"');
}

/* What stands before a value. A text ends in a quote, so a bracket here is an open one.
 */
static void
begin (GString *json, const char *name)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append_c (json, ',');
  if (!name)
    return;
  append_quoted (json, name);
  g_string_append_c (json, ':');
}

void
cli_json_open (GString *json, const char *name, char bracket)
{
  begin (json, name);
  g_string_append_c (json, bracket);
}

void
cli_json_close (GString *json, char bracket)
{
  g_string_append_c (json, bracket);
}

void
cli_json_text (GString *json, const char *name, const char *text)
{
  begin (json, name);
  append_quoted (json, text);
}

void
cli_json_number (GString *json, const char *name, double value)
{
  g_autofree char *number = isfinite (value) ? cli_number (value) : g_strdup ("null");

  begin (json, name);
  g_string_append (json, number);
}

void
cli_json_count (GString *json, const char *name, uint64_t value)
{
  begin (json, name);
  g_string_append_printf (json, "%" PRIu64, value);
}

void
cli_json_skips (GString *json, const char *name, const GPtrArray *skips)
{
  cli_json_open (json, name, '[');
  for (guint i = 0; skips && i < skips->len; i++) {
    const SeismicSkip *skip = skips->pdata[i];
    cli_json_open (json, NULL, '{');
    cli_json_text (json, "item", skip->item);
    cli_json_text (json, "reason", skip->reason->message);
    cli_json_close (json, '}');
  }
  cli_json_close (json, ']');
}

void
cli_json_event (GString *json, const SeismicEvent *event)
{
  g_autofree char *time = seismic_time_format (event->time_ns, 3);

  cli_json_text (json, "id", event->id);
  if (event->time_ns == SEISMIC_TIME_UNSET)
    cli_json_number (json, "time", NAN);
  else
    cli_json_text (json, "time", time);
  cli_json_number (json, "latitude", event->latitude);
  cli_json_number (json, "longitude", event->longitude);
  cli_json_number (json, "depth_km", event->depth_km);
  cli_json_number (json, "magnitude", event->magnitude);
  cli_json_text (json, "magnitude_type", event->magnitude_type);
  cli_json_text (json, "event_type", event->type);
  cli_json_text (json, "place", event->place);
}

void
cli_json_print (const GString *json)
{
  fwrite (json->str, 1, json->len, stdout);
  fputc ('\n', stdout);
}
