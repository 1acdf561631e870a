/** Audit records, written as lines of JSON. */
@NullMarked
package dev.keyward.audit;

import org.jspecify.annotations.NullMarked;
