/** Suites that every token and store runs, fakes, and fault injection. Knows the contract only. */
@NullMarked
package dev.keyward.conformance;

import org.jspecify.annotations.NullMarked;
