/** Temporary credentials, in the query protocol of AWS STS. */
@NullMarked
package dev.keyward.identity.sts;

import org.jspecify.annotations.NullMarked;
