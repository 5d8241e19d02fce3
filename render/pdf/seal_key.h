/*
 * seal_key.h - the key with which briefings are sealed: Ed25519, kept as PEM.
 *
 * Whoever has the private half can make documents that pass for ours: it belongs to the process that hands
 * them out, never to one that parses what others made.
 */
#ifndef RENDER_PDF_SEAL_KEY_H
#define RENDER_PDF_SEAL_KEY_H

#include <stdbool.h>
#include <stddef.h>

struct fault;
struct seal_key; /* immutable; safe from many threads */

#define SEAL_KEY_PUBLIC_BYTES 32
#define SEAL_KEY_SIGNATURE_BYTES 64
#define SEAL_KEY_NAME_BYTES 20 /* with the NUL */
#define SEAL_KEY_DIGEST_BYTES 32

/**
 * Reads the private key of a file, and makes it (mode 0600) when there is none. Several processes that start
 * at once end up with the same. Owned, seal_key_free(). NULL on fault: INPUT when the file holds no such key,
 * DENIED when others than its owner and group may read it.
 */
struct seal_key *seal_key_open(const char *path, struct fault *fault);

/** Reads the public half: of a file that holds just that, or the private key. Never makes one. */
struct seal_key *seal_key_read_public(const char *path, struct fault *fault);

/** A key of its 32 public bytes. NULL when they are none. */
struct seal_key *seal_key_of_public(const unsigned char bytes[static SEAL_KEY_PUBLIC_BYTES]);
void seal_key_free(struct seal_key *key);

bool seal_key_is_private(const struct seal_key *key);
void seal_key_public(const struct seal_key *key, unsigned char bytes[static SEAL_KEY_PUBLIC_BYTES]);

/** For people to compare: "3f9a 02c7 51be 88d0", from the SHA-256 of the public half. Returns text. */
char *seal_key_name(const struct seal_key *key, char text[static SEAL_KEY_NAME_BYTES]);

/** The public half as PEM, owned by the caller. */
char *seal_key_public_pem(const struct seal_key *key);

/** Signs with the private key. */
bool seal_key_sign(const struct seal_key *key, const void *bytes, size_t length,
                   unsigned char signature[static SEAL_KEY_SIGNATURE_BYTES]);
bool seal_key_verify(const struct seal_key *key, const void *bytes, size_t length,
                     const unsigned char signature[static SEAL_KEY_SIGNATURE_BYTES]);

/** SHA-256 of three runs of bytes after each other; a run may be empty. */
struct seal_key_run {
    const void *bytes;
    size_t length;
};
bool seal_key_digest(const struct seal_key_run *runs, size_t count,
                     unsigned char digest[static SEAL_KEY_DIGEST_BYTES]);

#endif
