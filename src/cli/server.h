/* The data centre that a command asks. */
#pragma once

#include "cli/command.h"
#include "seismic/fdsn-url.h"

/* Reads --server: the id or address of a preset, or any address; NULL is NCEDC. FALSE
 * after cli_usage_error (). server borrows text. */
bool cli_server_parse (const CliCommand *command, const char *text,
                       SeismicServer *server);
