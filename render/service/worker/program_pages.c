/*
 * program_pages.c - segments that cannot be written to are as the files have them, so letting go of their
 * pages loses nothing. What was written while libraries were bound stays.
 */
#include "render/service/worker/program_pages.h"

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static void give_back(uintptr_t from, uintptr_t to)
{
    uintptr_t page_bytes = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = (from + page_bytes - 1) & ~(page_bytes - 1);
    uintptr_t end = to & ~(page_bytes - 1);
    if (first < end) {
        madvise((void *)first, end - first, MADV_DONTNEED); /* where that is refused they stay */
    }
}

/* Was code changed when it was bound? No library of Debian is built like that. */
static bool has_text_relocations(const struct dl_phdr_info *object)
{
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_DYNAMIC) {
            continue;
        }
        const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + segment->p_vaddr);
        for (; entry->d_tag != DT_NULL; entry++) {
            bool has_flag = entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL);
            if (entry->d_tag == DT_TEXTREL || has_flag) {
                return true;
            }
        }
    }
    return false;
}

static int visit_object(struct dl_phdr_info *object, size_t size, void *context)
{
    (void)size;
    (void)context;
    bool is_as_its_file = !has_text_relocations(object);
    for (size_t i = 0; is_as_its_file && i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type == PT_LOAD && !(segment->p_flags & PF_W)) {
            uintptr_t from = object->dlpi_addr + segment->p_vaddr;
            give_back(from, from + segment->p_memsz);
        }
    }
    return 0;
}

void program_pages_give_back(void)
{
    dl_iterate_phdr(visit_object, NULL);
}
