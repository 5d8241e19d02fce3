/*
 * test_pdf_seal.c - a seal holds for the very bytes it was made for, and for no others.
 */
#include "render/pdf/pdf_seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/pdf/pdf_facts.h"
#include "tests/support/runner.h"

static struct seal_key *open_key(const char *name)
{
    char path[256];
    struct fault fault;
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    struct seal_key *key = seal_key_open(path, &fault);
    ck_assert_msg(key != NULL, "%s", fault.message);
    return key;
}

/* A PDF as far as a seal is concerned; with a title of one's own. */
static char *make_document(const char *title, size_t *length)
{
    struct buffer buffer;
    buffer_init(&buffer, 100000);
    buffer_append_text(&buffer, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nstream\n<?xpacket begin=''?>");
    buffer_appendf(&buffer, "<dc:title>%s</dc:title>" PDF_SEAL_BEGIN, title);
    for (size_t i = 0; i < PDF_SEAL_DIGITS; i++) {
        buffer_append_text(&buffer, "0");
    }
    buffer_append_text(&buffer, PDF_SEAL_END "<?xpacket end='w'?>\nendstream\nendobj\ntrailer\n%%EOF\n");
    return buffer_take(&buffer, length);
}

static char *make_sealed(const char *title, const struct seal_key *key, size_t *length)
{
    struct fault fault;
    char *bytes = make_document(title, length);
    ck_assert_msg(pdf_seal(bytes, *length, key, &fault), "%s", fault.message);
    return bytes;
}

static enum pdf_seal_verdict verdict_of(const char *bytes, size_t length, const struct seal_key *key)
{
    return pdf_seal_check(bytes, length, key).verdict;
}

START_TEST(a_sealed_document_is_authentic_and_as_long_as_before)
{
    struct seal_key *key = open_key("key.pem");
    size_t length, sealed_length;
    char *plain = make_document("Situatie", &length);
    char *sealed = make_sealed("Situatie", key, &sealed_length);
    ck_assert_uint_eq(length, sealed_length);
    struct pdf_seal_finding finding = pdf_seal_check(sealed, sealed_length, key);
    ck_assert_int_eq(finding.verdict, PDF_SEAL_AUTHENTIC);
    char name[SEAL_KEY_NAME_BYTES];
    ck_assert_str_eq(finding.key_name, seal_key_name(key, name));
    ck_assert_int_eq(verdict_of(plain, length, key), PDF_SEAL_UNSEALED);
    free(plain);
    free(sealed);
    seal_key_free(key);
}
END_TEST

START_TEST(the_same_document_and_key_give_the_same_bytes)
{
    struct seal_key *key = open_key("key.pem");
    struct seal_key *again = open_key("key.pem");
    size_t length, again_length;
    char *first = make_sealed("Situatie", key, &length);
    char *second = make_sealed("Situatie", again, &again_length);
    ck_assert_uint_eq(length, again_length);
    ck_assert_mem_eq(first, second, length);
    free(first);
    free(second);
    seal_key_free(key);
    seal_key_free(again);
}
END_TEST

START_TEST(no_byte_can_be_changed_in_any_bit)
{
    struct seal_key *key = open_key("key.pem");
    size_t length;
    char *bytes = make_sealed("Situatie", key, &length);
    for (size_t i = 0; i < length * 8; i++) {
        bytes[i / 8] ^= (char)(1 << i % 8);
        struct pdf_seal_finding finding = pdf_seal_check(bytes, length, key);
        ck_assert_msg(finding.verdict != PDF_SEAL_AUTHENTIC, "bit %zu", i);
        ck_assert_msg(finding.verdict != PDF_SEAL_OTHER_KEY, "bit %zu", i);
        ck_assert_msg(finding.detail != PDF_SEAL_WHOLE, "bit %zu", i);
        bytes[i / 8] ^= (char)(1 << i % 8);
    }
    ck_assert_int_eq(verdict_of(bytes, length, key), PDF_SEAL_AUTHENTIC);
    free(bytes);
    seal_key_free(key);
}
END_TEST

START_TEST(a_document_cut_anywhere_is_never_authentic)
{
    struct seal_key *key = open_key("key.pem");
    size_t length;
    char *bytes = make_sealed("Situatie", key, &length);
    struct pdf_seal_finding early = pdf_seal_check(bytes, 50, key);
    ck_assert_int_eq(early.detail, PDF_SEAL_CUT);
    for (size_t cut = 0; cut < length; cut++) {
        enum pdf_seal_verdict verdict = verdict_of(bytes, cut, key);
        ck_assert_msg(verdict != PDF_SEAL_AUTHENTIC && verdict != PDF_SEAL_OTHER_KEY, "cut at %zu", cut);
    }
    free(bytes);
    seal_key_free(key);
}
END_TEST

START_TEST(an_appended_update_is_named_with_its_size)
{
    struct seal_key *key = open_key("key.pem");
    size_t length;
    char *bytes = make_sealed("Situatie", key, &length);
    char update[] = "5 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n";
    char *longer = malloc(length + sizeof update - 1);
    memcpy(longer, bytes, length);
    memcpy(longer + length, update, sizeof update - 1);
    struct pdf_seal_finding finding = pdf_seal_check(longer, length + sizeof update - 1, key);
    ck_assert_int_eq(finding.verdict, PDF_SEAL_ALTERED);
    char reason[PDF_SEAL_REASON_BYTES];
    ck_assert_uint_eq(finding.appended_bytes, sizeof update - 1);
    ck_assert_str_eq(pdf_seal_reason(&finding, reason), "41 bytes follow the end of the PDF");
    free(longer);
    free(bytes);
    seal_key_free(key);
}
END_TEST

START_TEST(one_blank_line_at_the_end_is_an_alteration_too)
{
    struct seal_key *key = open_key("key.pem");
    size_t length;
    char *bytes = realloc(make_sealed("Situatie", key, &length), 4096);
    bytes[length] = '\n';
    ck_assert_int_eq(verdict_of(bytes, length + 1, key), PDF_SEAL_ALTERED);
    free(bytes);
    seal_key_free(key);
}
END_TEST

START_TEST(the_seal_of_one_document_does_not_fit_another)
{
    struct seal_key *key = open_key("key.pem");
    size_t length, other_length;
    char *bytes = make_sealed("Situatie A", key, &length);
    char *other = make_sealed("Situatie B", key, &other_length);
    char *from = memmem(bytes, length, PDF_SEAL_BEGIN, strlen(PDF_SEAL_BEGIN));
    char *to = memmem(other, other_length, PDF_SEAL_BEGIN, strlen(PDF_SEAL_BEGIN));
    memcpy(to, from, strlen(PDF_SEAL_BEGIN) + PDF_SEAL_DIGITS);
    ck_assert_int_eq(verdict_of(other, other_length, key), PDF_SEAL_ALTERED);
    free(bytes);
    free(other);
    seal_key_free(key);
}
END_TEST

START_TEST(a_document_sealed_by_somebody_else_is_told_from_an_altered_one)
{
    struct seal_key *ours = open_key("key.pem");
    struct seal_key *theirs = open_key("theirs.pem");
    size_t length;
    char *bytes = make_sealed("Situatie", theirs, &length);
    ck_assert_int_eq(verdict_of(bytes, length, ours), PDF_SEAL_OTHER_KEY);
    ck_assert_int_eq(verdict_of(bytes, length, NULL), PDF_SEAL_OTHER_KEY);
    ck_assert_int_eq(verdict_of(bytes, length, theirs), PDF_SEAL_AUTHENTIC);
    bytes[10] ^= 1;
    ck_assert_int_eq(verdict_of(bytes, length, ours), PDF_SEAL_ALTERED);
    free(bytes);
    seal_key_free(ours);
    seal_key_free(theirs);
}
END_TEST

START_TEST(a_document_with_two_fields_is_neither_sealed_nor_trusted)
{
    struct seal_key *key = open_key("key.pem");
    struct fault fault;
    size_t length;
    char *bytes = make_document(PDF_SEAL_BEGIN, &length);
    ck_assert(!pdf_seal(bytes, length, key, &fault));
    ck_assert_msg(strstr(fault.message, "more than one") != NULL, "%s", fault.message);
    ck_assert_int_eq(verdict_of(bytes, length, key), PDF_SEAL_ALTERED);
    free(bytes);
    seal_key_free(key);
}
END_TEST

START_TEST(a_sealed_document_is_not_sealed_again)
{
    struct seal_key *key = open_key("key.pem");
    struct fault fault;
    size_t length;
    char *bytes = make_sealed("Situatie", key, &length);
    ck_assert(!pdf_seal(bytes, length, key, &fault));
    ck_assert_msg(strstr(fault.message, "a seal already") != NULL, "%s", fault.message);
    free(bytes);
    seal_key_free(key);
}
END_TEST

START_TEST(what_is_no_briefing_is_said_to_be_none)
{
    struct seal_key *key = open_key("key.pem");
    ck_assert_int_eq(verdict_of("", 0, key), PDF_SEAL_NOT_A_FILE);
    ck_assert_int_eq(verdict_of("hello", 5, key), PDF_SEAL_NOT_A_FILE);
    ck_assert_int_eq(verdict_of("%PDF-1.4\n%%EOF\n", 15, key), PDF_SEAL_NOT_OURS);
    ck_assert_int_eq(verdict_of("\x89PNG\r\n\x1a\n", 8, key), PDF_SEAL_NOT_OURS);
    seal_key_free(key);
}
END_TEST

START_TEST(the_public_half_is_enough_to_check_and_too_little_to_seal)
{
    char path[256];
    struct fault fault;
    struct seal_key *key = open_key("key.pem");
    char *pem = seal_key_public_pem(key);
    snprintf(path, sizeof path, "%s/public.pem", test_folder());
    FILE *file = fopen(path, "w");
    fputs(pem, file);
    fclose(file);
    free(pem);
    struct seal_key *public = seal_key_read_public(path, &fault);
    ck_assert_msg(public != NULL, "%s", fault.message);
    ck_assert(!seal_key_is_private(public) && seal_key_is_private(key));
    size_t length;
    char *bytes = make_sealed("Situatie", key, &length);
    ck_assert_int_eq(verdict_of(bytes, length, public), PDF_SEAL_AUTHENTIC);
    ck_assert_ptr_null(seal_key_open(path, &fault));
    ck_assert_msg(strstr(fault.message, "no private Ed25519 key") != NULL, "%s", fault.message);
    free(bytes);
    seal_key_free(public);
    seal_key_free(key);
}
END_TEST

START_TEST(the_key_is_made_once_and_only_for_its_owner)
{
    char path[256];
    struct stat status;
    struct fault fault;
    char first[SEAL_KEY_NAME_BYTES], second[SEAL_KEY_NAME_BYTES];
    struct seal_key *key = open_key("fresh.pem");
    seal_key_name(key, first);
    seal_key_free(key);
    key = open_key("fresh.pem");
    ck_assert_str_eq(first, seal_key_name(key, second));
    seal_key_free(key);
    snprintf(path, sizeof path, "%s/fresh.pem", test_folder());
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    ck_assert_int_eq(chmod(path, 0644), 0);
    ck_assert_ptr_null(seal_key_open(path, &fault));
    ck_assert_int_eq(fault.code, FAULT_DENIED);
}
END_TEST

/* A process in a container has the same number each time. */
START_TEST(what_a_killed_process_left_of_a_key_does_not_keep_the_next_from_making_one)
{
    char path[256];
    snprintf(path, sizeof path, "%s/killed.pem.new-%ld", test_folder(), (long)getpid());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
    seal_key_free(open_key("killed.pem"));
}
END_TEST

START_TEST(a_key_file_that_is_none_is_named)
{
    static const char *const contents[] = {"", "hello",
                                           "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"};
    char path[256];
    struct fault fault;
    snprintf(path, sizeof path, "%s/broken.pem", test_folder());
    for (size_t i = 0; i < 3; i++) {
        FILE *file = fopen(path, "w");
        fputs(contents[i], file);
        fclose(file);
        chmod(path, 0600);
        ck_assert_ptr_null(seal_key_open(path, &fault));
        ck_assert_msg(strstr(fault.message, "broken.pem") != NULL, "%s", fault.message);
    }
    ck_assert_ptr_null(seal_key_open("/nonexistent/folder/key.pem", &fault));
}
END_TEST

START_TEST(what_a_briefing_says_of_itself_is_read_from_the_packet_with_the_seal)
{
    static const char packet[] = "%PDF-1.7 (<plottafel:id>FALSE</plottafel:id>)\n"
                                 "<?xpacket begin=''?><plottafel:activity>A &amp; B &lt;&quot;C&quot;&gt;\n"
                                 "D</plottafel:activity><plottafel:id>TRUE</plottafel:id>" PDF_SEAL_BEGIN
                                 "0<?xpacket end='w'?><plottafel:marking>CLEAR</plottafel:marking>";
    struct pdf_facts facts;
    pdf_facts_read(packet, sizeof packet - 1, &facts);
    ck_assert_str_eq(facts.texts[PDF_FACT_ID], "TRUE");
    ck_assert_str_eq(facts.texts[PDF_FACT_ACTIVITY], "A & B <\"C\"> D");
    ck_assert_str_eq(facts.texts[PDF_FACT_MARKING], "");
    pdf_facts_read("%PDF-1.7 <plottafel:id>FALSE</plottafel:id>", 41, &facts);
    ck_assert_str_eq(facts.texts[PDF_FACT_ID], "");
}
END_TEST

START_TEST(no_bytes_harm_the_reading_of_facts)
{
    size_t length;
    struct pdf_facts facts;
    char *bytes = make_document("<plottafel:id>", &length);
    for (size_t cut = 0; cut <= length; cut++) {
        char *exact = malloc(cut + 1);
        memcpy(exact, bytes, cut);
        pdf_facts_read(exact, cut, &facts);
        pdf_seal_check(exact, cut, NULL);
        free(exact);
    }
    free(bytes);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("pdf_seal");
    TCase *tests = tcase_create("seals");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_sealed_document_is_authentic_and_as_long_as_before);
    tcase_add_test(tests, the_same_document_and_key_give_the_same_bytes);
    tcase_add_test(tests, no_byte_can_be_changed_in_any_bit);
    tcase_add_test(tests, a_document_cut_anywhere_is_never_authentic);
    tcase_add_test(tests, an_appended_update_is_named_with_its_size);
    tcase_add_test(tests, one_blank_line_at_the_end_is_an_alteration_too);
    tcase_add_test(tests, the_seal_of_one_document_does_not_fit_another);
    tcase_add_test(tests, a_document_sealed_by_somebody_else_is_told_from_an_altered_one);
    tcase_add_test(tests, a_document_with_two_fields_is_neither_sealed_nor_trusted);
    tcase_add_test(tests, a_sealed_document_is_not_sealed_again);
    tcase_add_test(tests, what_is_no_briefing_is_said_to_be_none);
    tcase_add_test(tests, the_public_half_is_enough_to_check_and_too_little_to_seal);
    tcase_add_test(tests, the_key_is_made_once_and_only_for_its_owner);
    tcase_add_test(tests, what_a_killed_process_left_of_a_key_does_not_keep_the_next_from_making_one);
    tcase_add_test(tests, a_key_file_that_is_none_is_named);
    tcase_add_test(tests, what_a_briefing_says_of_itself_is_read_from_the_packet_with_the_seal);
    tcase_add_test(tests, no_bytes_harm_the_reading_of_facts);
    suite_add_tcase(suite, tests);
    return suite;
}
