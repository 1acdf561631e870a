package dev.keyward.conformance.store;

import dev.keyward.contract.AccessKeyRecord;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.AliasRecord;
import dev.keyward.contract.ExpirationModel;
import dev.keyward.contract.GrantRecord;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyUsageRecord;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MaterialReference.Residence;
import dev.keyward.contract.Origin;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.Region;
import dev.keyward.contract.RotationType;
import dev.keyward.contract.Scope;
import dev.keyward.contract.UnwrapPlace;
import dev.keyward.contract.WrappingKeyRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/** The rows that the suites write: all different, none with a secret. */
public final class Rows {
    public static final AccountId ACCOUNT = new AccountId("111122223333");
    public static final AccountId OTHER_ACCOUNT = new AccountId("444455556666");
    public static final Region REGION = new Region("us-east-1");
    public static final Region OTHER_REGION = new Region("eu-central-1");

    public static final Scope SCOPE = new Scope(ACCOUNT, REGION);
    public static final Scope SAME_ACCOUNT = new Scope(ACCOUNT, OTHER_REGION);
    public static final Scope SAME_REGION = new Scope(OTHER_ACCOUNT, REGION);
    public static final List<Scope> FOREIGN_SCOPES = List.of(SAME_ACCOUNT, SAME_REGION);

    /** Microseconds and nothing finer, so that a store returns it as it is. */
    public static final Instant NOW = Instant.parse("2026-02-03T04:05:06.123456Z");

    /** Two writing directions, three planes, a combining mark, every quote, a control character and the end of a line. */
    public static final String UNICODE = "Zürich שלום 漢字 🔑 e\u0301 '\"`; -- \\ %_ \u0001\r\n\t";

    private Rows() {}

    static KeyId keyId(int number) {
        return new KeyId(String.format("%08x-0000-4000-8000-000000000000", number));
    }

    static MaterialId materialId(int number) {
        return new MaterialId(String.format("%064x", number));
    }

    static String grantId(int number) {
        return String.format("%064x", number);
    }

    static MaterialReference reference(String name) {
        return new MaterialReference("main", Residence.TOKEN_OBJECT, name.getBytes(StandardCharsets.UTF_8));
    }

    static MaterialRecord generated(int number, MaterialPresence presence) {
        return new MaterialRecord(
                materialId(number), reference("m" + number), presence, NOW, NOW, null, null, null, null, null, null, 0);
    }

    static MaterialRecord imported(int number, MaterialPresence presence, Instant validTo) {
        return new MaterialRecord(
                materialId(number),
                reference("m" + number),
                presence,
                NOW.minus(Duration.ofDays(2)),
                NOW.minus(Duration.ofDays(1)),
                null,
                null,
                ExpirationModel.KEY_MATERIAL_EXPIRES,
                validTo,
                "from the safe",
                UnwrapPlace.HOST_UNPADDING,
                0);
    }

    /** A visible key that has no work. */
    public static KeyRecord key(int number) {
        return key(SCOPE, number);
    }

    static KeyRecord key(Scope scope, int number) {
        return KeyRecord.builder(scope, keyId(number))
                .description("key " + number)
                .policy("{}")
                .createdAt(NOW)
                .material(generated(number, MaterialPresence.PRESENT))
                .currentMaterial(materialId(number))
                .build();
    }

    /** A key that was recorded and whose first material was not made yet. */
    static KeyRecord invisibleKey(int number) {
        return key(number).toBuilder()
                .materials(List.of(generated(number, MaterialPresence.CREATING)))
                .currentMaterial(null)
                .build();
    }

    /** A key with a value in every field. */
    public static KeyRecord fullKey(int number) {
        return key(number).toBuilder()
                .origin(Origin.EXTERNAL)
                .description(UNICODE)
                .policy("{\"Id\":\"" + UNICODE + "\"}", Map.of("arn:aws:iam::111122223333:user/" + UNICODE, "AIDA1"))
                .enabled(false)
                .deletion(NOW.plus(Duration.ofDays(7)), 7)
                .rotation(365, NOW.plus(Duration.ofDays(365)))
                .materials(List.of(
                        imported(9, MaterialPresence.ABSENT, NOW.plusSeconds(1)),
                        generated(3, MaterialPresence.DESTROYING).withEncryptionsLeased(1L << 40),
                        imported(5, MaterialPresence.PRESENT, NOW.plusSeconds(2))
                                .withRotation(RotationType.ON_DEMAND, NOW.minusSeconds(3)),
                        generated(1, MaterialPresence.CREATING).withRotation(RotationType.AUTOMATIC, null)))
                .currentMaterial(materialId(5))
                .tags(tags("zone", "eu", "Zone", UNICODE, "a", "", UNICODE, "z"))
                .build();
    }

    static SequencedMap<String, String> tags(String... keysAndValues) {
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return tags;
    }

    public static AliasRecord alias(KeyRecord target, String name) {
        return new AliasRecord(target.scope(), "alias/" + name, target.id(), NOW, NOW.plusSeconds(1));
    }

    /** What a key was last used for. */
    public static KeyUsageRecord usage(KeyRecord key, Instant usedAt) {
        return new KeyUsageRecord(
                key.scope(), key.id(), "Encrypt", usedAt, "event-" + usedAt.getEpochSecond(), UNICODE);
    }

    /** A grant with nothing optional. */
    public static GrantRecord grant(KeyRecord key, int number) {
        return new GrantRecord(
                key.scope(),
                grantId(number),
                key.id(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of("Decrypt"),
                null,
                null,
                null,
                "arn:aws:iam::111122223333:root",
                NOW);
    }

    /** A grant between principals that are known by unique ids, all under the same ARN. */
    static GrantRecord grantTo(KeyRecord key, int number, String granteeId, String retiringId) {
        return new GrantRecord(
                key.scope(),
                grantId(number),
                key.id(),
                null,
                "arn:aws:iam::111122223333:user/anybody",
                granteeId,
                null,
                "arn:aws:iam::111122223333:user/anybody",
                retiringId,
                null,
                List.of("Encrypt"),
                null,
                null,
                null,
                "arn:aws:iam::111122223333:root",
                NOW);
    }

    static GrantRecord grantToService(KeyRecord key, int number, String grantee, String retiring) {
        return new GrantRecord(
                key.scope(),
                grantId(number),
                key.id(),
                null,
                null,
                null,
                grantee,
                null,
                null,
                retiring,
                List.of("Encrypt"),
                null,
                null,
                "arn:aws:s3:::bucket",
                "arn:aws:iam::111122223333:root",
                NOW);
    }

    static GrantRecord namedGrant(KeyRecord key, int number, String name) {
        return new GrantRecord(
                key.scope(),
                grantId(number),
                key.id(),
                name,
                "arn:aws:iam::111122223333:user/anna",
                "AIDAANNA",
                "s3.amazonaws.com",
                "arn:aws:iam::111122223333:user/bert",
                "AIDABERT",
                "ec2.amazonaws.com",
                List.of("Decrypt", "Encrypt", "CreateGrant"),
                Map.of("purpose", UNICODE, UNICODE, "value", "", ""),
                Map.of(),
                "arn:aws:s3:::bucket",
                "arn:aws:iam::111122223333:root",
                NOW);
    }

    public static WrappingKeyRecord wrappingKey(KeyRecord key) {
        return new WrappingKeyRecord(
                key.scope(),
                UUID.randomUUID().toString().replace("-", ""),
                key.id(),
                3072,
                reference("wrapping"),
                MaterialPresence.CREATING,
                NOW,
                NOW.plus(Duration.ofDays(1)));
    }

    public static AccessKeyRecord accessKey(String id, byte[] sealedSecret) {
        return new AccessKeyRecord(id, ACCOUNT, null, AccessKeyRecord.Source.COMMAND, true, sealedSecret, NOW);
    }

    public static IdentityRecord user(String uniqueId, String name) {
        return new IdentityRecord(
                ACCOUNT,
                uniqueId,
                "/team/",
                name,
                List.of(new PolicyDocument("second", "{\"" + UNICODE + "\": 1}"), new PolicyDocument("first", "{}")),
                new LinkedHashMap<>(Map.of("department", UNICODE)),
                null,
                NOW,
                1);
    }

    public static IdentityRecord role(String uniqueId, String name) {
        return new IdentityRecord(
                ACCOUNT,
                uniqueId,
                "/",
                name,
                List.of(),
                new LinkedHashMap<>(),
                new IdentityRecord.RoleTerms(
                        "{}", Map.of("arn:aws:iam::111122223333:user/alice", "AIDA1"), Duration.ofHours(12)),
                NOW,
                1);
    }
}
