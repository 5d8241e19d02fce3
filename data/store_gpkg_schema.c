/*
 * store_gpkg_schema.c - SQL that defines the store.
 *
 * FORMAT_VERSION grows when an older program could no longer read the store rightly.
 */
#include "data/store_gpkg_schema.h"

#include <inttypes.h>
#include <sqlite3.h>

#include "data/store_gpkg.h"
#include "data/store_gpkg_sql.h"
#include "geo/base/fault.h"

enum { FORMAT_VERSION = 2 };
enum { GEOPACKAGE_APPLICATION_ID = 0x47504B47 }; /* "GPKG" */

#define UNIT_AND_MERIDIAN                                                                                    \
    "PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"                                                  \
    "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],"

static const char geopackage_tables[] =
    "PRAGMA application_id = 0x47504B47;"
    "PRAGMA user_version = 10300;"
    "CREATE TABLE gpkg_spatial_ref_sys ("
    "  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,"
    "  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);"
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    "  ('Undefined cartesian', -1, 'NONE', -1, 'undefined', NULL),"
    "  ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),"
    "  ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\","
    "SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],"
    "AUTHORITY[\"EPSG\",\"6326\"]]," UNIT_AND_MERIDIAN "AUTHORITY[\"EPSG\",\"4326\"]]', NULL),"
    "  ('ETRS89', 4258, 'EPSG', 4258, 'GEOGCS[\"ETRS89\","
    "DATUM[\"European_Terrestrial_Reference_System_1989\","
    "SPHEROID[\"GRS 1980\",6378137,298.257222101,AUTHORITY[\"EPSG\",\"7019\"]],"
    "AUTHORITY[\"EPSG\",\"6258\"]]," UNIT_AND_MERIDIAN "AUTHORITY[\"EPSG\",\"4258\"]]', NULL);"
    "CREATE TABLE gpkg_contents ("
    "  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,"
    "  description TEXT DEFAULT '',"
    "  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),"
    "  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,"
    "  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns ("
    "  table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL,"
    "  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),"
    "  z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));";

static const char own_tables[] =
    "CREATE TABLE plottafel_format (version INTEGER NOT NULL);"
    "CREATE TABLE plot ("
    "  id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL,"
    "  activity TEXT NOT NULL, is_exercise BOOLEAN NOT NULL, layer TEXT NOT NULL UNIQUE,"
    "  symbols TEXT NOT NULL DEFAULT '');"
    "CREATE TABLE revision ("
    "  id INTEGER PRIMARY KEY NOT NULL, plot_id INTEGER NOT NULL REFERENCES plot(id),"
    "  revision INTEGER NOT NULL, recorded_ms INTEGER NOT NULL, change_count INTEGER NOT NULL,"
    "  UNIQUE (plot_id, revision));"
    "CREATE TABLE feature_version ("
    "  fid INTEGER PRIMARY KEY NOT NULL, geometry GEOMETRY, plot_id INTEGER NOT NULL REFERENCES plot(id),"
    "  feature_id TEXT NOT NULL, revision INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    "  is_removed BOOLEAN NOT NULL, symbol TEXT, owner TEXT, source TEXT, valid_from_ms INTEGER,"
    "  valid_to_ms INTEGER, template TEXT, UNIQUE (plot_id, feature_id, revision));"
    "CREATE INDEX feature_version_by_revision ON feature_version (plot_id, revision);"
    "CREATE TRIGGER feature_version_stays BEFORE UPDATE ON feature_version BEGIN"
    "  SELECT RAISE(ABORT, 'versions of features are only ever added'); END;"
    "CREATE TRIGGER feature_version_is_kept BEFORE DELETE ON feature_version BEGIN"
    "  SELECT RAISE(ABORT, 'versions of features are only ever added'); END;"
    "CREATE TRIGGER revision_stays BEFORE UPDATE ON revision BEGIN"
    "  SELECT RAISE(ABORT, 'revisions are only ever added'); END;"
    "CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision BEGIN"
    "  SELECT RAISE(ABORT, 'revisions are only ever added'); END;"
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES"
    "  ('plot', 'attributes', 'plot', 'The plots of this store', NULL),"
    "  ('revision', 'attributes', 'revision', 'Every commit', NULL),"
    "  ('feature_version', 'features', 'feature_version', 'Every version of every feature', 4258);"
    "INSERT INTO gpkg_geometry_columns VALUES ('feature_version', 'geometry', 'GEOMETRY', 4258, 0, 0);";

static const char upgrade_to_2[] = "ALTER TABLE plot ADD COLUMN symbols TEXT NOT NULL DEFAULT '';"
                                   "UPDATE plot SET symbols = " GPKG_FORMAT_1_SYMBOLS(
                                       "plot.id") ";"
                                                  "INSERT INTO plottafel_format (version) VALUES (2);";

/* %w is the layer within double quotes, %lld the plot, %Q a quoted text. */
static const char layer_table[] =
    "CREATE TABLE \"%w\" ("
    "  fid INTEGER PRIMARY KEY NOT NULL, geometry GEOMETRY NOT NULL, feature_id TEXT NOT NULL UNIQUE,"
    "  symbol TEXT NOT NULL, \"name\" TEXT, \"count\" TEXT, \"time\" TEXT, organisation TEXT, hazard TEXT,"
    "  victims TEXT, remark TEXT, owner TEXT, source TEXT, valid_from DATETIME, valid_to DATETIME,"
    "  revision INTEGER NOT NULL, recorded DATETIME NOT NULL);";

static const char layer_triggers[] =
    "CREATE TRIGGER \"%w_repeats\" BEFORE INSERT ON \"%w\" WHEN NOT EXISTS ("
    "  SELECT 1 FROM feature_version v WHERE v.fid = NEW.fid AND v.plot_id = %lld"
    "  AND v.feature_id = NEW.feature_id AND v.revision = NEW.revision AND v.geometry IS NEW.geometry"
    "  AND NOT EXISTS (SELECT 1 FROM feature_version w WHERE w.plot_id = v.plot_id"
    "  AND w.feature_id = v.feature_id AND w.revision > v.revision)) BEGIN"
    "  SELECT RAISE(ABORT, 'this layer shows the current state of a plot and is changed with the plot'); END;"
    "CREATE TRIGGER \"%w_stays\" BEFORE UPDATE ON \"%w\" BEGIN"
    "  SELECT RAISE(ABORT, 'this layer shows the current state of a plot and is changed with the plot'); END;"
    "CREATE TRIGGER \"%w_is_kept\" BEFORE DELETE ON \"%w\" WHEN NOT EXISTS ("
    "  SELECT 1 FROM feature_version w WHERE w.plot_id = %lld AND w.feature_id = OLD.feature_id"
    "  AND w.revision > OLD.revision) BEGIN"
    "  SELECT RAISE(ABORT, 'this layer shows the current state of a plot and is changed with the plot'); "
    "END;";

static const char layer_contents[] =
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
    "  VALUES (%Q, 'features', %Q, %Q, 4258);"
    "INSERT INTO gpkg_geometry_columns VALUES (%Q, 'geometry', 'GEOMETRY', 4258, 0, 0);";

static bool read_integer(const struct store *store, const char *sql, int64_t *value, struct fault *fault)
{
    struct sqlite3_stmt *statement = gpkg_sql_prepare(store, fault, sql, NULL);
    if (!statement) {
        return false;
    }
    enum gpkg_step step = gpkg_sql_step(store, statement, fault);
    *value = step == GPKG_STEP_ROW ? gpkg_sql_integer_or(statement, 0, 0) : 0;
    gpkg_sql_finalize(statement);
    return step != GPKG_STEP_FAULT;
}

bool gpkg_schema_is_empty(const struct store *store, bool *is_empty, struct fault *fault)
{
    int64_t tables = 0;
    int64_t application = 0;
    if (!read_integer(store, "SELECT count(*) FROM sqlite_schema", &tables, fault) ||
        !read_integer(store, "PRAGMA application_id", &application, fault)) {
        return false;
    }
    *is_empty = tables == 0 && application == 0;
    return true;
}

static bool create_all(const struct store *store, struct fault *fault)
{
    if (!gpkg_sql_run(store, geopackage_tables, fault) || !gpkg_sql_run(store, own_tables, fault)) {
        return false;
    }
    struct sqlite3_stmt *statement = gpkg_sql_prepare(
        store, fault, "INSERT INTO plottafel_format (version) VALUES (?)", "i", (int64_t)FORMAT_VERSION);
    bool is_good = statement && gpkg_sql_execute(store, statement, fault);
    gpkg_sql_finalize(statement);
    return is_good;
}

bool gpkg_schema_create(const struct store *store, struct fault *fault)
{
    if (!gpkg_sql_begin(store, fault)) {
        return false;
    }
    return gpkg_sql_end(store, create_all(store, fault), fault);
}

bool gpkg_schema_check(struct store *store, struct fault *fault)
{
    int64_t application = 0;
    int64_t tables = 0;
    if (!read_integer(store, "PRAGMA application_id", &application, fault)) {
        return false;
    }
    if (application != GEOPACKAGE_APPLICATION_ID) {
        fault_set(fault, FAULT_INPUT, "store '%s': it is a SQLite file, but no GeoPackage", store->path);
        return false;
    }
    if (!read_integer(store, "SELECT count(*) FROM sqlite_schema WHERE name = 'plottafel_format'", &tables,
                      fault)) {
        return false;
    }
    if (tables != 1) {
        fault_set(fault, FAULT_INPUT, "store '%s': it is a GeoPackage, but no store of plots", store->path);
        return false;
    }
    if (!read_integer(store, "SELECT max(version) FROM plottafel_format", &store->format, fault)) {
        return false;
    }
    if (store->format > FORMAT_VERSION) {
        fault_set(fault, FAULT_INPUT,
                  "store '%s': a newer version of this program made it (format %" PRId64
                  "; this version knows formats up to %d)",
                  store->path, store->format, FORMAT_VERSION);
        return false;
    }
    return true;
}

bool gpkg_schema_upgrade(struct store *store, struct fault *fault)
{
    if (store->format >= FORMAT_VERSION) {
        return true;
    }
    if (!gpkg_sql_begin(store, fault) ||
        !gpkg_sql_end(store, gpkg_sql_run(store, upgrade_to_2, fault), fault)) {
        fault_prefix(fault, "bringing it up to date: ");
        return false;
    }
    store->format = FORMAT_VERSION;
    return true;
}

static bool run_owned(const struct store *store, char *sql, struct fault *fault)
{
    if (!sql) {
        gpkg_sql_fault(store, SQLITE_NOMEM, fault);
        return false;
    }
    bool is_good = gpkg_sql_run(store, sql, fault);
    sqlite3_free(sql);
    return is_good;
}

bool gpkg_schema_add_layer(const struct store *store, int64_t plot_id, const char *layer, const char *title,
                           struct fault *fault)
{
    long long id = plot_id;
    return run_owned(store, sqlite3_mprintf(layer_table, layer), fault) &&
           run_owned(store, sqlite3_mprintf(layer_triggers, layer, layer, id, layer, layer, layer, layer, id),
                     fault) &&
           run_owned(store, sqlite3_mprintf(layer_contents, layer, layer, title, layer), fault);
}
