/** One token behind two engines, each in JVMs of its own, and behind a JVM that has neither. */
@NullMarked
package dev.keyward.engines;

import org.jspecify.annotations.NullMarked;
