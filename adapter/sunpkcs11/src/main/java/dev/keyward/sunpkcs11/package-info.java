/** {@link dev.keyward.contract.Token} over SunPKCS11, the JDK's own PKCS#11 provider, by its public API alone. */
@NullMarked
package dev.keyward.sunpkcs11;

import org.jspecify.annotations.NullMarked;
