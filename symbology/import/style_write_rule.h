/*
 * style_write_rule.h - one rule as YAML.
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_WRITE_RULE_H
#define SYMBOLOGY_IMPORT_STYLE_WRITE_RULE_H

struct arranged_rule;
struct buffer;
struct style_losses;

/** Appends "- title: …" and its other fields, each line behind so many blanks. */
void style_write_rule(const struct arranged_rule *rule, int indent, struct style_losses *losses,
                      struct buffer *yaml);

#endif
