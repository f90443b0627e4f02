#include "app/run-pane.h"

#include "app/loss-chart.h"
#include "app/run-text.h"

struct _SaeRunPane {
  AdwBin parent_instance;

  /* Template widgets */
  SaeLossChart *chart;
  GtkScrolledWindow *facts;
  GtkCheckButton *logarithmic;
};

G_DEFINE_FINAL_TYPE (SaeRunPane, sae_run_pane, ADW_TYPE_BIN)

static void
attach (GtkGrid *grid, const char *text, gboolean dim, int column, int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_add_css_class (label, row == 0 ? "heading" : "numeric");
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

/* A column a run, under its name; of one run in two halves side by side. */
static GtkWidget *
make_table (GPtrArray *runs)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  g_autoptr (GPtrArray) facts = sae_run_facts (runs);
  guint half = runs->len == 1 ? (facts->len + 1) / 2 : facts->len;

  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 3);
  for (guint i = 0; i < runs->len; i++)
    attach (grid, ((const AnalysisRun *)runs->pdata[i])->name, FALSE, (int)i + 1, 0);
  for (guint k = 0; k < facts->len; k++) {
    const SaeRunFact *fact = facts->pdata[k];
    int column = k < half ? 0 : 2, row = (int)(k % half) + 1;

    attach (grid, fact->title, TRUE, column, row);
    for (guint i = 0; i < runs->len; i++)
      attach (grid, fact->values[i], FALSE, column + (int)i + 1, row);
  }
  return GTK_WIDGET (grid);
}

void
sae_run_pane_show (SaeRunPane *self, GPtrArray *runs)
{
  sae_loss_chart_set_runs (self->chart, runs);
  gtk_scrolled_window_set_child (self->facts, runs->len > 0 ? make_table (runs) : NULL);
}

static void
sae_run_pane_class_init (SaeRunPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (SAE_TYPE_LOSS_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/run-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeRunPane, chart);
  gtk_widget_class_bind_template_child (widget_class, SaeRunPane, facts);
  gtk_widget_class_bind_template_child (widget_class, SaeRunPane, logarithmic);
}

static void
sae_run_pane_init (SaeRunPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
