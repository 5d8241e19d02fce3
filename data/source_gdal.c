/*
 * source_gdal.c - GDAL with five drivers and no network.
 *
 * GDALAllRegister() would register over two hundred, some of which open whatever a file's content tells
 * them to: other files, other machines. So the drivers are registered by hand, once a process.
 */
#include "data/source_gdal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/driver.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"

/* GDAL declares these in a C++ header only. */
void RegisterOGRFlatGeobuf(void);
void RegisterOGRGeoJSON(void);
void RegisterOGRGeoPackage(void);
void RegisterOGRShape(void);

static const int least_match_percent = 90; /* below it a CRS only resembles the one with a code */

/* An option of GDAL and the value it has in this program, whatever the environment says. */
struct gdal_option {
    const char *name;
    const char *value;
};

static const struct gdal_option options[] = {
    {"GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR"}, /* sidecars are named to it: driver.h */
    {"GDAL_PAM_ENABLED", "NO"},                    /* no .aux.xml, neither read nor written */
    {"GDAL_DRIVER_PATH", "disable"},
    {"GDAL_VRT_ENABLE_PYTHON", "NO"},
    {"GDAL_NUM_THREADS", "1"},
    {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{none}"},
    {"CPL_CURL_ENABLE_VSIMEM", "NO"},
    {"CPL_LOG_ERRORS", "OFF"},
    {"PROJ_NETWORK", "OFF"},
};

static void prepare(void)
{
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        CPLSetConfigOption(options[i].name, options[i].value);
    }
    GDALSetCacheMax64(SOURCE_BLOCK_CACHE_BYTES);
    OSRSetPROJEnableNetwork(false);
    GDALRegister_GTiff();
    RegisterOGRFlatGeobuf();
    RegisterOGRGeoJSON();
    RegisterOGRGeoPackage();
    RegisterOGRShape();
}

static void prepare_once(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT; /* GDAL's own state is one per process */
    pthread_once(&once, prepare);
}

static void keep_words(CPLErr class, CPLErrorNum number, const char *message)
{
    struct source_gdal_words *words = CPLGetErrorHandlerUserData();
    if (class < CE_Warning || words->is_failure || (class == CE_Warning && words->text[0] != '\0')) {
        return;
    }
    words->is_failure = class >= CE_Failure;
    snprintf(words->text, sizeof words->text, "%s", message);
    for (char *c = words->text; *c; c++) {
        *c = (unsigned char)*c < 0x20 ? ' ' : *c;
    }
}

void source_gdal_listen(struct source_gdal_words *words)
{
    *words = (struct source_gdal_words){"", false};
    CPLPushErrorHandlerEx(keep_words, words);
}

void source_gdal_unlisten(void)
{
    CPLPopErrorHandler();
}

char *source_gdal_quote(const struct source_gdal_words *words, char text[static 280])
{
    snprintf(text, 280, words->text[0] ? " (GDAL: %s)" : "%s", words->text);
    return text;
}

/* The name of a sidecar by its pattern in driver.h, without folder; owned. */
static char *sidecar_name(const char *path, const char *pattern)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(name, '.');
    int length = (int)(pattern[0] == '~' && dot ? (size_t)(dot - name) : strlen(name));
    size_t bytes = (size_t)length + strlen(pattern);
    char *sidecar = memory_new(bytes, 1);
    snprintf(sidecar, bytes, "%.*s%s", length, name, pattern + 1);
    return sidecar;
}

/* The file and those of its sidecars that are there: a list of GDAL's, or NULL when the driver finds them
 * itself. */
static char **list_siblings(const char *path, const struct driver *driver)
{
    char **list = NULL;
    for (size_t i = 0; i < DRIVER_SIDECAR_MAX && driver->sidecars[i]; i++) {
        char *name = sidecar_name(path, driver->sidecars[i]);
        char *whole = file_path_beside(path, name);
        list = file_exists(whole) ? CSLAddString(list, name) : list;
        free(whole);
        free(name);
    }
    if (driver->sidecars[0]) {
        char *own = sidecar_name(path, "*");
        list = CSLAddString(list, own);
        free(own);
    }
    return list;
}

void *source_gdal_open(const struct layer *layer, struct fault *fault)
{
    prepare_once();
    const struct driver *driver = driver_find(layer->driver);
    const char *const allowed[] = {driver->name, NULL};
    unsigned kind = driver->kind == LAYER_VECTOR ? GDAL_OF_VECTOR : GDAL_OF_RASTER;
    char **siblings = list_siblings(layer->path, driver);
    struct source_gdal_words words;
    source_gdal_listen(&words);
    GDALDatasetH dataset = GDALOpenEx(layer->path, kind | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, allowed,
                                      NULL, (const char *const *)siblings);
    source_gdal_unlisten();
    CSLDestroy(siblings);
    if (!dataset) {
        char quote[280];
        fault_set(fault, FAULT_INPUT, "%s cannot be read as %s%s", layer->path, driver->name,
                  source_gdal_quote(&words, quote));
    }
    return dataset;
}

static bool copy_code(OGRSpatialReferenceH reference, char code[static 32])
{
    const char *node = OSRIsProjected(reference) ? "PROJCS" : "GEOGCS"; /* of RD + NAP, the RD */
    const char *authority = OSRGetAuthorityName(reference, node);
    const char *number = OSRGetAuthorityCode(reference, node);
    if (!authority || !number) {
        return false;
    }
    int length = snprintf(code, 32, "%s:%s", authority, number);
    code[length < 32 ? length : 0] = '\0';
    return length < 32;
}

static void copy_code_of_match(OGRSpatialReferenceH reference, char code[static 32])
{
    int count = 0;
    int *percents = NULL;
    OGRSpatialReferenceH *matches = OSRFindMatches(reference, NULL, &count, &percents);
    if (matches && count >= 1 && percents[0] >= least_match_percent) {
        copy_code(matches[0], code);
    }
    OSRFreeSRSArray(matches);
    CPLFree(percents);
}

void source_gdal_crs_code(void *spatial_reference, char code[static 32])
{
    code[0] = '\0';
    if (!spatial_reference || copy_code(spatial_reference, code)) {
        return;
    }
    struct source_gdal_words words;
    source_gdal_listen(&words);
    copy_code_of_match(spatial_reference, code);
    source_gdal_unlisten();
}
