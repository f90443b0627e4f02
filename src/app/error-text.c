#include "app/error-text.h"

#include "analysis/error.h"
#include "nn/error.h"
#include "plot/export.h"
#include "seismic/error.h"
#include <glib/gi18n.h>

typedef struct {
  GQuark (*domain) (void);
  int code;
  gboolean with_detail; /* the technical message follows: it names the thing */
  const char *sentence;
} ErrorText;

static const ErrorText texts[] = {
    {seismic_error_quark, SEISMIC_ERROR_NOT_MINISEED, TRUE,
     N_ ("This is neither a record nor a catalogue. Choose miniSEED, SAC, QuakeML, "
         "StationXML or FDSN text files.")},
    {seismic_error_quark, SEISMIC_ERROR_UNSUPPORTED, TRUE,
     N_ ("This kind of record cannot be used. Signals are made from miniSEED records of "
         "strong-motion instruments (HN).")},
    {seismic_error_quark, SEISMIC_ERROR_DAMAGED, TRUE,
     N_ ("The data are damaged. Get them again from where they came.")},
    {seismic_error_quark, SEISMIC_ERROR_EMPTY, TRUE,
     N_ ("There is nothing usable inside. Choose another file.")},
    {seismic_error_quark, SEISMIC_ERROR_TOO_LARGE, TRUE,
     N_ ("The file is too large. Split it into smaller ones.")},
    {seismic_error_quark, SEISMIC_ERROR_FORMAT, TRUE,
     N_ ("The document cannot be read. Get it again as QuakeML, StationXML or FDSN "
         "text.")},
    {seismic_error_quark, SEISMIC_ERROR_COMPONENTS, TRUE,
     N_ ("The instrument lacks one of its three components. Add the missing record.")},
    {seismic_error_quark, SEISMIC_ERROR_RATES, TRUE,
     N_ ("The components have different sampling rates. Use records of one rate.")},
    {seismic_error_quark, SEISMIC_ERROR_TOO_SHORT, TRUE,
     N_ ("The components share less than two seconds. Use longer records.")},
    {seismic_error_quark, SEISMIC_ERROR_NOT_FINITE, TRUE,
     N_ ("The record holds values that are no numbers. Get it again from where it "
         "came.")},
    {seismic_error_quark, SEISMIC_ERROR_NOT_LIBRARY, TRUE,
     N_ ("The folder is not a library, or one of a newer version. Choose another folder, "
         "or make a new library.")},
    {seismic_error_quark, SEISMIC_ERROR_NOT_FOUND, TRUE,
     N_ ("The event or signal is no longer in the library. Open the library again.")},
    {seismic_error_quark, SEISMIC_ERROR_DUPLICATE, FALSE,
     N_ ("The record is in the library already.")},
    {seismic_error_quark, SEISMIC_ERROR_NETWORK, TRUE,
     N_ ("The server was not reached, or the connection broke. Check the network and try "
         "again.")},
    {seismic_error_quark, SEISMIC_ERROR_REQUEST, TRUE,
     N_ ("The server refuses the request. Change the query and try again.")},
    {seismic_error_quark, SEISMIC_ERROR_RESTRICTED, TRUE,
     N_ ("The server does not give these data to everybody. Ask the data center for "
         "access.")},
    {seismic_error_quark, SEISMIC_ERROR_TOO_MUCH, TRUE,
     N_ ("The server finds the request too large. Ask for less at a time.")},
    {seismic_error_quark, SEISMIC_ERROR_BUSY, TRUE,
     N_ ("The server is busy. Try again later.")},
    {seismic_error_quark, SEISMIC_ERROR_SERVER, TRUE,
     N_ ("The server has trouble of its own. Try again later.")},
    {seismic_error_quark, SEISMIC_ERROR_NOT_DATA, TRUE,
     N_ ("A web page came instead of data. Sign in to the network, then try again.")},
    {seismic_error_quark, SEISMIC_ERROR_SETTINGS, TRUE,
     N_ ("A setting of the processing does not fit this record. Change it and try "
         "again.")},
    {analysis_error_quark, ANALYSIS_ERROR_TOO_FEW, TRUE,
     N_ ("There are too few signals for this. Add records to the library.")},
    {analysis_error_quark, ANALYSIS_ERROR_NO_MODEL, FALSE,
     N_ ("The library has no trained model yet. Train the autoencoder first.")},
    {analysis_error_quark, ANALYSIS_ERROR_MISMATCH, TRUE,
     N_ ("The model does not fit these signals. Train it anew on this library.")},
    {analysis_error_quark, ANALYSIS_ERROR_SETTINGS, TRUE,
     N_ ("A setting is out of range. Change it and try again.")},
    {analysis_error_quark, ANALYSIS_ERROR_NUMERIC, TRUE,
     N_ ("The calculation found no stable result. Train the model anew, with a smaller "
         "learning rate.")},
    {nn_error_quark, NN_ERROR_CONFIG, TRUE,
     N_ ("A setting of the network is out of range. Change it and try again.")},
    {nn_error_quark, NN_ERROR_FORMAT, TRUE,
     N_ ("The model file cannot be read. Train the autoencoder again.")},
    {nn_error_quark, NN_ERROR_MISMATCH, TRUE,
     N_ ("The model file belongs to another network. Train the autoencoder again.")},
    {nn_error_quark, NN_ERROR_NOT_FINITE, FALSE,
     N_ ("The training lost its footing: the loss is no number any more. Start again "
         "with a smaller learning rate.")},
    {plot_error_quark, PLOT_ERROR_FORMAT, TRUE,
     N_ ("Pictures can be PNG, SVG or PDF. Give the file one of these endings.")},
    {plot_error_quark, PLOT_ERROR_WRITE, TRUE,
     N_ ("The picture could not be written. Choose another place.")},
    {g_io_error_quark, G_IO_ERROR_NOT_FOUND, TRUE,
     N_ ("A file or folder is missing. Check whether it was moved or deleted.")},
    {g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, TRUE,
     N_ ("Access was denied. Check the permissions, or choose another place.")},
    {g_io_error_quark, G_IO_ERROR_NO_SPACE, FALSE,
     N_ ("The disk is full. Make room and try again.")},
    {g_io_error_quark, G_IO_ERROR_READ_ONLY, TRUE,
     N_ ("The place cannot be written to. Choose another one.")},
    {g_io_error_quark, G_IO_ERROR_EXISTS, TRUE,
     N_ ("There is something of this name already. Choose another name.")},
    {g_io_error_quark, G_IO_ERROR_NOT_DIRECTORY, TRUE,
     N_ ("This is a file, not a folder. Choose a folder.")},
    {g_io_error_quark, G_IO_ERROR_IS_DIRECTORY, TRUE,
     N_ ("This is a folder, not a file. Choose a file.")},
    {g_io_error_quark, G_IO_ERROR_BUSY, FALSE,
     N_ ("Another program downloads into this library. Wait until it has ended.")},
    {g_io_error_quark, G_IO_ERROR_CANCELLED, FALSE, N_ ("Stopped before the end.")},
    {g_file_error_quark, G_FILE_ERROR_NOENT, TRUE,
     N_ ("A file or folder is missing. Check whether it was moved or deleted.")},
    {g_file_error_quark, G_FILE_ERROR_ACCES, TRUE,
     N_ ("Access was denied. Check the permissions, or choose another place.")},
    {g_file_error_quark, G_FILE_ERROR_NOSPC, FALSE,
     N_ ("The disk is full. Make room and try again.")},
};

static const ErrorText *
find_text (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_error_matches (error, texts[i].domain (), texts[i].code))
      return &texts[i];
  return NULL;
}

gboolean
sae_error_text_knows (const GError *error)
{
  return find_text (error) != NULL;
}

char *
sae_error_text (const GError *error)
{
  const ErrorText *text = find_text (error);

  if (!text)
    /* Translators: a technical message in English follows */
    return g_strdup_printf (_ ("Something unexpected happened: %s"), error->message);
  if (!text->with_detail)
    return g_strdup (_ (text->sentence));
  /* Translators: a sentence, and a technical message in English that names the thing */
  return g_strdup_printf (_ ("%s (%s)"), _ (text->sentence), error->message);
}

char *
sae_error_text_of_job (SaeJobKind kind, const GError *error)
{
  g_autofree char *reason = sae_error_text (error);

  switch (kind) {
  case SAE_JOB_READ:
    return g_strdup_printf (_ ("The library was not opened. %s"), reason);
  case SAE_JOB_IMPORT:
    return g_strdup_printf (_ ("The files were not taken in. %s"), reason);
  case SAE_JOB_SAMPLE:
    return g_strdup_printf (_ ("The sample was not opened. %s"), reason);
  case SAE_JOB_TRAIN:
    return g_strdup_printf (_ ("The training ended early. %s"), reason);
  case SAE_JOB_PROJECT:
    return g_strdup_printf (_ ("The projection was not computed. %s"), reason);
  case SAE_JOB_LAYOUT:
    return g_strdup_printf (_ ("The points were not placed. %s"), reason);
  case SAE_JOB_MEASURE:
    return g_strdup_printf (_ ("The reconstructions were not measured. %s"), reason);
  case SAE_JOB_CLASSIFY:
    return g_strdup_printf (_ ("Nothing was classified. %s"), reason);
  case SAE_JOB_CLUSTER:
    return g_strdup_printf (_ ("No clusters were found. %s"), reason);
  case SAE_JOB_QUERY:
    return g_strdup_printf (_ ("The search failed. %s"), reason);
  case SAE_JOB_DOWNLOAD:
    return g_strdup_printf (_ ("The download ended early. %s"), reason);
  case SAE_JOB_JUDGE:
    return g_strdup_printf (_ ("The quality of the signals was not found out. %s"),
                            reason);
  case SAE_JOB_RUN:
    return g_strdup_printf (_ ("The run was not changed. %s"), reason);
  case SAE_JOB_EXPORT:
    if (g_error_matches (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY)) /* of picks alone */
      return g_strdup (_ ("None of the chosen signals has a pick. Pick arrivals first."));
    return g_strdup_printf (_ ("The export ended early. %s"), reason);
  case SAE_JOB_SIGNAL:
  default:
    return g_strdup_printf (_ ("The signal cannot be shown. %s"), reason);
  }
}
