/* JSON for machines: members in the order they are added, commas put where they belong.
 * name is NULL inside a list. */
#pragma once

#include "seismic/event.h"
#include <glib.h>
#include <stdint.h>

/* bracket: '{' or '['; close with the other one. */
void cli_json_open (GString *json, const char *name, char bracket);
void cli_json_close (GString *json, char bracket);
/* text need not be UTF-8. */
void cli_json_text (GString *json, const char *name, const char *text);
/* What is no finite number becomes null. */
void cli_json_number (GString *json, const char *name, double value);
void cli_json_count (GString *json, const char *name, uint64_t value);
/* A GPtrArray of SeismicSkip (NULL: none) as a list of {item, reason}. */
void cli_json_skips (GString *json, const char *name, const GPtrArray *skips);
/* The members of an event; times in ISO 8601, null where unknown. */
void cli_json_event (GString *json, const SeismicEvent *event);
/* Prints the whole document and a line end. */
void cli_json_print (const GString *json);
