/** The rules of the house, held against the code. */
@NullMarked
package dev.keyward.house;

import org.jspecify.annotations.NullMarked;
