package dev.keyward.contract;

/**
 * How a material stands to its key, whether or not it is there: AWS KMS's names.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_RotationsListEntry.html">RotationsListEntry</a>
 */
public enum KeyMaterialState {
    /** What the key encrypts with. */
    CURRENT,
    /** What it encrypted with before, and decrypts with still. */
    NON_CURRENT,
    /** Never current yet: it waits for its rotation, or is being made for one. */
    PENDING_ROTATION
}
