/*
 * disk_cache_file.c - a write-ahead log with synchronous=NORMAL: after a power loss the file is whole, and as
 * it was after some earlier transaction. The tiles' table has no index but its row numbers: questions are
 * answered from memory.
 */
#include "render/service/tile/disk_cache_file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "render/service/tile/sqlite_file.h"

#define CONTENT_MOST_BYTES (64u << 20)
#define APPLICATION_ID 0x706c7463 /* "pltc", as the schema says */

enum statement { PUT_CONTENT, DROP_CONTENT, READ_CONTENT, PUT_TILE, DROP_TILE, PUT_MAP, STATEMENT_COUNT };

static const char *const statement_texts[STATEMENT_COUNT] = {
    [PUT_CONTENT] = "INSERT OR REPLACE INTO contents (hash, bytes) VALUES (?, ?)",
    [DROP_CONTENT] = "DELETE FROM contents WHERE hash = ?",
    [READ_CONTENT] = "SELECT bytes FROM contents WHERE hash = ?",
    [PUT_TILE] = "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [DROP_TILE] = "DELETE FROM tiles WHERE id = ?",
    [PUT_MAP] = "INSERT OR REPLACE INTO maps VALUES (?, ?, ?, ?, ?, ?)",
};

static const char schema[] =
    "PRAGMA application_id = 0x706c7463;"
    "CREATE TABLE maps (name TEXT PRIMARY KEY, look INTEGER, state BLOB, tiles INTEGER, seals INTEGER,"
    " seal INTEGER) WITHOUT ROWID;"
    "CREATE TABLE tiles (id INTEGER PRIMARY KEY, map TEXT, tile_matrix_set INTEGER, format INTEGER,"
    " pixel_ratio INTEGER, size_px INTEGER, palette INTEGER, zoom INTEGER, tile_column INTEGER,"
    " tile_row INTEGER, moment_ms INTEGER, fixed_revision INTEGER, content INTEGER, length INTEGER,"
    " seal INTEGER);"
    "CREATE TABLE contents (hash INTEGER PRIMARY KEY, bytes BLOB);";

/* Is there room for some tiles, and may the file be written to? */
static const char probe[] =
    "BEGIN IMMEDIATE; INSERT OR REPLACE INTO contents VALUES (0, zeroblob(262144)); COMMIT;"
    "BEGIN IMMEDIATE; DELETE FROM contents WHERE hash = 0; COMMIT";

/** What the row of a map says, kept up to date while its tiles are written. */
struct map_row {
    struct disk_state state;
    bool has_state;
    bool is_changed;
    int64_t tiles;
    uint64_t seals; /* of all its tiles, one upon the other */
};

struct disk_cache_file {
    struct sqlite_file base;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    const struct disk_map *maps;
    size_t map_count;
    struct map_row *rows;
};

/* ---- Seals ---- */

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    return hash_bytes(hash, &number, sizeof(number));
}

uint64_t disk_cache_file_seal(const struct disk_map *map, const struct disk_tile *tile)
{
    const struct tile_key *key = &tile->key;
    uint64_t hash = hash_number(hash_text(HASH_START, map->name), map->look);
    const uint64_t numbers[] = {key->tile_matrix_set, key->form.format,    key->form.pixel_ratio,
                                key->form.size_px,    key->palette,        key->address.zoom,
                                key->address.column,  key->address.row,    (uint64_t)key->moment_ms,
                                key->fixed_revision,  (uint64_t)tile->row, tile->content,
                                tile->length};
    return hash_bytes(hash, numbers, sizeof(numbers));
}

/** Of what the row of a map says. */
static uint64_t seal_of_map(const struct disk_map *map, const struct map_row *row)
{
    int64_t numbers[DISK_STATE_NUMBERS_MOST];
    size_t count = disk_state_write(&row->state, numbers);
    uint64_t hash = hash_number(hash_text(HASH_START, map->name), map->look);
    hash = hash_bytes(hash, numbers, count * sizeof(numbers[0]));
    return hash_number(hash_number(hash, (uint64_t)row->tiles), row->seals);
}

/* ---- Open and close ---- */

/** An empty file gets the tables; another program's is as good as a broken one. */
static bool prepare_tables(struct sqlite_file *file, struct fault *fault)
{
    long long table_count;
    long long application;
    if (!sqlite_file_number(file, "SELECT count(*) FROM sqlite_master", &table_count, fault) ||
        !sqlite_file_number(file, "PRAGMA application_id", &application, fault)) {
        return false;
    }
    if (table_count == 0) {
        return sqlite_file_begin(file, fault) && sqlite_file_run(file, schema, fault) &&
               sqlite_file_commit(file, fault);
    }
    if (application != APPLICATION_ID) {
        fault_set(fault, FAULT_INPUT, "'%s' is another kind of file", file->path);
    }
    return application == APPLICATION_ID;
}

static bool prepare_statements(struct disk_cache_file *file, struct fault *fault)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        file->statements[i] = sqlite_file_prepare(&file->base, statement_texts[i], fault);
        if (!file->statements[i]) {
            return false;
        }
    }
    return true;
}

struct disk_cache_file *disk_cache_file_open(const char *path, const struct disk_map *maps, size_t map_count,
                                             struct fault *fault)
{
    static const char settings[] =
        "PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304; PRAGMA cell_size_check = ON;"
        "PRAGMA cache_size = -4096; PRAGMA trusted_schema = OFF";
    struct disk_cache_file *file = memory_new(1, sizeof(*file));
    file->maps = maps;
    file->map_count = map_count;
    file->rows = memory_new(map_count, sizeof(*file->rows));
    if (sqlite_file_open(&file->base, "file of tiles", path, true, fault) &&
        sqlite_file_run(&file->base, settings, fault) && prepare_tables(&file->base, fault) &&
        sqlite_file_run(&file->base, probe, fault) && prepare_statements(file, fault)) {
        return file;
    }
    disk_cache_file_close(file);
    return NULL;
}

void disk_cache_file_close(struct disk_cache_file *file)
{
    if (!file) {
        return;
    }
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(file->statements[i]);
    }
    sqlite_file_close(&file->base);
    free(file->rows);
    free(file);
}

/* ---- Reading it all ---- */

static size_t find_map(const struct disk_cache_file *file, const char *name)
{
    size_t map = 0;
    while (map < file->map_count && strcmp(file->maps[map].name, name) != 0) {
        map++;
    }
    return map;
}

static const char *column_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

/** The state in a row of a map, when the row is right. */
static bool read_map(struct disk_cache_file *file, sqlite3_stmt *statement, size_t map)
{
    int64_t numbers[DISK_STATE_NUMBERS_MOST];
    const void *blob = sqlite3_column_blob(statement, 2);
    size_t length = (size_t)sqlite3_column_bytes(statement, 2);
    struct map_row row = {.tiles = sqlite3_column_int64(statement, 3),
                          .seals = (uint64_t)sqlite3_column_int64(statement, 4),
                          .has_state = true};
    if (!blob || length > sizeof(numbers) || length % sizeof(numbers[0]) != 0) {
        return false;
    }
    memcpy(numbers, blob, length);
    bool is_right = (uint64_t)sqlite3_column_int64(statement, 1) == file->maps[map].look &&
                    disk_state_read(numbers, length / sizeof(numbers[0]), &row.state) &&
                    seal_of_map(&file->maps[map], &row) == (uint64_t)sqlite3_column_int64(statement, 5);
    if (is_right) {
        file->rows[map] = row;
    }
    return is_right;
}

static bool read_maps(struct disk_cache_file *file, struct fault *fault)
{
    sqlite3_stmt *row = sqlite_file_prepare(&file->base, "SELECT * FROM maps", fault);
    int step = SQLITE_ERROR;
    while (row && (step = sqlite3_step(row)) == SQLITE_ROW) {
        size_t map = find_map(file, column_text(row, 0));
        if (map < file->map_count) {
            read_map(file, row, map);
        }
    }
    bool is_done = step == SQLITE_DONE || (row && sqlite_file_fail(&file->base, fault));
    sqlite3_finalize(row);
    return is_done;
}

/** A row of the tiles' table. False: it is not right, or of a map that is not. */
static bool read_tile(const struct disk_cache_file *file, sqlite3_stmt *statement, struct disk_tile *tile)
{
    int64_t numbers[15];
    for (int i = 0; i < 15; i++) {
        numbers[i] = sqlite3_column_int64(statement, i);
    }
    size_t map = find_map(file, column_text(statement, 1));
    *tile = (struct disk_tile){
        .key = {.map = (uint16_t)map,
                .tile_matrix_set = (uint16_t)numbers[2],
                .form = {(enum tile_format)numbers[3], (uint8_t)numbers[4], (uint16_t)numbers[5]},
                .palette = (uint8_t)numbers[6],
                .address = {(uint32_t)numbers[7], (uint32_t)numbers[8], (uint32_t)numbers[9]},
                .moment_ms = numbers[10],
                .fixed_revision = (uint64_t)numbers[11]},
        .row = numbers[0],
        .content = (uint64_t)numbers[12],
        .length = (uint32_t)numbers[13],
        .seal = (uint64_t)numbers[14]};
    return map < file->map_count && file->rows[map].has_state &&
           disk_cache_file_seal(&file->maps[map], tile) == tile->seal;
}

/** What is read of the tiles, and what their maps should have. */
struct loading {
    struct disk_cache_loaded *loaded;
    size_t capacity;
    int64_t *tiles;
    uint64_t *seals;
};

static void add_tile(struct loading *loading, const struct disk_tile *tile)
{
    struct disk_cache_loaded *loaded = loading->loaded;
    if (loaded->count == loading->capacity) {
        loading->capacity = loading->capacity ? loading->capacity * 2 : 1024;
        loaded->tiles = memory_resize(loaded->tiles, loading->capacity, sizeof(*loaded->tiles));
    }
    loaded->tiles[loaded->count++] = *tile;
    loading->tiles[tile->key.map]++;
    loading->seals[tile->key.map] ^= tile->seal;
}

/** A row that is not right: the map that it names cannot be believed to be whole. */
static void doubt(const struct disk_tile *tile, size_t map_count, struct loading *loading)
{
    loading->loaded->healed++;
    if (tile->key.map < map_count) {
        loading->tiles[tile->key.map] = INT64_MIN / 2;
    }
}

static bool read_tiles(struct disk_cache_file *file, struct loading *loading, struct fault *fault)
{
    sqlite3_stmt *row = sqlite_file_prepare(&file->base, "SELECT * FROM tiles ORDER BY id", fault);
    int step = SQLITE_ERROR;
    while (row && (step = sqlite3_step(row)) == SQLITE_ROW) {
        struct disk_tile tile;
        if (read_tile(file, row, &tile)) {
            add_tile(loading, &tile);
        } else {
            doubt(&tile, file->map_count, loading);
        }
        loading->loaded->next_row = tile.row + 1;
    }
    bool is_done = step == SQLITE_DONE || (row && sqlite_file_fail(&file->base, fault));
    sqlite3_finalize(row);
    return is_done;
}

/** A map whose tiles are not all there, or more than that, has none that can be believed. */
static void judge_maps(struct disk_cache_file *file, struct loading *loading)
{
    struct disk_cache_loaded *loaded = loading->loaded;
    for (size_t map = 0; map < file->map_count; map++) {
        struct map_row *row = &file->rows[map];
        bool is_whole = loading->tiles[map] == row->tiles && loading->seals[map] == row->seals;
        loaded->has_state[map] = row->has_state && is_whole;
        loaded->states[map] = row->state;
        *row = loaded->has_state[map] ? *row : (struct map_row){.is_changed = false};
    }
    size_t kept = 0;
    for (size_t i = 0; i < loaded->count; i++) {
        bool is_kept = loaded->has_state[loaded->tiles[i].key.map];
        loaded->tiles[kept] = loaded->tiles[i];
        kept += is_kept;
        loaded->healed += !is_kept;
    }
    loaded->count = kept;
}

/** Names the maps whose tiles are right in a table of their own. */
static bool list_good_maps(struct disk_cache_file *file, const struct disk_cache_loaded *loaded,
                           struct fault *fault)
{
    if (!sqlite_file_run(&file->base,
                         "CREATE TEMP TABLE IF NOT EXISTS good (name TEXT PRIMARY KEY); DELETE FROM good",
                         fault)) {
        return false;
    }
    sqlite3_stmt *add = sqlite_file_prepare(&file->base, "INSERT INTO good VALUES (?)", fault);
    bool is_done = add != NULL;
    for (size_t map = 0; is_done && map < file->map_count; map++) {
        if (loaded->has_state[map]) {
            sqlite3_bind_text(add, 1, file->maps[map].name, -1, SQLITE_STATIC);
            is_done = sqlite_file_finish(&file->base, add, fault);
        }
    }
    sqlite3_finalize(add);
    return is_done;
}

/** Takes out of the file the tiles of maps that have no state, and contents that nothing has. */
static bool sweep(struct disk_cache_file *file, const struct disk_cache_loaded *loaded, struct fault *fault)
{
    return sqlite_file_begin(&file->base, fault) && list_good_maps(file, loaded, fault) &&
           sqlite_file_run(&file->base,
                           "DELETE FROM tiles WHERE map NOT IN (SELECT name FROM good) OR map IS NULL;"
                           "DELETE FROM maps WHERE name NOT IN (SELECT name FROM good);"
                           "DELETE FROM contents WHERE hash NOT IN (SELECT content FROM tiles)",
                           fault) &&
           sqlite_file_commit(&file->base, fault);
}

bool disk_cache_file_load(struct disk_cache_file *file, struct disk_cache_loaded *loaded, struct fault *fault)
{
    struct loading loading = {.loaded = loaded};
    *loaded = (struct disk_cache_loaded){.next_row = 1};
    loaded->states = memory_new(file->map_count, sizeof(*loaded->states));
    loaded->has_state = memory_new(file->map_count, sizeof(*loaded->has_state));
    loading.tiles = memory_new(file->map_count, sizeof(*loading.tiles));
    loading.seals = memory_new(file->map_count, sizeof(*loading.seals));
    bool is_read = read_maps(file, fault) && read_tiles(file, &loading, fault);
    if (is_read) {
        judge_maps(file, &loading);
        is_read = sweep(file, loaded, fault);
    }
    free(loading.tiles);
    free(loading.seals);
    return is_read;
}

void disk_cache_loaded_finish(struct disk_cache_loaded *loaded)
{
    free(loaded->tiles);
    free(loaded->states);
    free(loaded->has_state);
}

/* ---- Writing ---- */

static bool finish_statement(struct disk_cache_file *file, enum statement statement, struct fault *fault)
{
    return sqlite_file_finish(&file->base, file->statements[statement], fault);
}

/** A file that was taken away would swallow all that is written to it. */
static bool check_place(struct disk_cache_file *file, struct fault *fault)
{
    int has_moved = 0;
    sqlite3_file_control(file->base.database, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
    if (has_moved) {
        fault_set(fault, FAULT_UNAVAILABLE, "file of tiles '%s' was taken away", file->base.path);
    }
    return !has_moved;
}

bool disk_cache_file_begin(struct disk_cache_file *file, struct fault *fault)
{
    return check_place(file, fault) && sqlite_file_begin(&file->base, fault);
}

static bool write_map(struct disk_cache_file *file, size_t map, struct fault *fault)
{
    int64_t numbers[DISK_STATE_NUMBERS_MOST];
    const struct map_row *row = &file->rows[map];
    size_t count = disk_state_write(&row->state, numbers);
    sqlite3_stmt *statement = file->statements[PUT_MAP];
    sqlite3_bind_text(statement, 1, file->maps[map].name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (int64_t)file->maps[map].look);
    sqlite3_bind_blob(statement, 3, numbers, (int)(count * sizeof(numbers[0])), SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 4, row->tiles);
    sqlite3_bind_int64(statement, 5, (int64_t)row->seals);
    sqlite3_bind_int64(statement, 6, (int64_t)seal_of_map(&file->maps[map], row));
    return finish_statement(file, PUT_MAP, fault);
}

bool disk_cache_file_commit(struct disk_cache_file *file, struct fault *fault)
{
    for (size_t map = 0; map < file->map_count; map++) {
        if (file->rows[map].is_changed && !write_map(file, map, fault)) {
            return false;
        }
        file->rows[map].is_changed = false;
    }
    return sqlite_file_commit(&file->base, fault);
}

bool disk_cache_file_put_content(struct disk_cache_file *file, uint64_t content, const char *bytes,
                                 size_t length, struct fault *fault)
{
    sqlite3_bind_int64(file->statements[PUT_CONTENT], 1, (int64_t)content);
    sqlite3_bind_blob64(file->statements[PUT_CONTENT], 2, bytes, length, SQLITE_STATIC);
    return finish_statement(file, PUT_CONTENT, fault);
}

bool disk_cache_file_drop_content(struct disk_cache_file *file, uint64_t content, struct fault *fault)
{
    sqlite3_bind_int64(file->statements[DROP_CONTENT], 1, (int64_t)content);
    return finish_statement(file, DROP_CONTENT, fault);
}

/** A tile came or went: the row of its map is to say so. */
static void count_tile(struct disk_cache_file *file, const struct disk_tile *tile, int step)
{
    struct map_row *row = &file->rows[tile->key.map];
    row->tiles += step;
    row->seals ^= tile->seal;
    row->is_changed = true;
}

bool disk_cache_file_put(struct disk_cache_file *file, const struct disk_tile *tile, struct fault *fault)
{
    const struct tile_key *key = &tile->key;
    sqlite3_stmt *statement = file->statements[PUT_TILE];
    const int64_t numbers[] = {key->tile_matrix_set,   key->form.format,
                               key->form.pixel_ratio,  key->form.size_px,
                               key->palette,           key->address.zoom,
                               key->address.column,    key->address.row,
                               key->moment_ms,         (int64_t)key->fixed_revision,
                               (int64_t)tile->content, tile->length,
                               (int64_t)tile->seal};
    sqlite3_bind_int64(statement, 1, tile->row);
    sqlite3_bind_text(statement, 2, file->maps[key->map].name, -1, SQLITE_STATIC);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        sqlite3_bind_int64(statement, (int)i + 3, numbers[i]);
    }
    count_tile(file, tile, 1);
    return finish_statement(file, PUT_TILE, fault);
}

bool disk_cache_file_drop(struct disk_cache_file *file, const struct disk_tile *tile, struct fault *fault)
{
    sqlite3_bind_int64(file->statements[DROP_TILE], 1, tile->row);
    count_tile(file, tile, -1);
    return finish_statement(file, DROP_TILE, fault);
}

void disk_cache_file_set_state(struct disk_cache_file *file, uint16_t map, const struct disk_state *state)
{
    file->rows[map].state = *state;
    file->rows[map].has_state = true;
    file->rows[map].is_changed = true;
}

char *disk_cache_file_read(struct disk_cache_file *file, uint64_t content, size_t *length,
                           struct fault *fault)
{
    sqlite3_stmt *statement = file->statements[READ_CONTENT];
    char *bytes = NULL;
    sqlite3_bind_int64(statement, 1, (int64_t)content);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        const void *blob = sqlite3_column_blob(statement, 0);
        *length = (size_t)sqlite3_column_bytes(statement, 0);
        bool is_right = blob && *length <= CONTENT_MOST_BYTES && hash_block(blob, *length) == content;
        bytes = is_right ? memory_copy_bytes(blob, *length) : NULL;
    }
    if (!bytes && (step == SQLITE_ROW || step == SQLITE_DONE)) {
        fault_set(fault, FAULT_NOT_FOUND, "the content of a tile is not right");
    } else if (!bytes) {
        sqlite_file_fail(&file->base, fault);
    }
    sqlite3_reset(statement);
    return bytes;
}
