/** The C interface as it is: functions, return values, native memory. No policy. */
@NullMarked
package dev.keyward.pkcs11.raw;

import org.jspecify.annotations.NullMarked;
