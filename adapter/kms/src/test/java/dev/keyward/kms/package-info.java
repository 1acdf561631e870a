@NullMarked
package dev.keyward.kms;

import org.jspecify.annotations.NullMarked;
