#include "support/fdsn-stub-rule.h"

#include <string.h>

#define BOMB_BYTES (64u << 20)
#define GARBAGE_BYTES 5000

static const char page[] =
    "<!DOCTYPE html>\n<html><head><title>Welcome to the guest network</title></head>\n"
    "<body><p>Accept the terms to go on.</p></body></html>\n";

static const struct {
  const char *name;
  FdsnStubFault fault;
} faults[] = {
    {"html", FDSN_STUB_HTML},         {"garbage", FDSN_STUB_GARBAGE},
    {"bomb", FDSN_STUB_BOMB},         {"endless", FDSN_STUB_ENDLESS},
    {"cut", FDSN_STUB_CUT},           {"stall", FDSN_STUB_STALL},
    {"reset", FDSN_STUB_RESET},       {"silent", FDSN_STUB_SILENT},
    {"nonsense", FDSN_STUB_NONSENSE}, {"headers", FDSN_STUB_HEADERS},
};

static const struct {
  unsigned status;
  const char *phrase;
} phrases[] = {
    {200, "OK"},
    {204, "No Content"},
    {302, "Found"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {413, "Request Entity Too Large"},
    {414, "Request-URI Too Large"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Temporarily Unavailable"},
    {504, "Gateway Timeout"},
};

const char *
fdsn_stub_status_phrase (unsigned status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++) {
    if (phrases[i].status == status)
      return phrases[i].phrase;
  }
  return "Unknown";
}

FdsnStubRule *
fdsn_stub_rule_new (void)
{
  FdsnStubRule *rule = g_new0 (FdsnStubRule, 1);
  rule->headers = g_string_new (NULL);
  rule->length = -1;
  return rule;
}

void
fdsn_stub_rule_free (FdsnStubRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->match);
  g_free (rule->type);
  g_free (rule->reason);
  g_free (rule->body);
  g_free (rule->file);
  g_free (rule->redirect);
  g_string_free (rule->headers, TRUE);
  g_free (rule);
}

static bool
take_fault (FdsnStubRule *rule, const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    if (g_str_equal (faults[i].name, value)) {
      rule->fault = faults[i].fault;
      return true;
    }
  }
  return false;
}

static bool
take_number (FdsnStubRule *rule, const char *key, const char *value)
{
  const guint64 number = g_ascii_strtoull (value, NULL, 10);
  if (g_str_equal (key, "skip"))
    rule->skip = (unsigned)number;
  else if (g_str_equal (key, "times"))
    rule->times = (unsigned)number;
  else if (g_str_equal (key, "status"))
    rule->status = (unsigned)number;
  else if (g_str_equal (key, "size"))
    rule->size = number;
  else if (g_str_equal (key, "after"))
    rule->after = number;
  else if (g_str_equal (key, "rate"))
    rule->rate = number;
  else if (g_str_equal (key, "length"))
    rule->length = (gint64)number;
  else if (g_str_equal (key, "delay"))
    rule->delay = g_ascii_strtod (value, NULL);
  else if (g_str_equal (key, "chunked"))
    rule->chunked = number > 0;
  else if (g_str_equal (key, "gzip"))
    rule->gzip = number > 0;
  else if (g_str_equal (key, "unframed"))
    rule->unframed = number > 0;
  else
    return false;
  return true;
}

static bool
take_key (FdsnStubRule *rule, const char *key, const char *value)
{
  char **text = g_str_equal (key, "match")      ? &rule->match
                : g_str_equal (key, "type")     ? &rule->type
                : g_str_equal (key, "reason")   ? &rule->reason
                : g_str_equal (key, "body")     ? &rule->body
                : g_str_equal (key, "file")     ? &rule->file
                : g_str_equal (key, "redirect") ? &rule->redirect
                                                : NULL;
  if (text != NULL) {
    g_free (*text);
    *text = g_strdup (value);
  } else if (g_str_equal (key, "retry-after"))
    g_string_append_printf (rule->headers, "Retry-After: %s\r\n", value);
  else if (g_str_equal (key, "header"))
    g_string_append_printf (rule->headers, "%s\r\n", value);
  else if (g_str_equal (key, "fault"))
    return take_fault (rule, value);
  else
    return take_number (rule, key, value);
  return true;
}

FdsnStubRule *
fdsn_stub_rule_parse (const char *text, GError **error)
{
  g_autoptr (FdsnStubRule) rule = fdsn_stub_rule_new ();
  GUriParamsIter iter;
  char *key, *value;
  bool known = true;
  g_uri_params_iter_init (&iter, text, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (known && g_uri_params_iter_next (&iter, &key, &value, error)) {
    known = take_key (rule, key, value);
    if (!known)
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no rule %s=%s", key,
                   value);
    g_free (key);
    g_free (value);
  }
  return known ? g_steal_pointer (&rule) : NULL;
}

FdsnStubRule *
fdsn_stub_rule_take (FdsnStubRule *rule, const char *request)
{
  if (rule->match != NULL && strstr (request, rule->match) == NULL)
    return NULL;
  if (rule->times > 0 && rule->n_taken >= rule->skip + rule->times)
    return NULL;
  rule->n_taken++;
  if (rule->n_taken <= rule->skip)
    return NULL;
  FdsnStubRule *copy = g_memdup2 (rule, sizeof *rule);
  copy->match = g_strdup (rule->match);
  copy->type = g_strdup (rule->type);
  copy->reason = g_strdup (rule->reason);
  copy->body = g_strdup (rule->body);
  copy->file = g_strdup (rule->file);
  copy->redirect = g_strdup (rule->redirect);
  copy->headers = g_string_new (rule->headers->str);
  return copy;
}

static void
replace (FdsnStubAnswer *answer, unsigned status, const char *type, const void *bytes,
         gsize n_bytes)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->status = status;
  answer->type = type;
  answer->body = g_bytes_new (bytes, n_bytes);
}

/* As FDSN's services word it. */
static void
write_refusal (FdsnStubAnswer *answer, unsigned status, const char *reason,
               const char *url)
{
  g_autofree char *text = g_strdup_printf (
      "Error %u: %s\n\n%s\n\nUsage details are available from %s\n\nRequest:\n%s\n\n"
      "Request Submitted:\n2020-01-01T00:00:00\n\nService version:\n1.0\n",
      status, fdsn_stub_status_phrase (status), reason, url, url);
  replace (answer, status, "text/plain", text, strlen (text));
}

static GBytes *
gzip_zeros (guint64 n)
{
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) output = g_converter_output_stream_new (memory, gzip);
  static const guint8 zeros[65536];
  for (guint64 done = 0; done < n; done += sizeof zeros)
    g_output_stream_write_all (output, zeros, (gsize)MIN (sizeof zeros, n - done), NULL,
                               NULL, NULL);
  g_output_stream_close (output, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
fdsn_stub_gzip (GBytes *bytes)
{
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) input = g_converter_input_stream_new (memory, gzip);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_output_stream_splice (output, input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

static void
apply_fault (const FdsnStubRule *rule, FdsnStubAnswer *answer, GString *head)
{
  guint8 garbage[GARBAGE_BYTES];
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  if (rule->fault == FDSN_STUB_HTML)
    replace (answer, rule->status > 0 ? rule->status : 200, "text/html; charset=UTF-8",
             page, sizeof page - 1);
  else if (rule->fault == FDSN_STUB_GARBAGE) {
    for (gsize i = 0; i < sizeof garbage; i++)
      garbage[i] = (guint8)g_rand_int_range (rand, 128, 256);
    replace (answer, 200, "application/octet-stream", garbage, sizeof garbage);
  } else if (rule->fault == FDSN_STUB_BOMB) {
    g_clear_pointer (&answer->body, g_bytes_unref);
    answer->status = 200;
    answer->type = "application/octet-stream";
    answer->body = gzip_zeros (rule->size > 0 ? rule->size : BOMB_BYTES);
    g_string_append (head, "Content-Encoding: gzip\r\n");
  } else if (rule->fault == FDSN_STUB_ENDLESS)
    answer->status = 200;
}

/* As records, mapped. */
static void
answer_file (const char *path, FdsnStubAnswer *answer)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_assert_nonnull (file);
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->status = 200;
  answer->body = g_mapped_file_get_bytes (file);
}

void
fdsn_stub_rule_apply (const FdsnStubRule *rule, const char *url, FdsnStubAnswer *answer,
                      char **type, GString *head)
{
  const unsigned status = rule->status > 0         ? rule->status
                          : rule->redirect != NULL ? 302
                                                   : 0;
  if (rule->file != NULL)
    answer_file (rule->file, answer);
  if (rule->body != NULL)
    replace (answer, status > 0 ? status : 200, "text/plain", rule->body,
             strlen (rule->body));
  else if (status == 204 || status == 302)
    replace (answer, status, NULL, "", 0);
  else if (status > 0)
    write_refusal (answer, status,
                   rule->reason != NULL ? rule->reason : "A rule of the stub", url);
  else if (answer->reason != NULL)
    write_refusal (answer, answer->status, answer->reason, url);
  else if (answer->status == 204)
    replace (answer, 204, NULL, "", 0);
  if (rule->redirect != NULL)
    g_string_append_printf (head, "Location: %s\r\n",
                            g_str_equal (rule->redirect, "loop") ? url : rule->redirect);
  apply_fault (rule, answer, head);
  *type = g_strdup (rule->type != NULL ? rule->type : answer->type);
}
