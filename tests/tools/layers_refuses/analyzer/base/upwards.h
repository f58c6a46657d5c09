// SPDX-License-Identifier: Apache-2.0
//
// Not part of the program: a tree that breaks the table of layers, for tests/tools/layers.cmake to refuse.
#pragma once

#include "syntax/node.h"
