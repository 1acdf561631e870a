/** AWS KMS's published constraints on the members of requests, as a table, and the wording of their violations. */
@NullMarked
package dev.keyward.kms.validation;

import org.jspecify.annotations.NullMarked;
