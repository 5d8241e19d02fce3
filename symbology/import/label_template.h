/*
 * label_template.h - texts and attributes from elsewhere as the template of a label: "{name}[ ({ref})]"
 * (style.h).
 *
 * All are owned by the caller.
 */
#ifndef SYMBOLOGY_IMPORT_LABEL_TEMPLATE_H
#define SYMBOLOGY_IMPORT_LABEL_TEMPLATE_H

/** "{name}"; NULL for a name that a template cannot hold. */
char *label_template_of_attribute(const char *name);

/** The text as it is, its braces and brackets doubled. */
char *label_template_of_text(const char *text);

/** A text with attributes in braces, as in "{name} ({ref})". */
char *label_template_of_tokens(const char *text);

#endif
