/* A page of HTML that needs nothing beside it. Text is escaped. */
#pragma once

#include "cli/output.h"

/* A new page with its title as the first heading, to be ended. */
GString *cli_html_begin (const char *title);
void cli_html_end (GString *html);
void cli_html_heading (GString *html, const char *text);
void cli_html_paragraph (GString *html, const char *text);
/* With the columns' names as a header unless they are all "". */
void cli_html_table (GString *html, const CliTable *table);
/* An SVG as a picture inside the page, so that its ids meet no other's; alt tells what it
 * shows to those who do not see it. */
void cli_html_figure (GString *html, GBytes *svg, const char *alt);
