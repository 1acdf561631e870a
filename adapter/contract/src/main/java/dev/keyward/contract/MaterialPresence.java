package dev.keyward.contract;

/** Whether a material is in its token. The store records an intention first, so two of these are promises. */
public enum MaterialPresence {
    /** About to be made: for everybody else it does not exist yet. */
    CREATING,
    /** There. */
    PRESENT,
    /** About to be destroyed: for everybody else it is gone already. */
    DESTROYING,
    /** Imported material that was deleted or has expired; the same bytes may be imported again. */
    ABSENT
}
