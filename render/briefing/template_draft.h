/*
 * template_draft.h - the files of templates on their way to templates, each with its own mistakes.
 */
#ifndef RENDER_BRIEFING_TEMPLATE_DRAFT_H
#define RENDER_BRIEFING_TEMPLATE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/problems.h"
#include "render/briefing/template.h"

struct crs_context;   /* geo/crs.h */
struct yaml_document; /* geo/base/yaml.h */

enum template_draft_state { TEMPLATE_DRAFT_NEW, TEMPLATE_DRAFT_OPEN, TEMPLATE_DRAFT_DONE };

struct template_draft {
    char *id;                       /* owned */
    char *file;                     /* owned */
    char *parent;                   /* the id that it extends; "": none; owned */
    struct yaml_document *document; /* owned; NULL: no YAML */
    uint64_t hash;                  /* of the file's bytes */
    struct template template;
    struct problems problems; /* of this file alone */
    bool is_own;              /* part of the program */
    enum template_draft_state state;
    int depth;    /* of it and what it extends, when done */
    bool is_good; /* neither it nor what it extends has a mistake */
};

struct template_drafts {
    struct template_draft *items; /* owned */
    size_t count;
    struct crs_context *context; /* owned; made when a file names a CRS */
    struct problems *problems;   /* borrowed; mistakes that are of no draft */
};

/** Adds the program's own, then those of a folder. */
void template_drafts_add_own(struct template_drafts *drafts);
void template_drafts_add_folder(struct template_drafts *drafts, const char *folder);

/** Reads each over what it extends, whichever comes first. */
void template_drafts_resolve(struct template_drafts *drafts);
void template_drafts_finish(struct template_drafts *drafts);

#endif
