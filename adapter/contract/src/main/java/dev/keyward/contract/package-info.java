/** Nouns and seams, no behaviour. */
@NullMarked
package dev.keyward.contract;

import org.jspecify.annotations.NullMarked;
