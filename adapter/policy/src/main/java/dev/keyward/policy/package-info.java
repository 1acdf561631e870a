/** Key policies: parsed and validated into an immutable model. Pure: no store, no token, no clock. */
@NullMarked
package dev.keyward.policy;

import org.jspecify.annotations.NullMarked;
