/*
 * seal_key.c - the only door to OpenSSL. Its words are caught here: a fault of a key file is one sentence.
 */
#include "render/pdf/seal_key.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"

#define KEY_FILE_MOST_BYTES 16384
#define NAME_BYTES 8 /* of the digest that a name shows */

struct seal_key {
    EVP_PKEY *pkey;
    bool is_private;
};

/* Takes pkey over. */
static struct seal_key *key_of(EVP_PKEY *pkey, bool is_private)
{
    struct seal_key *key = memory_new(1, sizeof *key);
    *key = (struct seal_key){pkey, is_private};
    return key;
}

void seal_key_free(struct seal_key *key)
{
    if (key) {
        EVP_PKEY_free(key->pkey);
        free(key);
    }
}

/* Nobody can type a passphrase here. */
static int refuse_passphrase(char *text, int size, int is_writing, void *context)
{
    return -1;
}

static struct seal_key *parse_key(const char *path, const char *bytes, size_t length, bool is_private,
                                  struct fault *fault)
{
    BIO *memory = BIO_new_mem_buf(bytes, (int)length);
    EVP_PKEY *pkey = is_private ? PEM_read_bio_PrivateKey(memory, NULL, refuse_passphrase, NULL)
                                : PEM_read_bio_PUBKEY(memory, NULL, refuse_passphrase, NULL);
    BIO_free(memory);
    if (pkey && EVP_PKEY_get_base_id(pkey) == EVP_PKEY_ED25519) {
        return key_of(pkey, is_private);
    }
    fault_set(fault, FAULT_INPUT, "'%s' holds no %s Ed25519 key in PEM%s", path,
              is_private ? "private" : "public", pkey ? ", but one of another kind" : "");
    EVP_PKEY_free(pkey);
    return NULL;
}

static struct seal_key *read_private(const char *path, struct fault *fault)
{
    struct stat status;
    size_t length = 0;
    char *bytes = file_read(path, KEY_FILE_MOST_BYTES, &length, fault);
    if (!bytes) {
        return NULL;
    }
    struct seal_key *key = parse_key(path, bytes, length, true, fault);
    explicit_bzero(bytes, length);
    free(bytes);
    if (key && stat(path, &status) == 0 && (status.st_mode & S_IRWXO)) {
        fault_set(
            fault, FAULT_DENIED,
            "'%s' is the key of our seals, and everybody on this machine may read or change it: make it "
            "mode 0600",
            path);
        seal_key_free(key);
        return NULL;
    }
    return key;
}

static bool write_pem(int descriptor, const EVP_PKEY *pkey)
{
    FILE *file = fdopen(descriptor, "wb");
    if (!file) {
        close(descriptor);
        return false;
    }
    bool is_written = PEM_write_PKCS8PrivateKey(file, pkey, NULL, NULL, 0, NULL, NULL) == 1;
    is_written = fflush(file) == 0 && fsync(fileno(file)) == 0 && is_written;
    return fclose(file) == 0 && is_written;
}

/* A new key under a name that nobody had; of several that do so at once one stays, and all read that one. */
static bool make_key(const char *path, struct fault *fault)
{
    char draft[4096];
    if (snprintf(draft, sizeof draft, "%s.XXXXXX", path) >= (int)sizeof draft) {
        fault_set(fault, FAULT_INPUT, "the path of the key is too long");
        return false;
    }
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    int descriptor = pkey ? mkostemp(draft, O_CLOEXEC) : -1; /* mode 0600 */
    bool is_made = descriptor >= 0 && write_pem(descriptor, pkey);
    is_made = is_made && (link(draft, path) == 0 || errno == EEXIST);
    if (!is_made) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot make the key of the seals, '%s': %s", path,
                  pkey ? strerror(errno) : "no random numbers");
    }
    if (descriptor >= 0) {
        unlink(draft);
    }
    EVP_PKEY_free(pkey);
    return is_made;
}

struct seal_key *seal_key_open(const char *path, struct fault *fault)
{
    if (!file_exists(path) && !make_key(path, fault)) {
        return NULL;
    }
    return read_private(path, fault);
}

struct seal_key *seal_key_read_public(const char *path, struct fault *fault)
{
    size_t length = 0;
    char *bytes = file_read(path, KEY_FILE_MOST_BYTES, &length, fault);
    if (!bytes) {
        return NULL;
    }
    bool is_private = strstr(bytes, "PRIVATE KEY") != NULL;
    struct seal_key *key = parse_key(path, bytes, length, is_private, fault);
    explicit_bzero(bytes, length);
    free(bytes);
    return key;
}

struct seal_key *seal_key_of_public(const unsigned char bytes[static SEAL_KEY_PUBLIC_BYTES])
{
    EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, SEAL_KEY_PUBLIC_BYTES);
    return pkey ? key_of(pkey, false) : NULL;
}

bool seal_key_is_private(const struct seal_key *key)
{
    return key->is_private;
}

void seal_key_public(const struct seal_key *key, unsigned char bytes[static SEAL_KEY_PUBLIC_BYTES])
{
    size_t length = SEAL_KEY_PUBLIC_BYTES;
    int is_there = EVP_PKEY_get_raw_public_key(key->pkey, bytes, &length);
    assert(is_there == 1 && length == SEAL_KEY_PUBLIC_BYTES);
}

char *seal_key_name(const struct seal_key *key, char text[static SEAL_KEY_NAME_BYTES])
{
    unsigned char public[SEAL_KEY_PUBLIC_BYTES];
    unsigned char digest[SEAL_KEY_DIGEST_BYTES] = {0};
    seal_key_public(key, public);
    seal_key_digest(&(struct seal_key_run){public, sizeof public}, 1, digest);
    size_t used = 0;
    for (size_t i = 0; i < NAME_BYTES; i++) {
        const char *gap = i > 0 && i % 2 == 0 ? " " : "";
        used += (size_t)snprintf(text + used, SEAL_KEY_NAME_BYTES - used, "%s%02x", gap, digest[i]);
    }
    return text;
}

char *seal_key_public_pem(const struct seal_key *key)
{
    BIO *memory = BIO_new(BIO_s_mem());
    int is_written = PEM_write_bio_PUBKEY(memory, key->pkey);
    assert(is_written == 1);
    char *bytes = NULL;
    long length = BIO_get_mem_data(memory, &bytes);
    char *text = memory_copy_bytes(bytes, (size_t)length);
    BIO_free(memory);
    return text;
}

bool seal_key_sign(const struct seal_key *key, const void *bytes, size_t length,
                   unsigned char signature[static SEAL_KEY_SIGNATURE_BYTES])
{
    assert(key->is_private);
    size_t signature_length = SEAL_KEY_SIGNATURE_BYTES;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_signed = context && EVP_DigestSignInit(context, NULL, NULL, NULL, key->pkey) == 1 &&
                     EVP_DigestSign(context, signature, &signature_length, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    return is_signed && signature_length == SEAL_KEY_SIGNATURE_BYTES;
}

bool seal_key_verify(const struct seal_key *key, const void *bytes, size_t length,
                     const unsigned char signature[static SEAL_KEY_SIGNATURE_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_right = context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key->pkey) == 1 &&
                    EVP_DigestVerify(context, signature, SEAL_KEY_SIGNATURE_BYTES, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    return is_right;
}

bool seal_key_digest(const struct seal_key_run *runs, size_t count,
                     unsigned char digest[static SEAL_KEY_DIGEST_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_made = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    for (size_t i = 0; is_made && i < count; i++) {
        is_made = EVP_DigestUpdate(context, runs[i].bytes, runs[i].length) == 1;
    }
    is_made = is_made && EVP_DigestFinal_ex(context, digest, NULL) == 1;
    EVP_MD_CTX_free(context);
    return is_made;
}
