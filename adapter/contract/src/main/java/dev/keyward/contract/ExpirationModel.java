package dev.keyward.contract;

/** Whether imported material expires, by AWS KMS's names. */
public enum ExpirationModel {
    KEY_MATERIAL_EXPIRES,
    KEY_MATERIAL_DOES_NOT_EXPIRE
}
