package dev.keyward.policy;

import java.util.List;

/** A policy document, validated. Immutable and thread-safe. */
public sealed interface Policy permits KeyPolicy, TrustPolicy, IdentityPolicy {
    /** What to call it where it decided something. */
    String name();

    /** The version of the language it is written in. */
    PolicyVersion version();

    /** Its statements, at least one. */
    List<Statement> statements();
}
