#include "app/signal-tree.h"

#include "app/format.h"
#include "session/event-item.h"
#include <string.h>

/* All that can be searched for, casefolded. */
static char *
searchable_text (SaeSignalItem *item)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  g_autofree char *event = sae_format_event (&info->event);
  g_autofree char *text =
      g_strjoin (" ", sae_signal_item_get_instrument (item), info->event_id, event,
                 info->event.type, sae_format_event_type (info->event.type), NULL);

  return g_utf8_casefold (text, -1);
}

static gboolean
matches (SaeSignalItem *item, char **words)
{
  g_autofree char *text = NULL;

  if (!words[0])
    return TRUE;
  text = searchable_text (item);
  for (char **word = words; *word; word++)
    if (**word && !strstr (text, *word))
      return FALSE;
  return TRUE;
}

/* Event id → GListStore of its matching signals. */
static GHashTable *
group_signals (GListModel *signals, const char *search)
{
  GHashTable *groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autofree char *folded = g_utf8_casefold (search, -1);
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (folded), " \t", -1);

  for (guint i = 0; i < g_list_model_get_n_items (signals); i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (signals, i);
    const char *event_id = sae_signal_item_get_info (item)->event_id;
    GListStore *group = g_hash_table_lookup (groups, event_id);

    if (!matches (item, words))
      continue;
    if (!group) {
      group = g_list_store_new (SAE_TYPE_SIGNAL_ITEM);
      g_hash_table_insert (groups, g_strdup (event_id), group);
    }
    g_list_store_append (group, item);
  }
  return groups;
}

static GListModel *
children_of (gpointer item, gpointer groups)
{
  GListModel *group;

  if (!SAE_IS_EVENT_ITEM (item))
    return NULL;
  group = g_hash_table_lookup (groups, sae_event_item_get_event (item)->id);
  return group ? g_object_ref (group) : NULL;
}

GtkTreeListModel *
sae_signal_tree_new (GListModel *events, GListModel *signals, const char *search)
{
  GHashTable *groups = group_signals (signals, search);
  GListStore *roots = g_list_store_new (SAE_TYPE_EVENT_ITEM);

  for (guint i = 0; i < g_list_model_get_n_items (events); i++) {
    g_autoptr (SaeEventItem) item = g_list_model_get_item (events, i);

    if (g_hash_table_contains (groups, sae_event_item_get_event (item)->id))
      g_list_store_append (roots, item);
  }
  return gtk_tree_list_model_new (G_LIST_MODEL (roots), FALSE, TRUE, children_of, groups,
                                  (GDestroyNotify)g_hash_table_unref);
}

SaeSignalItem *
sae_signal_tree_get_signal (GtkTreeListModel *tree, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (tree), position);
  g_autoptr (GObject) item = row ? gtk_tree_list_row_get_item (row) : NULL;

  return item && SAE_IS_SIGNAL_ITEM (item) ? SAE_SIGNAL_ITEM (g_steal_pointer (&item))
                                           : NULL;
}

guint
sae_signal_tree_next (GtkTreeListModel *tree, guint position, int step)
{
  gint64 n = g_list_model_get_n_items (G_LIST_MODEL (tree));

  for (gint64 i = (gint64)position + step; i >= 0 && i < n; i += step) {
    g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (tree, (guint)i);

    if (item)
      return (guint)i;
  }
  return GTK_INVALID_LIST_POSITION;
}

guint
sae_signal_tree_find (GtkTreeListModel *tree, const char *signal_id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (tree));

  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (tree, i);

    if (item && strcmp (sae_signal_item_get_id (item), signal_id) == 0)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

guint
sae_signal_tree_find_event (GtkTreeListModel *tree, const char *event_id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (tree));

  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (tree, i);

    if (item && strcmp (sae_signal_item_get_info (item)->event_id, event_id) == 0)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}
