/*
 * test_feature.c - features are compared by all that an author can change, and live as long as someone needs
 * them.
 */
#include "data/feature.h"
#include "data/feature_block.h"

#include <stdio.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "tests/data/make_feature.h"
#include "tests/support/runner.h"

static struct feature *with_name(const char *name)
{
    struct feature *feature = make_point("a", 4.5, 51.7);
    free(feature->code.texts[SLOT_NAME]);
    feature->code.texts[SLOT_NAME] = memory_copy_text(name);
    return feature;
}

static void check_differs(struct feature *changed)
{
    struct feature *feature = make_point("a", 4.5, 51.7);
    ck_assert(!feature_equals(feature, changed));
    ck_assert(!feature_equals(changed, feature));
    feature_unref(feature);
    feature_unref(changed);
}

START_TEST(features_of_the_same_content_are_equal_whatever_their_revision)
{
    struct feature *a = make_point("a", 4.5, 51.7);
    struct feature *b = make_point("a", 4.5, 51.7);
    b->revision = 7;
    b->recorded_ms = 1000;
    ck_assert(feature_equals(a, b));
    feature_unref(a);
    feature_unref(b);
}
END_TEST

START_TEST(each_part_of_the_content_makes_features_differ)
{
    check_differs(make_point("b", 4.5, 51.7));
    check_differs(make_point("a", 4.5000001, 51.7));
    check_differs(with_name("UGS Zuid"));
    struct feature *feature = make_point("a", 4.5, 51.7);
    feature->valid_to_ms = 5;
    check_differs(feature);
    feature = make_point("a", 4.5, 51.7);
    feature->valid_from_ms = 5;
    check_differs(feature);
    feature = make_point("a", 4.5, 51.7);
    feature_set_template(feature, &(struct area_template){.kind = TEMPLATE_PLUME});
    check_differs(feature);
    feature = make_point("a", 4.5, 51.7);
    feature->shape->is_multi = true;
    check_differs(feature);
    feature = make_point("a", 4.5, 51.7);
    free(feature->owner);
    feature->owner = memory_copy_text("Politie");
    check_differs(feature);
    feature = make_point("a", 4.5, 51.7);
    free(feature->source);
    feature->source = NULL;
    check_differs(feature);
}
END_TEST

START_TEST(a_feature_is_valid_from_its_first_moment_until_just_before_its_last)
{
    struct feature *feature = make_point("a", 4.5, 51.7);
    ck_assert(feature_is_valid_at(feature, 0));
    ck_assert(feature_is_valid_at(feature, MOMENT_NONE));
    feature->valid_from_ms = 10;
    feature->valid_to_ms = 20;
    ck_assert(!feature_is_valid_at(feature, 9));
    ck_assert(feature_is_valid_at(feature, 10));
    ck_assert(feature_is_valid_at(feature, 19));
    ck_assert(!feature_is_valid_at(feature, 20));
    feature_unref(feature);
}
END_TEST

/* Has all that a feature may own. */
static struct feature *make_plume(void)
{
    struct point source = {4.5, 51.7};
    struct feature *feature = make_point("a", 4.5, 51.7);
    feature_set_template(
        feature, &(struct area_template){.kind = TEMPLATE_PLUME, .points = &source, .point_count = 1});
    return feature;
}

START_TEST(a_copy_is_equal_and_shares_nothing)
{
    struct feature *feature = make_plume();
    struct feature *copy = feature_copy(feature);
    ck_assert(feature_equals(feature, copy));
    copy->code.texts[SLOT_NAME][0] = 'X';
    copy->shape->points[0].x = 7;
    copy->area_template->points[0].x = 8;
    ck_assert_str_eq(feature->code.texts[SLOT_NAME], "UGS Noord");
    ck_assert_double_eq(feature->shape->points[0].x, 4.5);
    feature_unref(feature);
    ck_assert_double_eq(copy->area_template->points[0].x, 8);
    feature_unref(copy);
}
END_TEST

START_TEST(packed_it_is_equal_and_shares_nothing_and_packing_again_costs_nothing)
{
    struct feature *bare = feature_new();
    struct feature *features[] = {make_plume(), bare};
    for (size_t i = 0; i < 2; i++) {
        struct feature *packed = feature_pack(features[i]);
        ck_assert(feature_equals(features[i], packed));
        ck_assert(!features[i]->is_packed && packed->is_packed);
        struct feature *again = feature_pack(packed);
        ck_assert_ptr_eq(again, packed);
        feature_unref(again);
        feature_unref(features[i]);
        struct feature *loose = feature_copy(packed);
        ck_assert(feature_equals(loose, packed) && !loose->is_packed);
        feature_unref(packed);
        feature_unref(loose);
    }
}
END_TEST

START_TEST(features_of_a_block_are_equal_and_live_as_long_as_one_is_in_use)
{
    struct feature *features[] = {make_plume(), feature_new(), make_point("b", 4.6, 51.8)};
    const struct feature *copies[3];
    features[1]->id = memory_copy_text("odd");
    struct feature_block *block = feature_block_new((const struct feature *const *)features, 3, copies);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(feature_equals(features[i], copies[i]));
        ck_assert_uint_eq((uintptr_t)copies[i] % _Alignof(struct feature), 0);
        ck_assert_ptr_eq(feature_pack(copies[i]), copies[i]); /* a reference to it */
        feature_unref(copies[i]);
        struct feature *loose = feature_copy(copies[i]);
        ck_assert(feature_equals(loose, copies[i]) && !loose->block);
        feature_unref(loose);
    }
    feature_ref(copies[2]);
    feature_block_unref(block);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(feature_equals(features[i], copies[i]));
        feature_unref(features[i]);
    }
    feature_unref(copies[2]);
}
END_TEST

/* So many that they fill several blocks, some of them with a shape larger than a block would be. */
START_TEST(features_packed_one_by_one_are_equal_and_outlive_their_packer)
{
    enum { COUNT = 400 };
    struct feature *sources[COUNT], *copies[COUNT];
    struct feature_packer packer;
    feature_packer_init(&packer);
    for (int i = 0; i < COUNT; i++) {
        char id[16];
        snprintf(id, sizeof id, "id%d", i);
        sources[i] = i % 3 == 0 ? make_plume() : make_point(id, 4.6, 51.8);
        struct point far = {5, 52};
        for (int k = 0; i % 97 == 50 && k < 9000; k++) {
            shape_add_part(sources[i]->shape, &far, 1, false);
        }
        copies[i] = feature_packer_add(&packer, sources[i]);
        ck_assert_uint_eq((uintptr_t)copies[i] % _Alignof(struct feature), 0);
    }
    feature_packer_finish(&packer);
    for (int i = 0; i < COUNT; i++) {
        ck_assert(feature_equals(sources[i], copies[i]) && copies[i]->is_packed && copies[i]->block);
        feature_unref(sources[i]);
        feature_unref(copies[i]);
    }
}
END_TEST

START_TEST(sharing_a_feature_of_a_block_writes_nothing_where_it_lies)
{
    struct feature *feature = make_point("a", 4.5, 51.7);
    const struct feature *copy;
    struct feature_block *block = feature_block_new(&(const struct feature *){feature}, 1, &copy);
    struct feature before = *copy;
    feature_ref(copy);
    feature_block_ref(block);
    ck_assert_mem_eq(&before, copy, sizeof before);
    feature_block_unref(block);
    feature_unref(copy);
    ck_assert_mem_eq(&before, copy, sizeof before);
    feature_block_unref(block);
    feature_unref(feature);
}
END_TEST

START_TEST(a_feature_lives_until_its_last_reference_goes)
{
    struct feature *feature = make_point("a", 4.5, 51.7);
    ck_assert_ptr_eq(feature_ref(feature), feature);
    feature_unref(feature);
    ck_assert_str_eq(feature->id, "a");
    feature_unref(feature);
    feature_unref(NULL);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("feature");
    TCase *feature = tcase_create("feature");
    tcase_add_test(feature, features_of_the_same_content_are_equal_whatever_their_revision);
    tcase_add_test(feature, each_part_of_the_content_makes_features_differ);
    tcase_add_test(feature, a_feature_is_valid_from_its_first_moment_until_just_before_its_last);
    tcase_add_test(feature, a_copy_is_equal_and_shares_nothing);
    tcase_add_test(feature, packed_it_is_equal_and_shares_nothing_and_packing_again_costs_nothing);
    tcase_add_test(feature, features_of_a_block_are_equal_and_live_as_long_as_one_is_in_use);
    tcase_add_test(feature, features_packed_one_by_one_are_equal_and_outlive_their_packer);
    tcase_add_test(feature, sharing_a_feature_of_a_block_writes_nothing_where_it_lies);
    tcase_add_test(feature, a_feature_lives_until_its_last_reference_goes);
    suite_add_tcase(suite, feature);
    return suite;
}
