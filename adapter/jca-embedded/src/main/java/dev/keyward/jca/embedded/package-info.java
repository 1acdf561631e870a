/** Keyward in the process of who uses its keys through {@code java.security}, named by its configuration file. */
@NullMarked
package dev.keyward.jca.embedded;

import org.jspecify.annotations.NullMarked;
