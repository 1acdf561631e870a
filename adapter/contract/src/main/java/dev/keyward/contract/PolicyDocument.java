package dev.keyward.contract;

/**
 * A policy as it was written. Immutable and thread-safe.
 *
 * @param name what it is called
 * @param text JSON
 */
public record PolicyDocument(String name, String text) {}
