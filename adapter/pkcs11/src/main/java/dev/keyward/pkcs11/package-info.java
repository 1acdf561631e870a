/** {@link dev.keyward.contract.Token} over PKCS#11. */
@NullMarked
package dev.keyward.pkcs11;

import org.jspecify.annotations.NullMarked;
