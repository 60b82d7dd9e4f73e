#ifndef CONTESTA_GMIME_SHIM_H
#define CONTESTA_GMIME_SHIM_H

#include <errno.h>
#include <gmime/gmime.h>
#include <iconv.h>

/*
 * GMime's casts and type checks are macros, which Swift doesn't import. Here stand the few calls that the reader of mails makes.
 * "Owned" must be given to cgmime_release by the caller; "borrowed" lives as long as the object that it was asked of.
 */

enum cgmime_kind { CGMIME_OTHER = 0, CGMIME_LEAF = 1, CGMIME_MULTIPART = 2, CGMIME_MESSAGE = 3 };

static inline void cgmime_start(void) { g_mime_init(); }

static inline void cgmime_release(void *object) { g_object_unref(object); }

/* Owned; NULL if there is nothing like a mail in the bytes, which are copied. */
static inline void *cgmime_parse(const void *bytes, size_t count) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *) bytes, count);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static inline int cgmime_kind_of(void *object) {
    if (GMIME_IS_MULTIPART(object)) return CGMIME_MULTIPART;
    if (GMIME_IS_MESSAGE_PART(object)) return CGMIME_MESSAGE;
    if (GMIME_IS_PART(object)) return CGMIME_LEAF;
    return CGMIME_OTHER;
}

/* Borrowed, or NULL. */
static inline void *cgmime_root(void *message) { return g_mime_message_get_mime_part((GMimeMessage *) message); }

/* Borrowed, or NULL. */
static inline void *cgmime_message_inside(void *part) { return g_mime_message_part_get_message((GMimeMessagePart *) part); }

static inline int cgmime_child_count(void *multipart) { return g_mime_multipart_get_count((GMimeMultipart *) multipart); }

/* Borrowed, or NULL. */
static inline void *cgmime_child(void *multipart, int index) {
    return g_mime_multipart_get_part((GMimeMultipart *) multipart, index);
}

/* What stands before the first boundary; borrowed, or NULL. */
static inline const char *cgmime_prologue(void *multipart) {
    return g_mime_multipart_get_prologue((GMimeMultipart *) multipart);
}

static inline int cgmime_header_count(void *object) {
    return g_mime_header_list_get_count(g_mime_object_get_header_list((GMimeObject *) object));
}

/* Borrowed, or NULL. */
static inline const char *cgmime_header_name(void *object, int index) {
    GMimeHeader *header = g_mime_header_list_get_header_at(g_mime_object_get_header_list((GMimeObject *) object), index);
    return header ? g_mime_header_get_name(header) : NULL;
}

/* As it stands in the mail, folded and undecoded; borrowed, or NULL. */
static inline const char *cgmime_header_value(void *object, int index) {
    GMimeHeader *header = g_mime_header_list_get_header_at(g_mime_object_get_header_list((GMimeObject *) object), index);
    return header ? g_mime_header_get_raw_value(header) : NULL;
}

/* A leaf's content without its transfer encoding, as a stream in memory; owned, or NULL if the leaf is empty. */
static inline void *cgmime_decoded(void *leaf) {
    GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *) leaf);
    if (!content) return NULL;
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, stream);
    return stream;
}

static inline int cgmime_is_base64(void *leaf) {
    return g_mime_part_get_content_encoding((GMimePart *) leaf) == GMIME_CONTENT_ENCODING_BASE64;
}

/* A leaf's content with its transfer encoding, as a stream in memory; owned, or NULL if the leaf is empty. */
static inline void *cgmime_encoded(void *leaf) {
    GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *) leaf);
    GMimeStream *source = content ? g_mime_data_wrapper_get_stream(content) : NULL;
    if (!source) return NULL;
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_stream_reset(source);
    g_mime_stream_write_to_stream(source, stream);
    return stream;
}

/* The bytes of such a stream; borrowed from it. */
static inline const void *cgmime_bytes(void *stream, size_t *count) {
    GByteArray *array = g_mime_stream_mem_get_byte_array((GMimeStreamMem *) stream);
    *count = array ? array->len : 0;
    return array ? array->data : NULL;
}

/* A converter to UTF-8, for cgmime_converter_close; NULL if the charset is unknown. */
static inline void *cgmime_converter_open(const char *charset) {
    iconv_t converter = iconv_open("UTF-8", g_mime_charset_iconv_name(charset));
    return converter == (iconv_t) -1 ? NULL : (void *) converter;
}

static inline void cgmime_converter_close(void *converter) { iconv_close((iconv_t) converter); }

enum cgmime_conversion { CGMIME_CONVERTED = 0, CGMIME_FULL = 1, CGMIME_BROKEN = 2 };

/* Moves the pointers forward; with no input it writes what the converter has kept back. */
static inline int cgmime_convert(void *converter, const char **input, size_t *left, char **output, size_t *room) {
    if (iconv((iconv_t) converter, (char **) input, left, output, room) != (size_t) -1) return CGMIME_CONVERTED;
    return errno == E2BIG ? CGMIME_FULL : CGMIME_BROKEN;
}

#endif
