#include "app/training-signals.h"

#include "app/format.h"
#include "seismic/quality.h"
#include "seismic/signal-query.h"
#include "session/signal-item.h"
#include <glib/gi18n.h>
#include <math.h>

/* The rows with a limit each. */
enum { MIN_MAGNITUDE, MAX_MAGNITUDE, MIN_DISTANCE, MAX_DISTANCE, N_LIMITS };
/* And those with a choice of what the signals have; the first is any. */
enum { TYPE, TAG, RATE, N_CHOICES };

struct _SaeTrainingSignals {
  AdwBin parent_instance;

  /* Template widgets */
  AdwExpanderRow *expander;
  GtkEntry *min_magnitude, *max_magnitude, *min_distance, *max_distance;
  AdwComboRow *type, *tag, *rate, *quality, *window;
  GtkSpinButton *length, *lead;
  GtkWidget *length_row, *lead_row;

  /* Owned */
  GListModel *signals;          /* of SaeSignalItem, or NULL */
  SeismicSignalQuery query;     /* as the rows say */
  GPtrArray *values[N_CHOICES]; /* char *, of the rows after the first */

  guint n_fitting;
  gboolean good; /* all limits are numbers */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (SaeTrainingSignals, sae_training_signals, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkEntry *
entry_of (SaeTrainingSignals *self, int limit)
{
  GtkEntry *const entries[N_LIMITS] = {self->min_magnitude, self->max_magnitude,
                                       self->min_distance, self->max_distance};

  return entries[limit];
}

static double *
limit_of (SaeTrainingSignals *self, int limit)
{
  double *const limits[N_LIMITS] = {
      &self->query.min_magnitude, &self->query.max_magnitude,
      &self->query.min_distance_km, &self->query.max_distance_km};

  return limits[limit];
}

static AdwComboRow *
row_of (SaeTrainingSignals *self, int choice)
{
  AdwComboRow *const rows[N_CHOICES] = {self->type, self->tag, self->rate};

  return rows[choice];
}

/* FALSE, *value untouched, for what is no number. Nothing is none: NAN. */
static gboolean
parse_limit (const char *text, double *value)
{
  g_autofree char *copy = g_strdelimit (g_strstrip (g_strdup (text)), ",", '.');
  char *end;
  double parsed = *copy ? g_ascii_strtod (copy, &end) : NAN;

  if (*copy && (*end || !isfinite (parsed)))
    return FALSE;
  *value = parsed;
  return TRUE;
}

static void
read_limits (SaeTrainingSignals *self)
{
  self->good = TRUE;
  for (int i = 0; i < N_LIMITS; i++) {
    GtkWidget *entry = GTK_WIDGET (entry_of (self, i));
    gboolean good =
        parse_limit (gtk_editable_get_text (GTK_EDITABLE (entry)), limit_of (self, i));

    if (good)
      gtk_widget_remove_css_class (entry, "error");
    else
      gtk_widget_add_css_class (entry, "error");
    gtk_accessible_update_state (
        GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
        good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
    self->good = self->good && good;
  }
}

/* The chosen value, or NULL for any. */
static const char *
get_value (SaeTrainingSignals *self, int choice)
{
  guint selected = adw_combo_row_get_selected (row_of (self, choice));

  return selected == 0 || selected > self->values[choice]->len
             ? NULL
             : self->values[choice]->pdata[selected - 1];
}

static void
take_word (char ***words, const char *word)
{
  g_clear_pointer (words, g_strfreev);
  if (word)
    *words = g_strdupv ((char *[]){(char *)word, NULL});
}

/* Which flags the rows of quality leave out. */
static const unsigned excluded[] = {0, SEISMIC_QUALITY_CLIPPED,
                                    (1u << SEISMIC_QUALITY_N_FLAGS) - 1};

static void
count (SaeTrainingSignals *self)
{
  guint n = self->signals ? g_list_model_get_n_items (self->signals) : 0;
  g_autofree char *text = NULL;

  self->n_fitting = 0;
  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (self->signals, i);

    self->n_fitting +=
        seismic_signal_query_matches (&self->query, sae_signal_item_get_info (item));
  }
  if (self->n_fitting == n)
    text = g_strdup_printf (ngettext ("All %u signal", "All %u signals", n), n);
  else
    text = g_strdup_printf (_ ("%u of %u signals"), self->n_fitting, n);
  adw_expander_row_set_subtitle (self->expander, text);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
update (SaeTrainingSignals *self)
{
  const char *rate = get_value (self, RATE);
  gboolean cut = adw_combo_row_get_selected (self->window) != ANALYSIS_WINDOW_WHOLE;
  guint quality = adw_combo_row_get_selected (self->quality);

  if (self->is_setting)
    return;
  read_limits (self);
  take_word (&self->query.event_types, get_value (self, TYPE));
  take_word (&self->query.tags, get_value (self, TAG));
  self->query.rate_hz = rate ? g_ascii_strtod (rate, NULL) : NAN;
  if (quality < G_N_ELEMENTS (excluded))
    self->query.excluded = excluded[quality];
  gtk_widget_set_visible (self->length_row, cut);
  gtk_widget_set_visible (self->lead_row, cut);
  count (self);
}

gboolean
sae_training_signals_get_valid (SaeTrainingSignals *self)
{
  gboolean any = !self->signals || g_list_model_get_n_items (self->signals) == 0;

  return self->good && (any || self->n_fitting > 0) &&
         (adw_combo_row_get_selected (self->window) == ANALYSIS_WINDOW_WHOLE ||
          gtk_spin_button_get_value (self->lead) <
              gtk_spin_button_get_value (self->length));
}

void
sae_training_signals_get (SaeTrainingSignals *self, AnalysisDatasetSettings *settings)
{
  g_autofree char *text = seismic_signal_query_to_text (&self->query);

  settings->signals = *text ? g_intern_string (text) : NULL;
  settings->window.kind = (AnalysisWindowKind)adw_combo_row_get_selected (self->window);
  settings->window.length_s = gtk_spin_button_get_value (self->length);
  settings->window.lead_s = gtk_spin_button_get_value (self->lead);
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(char *const *)a, *(char *const *)b);
}

static void
add_value (GHashTable *seen, GPtrArray *values, const char *value)
{
  if (value && g_hash_table_add (seen, g_strdup (value)))
    g_ptr_array_add (values, g_strdup (value));
}

static void
collect_item (SaeTrainingSignals *self, GHashTable *const seen[N_CHOICES],
              const SeismicSignalInfo *info)
{
  char rate[G_ASCII_DTOSTR_BUF_SIZE];

  add_value (seen[TYPE], self->values[TYPE], info->event.type);
  for (char **tag = info->tags; tag && *tag; tag++)
    add_value (seen[TAG], self->values[TAG], *tag);
  add_value (seen[RATE], self->values[RATE],
             g_ascii_formatd (rate, sizeof rate, "%.6g", info->rate_hz));
}

static const char *
title_of (int choice, const char *value)
{
  return choice == TYPE ? sae_format_event_type (value) : value;
}

/* Shows the values there are, and chooses value, which may be none of them. */
static void
offer (SaeTrainingSignals *self, int choice, const char *value)
{
  GPtrArray *values = self->values[choice];
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0, found;

  if (value && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
    g_ptr_array_add (values, g_strdup (value));
  g_ptr_array_sort (values, compare_values);
  if (value && g_ptr_array_find_with_equal_func (values, value, g_str_equal, &found))
    selected = found + 1;
  gtk_string_list_append (titles, _ ("Any"));
  for (guint i = 0; i < values->len; i++) {
    g_autofree char *rate =
        choice == RATE
            ? sae_format_quantity (g_ascii_strtod (values->pdata[i], NULL), 0, _ ("Hz"))
            : NULL;

    gtk_string_list_append (titles, rate ? rate : title_of (choice, values->pdata[i]));
  }
  adw_combo_row_set_model (row_of (self, choice), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (row_of (self, choice), selected);
}

/* What the rows of choices offer, from the signals there are and the query. */
static void
offer_all (SaeTrainingSignals *self)
{
  GHashTable *seen[N_CHOICES];
  guint n = self->signals ? g_list_model_get_n_items (self->signals) : 0;
  char rate[G_ASCII_DTOSTR_BUF_SIZE];

  for (int i = 0; i < N_CHOICES; i++) {
    seen[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_set_size (self->values[i], 0);
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (self->signals, i);

    collect_item (self, seen, sae_signal_item_get_info (item));
  }
  for (int i = 0; i < N_CHOICES; i++)
    g_hash_table_unref (seen[i]);
  g_ascii_formatd (rate, sizeof rate, "%.6g", self->query.rate_hz);
  self->is_setting = TRUE;
  offer (self, TYPE, self->query.event_types ? self->query.event_types[0] : NULL);
  offer (self, TAG, self->query.tags ? self->query.tags[0] : NULL);
  offer (self, RATE, isnan (self->query.rate_hz) ? NULL : rate);
  self->is_setting = FALSE;
}

static void
on_signals (SaeTrainingSignals *self)
{
  offer_all (self);
  update (self);
}

void
sae_training_signals_set_model (SaeTrainingSignals *self, GListModel *model)
{
  if (self->signals)
    g_signal_handlers_disconnect_by_func (self->signals, on_signals, self);
  if (!g_set_object (&self->signals, model))
    return;
  if (model)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (on_signals), self,
                             G_CONNECT_SWAPPED);
  on_signals (self);
}

static void
show_limits (SaeTrainingSignals *self)
{
  for (int i = 0; i < N_LIMITS; i++) {
    double value = *limit_of (self, i);
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (text, sizeof text, "%.6g", value);
    gtk_editable_set_text (GTK_EDITABLE (entry_of (self, i)), isnan (value) ? "" : text);
  }
}

/* The row that leaves out the same, or the widest that leaves out no more. */
static guint
quality_row (unsigned flags)
{
  guint row = 0;

  for (guint i = 0; i < G_N_ELEMENTS (excluded); i++)
    if ((excluded[i] & ~flags) == 0)
      row = i;
  return row;
}

void
sae_training_signals_set (SaeTrainingSignals *self,
                          const AnalysisDatasetSettings *settings)
{
  SeismicSignalQuery query;

  if (!seismic_signal_query_from_text (settings->signals ? settings->signals : "", &query,
                                       NULL))
    seismic_signal_query_init (&query);
  seismic_signal_query_clear (&self->query);
  self->query = query;
  self->is_setting = TRUE;
  show_limits (self);
  adw_combo_row_set_selected (self->quality, quality_row (query.excluded));
  adw_combo_row_set_selected (self->window, settings->window.kind);
  gtk_spin_button_set_value (self->length, settings->window.length_s);
  gtk_spin_button_set_value (self->lead, settings->window.lead_s);
  self->is_setting = FALSE;
  on_signals (self);
}

static gboolean
output_seconds (SaeTrainingSignals *self, GtkSpinButton *button)
{
  g_autofree char *text =
      sae_format_quantity (gtk_spin_button_get_value (button), 1, _ ("s"));

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

static int
input_seconds (SaeTrainingSignals *self, double *value, GtkSpinButton *button)
{
  g_autofree char *text =
      g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (button))), ",", '.');

  *value = g_ascii_strtod (text, NULL);
  return TRUE;
}

static void
sae_training_signals_dispose (GObject *object)
{
  g_clear_object (&SAE_TRAINING_SIGNALS (object)->signals);
  G_OBJECT_CLASS (sae_training_signals_parent_class)->dispose (object);
}

static void
sae_training_signals_finalize (GObject *object)
{
  SaeTrainingSignals *self = SAE_TRAINING_SIGNALS (object);

  seismic_signal_query_clear (&self->query);
  for (int i = 0; i < N_CHOICES; i++)
    g_ptr_array_unref (self->values[i]);
  G_OBJECT_CLASS (sae_training_signals_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/training-signals.ui");
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, expander);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, min_magnitude);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, max_magnitude);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, min_distance);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, max_distance);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, type);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, tag);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, rate);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, quality);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, window);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, length);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, lead);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, length_row);
  gtk_widget_class_bind_template_child (class, SaeTrainingSignals, lead_row);
  gtk_widget_class_bind_template_callback (class, update);
  gtk_widget_class_bind_template_callback (class, output_seconds);
  gtk_widget_class_bind_template_callback (class, input_seconds);
}

static void
sae_training_signals_class_init (SaeTrainingSignalsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = sae_training_signals_dispose;
  G_OBJECT_CLASS (class)->finalize = sae_training_signals_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", SAE_TYPE_TRAINING_SIGNALS, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
sae_training_signals_init (SaeTrainingSignals *self)
{
  const AnalysisDatasetSettings settings = {.window = ANALYSIS_WINDOW_DEFAULT};

  seismic_signal_query_init (&self->query);
  for (int i = 0; i < N_CHOICES; i++)
    self->values[i] = g_ptr_array_new_with_free_func (g_free);
  self->is_setting = TRUE; /* the template's values are none */
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_training_signals_set (self, &settings);
}
