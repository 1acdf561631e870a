package dev.keyward.contract;

/** Why a key got another current material. */
public enum RotationType {
    /** It was due, or the former one was used up. */
    AUTOMATIC,
    /** Somebody asked for it. */
    ON_DEMAND
}
