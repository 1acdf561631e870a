/** What every {@link dev.keyward.contract.Token} is held to, a fake of one, and a token that crashes on purpose. */
@NullMarked
package dev.keyward.conformance.token;

import org.jspecify.annotations.NullMarked;
