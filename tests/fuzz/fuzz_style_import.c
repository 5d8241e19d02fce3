/* Styles of others, SLD or Mapbox; what is made of them is a style of ours without a problem. */
#include "tests/fuzz/fuzz.h"

#include "geo/base/buffer.h"
#include "geo/base/yaml.h"
#include "symbology/import/style_import.h"
#include "symbology/import/style_losses.h"
#include "symbology/style.h"

#define YAML_MOST_BYTES (32u << 20)

static bool is_one_style(const struct yaml_node *root)
{
    return yaml_find(root, "rules") || yaml_find(root, "raster");
}

static void read_back(const struct buffer *yaml)
{
    struct problems problems;
    problems_init(&problems);
    struct yaml_document *document = yaml_document_parse("style", yaml->bytes, yaml->length, &problems);
    const struct yaml_node *root = document ? yaml_document_root(document) : NULL;
    if (root && is_one_style(root)) {
        style_free(style_read(root, &problems));
    }
    for (size_t i = 0; root && !is_one_style(root) && i < yaml_count(root); i++) {
        style_free(style_read(yaml_at(root, i), &problems));
    }
    problems_print(&problems, stderr);
    assert(document && problems.count == 0);
    yaml_document_free(document);
    problems_finish(&problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault;
    struct style_losses losses;
    struct buffer yaml;
    char *text = fuzz_text(data, size);
    struct style_import import = {.name = "style", .text = text, .length = size};
    buffer_init(&yaml, YAML_MOST_BYTES);
    style_losses_init(&losses, "style");
    if (style_import(&import, &losses, &yaml, &fault)) {
        read_back(&yaml);
    }
    style_losses_finish(&losses);
    buffer_finish(&yaml);
    free(text);
    return 0;
}
