#include "app/signal-tree.h"

#include "session/event-item.h"
#include <string.h>

/* Signals of one event, or, where they stand alone, of all. */
typedef struct {
  SaeEventItem *event;  /* borrowed of the root rows; NULL where signals stand alone */
  GPtrArray *signals;   /* of new references, in the order of the rows */
  GListStore *children; /* the same as a model, once it is needed; or NULL */
  guint index;          /* among the root rows */
} Group;

struct SaeSignalTree {
  GtkTreeListModel *model;
  GHashTable *groups;  /* event id → Group; "" where signals stand alone */
  GHashTable *by_item; /* SaeEventItem → Group; both borrowed */
  GHashTable *places;  /* signal id, borrowed of its item → its index in its group */
  guint n_signals;
  gboolean by_event;
};

static void
group_free (gpointer data)
{
  Group *group = data;

  g_ptr_array_unref (group->signals);
  g_clear_object (&group->children);
  g_free (group);
}

static const char *
group_key (const SaeSignalTree *self, SaeSignalItem *item)
{
  return self->by_event ? sae_signal_item_get_info (item)->event_id : "";
}

static void
group_signals (SaeSignalTree *self, const SaeSignalTreeSettings *settings)
{
  guint n = g_list_model_get_n_items (settings->signals);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (settings->signals, i);
    Group *group;

    if (!sae_signal_filter_matches ((SaeSignalFilter *)settings->filter, item))
      continue;
    group = g_hash_table_lookup (self->groups, group_key (self, item));
    if (!group) {
      group = g_new0 (Group, 1);
      group->signals = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->groups, g_strdup (group_key (self, item)), group);
    }
    g_ptr_array_add (group->signals, g_steal_pointer (&item));
    self->n_signals++;
  }
}

static int
compare_signals (gconstpointer a, gconstpointer b, gpointer sorter)
{
  return gtk_sorter_compare (sorter, *(gpointer *)a, *(gpointer *)b);
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer sorter)
{
  const Group *first = *(Group *const *)a, *second = *(Group *const *)b;

  return gtk_sorter_compare (sorter, first->signals->pdata[0], second->signals->pdata[0]);
}

static void
sort_groups (SaeSignalTree *self, GtkSorter *sorter)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Group *group = value;

    if (sorter)
      g_ptr_array_sort_with_data (group->signals, compare_signals, sorter);
    for (guint i = 0; i < group->signals->len; i++)
      g_hash_table_insert (self->places,
                           (char *)sae_signal_item_get_id (group->signals->pdata[i]),
                           GUINT_TO_POINTER (i));
  }
}

/* Of groups, in the order of the events; sorted by their first signals. */
static GListModel *
list_events (SaeSignalTree *self, const SaeSignalTreeSettings *settings)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  GListStore *roots = g_list_store_new (SAE_TYPE_EVENT_ITEM);

  for (guint i = 0; i < g_list_model_get_n_items (settings->events); i++) {
    g_autoptr (SaeEventItem) item = g_list_model_get_item (settings->events, i);
    Group *group =
        g_hash_table_lookup (self->groups, sae_event_item_get_event (item)->id);

    if (group) {
      group->event = item; /* the list of events keeps it till the roots do */
      g_ptr_array_add (groups, group);
    }
  }
  if (settings->sorter)
    g_ptr_array_sort_with_data (groups, compare_groups, settings->sorter);
  for (guint i = 0; i < groups->len; i++) {
    Group *group = groups->pdata[i];

    group->index = i;
    g_ptr_array_add (items, group->event);
    g_hash_table_insert (self->by_item, group->event, group);
  }
  g_list_store_splice (roots, 0, 0, items->pdata, items->len);
  return G_LIST_MODEL (roots);
}

static GListModel *
list_signals (Group *group)
{
  if (!group->children) {
    group->children = g_list_store_new (SAE_TYPE_SIGNAL_ITEM);
    g_list_store_splice (group->children, 0, 0, group->signals->pdata,
                         group->signals->len);
  }
  return g_object_ref (G_LIST_MODEL (group->children));
}

static GListModel *
children_of (gpointer item, gpointer user_data)
{
  SaeSignalTree *self = user_data;
  Group *group = g_hash_table_lookup (self->by_item, item);

  return group ? list_signals (group) : NULL;
}

static GtkTreeListRow *
get_row (SaeSignalTree *self, const Group *group)
{
  return gtk_tree_list_model_get_child_row (self->model, group->index);
}

static gboolean
opens_all (const SaeSignalTree *self)
{
  return self->n_signals <= SAE_SIGNAL_TREE_OPEN;
}

/* What the user has done to an event's row is kept, unless all rows begin otherwise now.
 */
static gboolean
is_open (SaeSignalTree *self, const char *event_id, SaeSignalTree *former)
{
  Group *group = former && former->by_event && opens_all (former) == opens_all (self)
                     ? g_hash_table_lookup (former->groups, event_id)
                     : NULL;
  g_autoptr (GtkTreeListRow) row = group ? get_row (former, group) : NULL;

  return row ? gtk_tree_list_row_get_expanded (row) : opens_all (self);
}

static void
expand (SaeSignalTree *self, SaeSignalTree *former)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (is_open (self, key, former)) {
      g_autoptr (GtkTreeListRow) row = get_row (self, value);

      gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

SaeSignalTree *
sae_signal_tree_new (const SaeSignalTreeSettings *settings)
{
  SaeSignalTree *self = g_new0 (SaeSignalTree, 1);
  Group *all = NULL;
  GListModel *roots;

  self->by_event = settings->by_event;
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);
  self->by_item = g_hash_table_new (NULL, NULL);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  group_signals (self, settings);
  sort_groups (self, settings->sorter);
  all = g_hash_table_lookup (self->groups, "");
  if (self->by_event)
    roots = list_events (self, settings);
  else
    roots =
        all ? list_signals (all) : G_LIST_MODEL (g_list_store_new (SAE_TYPE_SIGNAL_ITEM));
  self->model = gtk_tree_list_model_new (roots, FALSE, FALSE, children_of, self, NULL);
  if (self->by_event)
    expand (self, settings->former);
  return self;
}

void
sae_signal_tree_free (SaeSignalTree *self)
{
  g_object_unref (self->model);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->by_item);
  g_hash_table_unref (self->groups);
  g_free (self);
}

GtkTreeListModel *
sae_signal_tree_get_model (SaeSignalTree *self)
{
  return self->model;
}

guint
sae_signal_tree_get_n_signals (SaeSignalTree *self)
{
  return self->n_signals;
}

SaeSignalItem *
sae_signal_tree_get_signal (SaeSignalTree *self, guint position)
{
  g_autoptr (GtkTreeListRow) row =
      g_list_model_get_item (G_LIST_MODEL (self->model), position);
  g_autoptr (GObject) item = row ? gtk_tree_list_row_get_item (row) : NULL;

  return item && SAE_IS_SIGNAL_ITEM (item) ? SAE_SIGNAL_ITEM (g_steal_pointer (&item))
                                           : NULL;
}

void
sae_signal_tree_append_signals (SaeSignalTree *self, guint position, GPtrArray *array)
{
  g_autoptr (GtkTreeListRow) row =
      g_list_model_get_item (G_LIST_MODEL (self->model), position);
  g_autoptr (GObject) item = row ? gtk_tree_list_row_get_item (row) : NULL;
  Group *group = item ? g_hash_table_lookup (self->by_item, item) : NULL;

  if (group)
    g_ptr_array_extend (array, group->signals, (GCopyFunc)(void *)g_object_ref, NULL);
  else if (item)
    g_ptr_array_add (array, g_steal_pointer (&item));
}

guint
sae_signal_tree_next (SaeSignalTree *self, guint position, int step)
{
  for (gint64 i = (gint64)position + step;
       i >= 0 && i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i += step) {
    g_autoptr (GtkTreeListRow) row =
        g_list_model_get_item (G_LIST_MODEL (self->model), (guint)i);

    if (!gtk_tree_list_row_is_expandable (row))
      return (guint)i;
    if (gtk_tree_list_row_get_expanded (row))
      continue;
    gtk_tree_list_row_set_expanded (row, TRUE);
    /* Upwards the rows that have come up lie below this one: the last is the next. */
    if (step < 0) {
      g_autoptr (GListModel) children =
          g_object_ref (gtk_tree_list_row_get_children (row));

      i += g_list_model_get_n_items (children) + 1;
    }
  }
  return GTK_INVALID_LIST_POSITION;
}

static guint
find_row (SaeSignalTree *self, const Group *group, guint place)
{
  g_autoptr (GtkTreeListRow) root = NULL;
  g_autoptr (GtkTreeListRow) row = NULL;

  if (!self->by_event)
    return place;
  root = get_row (self, group);
  gtk_tree_list_row_set_expanded (root, TRUE);
  row = gtk_tree_list_row_get_child_row (root, place);
  return gtk_tree_list_row_get_position (row);
}

/* The signal's group, and its place there; NULL if it is in none. */
static Group *
find_place (SaeSignalTree *self, const char *signal_id, guint *place)
{
  const char *slash = strrchr (signal_id, '/');
  g_autofree char *event_id =
      g_strndup (signal_id, slash ? (gsize)(slash - signal_id) : 0);
  Group *group = g_hash_table_lookup (self->groups, self->by_event ? event_id : "");
  gpointer found;

  if (!group || !g_hash_table_lookup_extended (self->places, signal_id, NULL, &found))
    return NULL;
  *place = GPOINTER_TO_UINT (found);
  return group;
}

guint
sae_signal_tree_find (SaeSignalTree *self, const char *signal_id)
{
  guint place;
  Group *group = find_place (self, signal_id, &place);

  return group ? find_row (self, group, place) : GTK_INVALID_LIST_POSITION;
}

guint
sae_signal_tree_locate (SaeSignalTree *self, const char *signal_id)
{
  guint place;
  Group *group = find_place (self, signal_id, &place);
  g_autoptr (GtkTreeListRow) row = group && self->by_event ? get_row (self, group) : NULL;

  if (row && !gtk_tree_list_row_get_expanded (row))
    return gtk_tree_list_row_get_position (row);
  return group ? find_row (self, group, place) : GTK_INVALID_LIST_POSITION;
}

/* Of each of the signals' groups, how many of it are among them. */
static GHashTable *
count_groups (SaeSignalTree *self, GPtrArray *items)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < items->len; i++) {
    guint place;
    Group *group = find_place (self, sae_signal_item_get_id (items->pdata[i]), &place);
    guint n = group ? GPOINTER_TO_UINT (g_hash_table_lookup (counts, group)) : 0;

    if (group)
      g_hash_table_insert (counts, group, GUINT_TO_POINTER (n + 1));
  }
  return counts;
}

/* Of those of which only some are wanted: first all, as rows below move. */
static void
unfold_groups (SaeSignalTree *self, GHashTable *counts)
{
  GHashTableIter iter;
  gpointer key, count;

  g_hash_table_iter_init (&iter, counts);
  while (self->by_event && g_hash_table_iter_next (&iter, &key, &count)) {
    Group *group = key;
    g_autoptr (GtkTreeListRow) row = get_row (self, group);

    if (GPOINTER_TO_UINT (count) < group->signals->len)
      gtk_tree_list_row_set_expanded (row, TRUE);
  }
}

GtkBitset *
sae_signal_tree_find_rows (SaeSignalTree *self, GPtrArray *signals)
{
  g_autoptr (GHashTable) counts = count_groups (self, signals);
  GtkBitset *set = gtk_bitset_new_empty ();

  unfold_groups (self, counts);
  for (guint i = 0; i < signals->len; i++) {
    const char *id = sae_signal_item_get_id (signals->pdata[i]);
    guint position = sae_signal_tree_locate (self, id);

    if (position != GTK_INVALID_LIST_POSITION)
      gtk_bitset_add (set, position);
  }
  return set;
}

guint
sae_signal_tree_find_event (SaeSignalTree *self, const char *event_id)
{
  Group *group = g_hash_table_lookup (self->groups, self->by_event ? event_id : "");

  for (guint i = 0; group && i < group->signals->len; i++) {
    SaeSignalItem *item = group->signals->pdata[i];

    if (g_str_equal (sae_signal_item_get_info (item)->event_id, event_id))
      return find_row (self, group, i);
  }
  return GTK_INVALID_LIST_POSITION;
}
