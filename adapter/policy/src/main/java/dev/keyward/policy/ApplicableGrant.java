package dev.keyward.policy;

/**
 * A grant that allows what is asked for, to whom it names. Immutable and thread-safe.
 *
 * @param grantId its id
 * @param principal whom it allows
 * @param sufficesAcrossAccounts whether a principal of another account than the key's needs no identity policy besides
 */
public record ApplicableGrant(String grantId, Principal principal, boolean sufficesAcrossAccounts) {}
