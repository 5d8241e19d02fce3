/*
 * pdf_metadata.c - PDF/A wants every property of a schema that it does not know described in the packet:
 * those of PDF/UA and ours.
 */
#include "render/pdf/pdf_metadata.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/pdf/pdf_seal.h"

#define PACKET_BYTES_MAX (1 << 20)
#define OUR_NAMESPACE "https://plottafel.nl/ns/1.0/"

struct property {
    const char *name;
    const char *text; /* NULL: left out */
    const char *about;
};

#define PROPERTY_COUNT 9

/** Ours, in the order in which they stand in the packet. */
static void our_properties(const struct page_metadata *metadata, struct property list[PROPERTY_COUNT])
{
    const struct property all[PROPERTY_COUNT] = {
        {"id", metadata->id, "Name of the briefing in the archive"},
        {"template", metadata->template_id, "Template that it was made with"},
        {"activity", metadata->activity, "Incident or exercise"},
        {"revision", metadata->revision, "Revision of each plot that is shown"},
        {"moment", metadata->moment, "Situation as of this moment"},
        {"marking", metadata->marking, "Highest marking of what is shown"},
        {"checksum", metadata->checksum, "Checksum of the data that are shown"},
        {"language", metadata->language, "Language of the texts"},
        {"seal", metadata->is_sealable ? "" : NULL, "Public key and signature of the maker"}};
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        list[i] = all[i];
    }
}

static void append_element(struct buffer *out, const char *name, const char *text)
{
    if (text) {
        buffer_appendf(out, "<%s>", name);
        buffer_append_xml(out, text);
        buffer_appendf(out, "</%s>\n", name);
    }
}

static void append_wrapped(struct buffer *out, const char *name, const char *list, const char *attribute,
                           const char *text)
{
    if (text) {
        buffer_appendf(out, "<%s><rdf:%s><rdf:li%s>", name, list, attribute);
        buffer_append_xml(out, text);
        buffer_appendf(out, "</rdf:li></rdf:%s></%s>\n", list, name);
    }
}

static void append_general(struct buffer *out, const struct page_metadata *metadata, const char *program,
                           const char *type)
{
    static const char any_language[] = " xml:lang=\"x-default\"";
    char made[32];
    moment_format(metadata->made_ms == MOMENT_NONE ? 0 : metadata->made_ms - metadata->made_ms % 1000, made);
    append_element(out, "dc:format", type);
    append_wrapped(out, "dc:title", "Alt", any_language, metadata->title);
    append_wrapped(out, "dc:creator", "Seq", "", metadata->author);
    append_wrapped(out, "dc:description", "Alt", any_language, metadata->subject);
    append_wrapped(out, "dc:language", "Bag", "", metadata->language);
    append_element(out, "pdf:Keywords", metadata->keywords);
    append_element(out, "xmp:CreatorTool", program);
    append_element(out, "xmp:CreateDate", made);
}

static void append_identification(struct buffer *out)
{
    buffer_append_text(out, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n"
                            "<pdfuaid:part>1</pdfuaid:part>\n");
}

/** Zeros where the seal comes. */
static void append_seal(struct buffer *out)
{
    buffer_append_text(out, PDF_SEAL_BEGIN);
    for (int i = 0; i < PDF_SEAL_DIGITS; i++) {
        buffer_append(out, "0", 1);
    }
    buffer_append_text(out, PDF_SEAL_END "\n");
}

static void append_ours(struct buffer *out, const struct property *list)
{
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char name[64];
        snprintf(name, sizeof name, "plottafel:%s", list[i].name);
        if (strcmp(list[i].name, "seal") != 0) {
            append_element(out, name, list[i].text);
        } else if (list[i].text) {
            append_seal(out);
        }
    }
}

static void begin_schema(struct buffer *out, const char *title, const char *address, const char *prefix)
{
    buffer_appendf(out,
                   "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>%s</pdfaSchema:schema>\n"
                   "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n"
                   "<pdfaSchema:prefix>%s</pdfaSchema:prefix>\n<pdfaSchema:property><rdf:Seq>\n",
                   title, address, prefix);
}

static void append_property(struct buffer *out, const char *name, const char *type, const char *about)
{
    buffer_appendf(out,
                   "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>%s</pdfaProperty:name>"
                   "<pdfaProperty:valueType>%s</pdfaProperty:valueType>"
                   "<pdfaProperty:category>internal</pdfaProperty:category>"
                   "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li>\n",
                   name, type, about);
}

static void end_schema(struct buffer *out)
{
    buffer_append_text(out, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
}

static void append_schemas(struct buffer *out, const struct property *list)
{
    buffer_append_text(out, "<pdfaExtension:schemas><rdf:Bag>\n");
    begin_schema(out, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid");
    append_property(out, "part", "Integer", "Part of ISO 14289 that the document keeps");
    end_schema(out);
    begin_schema(out, "Plottafel", OUR_NAMESPACE, "plottafel");
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        append_property(out, list[i].name, "Text", list[i].about);
    }
    end_schema(out);
    buffer_append_text(out, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static void open_packet(struct buffer *out)
{
    buffer_append_text(out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                            "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                            " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                            " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                            " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
                            " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
                            " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
                            " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
                            " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"\n"
                            " xmlns:plottafel=\"" OUR_NAMESPACE "\">\n");
}

static void close_packet(struct buffer *out)
{
    buffer_append_text(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}

char *pdf_metadata_packet(const struct page_metadata *metadata, const char *program, size_t *length)
{
    struct property list[PROPERTY_COUNT];
    struct buffer out;
    our_properties(metadata, list);
    buffer_init(&out, PACKET_BYTES_MAX);
    open_packet(&out);
    append_general(&out, metadata, program, "application/pdf");
    append_identification(&out);
    append_ours(&out, list);
    append_schemas(&out, list);
    close_packet(&out);
    return buffer_take(&out, length);
}

char *pdf_metadata_packet_of_picture(const struct page_metadata *metadata, const char *program,
                                     const char *type, size_t *length)
{
    struct property list[PROPERTY_COUNT];
    struct buffer out;
    struct page_metadata unsealed = *metadata;
    unsealed.is_sealable = false;
    our_properties(&unsealed, list);
    buffer_init(&out, PACKET_BYTES_MAX);
    open_packet(&out);
    append_general(&out, &unsealed, program, type);
    append_ours(&out, list);
    close_packet(&out);
    return buffer_take(&out, length);
}

struct page_metadata pdf_metadata_copy(const struct page_metadata *metadata)
{
    struct page_metadata copy = {.made_ms = MOMENT_NONE};
    if (!metadata) {
        return copy;
    }
    copy = *metadata;
    const char **const texts[] = {&copy.title,    &copy.author,  &copy.subject,     &copy.keywords,
                                  &copy.language, &copy.id,      &copy.template_id, &copy.activity,
                                  &copy.revision, &copy.marking, &copy.checksum,    &copy.moment};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = memory_copy_text(*texts[i]);
    }
    return copy;
}

void pdf_metadata_finish(struct page_metadata *copy)
{
    const char *const texts[] = {copy->title,    copy->author,  copy->subject,     copy->keywords,
                                 copy->language, copy->id,      copy->template_id, copy->activity,
                                 copy->revision, copy->marking, copy->checksum,    copy->moment};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        free((void *)(uintptr_t)texts[i]);
    }
    *copy = (struct page_metadata){.made_ms = MOMENT_NONE};
}
