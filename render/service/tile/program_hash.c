/*
 * program_hash.c - the linker writes an id of their content into programs and libraries (a GNU build id
 * note). It is found in what is loaded, so no file is read. Only libraries that have to do with pictures
 * count: a newer OpenSSL draws nothing else.
 */
#include "render/service/tile/program_hash.h"

#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "geo/base/hash.h"

static const char *const libraries[] = {
    "libcairo.",    "libdeflate.", "libfontconfig.", "libfreetype.", "libgdal.",   "libgeos",
    "libharfbuzz.", "libisal.",    "libjpeg.",       "libpango",     "libpixman-", "libpng",
    "libproj.",     "librsvg-",    "libtiff.",       "libturbojpeg", "libwebp",    "libz.",
};

/** The name of the program itself is empty. */
static bool counts(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (*name == '\0') {
        return true;
    }
    for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++) {
        if (strncmp(name, libraries[i], strlen(libraries[i])) == 0) {
            return true;
        }
    }
    return false;
}

static size_t padded(size_t length)
{
    return (length + 3) & ~(size_t)3;
}

/** Looks through the notes of one segment. */
static uint64_t hash_notes(uint64_t hash, const char *bytes, size_t length)
{
    size_t at = 0;
    while (at + sizeof(ElfW(Nhdr)) <= length) {
        ElfW(Nhdr) note;
        memcpy(&note, bytes + at, sizeof(note));
        size_t content = at + sizeof(note) + padded(note.n_namesz);
        size_t end = content + padded(note.n_descsz);
        if (end > length) {
            break;
        }
        bool is_gnu = note.n_namesz == 4 && memcmp(bytes + at + sizeof(note), "GNU", 4) == 0;
        if (is_gnu && note.n_type == NT_GNU_BUILD_ID) {
            hash = hash_bytes(hash, bytes + content, note.n_descsz);
        }
        at = end;
    }
    return hash;
}

static int add_object(struct dl_phdr_info *info, size_t size, void *context)
{
    uint64_t *sum = context;
    (void)size;
    if (!counts(info->dlpi_name)) {
        return 0;
    }
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_NOTE) {
            hash = hash_notes(hash, (const char *)(info->dlpi_addr + part->p_vaddr), part->p_memsz);
        }
    }
    *sum += hash; /* in whatever order they were loaded */
    return 0;
}

uint64_t program_hash(void)
{
    uint64_t sum = 0;
    dl_iterate_phdr(add_object, &sum);
    return hash_bytes(hash_text(HASH_START, PLOTTAFEL_VERSION), &sum, sizeof(sum));
}
