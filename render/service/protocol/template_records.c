#include "render/service/protocol/template_records.h"

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/briefing/layout.h"
#include "render/briefing/template.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/service.h"

#define RECORDS_MAX_BYTES (1u << 20)

static void append_languages(struct buffer *json, const struct template *template)
{
    const struct language_pair *pair = &template->languages;
    buffer_appendf(json, ",\"languages\":[\"%s\"", language_code(pair->first));
    if (pair->has_second) {
        buffer_appendf(json, ",\"%s\"", language_code(pair->second));
    }
    buffer_append_text(json, "]");
}

static void append_box(struct buffer *json, const char *name, struct bbox box)
{
    buffer_appendf(json, ",\"%s\":[%.2f,%.2f,%.2f,%.2f]", name, box.min_x, box.min_y, box.max_x, box.max_y);
}

/** Where the map lies on each paper that has room for it: what a preview frames before anything is drawn. */
static void append_sizes(struct buffer *json, const struct template *template)
{
    const char *separator = "";
    buffer_append_text(json, ",\"sizes\":[");
    for (int i = 0; i < 2 * PAPER_COUNT; i++) {
        struct layout_sheet sheet = {
            .template = template, .paper = (enum paper)(i / 2), .is_landscape = i % 2};
        struct layout layout;
        struct fault fault;
        if (!layout_frame(sheet, &layout, &fault)) {
            continue;
        }
        buffer_appendf(json, "%s{\"paper\":\"%s\",\"landscape\":%s", separator, paper_name(sheet.paper),
                       sheet.is_landscape ? "true" : "false");
        append_box(json, "page_mm", layout.furniture.page);
        append_box(json, "map_mm", layout.maps[0]);
        buffer_append_text(json, "}");
        separator = ",";
    }
    buffer_append_text(json, "]");
}

static void append_template(struct buffer *json, const struct template *template)
{
    static const char *const kinds[] = {
        [TEMPLATE_MAP] = "map", [TEMPLATE_ATLAS] = "atlas", [TEMPLATE_COMPARISON] = "comparison"};
    buffer_append_text(json, "{\"id\":");
    buffer_append_json(json, template->id);
    buffer_append_text(json, ",\"title\":");
    json_append_multilingual(json, &template->title);
    buffer_append_text(json, ",\"organisation\":");
    json_append_multilingual(json, &template->organisation);
    buffer_appendf(json, ",\"kind\":\"%s\",\"paper\":\"%s\",\"landscape\":%s", kinds[template->kind],
                   paper_name(template->paper), template->is_landscape ? "true" : "false");
    if (template->scale_denominator > 0) {
        buffer_appendf(json, ",\"scale\":%.10g", template->scale_denominator);
    }
    if (template->crs_code[0]) {
        buffer_append_text(json, ",\"crs\":");
        buffer_append_json(json, template->crs_code);
    }
    if (template->has_languages) {
        append_languages(json, template);
    }
    append_sizes(json, template);
    buffer_append_text(json, "}");
}

void template_handle_list(struct service *service, struct exchange *exchange)
{
    const struct templates *templates = service->config->templates;
    struct buffer json;
    buffer_init(&json, RECORDS_MAX_BYTES);
    buffer_append_text(&json, "{\"templates\":[");
    for (size_t i = 0; i < templates_count(templates); i++) {
        buffer_append_text(&json, i ? ",\n" : "\n");
        append_template(&json, templates_at(templates, i));
    }
    buffer_append_text(&json, "\n]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}
