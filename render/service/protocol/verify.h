/*
 * verify.h - is this briefing authentic, and is there a newer situation? /verify, /verify/{id} (what the QR
 * code on paper opens), and the public key of the seals.
 */
#ifndef RENDER_SERVICE_VERIFY_H
#define RENDER_SERVICE_VERIFY_H

struct exchange;
struct service;

/** The page to check a file with. */
void verify_handle_form(struct service *service, struct exchange *exchange);

/** A PDF, as the body or as the file of a form: what `plottafel verify` says of it. */
void verify_handle_file(struct service *service, struct exchange *exchange);

/** What is known of a briefing by its id. */
void verify_handle_id(struct service *service, struct exchange *exchange);

/** The public half of the key, PEM. */
void verify_handle_key(struct service *service, struct exchange *exchange);

#endif
