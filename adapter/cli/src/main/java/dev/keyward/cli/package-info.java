/** The keyward command: prints, never decides. */
@NullMarked
package dev.keyward.cli;

import org.jspecify.annotations.NullMarked;
