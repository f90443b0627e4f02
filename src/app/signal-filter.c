#include "app/signal-filter.h"

#include "app/format.h"
#include <string.h>

struct SaeSignalFilter {
  char **words; /* casefolded, none of them empty */
  GHashTable
      *events; /* event id → its text, casefolded: it is the same for many signals */
};

SaeSignalFilter *
sae_signal_filter_new (void)
{
  SaeSignalFilter *self = g_new0 (SaeSignalFilter, 1);

  self->words = g_new0 (char *, 1);
  self->events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sae_signal_filter_free (SaeSignalFilter *self)
{
  g_strfreev (self->words);
  g_hash_table_unref (self->events);
  g_free (self);
}

void
sae_signal_filter_set_words (SaeSignalFilter *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (char **part = parts; *part; part++)
    if (**part)
      g_strv_builder_add (words, *part);
  g_strfreev (self->words);
  self->words = g_strv_builder_end (words);
}

static const char *
event_text (SaeSignalFilter *self, const SeismicEvent *event)
{
  char *text = g_hash_table_lookup (self->events, event->id);
  g_autofree char *known = NULL, *all = NULL;

  if (text)
    return text;
  known = sae_format_event (event);
  all = g_strjoin (" ", known, event->type, sae_format_event_type (event->type), NULL);
  text = g_utf8_casefold (all, -1);
  g_hash_table_insert (self->events, g_strdup (event->id), text);
  return text;
}

static gboolean
has_word (SaeSignalFilter *self, SaeSignalItem *item, const char *id, const char *word)
{
  return strstr (id, word) ||
         strstr (event_text (self, &sae_signal_item_get_info (item)->event), word);
}

gboolean
sae_signal_filter_matches (SaeSignalFilter *self, SaeSignalItem *item)
{
  g_autofree char *id = NULL;

  if (!self->words[0])
    return TRUE;
  id = g_utf8_casefold (sae_signal_item_get_id (item), -1);
  for (char **word = self->words; *word; word++)
    if (!has_word (self, item, id, *word))
      return FALSE;
  return TRUE;
}

gboolean
sae_signal_filter_is_active (const SaeSignalFilter *self)
{
  return self->words[0] != NULL;
}

void
sae_signal_filter_forget (SaeSignalFilter *self)
{
  g_hash_table_remove_all (self->events);
}
