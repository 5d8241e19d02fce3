/*
 * command_templates.c - plottafel templates: what briefings can look like.
 */
#include <stdio.h>

#include "geo/base/problems.h"
#include "render/briefing/template.h"
#include "render/service/command/command.h"
#include "render/service/command/options.h"
#include "render/service/config.h"

static void print_template(const struct template *template)
{
    const struct template_frame *frame = &template->frame;
    printf("%-20s %s %s  %s", template->id, paper_name(template->paper),
           template->is_landscape ? "landscape" : "portrait ",
           multilingual_text(&template->title, LANGUAGE_EN));
    if (template->scale_denominator > 0) {
        printf(", 1:%.10g", template->scale_denominator);
    }
    if (frame->width_mm > 0) {
        printf(", map of %.10g x %.10g mm", frame->width_mm, frame->height_mm);
    }
    printf("  (%s)\n", template->file);
}

static int run(const struct options *options)
{
    struct config *config = command_read_config(options);
    if (!config) {
        return COMMAND_FAULT;
    }
    for (size_t i = 0; i < templates_count(config->templates); i++) {
        print_template(templates_at(config->templates, i));
    }
    problems_print(&config->template_problems, stderr);
    config_free(config);
    return COMMAND_OK;
}

const struct command command_templates = {
    .name = "templates",
    .sentence = "Lists the templates of briefings: the program's own and those of the configuration",
    .notes =
        "A template with mistakes cannot be ordered, nor can those that extend it: it is not in the list,\n"
        "and its mistakes are named on stderr with file, line and field.\n",
    .example = "plottafel templates",
    .run = run,
};
