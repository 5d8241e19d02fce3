/*
 * crs.c - the door to PROJ.
 *
 * Every CRS has one way to and from ETRS89 longitude and latitude in degrees, made when it is first
 * needed and kept: nothing at all, the closed form of web mercator, or one PROJ operation. A way
 * between two CRS is always the way back of one and the way there of the other. So RD New never takes
 * another way than its explicit pipeline, because PROJ 9.1 left alone would not use the grid.
 */
#include "geo/crs.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "geo/crs_code.h"
#include "geo/scale.h"
#include "geo/web_mercator.h"

#define MOST_COORDINATE 1e12 /* beyond this no formula gives anything of use */
#define MOST_LON_DEG 540.0
#define MOST_SEARCH_PATHS 16

enum way_kind { WAY_UNKNOWN, WAY_NOTHING, WAY_WEB_MERCATOR, WAY_PROJ };

/* A CRS and its way from ETRS89 lon/lat. crs comes first: callers hold pointers to it. */
struct entry {
    struct crs crs;
    enum way_kind kind;
    PJ *from_lon_lat; /* owned; WAY_PROJ only */
};

struct crs_context {
    PJ_CONTEXT *proj;
    struct table *entries; /* by code; owns struct entry */
    bool has_rd_grid;
    struct entry *at_hand[2]; /* those that points were last moved between, or NULL: borrowed from entries */
    char words[256];          /* what PROJ last complained of */
};

/*
 * RDNAPTRANS2018 variant 1 (NSGI): ETRS89 to Bessel 1841 by a similarity at a fixed height of 43 m, the
 * correction grid, the oblique stereographic projection. "null" lets what lies outside the grid through.
 */
#define RD_TO_BESSEL                                                                                         \
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "                                         \
    "+step +proj=push +v_3 +step +proj=set +v_3=43 +step +proj=cart +ellps=GRS80 "                           \
    "+step +proj=helmert +x=-565.7346 +y=-50.4058 +z=-465.2895 +rx=-0.395023 +ry=0.330776 +rz=-1.876073 "    \
    "+s=-4.07242 +convention=coordinate_frame +exact "                                                       \
    "+step +inv +proj=cart +ellps=bessel +step +proj=pop +v_3 "
#define RD_CORRECTION "+step +inv +proj=hgridshift +grids=nl_nsgi_rdcorr2018.tif,null "
#define RD_PROJECTION                                                                                        \
    "+step +proj=sterea +lat_0=52.156160556 +lon_0=5.387638889 +k=0.9999079 +x_0=155000 +y_0=463000 "        \
    "+ellps=bessel"

static void keep_words(void *user, int level, const char *words)
{
    struct crs_context *context = user;
    snprintf(context->words, sizeof context->words, "%s", words);
}

static const char *words_of(const struct crs_context *context)
{
    return context->words[0] != '\0' ? context->words : "PROJ gives no reason";
}

static void free_entry(void *value)
{
    struct entry *entry = value;
    proj_destroy(entry->from_lon_lat);
    free(entry);
}

/* The grid folder first, then where PROJ looks by itself (proj.db is there). */
static void set_search_paths(PJ_CONTEXT *proj, const char *grid_folder)
{
    char *usual = memory_copy_text(proj_info().searchpath);
    const char *paths[MOST_SEARCH_PATHS] = {grid_folder};
    int count = 1;
    for (char *path = usual; path && count < MOST_SEARCH_PATHS; count++) {
        paths[count] = path;
        path = strchr(path, ':');
        if (path) {
            *path++ = '\0';
        }
    }
    proj_context_set_search_paths(proj, count, paths);
    free(usual);
}

/* PROJ makes operations with a grid that only another context can find; so a place must be moved to know. */
static bool find_rd_grid(struct crs_context *context)
{
    PJ *operation = proj_create(context->proj, RD_TO_BESSEL RD_CORRECTION RD_PROJECTION);
    if (!operation) {
        return false;
    }
    PJ_COORD amersfoort = proj_trans(operation, PJ_FWD, proj_coord(5.3876, 52.1562, 0, HUGE_VAL));
    proj_destroy(operation);
    return isfinite(amersfoort.xy.x);
}

struct crs_context *crs_context_new(const char *grid_folder, struct fault *fault)
{
    struct crs_context *context = memory_new(1, sizeof *context);
    context->proj = proj_context_create();
    context->entries = table_new(free_entry);
    if (!context->proj) {
        fault_set(fault, FAULT_UNAVAILABLE, "PROJ cannot be started");
        crs_context_free(context);
        return NULL;
    }
    proj_log_func(context->proj, context, keep_words);
    proj_log_level(context->proj, PJ_LOG_ERROR);
    proj_context_set_enable_network(context->proj, false);
    if (grid_folder) {
        set_search_paths(context->proj, grid_folder);
    }
    if (!proj_context_get_database_path(context->proj)) {
        fault_set(fault, FAULT_UNAVAILABLE, "PROJ's database proj.db is not there: %s", words_of(context));
        crs_context_free(context);
        return NULL;
    }
    context->has_rd_grid = find_rd_grid(context);
    return context;
}

void crs_context_free(struct crs_context *context)
{
    if (!context) {
        return;
    }
    table_free(context->entries);
    proj_context_destroy(context->proj);
    free(context);
}

bool crs_context_has_rd_grid(const struct crs_context *context)
{
    return context->has_rd_grid;
}

static bool read_axes(struct crs_context *context, const PJ *definition, struct crs *crs, struct fault *fault)
{
    PJ *system = proj_crs_get_coordinate_system(context->proj, definition);
    const char *unit = NULL;
    const char *direction = NULL;
    double factor = 0;
    bool is_read =
        system && proj_cs_get_axis_count(context->proj, system) == 2 &&
        proj_cs_get_axis_info(context->proj, system, 0, NULL, NULL, &direction, &factor, &unit, NULL, NULL);
    bool is_good = is_read && (!crs->is_geographic || strncmp(unit, "degree", strlen("degree")) == 0);
    crs->is_north_first = is_read && strcmp(direction, "north") == 0;
    proj_destroy(system);
    if (!is_good) {
        fault_set(fault, FAULT_INPUT, "%s has axes that no map can be drawn with", crs->code);
        return false;
    }
    crs->metres_per_unit = crs->is_geographic ? SCALE_METRES_PER_DEGREE : factor;
    return true;
}

static void read_area(struct crs_context *context, const PJ *definition, struct crs *crs)
{
    struct bbox world = {-180, -90, 180, 90};
    struct bbox area;
    bool is_known = proj_get_area_of_use(context->proj, definition, &area.min_x, &area.min_y, &area.max_x,
                                         &area.max_y, NULL);
    if (!is_known || !bbox_contains(world, (struct bbox){area.min_x, area.min_y, area.min_x, area.max_y})) {
        area = world;
    }
    if (area.min_x > area.max_x) { /* across the antimeridian */
        area.min_x = -180;
        area.max_x = 180;
    }
    crs->area_deg = area;
}

static void write_uri(struct crs *crs)
{
    if (strcmp(crs->code, "OGC:CRS84") == 0) {
        snprintf(crs->uri, sizeof crs->uri, "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    } else {
        snprintf(crs->uri, sizeof crs->uri, "http://www.opengis.net/def/crs/EPSG/0/%.7s",
                 crs->code + strlen("EPSG:"));
    }
}

static bool describe(struct crs_context *context, const PJ *definition, struct crs *crs, struct fault *fault)
{
    PJ_TYPE type = proj_get_type(definition);
    if (type != PJ_TYPE_GEOGRAPHIC_2D_CRS && type != PJ_TYPE_PROJECTED_CRS) {
        fault_set(fault, FAULT_INPUT, "%s is neither a projected nor a two-dimensional geographic CRS",
                  crs->code);
        return false;
    }
    crs->is_geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    snprintf(crs->name, sizeof crs->name, "%s", proj_get_name(definition));
    write_uri(crs);
    read_area(context, definition, crs);
    return read_axes(context, definition, crs, fault);
}

static struct entry *add_entry(struct crs_context *context, const char *code, struct fault *fault)
{
    context->words[0] = '\0';
    PJ *definition = proj_create(context->proj, code);
    if (!definition) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no CRS %s", code);
        return NULL;
    }
    struct entry *entry = memory_new(1, sizeof *entry);
    snprintf(entry->crs.code, sizeof entry->crs.code, "%s", code);
    bool is_described = describe(context, definition, &entry->crs, fault);
    proj_destroy(definition);
    if (!is_described) {
        free_entry(entry);
        return NULL;
    }
    table_put(context->entries, code, entry);
    return entry;
}

const struct crs *crs_find(struct crs_context *context, const char *text, struct fault *fault)
{
    char code[32];
    struct entry *entry = table_find(context->entries, text); /* as it is written mostly */
    if (entry) {
        return &entry->crs;
    }
    if (!crs_code_read(text, code, fault)) {
        return NULL;
    }
    entry = table_find(context->entries, code);
    if (!entry) {
        entry = add_entry(context, code, fault);
    }
    return entry ? &entry->crs : NULL;
}

/* These are taken as ETRS89 (data of the web is, to within what its makers know). */
static bool is_etrs89_lon_lat(const struct crs *crs)
{
    static const char *const codes[] = {"OGC:CRS84", "EPSG:4326", "EPSG:4258"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(crs->code, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* PROJ knows the best operations from ETRS89 in Europe, from WGS 84 elsewhere. */
static const char *hub_of(const struct crs *crs)
{
    const struct bbox europe_deg = {-36, 24, 46, 86};
    return bbox_contains(europe_deg, crs->area_deg) ? "EPSG:4258" : "EPSG:4326";
}

static PJ *make_operation(struct crs_context *context, const struct crs *crs)
{
    if (strcmp(crs->code, "EPSG:28992") == 0) {
        return proj_create(context->proj, context->has_rd_grid ? RD_TO_BESSEL RD_CORRECTION RD_PROJECTION
                                                               : RD_TO_BESSEL RD_PROJECTION);
    }
    PJ *operation = proj_create_crs_to_crs(context->proj, hub_of(crs), crs->code, NULL);
    if (!operation) {
        return NULL;
    }
    PJ *east_first = proj_normalize_for_visualization(context->proj, operation);
    proj_destroy(operation);
    return east_first;
}

static bool find_way(struct crs_context *context, struct entry *entry, struct fault *fault)
{
    if (entry->kind != WAY_UNKNOWN) {
        return true;
    }
    if (is_etrs89_lon_lat(&entry->crs)) {
        entry->kind = WAY_NOTHING;
        return true;
    }
    if (strcmp(entry->crs.code, "EPSG:3857") == 0) {
        entry->kind = WAY_WEB_MERCATOR;
        return true;
    }
    context->words[0] = '\0';
    entry->from_lon_lat = make_operation(context, &entry->crs);
    if (!entry->from_lon_lat) {
        fault_set(fault, FAULT_UNAVAILABLE, "no way leads to %s: %s", entry->crs.code, words_of(context));
        return false;
    }
    entry->kind = WAY_PROJ;
    return true;
}

/* The context's own entry for a CRS that may come from another context. */
static struct entry *find_entry(struct crs_context *context, const struct crs *crs, struct fault *fault)
{
    struct entry *entry = table_find(context->entries, crs->code);
    if (!entry) {
        entry = add_entry(context, crs->code, fault);
    }
    return entry && find_way(context, entry, fault) ? entry : NULL;
}

/* The entry for one of the two ends of a way: nearly always it is that of the call before. */
static const struct entry *find_end(struct crs_context *context, const struct crs *crs, int end,
                                    struct fault *fault)
{
    struct entry *entry = context->at_hand[end];
    if (!entry || strcmp(entry->crs.code, crs->code) != 0) {
        entry = find_entry(context, crs, fault);
        context->at_hand[end] = entry;
    }
    return entry;
}

static bool is_within(struct point point, double most_x, double most_y)
{
    return fabs(point.x) <= most_x && fabs(point.y) <= most_y; /* false for NaN */
}

static void move_by_proj(PJ *operation, PJ_DIRECTION direction, struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_known = direction == PJ_FWD ? is_within(points[i], MOST_LON_DEG, 90)
                                            : is_within(points[i], MOST_COORDINATE, MOST_COORDINATE);
        PJ_COORD image = proj_coord(NAN, NAN, 0, 0);
        if (is_known) {
            image = proj_trans(operation, direction, proj_coord(points[i].x, points[i].y, 0, HUGE_VAL));
        }
        points[i] = (struct point){image.xy.x, image.xy.y};
        if (!point_is_finite(points[i])) {
            points[i] = (struct point){NAN, NAN};
            proj_errno_reset(operation);
        }
    }
}

static void to_lon_lat(const struct entry *from, struct point *points, size_t count)
{
    if (from->kind == WAY_WEB_MERCATOR) {
        web_mercator_to_lon_lat(points, count);
    } else if (from->kind == WAY_PROJ) {
        move_by_proj(from->from_lon_lat, PJ_INV, points, count);
    }
}

static void from_lon_lat(const struct entry *to, struct point *points, size_t count)
{
    if (to->kind == WAY_WEB_MERCATOR) {
        web_mercator_from_lon_lat(points, count);
    } else if (to->kind == WAY_PROJ) {
        move_by_proj(to->from_lon_lat, PJ_FWD, points, count);
    }
}

bool crs_transform(struct crs_context *context, const struct crs *from, const struct crs *to,
                   struct point *points, size_t count, struct fault *fault)
{
    if (from == to || strcmp(from->code, to->code) == 0) {
        return true;
    }
    const struct entry *source = find_end(context, from, 0, fault);
    const struct entry *target = source ? find_end(context, to, 1, fault) : NULL;
    if (!target) {
        return false;
    }
    to_lon_lat(source, points, count);
    from_lon_lat(target, points, count);
    return true;
}

#define STEPS 21
#define EDGE_POINTS (4 * STEPS)

/* Around the box, corner to corner; each corner once. */
static void follow_edges(struct bbox box, struct point points[static EDGE_POINTS])
{
    const struct point corners[] = {{box.min_x, box.min_y},
                                    {box.max_x, box.min_y},
                                    {box.max_x, box.max_y},
                                    {box.min_x, box.max_y},
                                    {box.min_x, box.min_y}};
    for (int i = 0; i < EDGE_POINTS; i++) {
        points[i] = point_between(corners[i / STEPS], corners[i / STEPS + 1], (double)(i % STEPS) / STEPS);
    }
}

/* In web mercator the poles lie at infinity: a box that reaches them is taken to just before. */
static struct bbox keep_off_poles(const struct crs *from, const struct crs *to, struct bbox box)
{
    if (from->is_geographic && strcmp(to->code, "EPSG:3857") == 0) {
        return bbox_intersection(box, (struct bbox){-MOST_LON_DEG, -89.9, MOST_LON_DEG, 89.9});
    }
    return box;
}

bool crs_transform_bbox(struct crs_context *context, const struct crs *from, const struct crs *to,
                        struct bbox box, struct bbox *image, struct fault *fault)
{
    struct point points[EDGE_POINTS];
    struct bbox kept = keep_off_poles(from, to, box);
    struct bbox found = bbox_empty();
    if (!bbox_is_empty(kept) && bbox_is_finite(kept)) {
        follow_edges(kept, points);
        if (!crs_transform(context, from, to, points, EDGE_POINTS, fault)) {
            return false;
        }
        found = bbox_of_points(points, EDGE_POINTS);
    }
    if (bbox_is_empty(found)) {
        fault_set(fault, FAULT_OUTSIDE, "nothing of the box %g,%g,%g,%g in %s can be shown in %s", box.min_x,
                  box.min_y, box.max_x, box.max_y, from->code, to->code);
        return false;
    }
    *image = found;
    return true;
}

bool crs_true_north_deg(struct crs_context *context, const struct crs *crs, struct point lon_lat_deg,
                        double *angle_deg, struct fault *fault)
{
    /* A kilometre to the south and to the north: far more than the roughness of correction grids. */
    const double step_deg = 0.01;
    struct point meridian[] = {{lon_lat_deg.x, lon_lat_deg.y - step_deg},
                               {lon_lat_deg.x, lon_lat_deg.y + step_deg}};
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", fault);
    if (!lon_lat || !crs_transform(context, lon_lat, crs, meridian, 2, fault)) {
        return false;
    }
    double east = meridian[1].x - meridian[0].x;
    double north = meridian[1].y - meridian[0].y;
    if (!isfinite(east) || !isfinite(north) || (east == 0 && north == 0)) {
        fault_set(fault, FAULT_OUTSIDE, "true north at %.6f, %.6f cannot be told in %s", lon_lat_deg.x,
                  lon_lat_deg.y, crs->code);
        return false;
    }
    *angle_deg = atan2(east, north) * 180 / M_PI;
    return true;
}

char *crs_wkt(struct crs_context *context, const struct crs *crs, struct fault *fault)
{
    const char *const options[] = {"MULTILINE=NO", NULL};
    PJ *definition = proj_create(context->proj, crs->code);
    const char *wkt = definition ? proj_as_wkt(context->proj, definition, PJ_WKT1_GDAL, options) : NULL;
    char *copy = memory_copy_text(wkt);
    proj_destroy(definition);
    if (!copy) {
        fault_set(fault, FAULT_UNAVAILABLE, "%s cannot be told as WKT: %s", crs->code, words_of(context));
    }
    return copy;
}

/* From the CRS to its own datum in degrees, east first; NULL when PROJ knows none. */
static PJ *own_degrees_operation(struct crs_context *context, const struct crs *crs)
{
    PJ *definition = proj_create(context->proj, crs->code);
    PJ *degrees = definition ? proj_crs_get_geodetic_crs(context->proj, definition) : NULL;
    PJ *operation =
        degrees ? proj_create_crs_to_crs_from_pj(context->proj, definition, degrees, NULL, NULL) : NULL;
    PJ *east_first = operation ? proj_normalize_for_visualization(context->proj, operation) : NULL;
    proj_destroy(operation);
    proj_destroy(degrees);
    proj_destroy(definition);
    return east_first;
}

bool crs_to_own_degrees(struct crs_context *context, const struct crs *crs, struct point *points,
                        size_t count, struct fault *fault)
{
    context->words[0] = '\0';
    PJ *operation = own_degrees_operation(context, crs);
    if (!operation) {
        fault_set(fault, FAULT_UNAVAILABLE, "%s has no datum of its own: %s", crs->code, words_of(context));
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        PJ_COORD image = proj_trans(operation, PJ_FWD, proj_coord(points[i].x, points[i].y, 0, HUGE_VAL));
        points[i] = (struct point){image.xy.x, image.xy.y};
    }
    proj_destroy(operation);
    return true;
}
