/** Tests of the fakes. */
@NullMarked
package dev.keyward.conformance.token;

import org.jspecify.annotations.NullMarked;
