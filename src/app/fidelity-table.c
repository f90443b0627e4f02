#include "app/fidelity-table.h"

#include "app/format.h"
#include <glib/gi18n.h>
#include <math.h>

enum { NAME, ERROR, CORRELATION, RATIO, N_COLUMNS };

struct _SaeFidelityTable {
  AdwBin parent_instance;

  /* Borrowed, of the child */
  GtkLabel *cells[SAE_N_FIDELITIES][N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (SaeFidelityTable, sae_fidelity_table, ADW_TYPE_BIN)

static const struct {
  const char *title, *tooltip;
} headings[N_COLUMNS] = {
    [NAME] = {NULL, NULL},
    [ERROR] = {N_ ("Error"),
               N_ ("Mean distance between original and reconstruction, in standard "
                   "deviations of the original. 0 is perfect.")},
    [CORRELATION] = {N_ ("Correlation"),
                     N_ ("Of original and reconstruction: 1 when they have one shape, 0 "
                         "when they have nothing in common.")},
    [RATIO] = {N_ ("Signal to residual"),
               N_ ("Energy of the original over that of the residual. Above 0 dB the "
                   "reconstruction is better than none.")},
};

static GtkLabel *
new_label (const char *text)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, 1);
  gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");
  return label;
}

void
sae_fidelity_table_show (SaeFidelityTable *self,
                         const char *const names[SAE_N_FIDELITIES],
                         const AnalysisFidelity fidelities[SAE_N_FIDELITIES])
{
  for (int i = 0; i < SAE_N_FIDELITIES; i++) {
    g_autofree char *error = sae_format_significant (fidelities[i].normalized_error, 3);
    g_autofree char *correlation = sae_format_number (fidelities[i].correlation, 3);
    g_autofree char *ratio = isinf (fidelities[i].ratio_db)
                                 ? g_strdup ("∞")
                                 : sae_format_quantity (fidelities[i].ratio_db, 1, "dB");

    gtk_label_set_label (self->cells[i][NAME], names[i]);
    gtk_label_set_label (self->cells[i][ERROR], error);
    gtk_label_set_label (self->cells[i][CORRELATION], correlation);
    gtk_label_set_label (self->cells[i][RATIO],
                         isnan (fidelities[i].ratio_db) ? "–" : ratio);
  }
}

static void
sae_fidelity_table_class_init (SaeFidelityTableClass *class)
{
}

static void
sae_fidelity_table_init (SaeFidelityTable *self)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 1);
  for (int column = ERROR; column < N_COLUMNS; column++) {
    GtkLabel *heading = new_label (_ (headings[column].title));

    gtk_widget_set_tooltip_text (GTK_WIDGET (heading), _ (headings[column].tooltip));
    gtk_widget_add_css_class (GTK_WIDGET (heading), "dim-label");
    gtk_grid_attach (grid, GTK_WIDGET (heading), column, 0, 1, 1);
  }
  for (int i = 0; i < SAE_N_FIDELITIES; i++)
    for (int column = 0; column < N_COLUMNS; column++) {
      self->cells[i][column] = new_label (NULL);
      gtk_grid_attach (grid, GTK_WIDGET (self->cells[i][column]), column, i + 1, 1, 1);
    }
  gtk_widget_add_css_class (GTK_WIDGET (grid), "caption");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (grid));
}
