/*
 * yaml_text.h - texts and numbers as YAML, so that what came from outside reads back as it was.
 */
#ifndef SYMBOLOGY_IMPORT_YAML_TEXT_H
#define SYMBOLOGY_IMPORT_YAML_TEXT_H

struct buffer;

/** A key or value: plain where it is a simple word or number, else in quotes. */
void yaml_append_text(struct buffer *yaml, const char *text);

/** Text of a comment: one line without characters that YAML forbids. */
void yaml_append_comment(struct buffer *yaml, const char *text);

/** A length in px, rounded to hundredths. */
void yaml_append_px(struct buffer *yaml, double px);

/** Any finite number, in full. */
void yaml_append_number(struct buffer *yaml, double number);

#endif
