/** Tokens found, sessions lent, PINs read. */
@NullMarked
package dev.keyward.pkcs11.session;

import org.jspecify.annotations.NullMarked;
