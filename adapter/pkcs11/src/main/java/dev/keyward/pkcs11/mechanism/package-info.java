/** Mechanisms and attributes as typed values that write themselves into native memory. */
@NullMarked
package dev.keyward.pkcs11.mechanism;

import org.jspecify.annotations.NullMarked;
