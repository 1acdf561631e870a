/** Encryption libraries that are built on AWS KMS, as their users have them, against Keyward. */
@NullMarked
package dev.keyward.clients;

import org.jspecify.annotations.NullMarked;
