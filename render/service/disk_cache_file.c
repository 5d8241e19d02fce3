/*
 * disk_cache_file.c - the door to SQLite for tiles on disk.
 *
 * A write-ahead log with synchronous=NORMAL: after a power loss the file is whole, and as it was after some
 * earlier transaction. The tiles' table has no index but its row numbers: questions are answered from memory.
 */
#include "render/service/disk_cache_file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"

#define CONTENT_MOST_BYTES (64u << 20)
#define PROBE_BYTES (256 * 1024)
#define APPLICATION_ID 0x706c7463 /* "pltc" */
#define QUOTE(number) #number
#define TEXT_OF(number) QUOTE(number)

enum statement { PUT_CONTENT, DROP_CONTENT, READ_CONTENT, PUT_TILE, DROP_TILE, PUT_MAP, STATEMENT_COUNT };

static const char *const statement_texts[STATEMENT_COUNT] = {
    [PUT_CONTENT] = "INSERT OR REPLACE INTO contents (hash, bytes) VALUES (?, ?)",
    [DROP_CONTENT] = "DELETE FROM contents WHERE hash = ?",
    [READ_CONTENT] = "SELECT bytes FROM contents WHERE hash = ?",
    [PUT_TILE] = "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [DROP_TILE] = "DELETE FROM tiles WHERE id = ?",
    [PUT_MAP] = "INSERT OR REPLACE INTO maps VALUES (?, ?, ?, ?, ?, ?)",
};

static const char schema[] = "PRAGMA application_id = " TEXT_OF(
    APPLICATION_ID) ";"
                    "CREATE TABLE maps (name TEXT PRIMARY KEY, look INTEGER, state BLOB, tiles INTEGER, "
                    "seals INTEGER,"
                    " seal INTEGER) WITHOUT ROWID;"
                    "CREATE TABLE tiles (id INTEGER PRIMARY KEY, map TEXT, tile_matrix_set INTEGER, format "
                    "INTEGER,"
                    " pixel_ratio INTEGER, size_px INTEGER, palette INTEGER, zoom INTEGER, tile_column "
                    "INTEGER,"
                    " tile_row INTEGER, moment_ms INTEGER, fixed_revision INTEGER, content INTEGER, length "
                    "INTEGER,"
                    " seal INTEGER);"
                    "CREATE TABLE contents (hash INTEGER PRIMARY KEY, bytes BLOB);";

/** What the row of a map says, kept up to date while its tiles are written. */
struct map_row {
    struct disk_state state;
    bool has_state;
    bool is_changed;
    int64_t tiles;
    uint64_t seals; /* of all its tiles, one upon the other */
};

struct disk_cache_file {
    char *path;
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    const struct disk_map *maps;
    size_t map_count;
    struct map_row *rows;
};

static bool set_fault(const struct disk_cache_file *file, struct fault *fault)
{
    int code = sqlite3_errcode(file->database) & 0xff;
    bool is_broken = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_SCHEMA ||
                     code == SQLITE_ERROR || code == SQLITE_MISMATCH;
    fault_set(fault, is_broken ? FAULT_INPUT : FAULT_UNAVAILABLE, "file of tiles '%s': %s", file->path,
              sqlite3_errmsg(file->database));
    return false;
}

static bool run(struct disk_cache_file *file, const char *sql, struct fault *fault)
{
    return sqlite3_exec(file->database, sql, NULL, NULL, NULL) == SQLITE_OK || set_fault(file, fault);
}

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

static int64_t ask_number(struct disk_cache_file *file, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(file->database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

/** An empty file gets the tables; another program's is not touched. */
static bool prepare_tables(struct disk_cache_file *file, struct fault *fault)
{
    int64_t table_count = ask_number(file, "SELECT count(*) FROM sqlite_master");
    if (table_count < 0) {
        return set_fault(file, fault);
    }
    if (table_count == 0) {
        return run(file, "BEGIN IMMEDIATE", fault) && run(file, schema, fault) && run(file, "COMMIT", fault);
    }
    if (ask_number(file, "PRAGMA application_id") != APPLICATION_ID) {
        fault_set(fault, FAULT_INPUT, "'%s' is another kind of file", file->path);
        return false;
    }
    return true;
}

/** Is there room, and may it be written to? Found out now, not with the first tile. */
static bool probe(struct disk_cache_file *file, struct fault *fault)
{
    static const char sql[] = "BEGIN IMMEDIATE; INSERT OR REPLACE INTO contents VALUES (0, zeroblob(" TEXT_OF(
        PROBE_BYTES) ")); COMMIT; BEGIN IMMEDIATE; DELETE FROM contents WHERE hash = 0; COMMIT";
    return run(file, sql, fault);
}

static bool prepare_statements(struct disk_cache_file *file, struct fault *fault)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        if (sqlite3_prepare_v3(file->database, statement_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &file->statements[i], NULL) != SQLITE_OK) {
            return set_fault(file, fault);
        }
    }
    return true;
}

struct disk_cache_file *disk_cache_file_open(const char *path, const struct disk_map *maps, size_t map_count,
                                             struct fault *fault)
{
    static const char settings[] =
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "PRAGMA journal_size_limit = 4194304; PRAGMA cell_size_check = ON; PRAGMA cache_size = -4096;"
        "PRAGMA trusted_schema = OFF";
    struct disk_cache_file *file = memory_new(1, sizeof(*file));
    file->path = memory_copy_text(path);
    file->maps = maps;
    file->map_count = map_count;
    file->rows = memory_new(map_count, sizeof(*file->rows));
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    bool is_open = sqlite3_open_v2(path, &file->database, flags, NULL) == SQLITE_OK || set_fault(file, fault);
    if (is_open && run(file, settings, fault) && prepare_tables(file, fault) && probe(file, fault) &&
        prepare_statements(file, fault)) {
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
    sqlite3_close(file->database);
    free(file->rows);
    free(file->path);
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
    sqlite3_stmt *statement = NULL;
    int step = sqlite3_prepare_v2(file->database, "SELECT * FROM maps", -1, &statement, NULL);
    while (step == SQLITE_OK || step == SQLITE_ROW) {
        step = sqlite3_step(statement);
        size_t map = step == SQLITE_ROW ? find_map(file, column_text(statement, 0)) : file->map_count;
        if (map < file->map_count) {
            read_map(file, statement, map);
        }
    }
    bool is_done = step == SQLITE_DONE || set_fault(file, fault);
    sqlite3_finalize(statement);
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
    sqlite3_stmt *statement = NULL;
    struct disk_cache_loaded *loaded = loading->loaded;
    int step = sqlite3_prepare_v2(file->database, "SELECT * FROM tiles ORDER BY id", -1, &statement, NULL);
    while (step == SQLITE_OK || step == SQLITE_ROW) {
        struct disk_tile tile;
        step = sqlite3_step(statement);
        if (step != SQLITE_ROW) {
            continue;
        }
        if (read_tile(file, statement, &tile)) {
            add_tile(loading, &tile);
        } else {
            doubt(&tile, file->map_count, loading);
        }
        loaded->next_row = sqlite3_column_int64(statement, 0) + 1;
    }
    bool is_done = step == SQLITE_DONE || set_fault(file, fault);
    sqlite3_finalize(statement);
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

/** Takes out of the file the tiles of maps that have no state, and contents that nothing has. */
static bool sweep(struct disk_cache_file *file, const struct disk_cache_loaded *loaded, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    bool is_done = run(file,
                       "BEGIN IMMEDIATE; CREATE TEMP TABLE IF NOT EXISTS good (name TEXT PRIMARY KEY);"
                       "DELETE FROM good",
                       fault) &&
                   (sqlite3_prepare_v2(file->database, "INSERT INTO good VALUES (?)", -1, &statement, NULL) ==
                        SQLITE_OK ||
                    set_fault(file, fault));
    for (size_t map = 0; is_done && map < file->map_count; map++) {
        if (loaded->has_state[map]) {
            sqlite3_bind_text(statement, 1, file->maps[map].name, -1, SQLITE_STATIC);
            is_done = sqlite3_step(statement) == SQLITE_DONE || set_fault(file, fault);
            sqlite3_reset(statement);
        }
    }
    sqlite3_finalize(statement);
    return is_done && run(file,
                          "DELETE FROM tiles WHERE map NOT IN (SELECT name FROM good) OR map IS NULL;"
                          "DELETE FROM maps WHERE name NOT IN (SELECT name FROM good);"
                          "DELETE FROM contents WHERE hash NOT IN (SELECT content FROM tiles); COMMIT",
                          fault);
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

/** Runs a bound statement that gives no rows, and makes it ready for the next. */
static bool finish_statement(struct disk_cache_file *file, enum statement statement, struct fault *fault)
{
    bool is_done = sqlite3_step(file->statements[statement]) == SQLITE_DONE || set_fault(file, fault);
    sqlite3_reset(file->statements[statement]);
    sqlite3_clear_bindings(file->statements[statement]);
    return is_done;
}

bool disk_cache_file_begin(struct disk_cache_file *file, struct fault *fault)
{
    return run(file, "BEGIN IMMEDIATE", fault);
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
    return run(file, "COMMIT", fault);
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
        bool is_right =
            blob && *length <= CONTENT_MOST_BYTES && hash_bytes(HASH_START, blob, *length) == content;
        bytes = is_right ? memory_copy_bytes(blob, *length) : NULL;
    }
    if (!bytes && (step == SQLITE_ROW || step == SQLITE_DONE)) {
        fault_set(fault, FAULT_NOT_FOUND, "the content of a tile is not right");
    } else if (!bytes) {
        set_fault(file, fault);
    }
    sqlite3_reset(statement);
    return bytes;
}
