/** What is peculiar to each kind of HSM, read from files. */
@NullMarked
package dev.keyward.pkcs11.profile;

import org.jspecify.annotations.NullMarked;
