package dev.keyward.conformance.store;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.AuditChainRecord;
import dev.keyward.contract.AuditCheckpoint;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.WrappingKeyRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts the instants of a record to the microsecond, which is all that a store keeps. */
final class Microseconds {
    private Microseconds() {}

    static AuditChainRecord of(AuditChainRecord chain) {
        AuditCheckpoint checkpoint = chain.checkpoint();
        return new AuditChainRecord(
                chain.number(),
                chain.id(),
                of(chain.openedAt()),
                new AuditCheckpoint(
                        checkpoint.next(),
                        checkpoint.previous(),
                        checkpoint.closing(),
                        checkpoint.seal().clone()));
    }

    static Instant of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    static KeyRecord of(KeyRecord key) {
        KeyRecord.Builder builder = key.toBuilder()
                .createdAt(of(key.createdAt()))
                .materials(key.materials().stream().map(Microseconds::of).toList());
        if (key.deletionDate() != null) {
            builder.deletion(of(key.deletionDate()), Objects.requireNonNull(key.deletionWindowDays()));
        }
        if (key.nextRotationDate() != null) {
            builder.rotation(Objects.requireNonNull(key.rotationPeriodDays()), of(key.nextRotationDate()));
        }
        return builder.build();
    }

    private static MaterialRecord of(MaterialRecord material) {
        return new MaterialRecord(
                material.id(),
                material.reference(),
                material.presence(),
                of(material.createdAt()),
                of(material.changedAt()),
                material.rotationType(),
                ofNullable(material.rotatedAt()),
                material.expirationModel(),
                ofNullable(material.validTo()),
                material.description(),
                material.unwrapPlace(),
                material.encryptionsLeased());
    }

    static KeyUsageRecord of(KeyUsageRecord usage) {
        return new KeyUsageRecord(
                usage.scope(), usage.key(), usage.operation(), of(usage.usedAt()), usage.eventId(), usage.requestId());
    }

    static AliasRecord of(AliasRecord alias) {
        return new AliasRecord(
                alias.scope(), alias.name(), alias.target(), of(alias.createdAt()), of(alias.updatedAt()));
    }

    static GrantRecord of(GrantRecord grant) {
        return grant.withIdentity(grant.id(), of(grant.createdAt()));
    }

    static WrappingKeyRecord of(WrappingKeyRecord wrappingKey) {
        return new WrappingKeyRecord(
                wrappingKey.scope(),
                wrappingKey.id(),
                wrappingKey.key(),
                wrappingKey.modulusBits(),
                wrappingKey.reference(),
                wrappingKey.presence(),
                of(wrappingKey.createdAt()),
                of(wrappingKey.expiresAt()));
    }

    static AccessKeyRecord of(AccessKeyRecord accessKey) {
        return new AccessKeyRecord(
                accessKey.id(),
                accessKey.account(),
                accessKey.userId(),
                accessKey.source(),
                accessKey.active(),
                accessKey.sealedSecret().clone(),
                of(accessKey.createdAt()));
    }

    static IdentityRecord of(IdentityRecord identity) {
        return new IdentityRecord(
                identity.account(),
                identity.uniqueId(),
                identity.path(),
                identity.name(),
                identity.policies(),
                identity.tags(),
                identity.role(),
                of(identity.createdAt()),
                identity.version());
    }

    private static @Nullable Instant ofNullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }
}
