/**
 * Policies and grants: parsed and validated into an immutable model, and evaluated. {@link
 * dev.keyward.policy.PolicyEvaluator} is where to begin. Pure: no store, no token, no clock.
 */
@NullMarked
package dev.keyward.policy;

import org.jspecify.annotations.NullMarked;
