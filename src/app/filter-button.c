#include "app/filter-button.h"

#include "app/format.h"
#include "app/quality-text.h"
#include <glib/gi18n.h>

struct _SaeFilterButton {
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *button;
  GtkBox *tags, *qualities;
  GtkWidget *tags_title, *clear;

  /* Owned */
  GHashTable *wanted_tags; /* set of tags; "" is none */

  GListModel *signals;      /* borrowed */
  unsigned wanted_flags;    /* SeismicQualityFlag */
  gboolean wants_faultless; /* also those without any flag */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SaeFilterButton, sae_filter_button, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* How many signals have what. */
typedef struct {
  GHashTable *tags; /* tag, borrowed of an item → number */
  guint n_untagged, n_faultless, n_flags[SEISMIC_QUALITY_N_FLAGS];
} Counts;

static void
count_item (Counts *counts, SaeSignalItem *item)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  unsigned flags = seismic_quality_flags (&info->quality);

  for (char **tag = info->tags; tag && *tag; tag++) {
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts->tags, *tag));

    g_hash_table_insert (counts->tags, *tag, GUINT_TO_POINTER (n + 1));
  }
  counts->n_untagged += !info->tags || !info->tags[0];
  counts->n_faultless += flags == 0;
  for (guint i = 0; i < SEISMIC_QUALITY_N_FLAGS; i++)
    counts->n_flags[i] += (flags & 1u << i) != 0;
}

static gboolean
is_active (SaeFilterButton *self)
{
  return g_hash_table_size (self->wanted_tags) > 0 || self->wanted_flags != 0 ||
         self->wants_faultless;
}

static void
emit_changed (SaeFilterButton *self)
{
  gtk_widget_set_sensitive (self->clear, is_active (self));
  if (is_active (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "accent");
  if (!self->is_filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_tag (GtkCheckButton *check, SaeFilterButton *self)
{
  const char *tag = gtk_widget_get_name (GTK_WIDGET (check));

  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->wanted_tags, g_strdup (tag));
  else
    g_hash_table_remove (self->wanted_tags, tag);
  emit_changed (self);
}

static void
on_flag (GtkCheckButton *check, SaeFilterButton *self)
{
  guint flag = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "flag"));
  gboolean wanted = gtk_check_button_get_active (check);

  if (flag == 0)
    self->wants_faultless = wanted;
  else if (wanted)
    self->wanted_flags |= flag;
  else
    self->wanted_flags &= ~flag;
  emit_changed (self);
}

static GtkWidget *
append_row (GtkBox *box, const char *title, guint n, gboolean wanted)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (title);
  g_autofree char *text = sae_format_number (n, 0);
  GtkWidget *count = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), wanted);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_widget_set_hexpand (check, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (row), count);
  gtk_box_append (box, row);
  return check;
}

static void
append_tag (SaeFilterButton *self, const char *tag, const char *title, guint n)
{
  GtkWidget *check =
      append_row (self->tags, title, n, g_hash_table_contains (self->wanted_tags, tag));

  gtk_widget_set_name (check, tag);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_tag), self, 0);
}

static void
append_flag (SaeFilterButton *self, guint flag, const char *title, const char *tip,
             guint n)
{
  gboolean wanted = flag ? (self->wanted_flags & flag) != 0 : self->wants_faultless;
  GtkWidget *check = append_row (self->qualities, title, n, wanted);

  gtk_widget_set_tooltip_text (check, tip);
  g_object_set_data (G_OBJECT (check), "flag", GUINT_TO_POINTER (flag));
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_flag), self, 0);
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, child);
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(char *const *)a, *(char *const *)b);
}

static gboolean
is_unknown (gpointer tag, gpointer value, gpointer counts)
{
  return *(const char *)tag && !g_hash_table_contains (counts, tag);
}

static void
fill (SaeFilterButton *self, const Counts *counts)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, counts->tags);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (tags, key);
  g_hash_table_foreach_remove (self->wanted_tags, is_unknown, counts->tags);
  g_ptr_array_sort (tags, compare_tags);
  empty (self->tags);
  empty (self->qualities);
  for (guint i = 0; i < tags->len; i++)
    append_tag (self, tags->pdata[i], tags->pdata[i],
                GPOINTER_TO_UINT (g_hash_table_lookup (counts->tags, tags->pdata[i])));
  if (tags->len > 0)
    append_tag (self, "", _ ("No tag"), counts->n_untagged);
  gtk_widget_set_visible (self->tags_title, tags->len > 0);
  append_flag (self, 0, _ ("Without flaws"), NULL, counts->n_faultless);
  for (guint i = 0; i < SEISMIC_QUALITY_N_FLAGS; i++)
    if (counts->n_flags[i] > 0 || self->wanted_flags & 1u << i)
      append_flag (self, 1u << i, sae_quality_text (i), sae_quality_explanation (i),
                   counts->n_flags[i]);
}

void
sae_filter_button_count (SaeFilterButton *self)
{
  Counts counts = {.tags = g_hash_table_new (g_str_hash, g_str_equal)};
  guint n = self->signals ? g_list_model_get_n_items (self->signals) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (self->signals, i);

    count_item (&counts, item);
  }
  self->is_filling = TRUE;
  fill (self, &counts);
  emit_changed (self);
  self->is_filling = FALSE;
  g_hash_table_unref (counts.tags);
}

void
sae_filter_button_set_signals (SaeFilterButton *self, GListModel *model)
{
  self->signals = model;
  sae_filter_button_count (self);
}

void
sae_filter_button_apply (SaeFilterButton *self, SaeSignalFilter *filter)
{
  sae_signal_filter_set_tags (filter, self->wanted_tags);
  sae_signal_filter_set_flags (filter, self->wanted_flags, self->wants_faultless);
}

void
sae_filter_button_clear (SaeFilterButton *self)
{
  if (!is_active (self))
    return;
  g_hash_table_remove_all (self->wanted_tags);
  self->wanted_flags = 0;
  self->wants_faultless = FALSE;
  sae_filter_button_count (self);
  emit_changed (self);
}

static void
sae_filter_button_finalize (GObject *object)
{
  g_hash_table_unref (SAE_FILTER_BUTTON (object)->wanted_tags);
  G_OBJECT_CLASS (sae_filter_button_parent_class)->finalize (object);
}

static void
sae_filter_button_class_init (SaeFilterButtonClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sae_filter_button_finalize;
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_FILTER_BUTTON, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/filter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeFilterButton, button);
  gtk_widget_class_bind_template_child (widget_class, SaeFilterButton, tags);
  gtk_widget_class_bind_template_child (widget_class, SaeFilterButton, qualities);
  gtk_widget_class_bind_template_child (widget_class, SaeFilterButton, tags_title);
  gtk_widget_class_bind_template_child (widget_class, SaeFilterButton, clear);
  gtk_widget_class_bind_template_callback (widget_class, sae_filter_button_clear);
  gtk_widget_class_bind_template_callback (widget_class, sae_filter_button_count);
}

static void
sae_filter_button_init (SaeFilterButton *self)
{
  self->wanted_tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}
