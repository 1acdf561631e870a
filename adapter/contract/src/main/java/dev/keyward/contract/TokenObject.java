package dev.keyward.contract;

/**
 * An object found in a token.
 *
 * @param label its label
 * @param reference what it can be named by
 */
public record TokenObject(String label, MaterialReference reference) {}
