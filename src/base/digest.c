#include "base/digest.h"

#include <openssl/evp.h>

Str digest_sha256(Arena *arena, Str bytes) {
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!EVP_Digest(bytes.s, bytes.n, digest, &size, EVP_sha256(), NULL)) {
        return STR_NONE;
    }
    char *hex = arena_array(arena, char, 2 * (size_t)size + 1);
    for (unsigned int i = 0; i < size; i++) {
        hex[2 * (size_t)i] = digits[digest[i] >> 4];
        hex[2 * (size_t)i + 1] = digits[digest[i] & 15];
    }
    return (Str){hex, 2 * (size_t)size};
}
