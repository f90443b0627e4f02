#include "cli/html.h"

static const char style[] =
    "body { font: 16px/1.5 system-ui, sans-serif; color: #1e1e1e; background: #fff;\n"
    "       max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }\n"
    "table { border-collapse: collapse; margin: 1rem 0; }\n"
    "th, td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top;\n"
    "         border-bottom: 1px solid #ddd; }\n"
    ".number { text-align: right; font-variant-numeric: tabular-nums; }\n"
    "img { max-width: 100%; height: auto; }\n"
    "@media print { h2, figure { break-inside: avoid; } }\n";

static void
append (GString *html, const char *before, const char *text, const char *after)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);
  g_string_append_printf (html, "%s%s%s", before, escaped, after);
}

GString *
cli_html_begin (const char *title)
{
  GString *html = g_string_new ("<!DOCTYPE html>\n<html>\n<head>\n"
                                "<meta charset=\"utf-8\"/>\n"
                                "<meta name=\"viewport\" "
                                "content=\"width=device-width, initial-scale=1\"/>\n");
  append (html, "<title>", title, "</title>\n");
  g_string_append_printf (html, "<style>\n%s</style>\n</head>\n<body>\n", style);
  append (html, "<h1>", title, "</h1>\n");
  return html;
}

void
cli_html_end (GString *html)
{
  g_string_append (html, "</body>\n</html>\n");
}

void
cli_html_heading (GString *html, const char *text)
{
  append (html, "<h2>", text, "</h2>\n");
}

void
cli_html_paragraph (GString *html, const char *text)
{
  append (html, "<p>", text, "</p>\n");
}

static void
append_cell (GString *html, const CliColumn *column, const char *text, bool heading)
{
  g_string_append (html, heading ? "<th" : "<td");
  append (html, column->number ? " class=\"number\">" : ">", text,
          heading ? "</th>" : "</td>");
}

void
cli_html_table (GString *html, const CliTable *table)
{
  bool headed = false;
  for (size_t c = 0; c < table->n_columns; c++)
    headed = headed || table->columns[c].name[0] != '\0';
  g_string_append (html, "<table>\n");
  if (headed)
    g_string_append (html, "<tr>");
  for (size_t c = 0; headed && c < table->n_columns; c++)
    append_cell (html, &table->columns[c], table->columns[c].name, true);
  if (headed)
    g_string_append (html, "</tr>\n");
  for (guint i = 0; i < table->cells->len; i++) {
    const size_t c = i % table->n_columns;
    if (c == 0)
      g_string_append (html, "<tr>");
    append_cell (html, &table->columns[c], table->cells->pdata[i], false);
    if (c + 1 == table->n_columns)
      g_string_append (html, "</tr>\n");
  }
  g_string_append (html, "</table>\n");
}

void
cli_html_figure (GString *html, GBytes *svg, const char *alt)
{
  gsize n = 0;
  const guchar *bytes = g_bytes_get_data (svg, &n);
  g_autofree char *text = g_base64_encode (bytes, n);
  append (html, "<figure><img alt=\"", alt, "\" src=\"data:image/svg+xml;base64,");
  g_string_append_printf (html, "%s\"/></figure>\n", text);
}
