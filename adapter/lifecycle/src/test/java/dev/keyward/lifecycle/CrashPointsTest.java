package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.conformance.SimulatedCrash;
import dev.keyward.conformance.store.CrashingMetadataStore;
import dev.keyward.conformance.store.InMemoryMetadataStore;
import dev.keyward.conformance.token.CrashingToken;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.Origin;
import dev.keyward.lifecycle.Fixture.Running;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process may end at any instant. Every write of the store and every change of the token, before and after it acts, is
 * a point at which the process ends here, in each of the things that change material. After the next process has started
 * and swept: whatever could be decrypted before still can, unless its key was meant to be destroyed; no object is in the
 * token without a row; no row misses its object; the same work can be done to its end.
 */
class CrashPointsTest {
    private static final byte[] MATERIAL = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PRIVATE_KEY = privateKey();
    private static final Set<Piece> CAN_BE_DONE_AGAIN =
            EnumSet.of(Piece.CREATE, Piece.IMPORT, Piece.IMPORT_MAC_KEY, Piece.IMPORT_KEY_PAIR, Piece.RE_IMPORT);
    private static final byte[] MESSAGE = "kept".getBytes(StandardCharsets.US_ASCII);

    /** A piece of work that changes material, and how a world looks in which it can be done. */
    enum Piece {
        CREATE(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.create(Origin.AWS_KMS);
            }
        },
        GET_PARAMETERS(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.parameters(world.empty.value());
            }
        },
        IMPORT(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.importMaterial(world.empty.value(), MATERIAL, null);
                assertThat(process.state(world.empty.value())).isEqualTo(KeyState.ENABLED);
            }
        },
        IMPORT_MAC_KEY(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                String key = process.create(KeySpec.HMAC_256, KeyUsage.GENERATE_VERIFY_MAC, Origin.EXTERNAL)
                        .id()
                        .value();
                importTwice(process, key, MATERIAL);
            }
        },
        IMPORT_KEY_PAIR(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                String key = process.create(KeySpec.ECC_NIST_P256, KeyUsage.SIGN_VERIFY, Origin.EXTERNAL)
                        .id()
                        .value();
                importTwice(process, key, PRIVATE_KEY);
            }
        },
        RE_IMPORT(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.importMaterial(world.deleted.value(), MATERIAL, null);
                assertThat(process.decrypt(world.deletedCiphertext)).isEqualTo(MESSAGE);
            }
        },
        DELETE_MATERIAL(Destroys.IMPORTED) {
            @Override
            void act(Running process, World world) {
                process.deleteMaterial(world.imported.value());
                assertThat(process.state(world.imported.value())).isEqualTo(KeyState.PENDING_IMPORT);
            }
        },
        EXPIRE(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.importMaterial(
                        world.empty.value(),
                        MATERIAL,
                        world.fixture.clock.instant().plus(Duration.ofHours(1)));
                world.fixture.clock.move(Duration.ofHours(2));
                process.lifecycle().maintenance().run();
            }
        },
        ROTATE(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.enableRotation(world.generated.value(), 90);
                world.fixture.clock.move(Duration.ofDays(90));
                process.lifecycle().maintenance().run();
            }
        },
        DELETE_KEY(Destroys.GENERATED) {
            @Override
            void act(Running process, World world) {
                process.scheduleDeletion(world.generated.value());
                world.fixture.clock.move(Duration.ofDays(8));
                process.lifecycle().maintenance().run();
            }
        };

        private final Destroys destroys;

        Piece(Destroys destroys) {
            this.destroys = destroys;
        }

        abstract void act(Running process, World world);

        private static void importTwice(Running process, String key, byte[] material) {
            process.importMaterial(key, material, null);
            process.requireUsable(key);
            process.deleteMaterial(key);
            process.importMaterial(key, material, null);
            process.requireUsable(key);
        }
    }

    enum Destroys {
        NOTHING,
        GENERATED,
        IMPORTED
    }

    /** A generated key, an imported one, one whose material was deleted and one that never had any. */
    static final class World {
        final Fixture fixture = new Fixture();
        final KeyId generated;
        final KeyId imported;
        final KeyId deleted;
        final KeyId empty;
        final byte[] generatedCiphertext;
        final byte[] importedCiphertext;
        final byte[] deletedCiphertext;

        World() {
            Running process = fixture.start();
            generated = process.create(Origin.AWS_KMS).id();
            imported = process.create(Origin.EXTERNAL).id();
            deleted = process.create(Origin.EXTERNAL).id();
            empty = process.create(Origin.EXTERNAL).id();
            process.importMaterial(imported.value(), MATERIAL, null);
            process.importMaterial(deleted.value(), MATERIAL, null);
            generatedCiphertext = process.encrypt(generated.value(), MESSAGE);
            importedCiphertext = process.encrypt(imported.value(), MESSAGE);
            deletedCiphertext = process.encrypt(deleted.value(), MESSAGE);
            process.deleteMaterial(deleted.value());
            process.lifecycle().close();
        }

        Map<Destroys, byte[]> ciphertexts() {
            Map<Destroys, byte[]> ciphertexts = new LinkedHashMap<>();
            ciphertexts.put(Destroys.GENERATED, generatedCiphertext);
            ciphertexts.put(Destroys.IMPORTED, importedCiphertext);
            return ciphertexts;
        }
    }

    @ParameterizedTest
    @EnumSource(Piece.class)
    void storeWrites(Piece piece) {
        World counted = new World();
        CrashingMetadataStore counting = CrashingMetadataStore.counting(counted.fixture.store);
        piece.act(counted.fixture.start(counting, counted.fixture.token), counted);
        assertThat(counting.writes()).isPositive();

        for (int write = 1; write <= counting.writes(); write++) {
            for (CrashingMetadataStore.Moment moment : CrashingMetadataStore.Moment.values()) {
                World world = new World();
                CrashingMetadataStore store = CrashingMetadataStore.at(world.fixture.store, write, moment);
                assertThatThrownBy(() -> piece.act(world.fixture.start(store, world.fixture.token), world))
                        .isInstanceOf(SimulatedCrash.class);
                assertWhole(world, piece, "store write %d, %s".formatted(write, moment));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Piece.class)
    void tokenChanges(Piece piece) {
        World counted = new World();
        CrashingToken counting = new CrashingToken(counted.fixture.token, CrashingToken.NEVER);
        piece.act(counted.fixture.start(counted.fixture.store, counting), counted);
        assertThat(counting.changes()).isPositive();

        for (int change = 1; change <= counting.changes(); change++) {
            for (CrashingToken.Side side : CrashingToken.Side.values()) {
                World world = new World();
                CrashingToken token = new CrashingToken(world.fixture.token, change, side);
                assertThatThrownBy(() -> piece.act(world.fixture.start(world.fixture.store, token), world))
                        .isInstanceOf(SimulatedCrash.class);
                assertWhole(world, piece, "token change %d, %s".formatted(change, side));
            }
        }
    }

    private static void assertWhole(World world, Piece piece, String crash) {
        Running next = world.fixture.start(world.fixture.store, world.fixture.token.reopened());
        next.lifecycle().maintenance().runAtStart();
        assertMatches(next, crash);
        world.ciphertexts().forEach((of, ciphertext) -> {
            if (of != piece.destroys) {
                assertThat(next.decrypt(ciphertext)).as(crash).isEqualTo(MESSAGE);
            }
        });
        next.lifecycle().maintenance().runAtStart();
        assertMatches(next, crash + ", swept twice");
        if (CAN_BE_DONE_AGAIN.contains(piece)) {
            piece.act(next, world);
        }
        for (KeyId key : next.keys()) {
            if (next.state(key.value()) == KeyState.ENABLED) {
                next.requireUsable(key.value());
            }
        }
        assertMatches(next, crash + ", done again");
    }

    private static byte[] privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has P-256", e);
        }
    }

    private static void assertMatches(Running process, String crash) {
        Inventory.Report report = process.lifecycle().inventory().compare();
        assertThat(report.objectsWithoutRow()).as(crash).isEmpty();
        assertThat(report.rowsWithoutObject()).as(crash).isEmpty();
    }

    @Test
    void storeFromBeforeTheLastTenCreationsCostsNoKey() {
        Fixture fixture = new Fixture();
        Running before = fixture.start();
        byte[] old = before.encrypt(before.create(Origin.AWS_KMS).id().value(), MESSAGE);
        InMemoryMetadataStore backup = ((InMemoryMetadataStore) fixture.store).copy();
        List<byte[]> later = new ArrayList<>();
        Stream.generate(() -> before.create(Origin.AWS_KMS))
                .limit(10)
                .forEach(key -> later.add(before.encrypt(key.id().value(), MESSAGE)));

        Running restored = fixture.start(backup, fixture.token);
        restored.lifecycle().maintenance().runAtStart();
        fixture.clock.move(Duration.ofDays(400));
        restored.lifecycle().maintenance().run();

        assertThat(restored.lifecycle().inventory().compare().objectsWithoutRow())
                .hasSize(10);
        assertThat(restored.decrypt(old)).isEqualTo(MESSAGE);
        Running again = fixture.start();
        assertThat(later)
                .allSatisfy(ciphertext -> assertThat(again.decrypt(ciphertext)).isEqualTo(MESSAGE));
    }

    @Test
    void anEmptyStoreOnAnOldTokenCostsNoKey() {
        Fixture fixture = new Fixture();
        Running before = fixture.start();
        byte[] old = before.encrypt(before.create(Origin.AWS_KMS).id().value(), MESSAGE);

        Running fresh = fixture.start(new InMemoryMetadataStore(), fixture.token);
        fresh.lifecycle().maintenance().runAtStart();

        assertThat(fixture.start().decrypt(old)).isEqualTo(MESSAGE);
    }
}
