#include "app/signal-filter.h"

#include "app/format.h"
#include <string.h>

struct SaeSignalFilter {
  char **words;     /* casefolded, none of them empty */
  GHashTable *tags; /* set; "" for none */
  unsigned flags;
  gboolean faultless;
  GHashTable *events; /* event id → its text, casefolded: the same for many signals */
};

SaeSignalFilter *
sae_signal_filter_new (void)
{
  SaeSignalFilter *self = g_new0 (SaeSignalFilter, 1);

  self->words = g_new0 (char *, 1);
  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sae_signal_filter_free (SaeSignalFilter *self)
{
  g_strfreev (self->words);
  g_hash_table_unref (self->tags);
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

void
sae_signal_filter_set_tags (SaeSignalFilter *self, GHashTable *tags)
{
  GHashTableIter iter;
  gpointer tag;

  g_hash_table_remove_all (self->tags);
  g_hash_table_iter_init (&iter, tags);
  while (g_hash_table_iter_next (&iter, &tag, NULL))
    g_hash_table_add (self->tags, g_strdup (tag));
}

void
sae_signal_filter_set_flags (SaeSignalFilter *self, unsigned flags, gboolean faultless)
{
  self->flags = flags;
  self->faultless = faultless;
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
has_own_word (const SeismicSignalInfo *info, const char *word)
{
  g_autofree char *tags = info->tags ? g_strjoinv (" ", info->tags) : g_strdup ("");
  g_autofree char *own = g_strjoin (" ", tags, info->comment, NULL);
  g_autofree char *folded = g_utf8_casefold (own, -1);

  return strstr (folded, word) != NULL;
}

static gboolean
has_word (SaeSignalFilter *self, const SeismicSignalInfo *info, const char *id,
          const char *word)
{
  return strstr (id, word) || strstr (event_text (self, &info->event), word) ||
         has_own_word (info, word);
}

static gboolean
has_words (SaeSignalFilter *self, const SeismicSignalInfo *info)
{
  g_autofree char *id = NULL;

  if (!self->words[0])
    return TRUE;
  id = g_utf8_casefold (info->id, -1);
  for (char **word = self->words; *word; word++)
    if (!has_word (self, info, id, *word))
      return FALSE;
  return TRUE;
}

static gboolean
has_any_tag (SaeSignalFilter *self, const SeismicSignalInfo *info)
{
  if (g_hash_table_size (self->tags) == 0)
    return TRUE;
  if (!info->tags || !info->tags[0])
    return g_hash_table_contains (self->tags, "");
  for (char **tag = info->tags; *tag; tag++)
    if (g_hash_table_contains (self->tags, *tag))
      return TRUE;
  return FALSE;
}

static gboolean
has_any_flag (SaeSignalFilter *self, const SeismicSignalInfo *info)
{
  unsigned flags = seismic_quality_flags (&info->quality);

  if (self->flags == 0 && !self->faultless)
    return TRUE;
  return (flags & self->flags) != 0 || (self->faultless && flags == 0);
}

gboolean
sae_signal_filter_matches (SaeSignalFilter *self, SaeSignalItem *item)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);

  return has_any_tag (self, info) && has_any_flag (self, info) && has_words (self, info);
}

gboolean
sae_signal_filter_is_active (const SaeSignalFilter *self)
{
  return self->words[0] || g_hash_table_size (self->tags) > 0 || self->flags != 0 ||
         self->faultless;
}

void
sae_signal_filter_forget (SaeSignalFilter *self)
{
  g_hash_table_remove_all (self->events);
}
