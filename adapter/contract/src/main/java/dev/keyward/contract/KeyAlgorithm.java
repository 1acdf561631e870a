package dev.keyward.contract;

/** Something that is computed with a key, by AWS KMS's name for it. */
public sealed interface KeyAlgorithm
        permits EncryptionAlgorithm, KeyAgreementAlgorithm, MacAlgorithm, SigningAlgorithm {
    /** The name on the wire. */
    String name();

    /** The usage of the keys that it is computed with. */
    KeyUsage usage();
}
