#pragma once

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's way in for programs that have a `main` of their own; it comes with the compiler.
int LLVMFuzzerRunDriver(int *_Nonnull count, char *_Nullable *_Nullable *_Nonnull words, int (*_Nonnull judge)(const uint8_t *_Nullable data, size_t count));
