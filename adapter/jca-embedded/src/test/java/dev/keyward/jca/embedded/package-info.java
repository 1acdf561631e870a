/** The provider as programs outside use it: the JDK's tools, and Keyward in the same process. */
@NullMarked
package dev.keyward.jca.embedded;

import org.jspecify.annotations.NullMarked;
