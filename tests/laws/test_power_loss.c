/*
 * test_power_loss.c - law 5: an acknowledged change survives a loss of power at every point.
 *
 * SQLite runs on a file system (VFS) that remembers, beside the real files, what would be on the disk if
 * power failed now: what was synced, and of what was written since either nothing, everything, or a random
 * part. At every sync such a disk is laid out in a folder and opened. PLOTTAFEL_POWER_COMMITS sets the
 * commits (250).
 */
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/moment.h"
#include "tests/laws/nothing_lost.h"
#include "tests/support/effort.h"

enum { DISK_FILES = 8 };

/* A write or, without bytes, a truncation that is not yet synced. */
struct pending {
    sqlite3_int64 offset;
    size_t length;
    char *bytes; /* owned; NULL: the file ends at offset */
};

/* One file of the disk, by the last part of its path. */
struct disk_file {
    char name[64]; /* "" when there is none */
    char *synced;  /* owned */
    size_t synced_length;
    struct pending *pending; /* owned */
    size_t pending_count;
};

/* What SQLite holds of an open file: the real one, and which file of the disk it is. */
struct lossy_file {
    sqlite3_file base;
    struct disk_file *disk_file; /* NULL: not watched */
    sqlite3_file *real;
};

static struct disk_file disk[DISK_FILES];
static sqlite3_vfs *real_vfs;
static sqlite3_vfs lossy_vfs;
static bool is_watching;
static uint64_t acknowledged;
static unsigned seed;
static long trial_count;

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static struct disk_file *find_file(const char *name)
{
    for (int i = 0; i < DISK_FILES; i++) {
        if (strcmp(disk[i].name, name) == 0) {
            return &disk[i];
        }
    }
    return NULL;
}

static void forget_pending(struct disk_file *file)
{
    for (size_t i = 0; i < file->pending_count; i++) {
        free(file->pending[i].bytes);
    }
    free(file->pending);
    file->pending = NULL;
    file->pending_count = 0;
}

static void remember(struct disk_file *file, sqlite3_int64 offset, const void *bytes, size_t length)
{
    file->pending = memory_resize(file->pending, file->pending_count + 1, sizeof *file->pending);
    file->pending[file->pending_count++] =
        (struct pending){offset, length, bytes ? memory_copy_bytes(bytes, length) : NULL};
}

static char *apply(char *bytes, size_t *length, const struct pending *pending)
{
    size_t end = (size_t)pending->offset + pending->length;
    if (!pending->bytes) {
        *length = (size_t)pending->offset < *length ? (size_t)pending->offset : *length;
        return bytes;
    }
    if (end > *length) {
        bytes = memory_resize(bytes, end, 1);
        memset(bytes + *length, 0, end - *length);
        *length = end;
    }
    memcpy(bytes + pending->offset, pending->bytes, pending->length);
    return bytes;
}

enum outcome { NOTHING_WRITTEN, EVERYTHING_WRITTEN, SOME_WRITTEN, OUTCOMES };

static void lay_out_file(const struct disk_file *file, const char *folder, enum outcome outcome)
{
    char path[PATH_MAX];
    size_t length = file->synced_length;
    char *bytes = memory_new(length, 1);
    if (length > 0) {
        memcpy(bytes, file->synced, length);
    }
    for (size_t i = 0; i < file->pending_count; i++) {
        bool is_written = outcome == EVERYTHING_WRITTEN || (outcome == SOME_WRITTEN && rand_r(&seed) % 2);
        bytes = is_written ? apply(bytes, &length, &file->pending[i]) : bytes;
    }
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    ck_assert(length == 0 || fwrite(bytes, length, 1, out) == 1);
    fclose(out);
    free(bytes);
}

static void clear_folder(const char *folder)
{
    for (int i = 0; i < DISK_FILES; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%s", folder, disk[i].name);
        unlink(disk[i].name[0] ? path : "");
    }
}

/* Opens what is on the disk after the loss: all that was acknowledged must be there. */
static void check_disk(const char *folder)
{
    char path[512];
    struct fault fault = {0};
    snprintf(path, sizeof path, "%s/store.gpkg", folder);
    struct store *store = open_good(path, STORE_WRITER);
    ck_assert_msg(store_check(store, &fault), "%s", fault.message);
    uint64_t latest = latest_of(store);
    ck_assert_uint_ge(latest, acknowledged);
    check_revision(store, latest);
    store_close(store);
    trial_count++;
}

static void lose_power(void)
{
    char folder[256];
    snprintf(folder, sizeof folder, "%s/trial", test_folder());
    is_watching = false;
    for (enum outcome outcome = 0; outcome < OUTCOMES; outcome++) {
        mkdir(folder, 0700);
        clear_folder(folder);
        for (int i = 0; i < DISK_FILES; i++) {
            if (disk[i].name[0]) {
                lay_out_file(&disk[i], folder, outcome);
            }
        }
        check_disk(folder);
    }
    is_watching = true;
}

static int lossy_close(sqlite3_file *base)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int lossy_read(sqlite3_file *base, void *bytes, int length, sqlite3_int64 offset)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xRead(real, bytes, length, offset);
}

static int lossy_write(sqlite3_file *base, const void *bytes, int length, sqlite3_int64 offset)
{
    struct lossy_file *file = (struct lossy_file *)base;
    if (file->disk_file) {
        remember(file->disk_file, offset, bytes, (size_t)length);
    }
    return file->real->pMethods->xWrite(file->real, bytes, length, offset);
}

static int lossy_truncate(sqlite3_file *base, sqlite3_int64 length)
{
    struct lossy_file *file = (struct lossy_file *)base;
    if (file->disk_file) {
        remember(file->disk_file, length, NULL, 0);
    }
    return file->real->pMethods->xTruncate(file->real, length);
}

static int lossy_sync(sqlite3_file *base, int flags)
{
    struct lossy_file *file = (struct lossy_file *)base;
    struct disk_file *disk_file = file->disk_file;
    if (!disk_file) {
        return file->real->pMethods->xSync(file->real, flags);
    }
    if (is_watching) {
        lose_power();
    }
    for (size_t i = 0; i < disk_file->pending_count; i++) {
        disk_file->synced = apply(disk_file->synced, &disk_file->synced_length, &disk_file->pending[i]);
    }
    forget_pending(disk_file);
    return SQLITE_OK; /* the real disk need not hurry */
}

static int lossy_size(sqlite3_file *base, sqlite3_int64 *size)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xFileSize(real, size);
}

static int lossy_lock(sqlite3_file *base, int level)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xLock(real, level);
}

static int lossy_unlock(sqlite3_file *base, int level)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xUnlock(real, level);
}

static int lossy_is_reserved(sqlite3_file *base, int *is_reserved)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xCheckReservedLock(real, is_reserved);
}

static int lossy_control(sqlite3_file *base, int operation, void *argument)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xFileControl(real, operation, argument);
}

static int lossy_sector_size(sqlite3_file *base)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xSectorSize(real);
}

static int lossy_characteristics(sqlite3_file *base)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xDeviceCharacteristics(real);
}

static int lossy_shm_map(sqlite3_file *base, int page, int page_bytes, int extend, void volatile **address)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xShmMap(real, page, page_bytes, extend, address);
}

static int lossy_shm_lock(sqlite3_file *base, int offset, int count, int flags)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xShmLock(real, offset, count, flags);
}

static void lossy_shm_barrier(sqlite3_file *base)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    real->pMethods->xShmBarrier(real);
}

static int lossy_shm_unmap(sqlite3_file *base, int is_delete)
{
    sqlite3_file *real = ((struct lossy_file *)base)->real;
    return real->pMethods->xShmUnmap(real, is_delete);
}

static const sqlite3_io_methods lossy_methods = {
    .iVersion = 2,
    .xClose = lossy_close,
    .xRead = lossy_read,
    .xWrite = lossy_write,
    .xTruncate = lossy_truncate,
    .xSync = lossy_sync,
    .xFileSize = lossy_size,
    .xLock = lossy_lock,
    .xUnlock = lossy_unlock,
    .xCheckReservedLock = lossy_is_reserved,
    .xFileControl = lossy_control,
    .xSectorSize = lossy_sector_size,
    .xDeviceCharacteristics = lossy_characteristics,
    .xShmMap = lossy_shm_map,
    .xShmLock = lossy_shm_lock,
    .xShmBarrier = lossy_shm_barrier,
    .xShmUnmap = lossy_shm_unmap,
};

static struct disk_file *watch(const char *path)
{
    struct disk_file *file = find_file(name_of(path));
    if (!file) {
        file = find_file("");
        ck_assert_ptr_nonnull(file);
        snprintf(file->name, sizeof file->name, "%s", name_of(path));
    }
    return file;
}

static int lossy_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out)
{
    struct lossy_file *file = (struct lossy_file *)base;
    file->real = (sqlite3_file *)(file + 1);
    file->base.pMethods = &lossy_methods;
    file->disk_file = is_watching && path ? watch(path) : NULL;
    return real_vfs->xOpen(real_vfs, path, file->real, flags, flags_out);
}

static int lossy_delete(sqlite3_vfs *vfs, const char *path, int is_synced)
{
    struct disk_file *file = is_watching ? find_file(name_of(path)) : NULL;
    if (file) {
        forget_pending(file);
        free(file->synced);
        *file = (struct disk_file){0};
    }
    return real_vfs->xDelete(real_vfs, path, is_synced);
}

static void make_lossy_vfs(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    lossy_vfs = *real_vfs;
    lossy_vfs.zName = "lossy";
    lossy_vfs.pNext = NULL;
    lossy_vfs.szOsFile = (int)sizeof(struct lossy_file) + real_vfs->szOsFile;
    lossy_vfs.xOpen = lossy_open;
    lossy_vfs.xDelete = lossy_delete;
    ck_assert_int_eq(sqlite3_vfs_register(&lossy_vfs, 1), SQLITE_OK);
}

START_TEST(what_was_acknowledged_is_there_after_a_loss_of_power_at_any_sync)
{
    const char *wanted = getenv("PLOTTAFEL_POWER_COMMITS");
    long commits = wanted ? strtol(wanted, NULL, 10) : test_rounds(160);
    seed = (unsigned)monotonic_now_us();
    printf("seed %u\n", seed);
    make_lossy_vfs();
    char *path = path_of("store.gpkg");
    struct fault fault = {0};
    struct disk_file *file;
    /* The empty store is made while nobody looks and is then taken as synced. */
    store_close(make_store(path));
    is_watching = true;
    file = watch(path);
    file->synced = memory_new(1 << 20, 1);
    FILE *made = fopen(path, "r");
    file->synced_length = fread(file->synced, 1, 1 << 20, made);
    fclose(made);
    struct store *store = open_good(path, STORE_WRITER);
    for (long i = 0; i < commits; i++) {
        uint64_t revision = acknowledged;
        ck_assert_msg(commit_next(store, &revision, &fault), "%s", fault.message);
        acknowledged = revision;
    }
    store_close(store);
    is_watching = false;
    printf("%ld commits, %ld losses of power\n", commits, trial_count);
    ck_assert_int_ge(trial_count, commits * OUTCOMES);
    sqlite3_vfs_unregister(&lossy_vfs);
    for (int i = 0; i < DISK_FILES; i++) {
        forget_pending(&disk[i]);
        free(disk[i].synced);
    }
    free(path);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("power loss");
    TCase *law = tcase_create("law 5");
    tcase_set_timeout(law, 600);
    tcase_add_test(law, what_was_acknowledged_is_there_after_a_loss_of_power_at_any_sync);
    suite_add_tcase(suite, law);
    return suite;
}
