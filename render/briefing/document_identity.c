#include "render/briefing/document_identity.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/plot.h"
#include "geo/base/moment.h"
#include "render/briefing/briefing.h"
#include "render/canvas/page.h"
#include "symbology/language.h"

/* Appends as much as there is room for. */
static void append(char *text, size_t size, const char *separator, const char *value)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used > 0 ? separator : "", value);
}

void document_identity_fill(struct document_identity *identity, const struct briefing_order *order,
                            enum marking marking, uint64_t checksum, struct page_metadata *metadata)
{
    *identity = (struct document_identity){.revision = ""};
    for (size_t i = 0; i < order->plot_count; i++) {
        const struct plot_title *title = plot_title(order->plots[i]);
        char revision[128];
        snprintf(revision, sizeof revision, "%s %" PRIu64, title->name, plot_revision(order->plots[i]));
        append(identity->revision, sizeof identity->revision, "; ", revision);
        append(identity->activity, sizeof identity->activity, "; ", title->activity);
    }
    moment_format(order->moment_ms, identity->moment);
    snprintf(identity->checksum, sizeof identity->checksum, "%016" PRIx64, checksum);
    metadata->language = language_code(order->language);
    metadata->id = order->id;
    metadata->activity = identity->activity[0] ? identity->activity : NULL;
    metadata->revision = identity->revision[0] ? identity->revision : NULL;
    metadata->moment = identity->moment[0] ? identity->moment : NULL;
    metadata->marking = marking_text(marking);
    metadata->checksum = identity->checksum;
    metadata->is_sealable = true;
}
