#include "app/query-panel.h"

#include "seismic/event.h"
#include "seismic/time.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>

enum { TIME_ALL, TIME_MONTH, TIME_YEAR, TIME_OWN };
enum { REGION_WORLD, REGION_NORTH, REGION_BOX, REGION_CIRCLE };

#define MAX_DISTANCE_KM (180 * SEISMIC_KM_PER_DEGREE)
#define DAY_NS (INT64_C (86400) * 1000000000)

/* About where NCEDC's own network locates earthquakes. */
static const double northern_california[4] = {-126, 34.5, -117, 42};

static const char *const event_types[] = {NULL, "earthquake", "quarry blast",
                                          "explosion"};

struct _SaeQueryPanel {
  AdwBin parent_instance;

  /* Template widgets */
  AdwComboRow *server, *time, *region, *type;
  GtkWidget *address, *start, *end, *west, *south, *east, *north, *min_depth, *max_depth;
  GtkWidget *latitude, *longitude, *min_radius, *max_radius;
  GtkWidget *draw_row;
  GtkSpinButton *min_magnitude, *max_magnitude, *limit;
  GtkCalendar *start_calendar, *end_calendar;
  GtkToggleButton *draw;
  GtkLabel *flaw, *search_label;
  GtkSpinner *spinner;

  /* Owned */
  SaeSession *session;
  GtkWidget *wrong; /* the field that is */
  guint last_region;
  gboolean is_ready;
};

G_DEFINE_FINAL_TYPE (SaeQueryPanel, sae_query_panel, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { REGION_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static gboolean
has_own_address (SaeQueryPanel *self)
{
  size_t n_servers;

  seismic_fdsn_url_servers (&n_servers);
  return adw_combo_row_get_selected (self->server) >= n_servers;
}

const char *
sae_query_panel_get_server (SaeQueryPanel *self)
{
  size_t n_servers;
  const SeismicServer *servers = seismic_fdsn_url_servers (&n_servers);

  return has_own_address (self) ? text_of (self->address)
                                : servers[adw_combo_row_get_selected (self->server)].id;
}

void
sae_query_panel_set_server (SaeQueryPanel *self, const char *server)
{
  size_t n_servers;
  const SeismicServer *servers = seismic_fdsn_url_servers (&n_servers);

  for (size_t i = 0; i < n_servers; i++)
    if (g_ascii_strcasecmp (server, servers[i].id) == 0 ||
        g_ascii_strcasecmp (server, servers[i].base) == 0) {
      adw_combo_row_set_selected (self->server, (guint)i);
      return;
    }
  adw_combo_row_set_selected (self->server, (guint)n_servers);
  gtk_editable_set_text (GTK_EDITABLE (self->address), server);
}

/* Decimals with a point or a comma; nothing is NAN. */
static gboolean
read_number (GtkWidget *entry, double least, double largest, double *value)
{
  g_autofree char *text =
      g_strstrip (g_strdelimit (g_strdup (text_of (entry)), ",", '.'));
  char *end;

  *value = NAN;
  if (!*text)
    return TRUE;
  if (g_str_has_prefix (text, "−")) { /* as this program writes it */
    memmove (text + 1, text + strlen ("−"), strlen (text + strlen ("−")) + 1);
    text[0] = '-';
  }
  *value = g_ascii_strtod (text, &end);
  return !*end && *value >= least && *value <= largest;
}

static char *
wrong (SaeQueryPanel *self, GtkWidget *field, const char *sentence)
{
  g_set_object (&self->wrong, field);
  return g_strdup (sentence);
}

static char *
read_time (SaeQueryPanel *self, SeismicEventQuery *query)
{
  guint choice = adw_combo_row_get_selected (self->time);
  int64_t now = g_get_real_time () * 1000;

  if (choice == TIME_MONTH)
    query->start_ns = now - 30 * DAY_NS;
  if (choice == TIME_YEAR)
    query->start_ns = now - 365 * DAY_NS;
  if (choice != TIME_OWN)
    return NULL;
  if (*text_of (self->start) &&
      !seismic_time_parse (text_of (self->start), &query->start_ns))
    return wrong (self, self->start, _ ("“From” is a day such as 2014-08-24."));
  if (*text_of (self->end) && !seismic_time_parse (text_of (self->end), &query->end_ns))
    return wrong (self, self->end, _ ("“To” is a day such as 2014-08-24."));
  /* That day is meant to be in it. */
  if (*text_of (self->end) && strlen (text_of (self->end)) <= strlen ("YYYY-MM-DD"))
    query->end_ns += DAY_NS;
  if (*text_of (self->start) && *text_of (self->end) && query->end_ns <= query->start_ns)
    return wrong (self, self->end, _ ("“To” is before “From”."));
  return NULL;
}

static char *
read_circle (SaeQueryPanel *self, SeismicEventQuery *query)
{
  const struct {
    GtkWidget *field;
    double least, largest, *value;
    const char *sentence;
  } numbers[] = {
      {self->latitude, -90, 90, &query->latitude,
       _ ("The center’s latitude is a number from −90 to 90.")},
      {self->longitude, -180, 180, &query->longitude,
       _ ("The center’s longitude is a number from −180 to 180.")},
      {self->min_radius, 0, MAX_DISTANCE_KM, &query->min_radius,
       _ ("The least distance is a number from 0 to 20015 km.")},
      {self->max_radius, 0, MAX_DISTANCE_KM, &query->max_radius,
       _ ("The largest distance is a number from 0 to 20015 km.")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!read_number (numbers[i].field, numbers[i].least, numbers[i].largest,
                      numbers[i].value) ||
        isnan (*numbers[i].value))
      return wrong (self, numbers[i].field, numbers[i].sentence);
  query->min_radius /= SEISMIC_KM_PER_DEGREE;
  query->max_radius /= SEISMIC_KM_PER_DEGREE;
  if (!(query->min_radius < query->max_radius))
    return wrong (self, self->max_radius,
                  _ ("The largest distance is not larger than the least."));
  return NULL;
}

static char *
read_region (SaeQueryPanel *self, SeismicEventQuery *query)
{
  double box[4];

  if (adw_combo_row_get_selected (self->region) == REGION_WORLD)
    return NULL;
  if (adw_combo_row_get_selected (self->region) == REGION_CIRCLE)
    return read_circle (self, query);
  if (!sae_query_panel_get_box (self, box)) {
    if (!read_number (self->south, -90, 90, &box[1]) || isnan (box[1]))
      return wrong (self, self->south, _ ("South is a latitude from −90 to 90."));
    if (!read_number (self->north, -90, 90, &box[3]) || isnan (box[3]))
      return wrong (self, self->north, _ ("North is a latitude from −90 to 90."));
    if (!read_number (self->west, -180, 180, &box[0]) || isnan (box[0]))
      return wrong (self, self->west, _ ("West is a longitude from −180 to 180."));
    if (!read_number (self->east, -180, 180, &box[2]) || isnan (box[2]))
      return wrong (self, self->east, _ ("East is a longitude from −180 to 180."));
    return wrong (self, self->north, _ ("North is not north of south."));
  }
  query->west = box[0];
  query->south = box[1];
  query->east = box[2];
  query->north = box[3];
  return NULL;
}

static char *
read_more (SaeQueryPanel *self, SeismicEventQuery *query)
{
  if (!read_number (self->min_depth, -10, 1000, &query->min_depth_km))
    return wrong (self, self->min_depth, _ ("A depth is a number from −10 to 1000 km."));
  if (!read_number (self->max_depth, -10, 1000, &query->max_depth_km))
    return wrong (self, self->max_depth, _ ("A depth is a number from −10 to 1000 km."));
  if (query->min_depth_km > query->max_depth_km)
    return wrong (self, self->max_depth, _ ("The largest depth is less than the least."));
  query->event_type = g_strdup (event_types[adw_combo_row_get_selected (self->type)]);
  query->limit = (size_t)gtk_spin_button_get_value_as_int (self->limit);
  return NULL;
}

char *
sae_query_panel_read (SaeQueryPanel *self, SeismicEventQuery *query)
{
  SeismicServer server;
  g_autoptr (GError) error = NULL;
  char *sentence = NULL;

  seismic_event_query_init (query);
  query->min_magnitude = gtk_spin_button_get_value (self->min_magnitude);
  query->max_magnitude = gtk_spin_button_get_value (self->max_magnitude);
  g_clear_object (&self->wrong);
  if (!seismic_fdsn_url_server (sae_query_panel_get_server (self), &server, NULL))
    return wrong (self, self->address,
                  _ ("The address is one such as https://service.ncedc.org."));
  if (query->min_magnitude > query->max_magnitude)
    return wrong (self, GTK_WIDGET (self->max_magnitude),
                  _ ("The largest magnitude is less than the least."));
  if ((sentence = read_time (self, query)) || (sentence = read_region (self, query)) ||
      (sentence = read_more (self, query)))
    return sentence;
  if (!seismic_event_query_check (query, &error))
    /* Translators: a technical message in English follows */
    return g_strdup_printf (_ ("The search cannot be made: %s"), error->message);
  return NULL;
}

gboolean
sae_query_panel_get_box (SaeQueryPanel *self, double box[4])
{
  guint choice = adw_combo_row_get_selected (self->region);
  double read[4];

  if (choice == REGION_WORLD || choice == REGION_CIRCLE)
    return FALSE;
  if (choice == REGION_NORTH) {
    memcpy (box, northern_california, sizeof northern_california);
    return TRUE;
  }
  if (!read_number (self->west, -180, 180, &read[0]) ||
      !read_number (self->south, -90, 90, &read[1]) ||
      !read_number (self->east, -180, 180, &read[2]) ||
      !read_number (self->north, -90, 90, &read[3]) || !(read[1] < read[3]) ||
      isnan (read[0]) || isnan (read[2]))
    return FALSE;
  memcpy (box, read, sizeof read);
  return TRUE;
}

gboolean
sae_query_panel_get_circle (SaeQueryPanel *self, double circle[4])
{
  g_auto (SeismicEventQuery) query = {0};
  g_autofree char *sentence = NULL;

  if (adw_combo_row_get_selected (self->region) != REGION_CIRCLE)
    return FALSE;
  seismic_event_query_init (&query);
  sentence = sae_query_panel_read (self, &query);
  if (isnan (query.latitude) || isnan (query.longitude) ||
      !(query.min_radius < query.max_radius))
    return FALSE;
  circle[0] = query.longitude;
  circle[1] = query.latitude;
  circle[2] = query.min_radius;
  circle[3] = query.max_radius;
  return TRUE;
}

static void
set_number (GtkWidget *field, double value, const char *format)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  gtk_editable_set_text (GTK_EDITABLE (field),
                         g_ascii_formatd (text, sizeof text, format, value));
}

gboolean
sae_query_panel_has_circle (SaeQueryPanel *self)
{
  return adw_combo_row_get_selected (self->region) == REGION_CIRCLE;
}

void
sae_query_panel_set_circle (SaeQueryPanel *self, double longitude, double latitude,
                            double max_radius)
{
  double max_km = CLAMP (max_radius * SEISMIC_KM_PER_DEGREE, 1, MAX_DISTANCE_KM);
  double least_km;

  if (!read_number (self->min_radius, 0, max_km - 1, &least_km) || isnan (least_km))
    gtk_editable_set_text (GTK_EDITABLE (self->min_radius), "0");
  set_number (self->longitude, longitude, "%.2f");
  set_number (self->latitude, latitude, "%.2f");
  set_number (self->max_radius, max_km, "%.0f");
  adw_combo_row_set_selected (self->region, REGION_CIRCLE);
}

void
sae_query_panel_set_box (SaeQueryPanel *self, const double box[4])
{
  GtkWidget *fields[] = {self->west, self->south, self->east, self->north};

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    set_number (fields[i], box[i], "%.2f");
  adw_combo_row_set_selected (self->region, REGION_BOX);
}

gboolean
sae_query_panel_get_drawing (SaeQueryPanel *self)
{
  return gtk_toggle_button_get_active (self->draw);
}

void
sae_query_panel_set_drawing (SaeQueryPanel *self, gboolean drawing)
{
  gtk_toggle_button_set_active (self->draw, drawing);
}

static void
on_draw (SaeQueryPanel *self)
{
  g_signal_emit (self, signals[REGION_CHANGED], 0);
}

static void
show_fields (SaeQueryPanel *self)
{
  gboolean own_time = adw_combo_row_get_selected (self->time) == TIME_OWN;
  gboolean own_box = adw_combo_row_get_selected (self->region) == REGION_BOX;
  gboolean own_circle = adw_combo_row_get_selected (self->region) == REGION_CIRCLE;
  GtkWidget *box_fields[] = {
      self->west,
      self->south,
      self->east,
      self->north,
  };
  GtkWidget *circle_fields[] = {self->latitude, self->longitude, self->min_radius,
                                self->max_radius};

  gtk_widget_set_visible (self->address, has_own_address (self));
  gtk_widget_set_visible (self->start, own_time);
  gtk_widget_set_visible (self->end, own_time);
  for (gsize i = 0; i < G_N_ELEMENTS (box_fields); i++)
    gtk_widget_set_visible (box_fields[i], own_box);
  gtk_widget_set_visible (self->draw_row, own_box || own_circle);
  if (!own_box && !own_circle)
    sae_query_panel_set_drawing (self, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (circle_fields); i++)
    gtk_widget_set_visible (circle_fields[i], own_circle);
}

/* A box and a circle begin with numbers that can be changed: the circle with what is
 * within 220 km of the middle of northern California. */
static void
begin_region (SaeQueryPanel *self)
{
  GtkWidget *fields[] = {self->latitude, self->longitude, self->min_radius,
                         self->max_radius};
  const char *const numbers[] = {"38", "-122", "0", "220"};
  guint choice = adw_combo_row_get_selected (self->region);
  gboolean is_new = choice == REGION_BOX && self->last_region != REGION_BOX;

  for (gsize i = 0; choice == REGION_CIRCLE && self->last_region != REGION_CIRCLE &&
                    i < G_N_ELEMENTS (fields);
       i++)
    if (!*text_of (fields[i]))
      gtk_editable_set_text (GTK_EDITABLE (fields[i]), numbers[i]);
  self->last_region = choice;
  if (is_new && !*text_of (self->west) && !*text_of (self->south) &&
      !*text_of (self->east) && !*text_of (self->north))
    sae_query_panel_set_box (self, northern_california);
}

static void
mark_wrong (GtkWidget *field, gboolean is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (field, "error");
  else
    gtk_widget_remove_css_class (field, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
      is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update (SaeQueryPanel *self)
{
  g_auto (SeismicEventQuery) query = {0};
  g_autoptr (GtkWidget) before = NULL;
  g_autofree char *sentence = NULL;

  if (!self->is_ready)
    return;
  begin_region (self);
  show_fields (self);
  g_set_object (&before, self->wrong);
  sentence = sae_query_panel_read (self, &query);
  if (before && before != self->wrong)
    mark_wrong (before, FALSE);
  if (self->wrong && before != self->wrong)
    mark_wrong (self->wrong, TRUE);
  gtk_label_set_label (self->flaw, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->flaw), sentence != NULL);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "query.search",
      self->session && (!sentence || sae_session_get_query (self->session)));
  g_signal_emit (self, signals[REGION_CHANGED], 0);
}

static void
search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeQueryPanel *self = SAE_QUERY_PANEL (widget);
  SaeJob *running = sae_session_get_query (self->session);
  g_auto (SeismicEventQuery) query = {0};
  g_autofree char *sentence = NULL;

  if (running) {
    sae_job_cancel (running);
    return;
  }
  sentence = sae_query_panel_read (self, &query);
  if (!sentence)
    sae_tasks_query (self->session, sae_query_panel_get_server (self), &query);
}

/* Enter searches. */
static void
on_entry_activated (SaeQueryPanel *self)
{
  if (!sae_session_get_query (self->session))
    gtk_widget_activate_action (GTK_WIDGET (self), "query.search", NULL);
}

static void
on_day (GtkCalendar *calendar, SaeQueryPanel *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");
  GtkWidget *entry = calendar == self->start_calendar ? self->start : self->end;

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_popover_popdown (
      GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER)));
}

static void
on_query (SaeQueryPanel *self)
{
  gboolean running = sae_session_get_query (self->session) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running);
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_label_set_label (self->search_label, running ? _ ("_Stop") : _ ("_Search"));
  update (self);
}

static void
fill_servers (SaeQueryPanel *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  size_t n_servers;
  const SeismicServer *servers = seismic_fdsn_url_servers (&n_servers);

  for (size_t i = 0; i < n_servers; i++)
    gtk_string_list_append (names, servers[i].name);
  gtk_string_list_append (names, _ ("Another address"));
  adw_combo_row_set_model (self->server, G_LIST_MODEL (names));
}

/* As the panel is first seen; the data center stays. */
static void
set_defaults (SaeQueryPanel *self)
{
  GtkWidget *fields[] = {self->start,      self->end,       self->west,
                         self->south,      self->east,      self->north,
                         self->latitude,   self->longitude, self->min_radius,
                         self->max_radius, self->min_depth, self->max_depth};
  AdwComboRow *choices[] = {self->time, self->region, self->type};

  gtk_spin_button_set_value (self->min_magnitude, 5);
  gtk_spin_button_set_value (self->max_magnitude, 9);
  gtk_spin_button_set_value (self->limit, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    adw_combo_row_set_selected (choices[i], 0);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (GTK_EDITABLE (fields[i]), "");
}

static void
reset (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_defaults (SAE_QUERY_PANEL (widget));
}

static void
sae_query_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_QUERY_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_query_panel_set_property (GObject *object, guint id, const GValue *value,
                              GParamSpec *pspec)
{
  SaeQueryPanel *self = SAE_QUERY_PANEL (object);

  if (id != PROP_SESSION) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (self->session || !g_value_get_object (value))
    return;
  self->session = g_value_dup_object (value);
  g_signal_connect_object (self->session, "notify::query", G_CALLBACK (on_query), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
sae_query_panel_dispose (GObject *object)
{
  SaeQueryPanel *self = SAE_QUERY_PANEL (object);

  self->is_ready = FALSE;
  g_clear_object (&self->wrong);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_query_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/query-panel.ui");
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, server);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, address);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, min_magnitude);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, max_magnitude);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, time);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, start);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, end);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, start_calendar);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, end_calendar);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, region);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, west);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, south);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, east);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, north);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, latitude);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, longitude);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, min_radius);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, max_radius);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, draw_row);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, draw);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, min_depth);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, max_depth);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, type);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, limit);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, flaw);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, spinner);
  gtk_widget_class_bind_template_child (class, SaeQueryPanel, search_label);
  gtk_widget_class_bind_template_callback (class, update);
  gtk_widget_class_bind_template_callback (class, on_entry_activated);
  gtk_widget_class_bind_template_callback (class, on_day);
  gtk_widget_class_bind_template_callback (class, on_draw);
}

static void
sae_query_panel_class_init (SaeQueryPanelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_query_panel_get_property;
  object_class->set_property = sae_query_panel_set_property;
  object_class->dispose = sae_query_panel_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[REGION_CHANGED] =
      g_signal_new ("region-changed", SAE_TYPE_QUERY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (class));
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "query.search", NULL,
                                   search);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "query.reset", NULL, reset);
}

static void
sae_query_panel_init (SaeQueryPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_servers (self);
  set_defaults (self);
  self->is_ready = TRUE;
  update (self);
}
