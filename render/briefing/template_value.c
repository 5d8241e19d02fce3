#include "render/briefing/template_value.h"

#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/briefing/logo.h"

struct template template_bare(void)
{
    struct template template = {
        .paper = PAPER_A4,
        .kind = TEMPLATE_MAP,
        .colours = {.title = {24, 34, 44, 255}, .heading = {14, 62, 98, 255}, .moment = {14, 62, 98, 255}}};
    for (int turn = 0; turn < 2; turn++) {
        enum place *places = template.places[turn];
        for (int i = 0; i < ELEMENT_COUNT; i++) {
            places[i] = PLACE_OFF;
        }
        places[ELEMENT_TITLE] = PLACE_TOP_LEFT;
        places[ELEMENT_TIMES] = PLACE_TOP_RIGHT;
        places[ELEMENT_MARKING] = PLACE_TOP_RIGHT;
        places[ELEMENT_IDENTITY] = PLACE_BOTTOM_LEFT;
    }
    template.grids[0] = GRID_MAP;
    template.grid_count = 1;
    template.crs_code = memory_copy_text("");
    return template;
}

static struct multilingual copy_multilingual(const struct multilingual *text)
{
    struct multilingual copy = {{NULL}};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        copy.texts[i] = text->texts[i] ? memory_copy_text(text->texts[i]) : NULL;
    }
    return copy;
}

struct template template_copy(const struct template *template)
{
    struct template copy = *template;
    copy.id = template->id ? memory_copy_text(template->id) : NULL;
    copy.file = template->file ? memory_copy_text(template->file) : NULL;
    copy.crs_code = memory_copy_text(template->crs_code);
    copy.title = copy_multilingual(&template->title);
    copy.organisation = copy_multilingual(&template->organisation);
    copy.contact = copy_multilingual(&template->contact);
    copy.disclaimer = copy_multilingual(&template->disclaimer);
    copy.logo = logo_copy(template->logo);
    return copy;
}

void template_finish(struct template *template)
{
    free(template->id);
    free(template->file);
    free(template->crs_code);
    multilingual_finish(&template->title);
    multilingual_finish(&template->organisation);
    multilingual_finish(&template->contact);
    multilingual_finish(&template->disclaimer);
    logo_free(template->logo);
    *template = (struct template){0};
}
