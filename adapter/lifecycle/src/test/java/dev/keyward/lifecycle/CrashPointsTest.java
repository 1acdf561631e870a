package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyward.conformance.SimulatedCrash;
import dev.keyward.conformance.store.CrashingMetadataStore;
import dev.keyward.conformance.store.InMemoryMetadataStore;
import dev.keyward.conformance.token.CrashingToken;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.KeyUsage;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.Origin;
import dev.keyward.lifecycle.Fixture.Running;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    private static final byte[] SECOND_MATERIAL =
            "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PRIVATE_KEY = privateKey();
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
        ROTATE_ON_DEMAND(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.rotateOnDemand(world.generated.value());
            }
        },
        IMPORT_A_SECOND(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.importNewMaterial(world.imported.value(), SECOND_MATERIAL, null);
                assertThat(process.state(world.imported.value())).isEqualTo(KeyState.ENABLED);
            }
        },
        ROTATE_TO_A_SECOND(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.rotateOnDemand(world.waiting.value());
            }
        },
        DELETE_WHAT_WAITS(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.deleteMaterial(world.waiting.value(), world.waitingMaterial);
                assertThat(process.state(world.waiting.value())).isEqualTo(KeyState.ENABLED);
            }
        },
        DELETE_A_FORMER_ONE(Destroys.ROTATED) {
            @Override
            void act(Running process, World world) {
                process.deleteMaterial(world.rotated.value(), world.formerMaterial);
                assertThat(process.state(world.rotated.value())).isEqualTo(KeyState.PENDING_IMPORT);
            }
        },
        RE_IMPORT_A_FORMER_ONE(Destroys.NOTHING) {
            @Override
            void act(Running process, World world) {
                process.importMaterial(world.halved.value(), MATERIAL, null);
                assertThat(process.decrypt(world.halvedCiphertext)).isEqualTo(MESSAGE);
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

        /** Whether it succeeds however far it went before. */
        boolean canBeDoneAgain() {
            return switch (this) {
                case CREATE,
                        IMPORT,
                        IMPORT_MAC_KEY,
                        IMPORT_KEY_PAIR,
                        RE_IMPORT,
                        ROTATE_ON_DEMAND,
                        IMPORT_A_SECOND,
                        RE_IMPORT_A_FORMER_ONE -> true;
                case GET_PARAMETERS,
                        DELETE_MATERIAL,
                        EXPIRE,
                        ROTATE,
                        ROTATE_TO_A_SECOND,
                        DELETE_WHAT_WAITS,
                        DELETE_A_FORMER_ONE,
                        DELETE_KEY -> false;
            };
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
        IMPORTED,
        ROTATED
    }

    /**
     * A generated key, an imported one, one whose material was deleted and one that never had any; imported ones whose second
     * material waits, was rotated to, and was rotated to before the first was deleted.
     */
    static final class World {
        private static final World TEMPLATE = new World();

        final Fixture fixture;
        final KeyId generated;
        final KeyId imported;
        final KeyId deleted;
        final KeyId empty;
        final KeyId waiting;
        final MaterialId waitingMaterial;
        final KeyId rotated;
        final MaterialId formerMaterial;
        final KeyId halved;
        final byte[] generatedCiphertext;
        final byte[] importedCiphertext;
        final byte[] deletedCiphertext;
        final byte[] waitingCiphertext;
        final byte[] rotatedCiphertext;
        final byte[] halvedCiphertext;

        private World() {
            fixture = new Fixture();
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
            waiting = process.create(Origin.EXTERNAL).id();
            process.importMaterial(waiting.value(), MATERIAL, null);
            waitingCiphertext = process.encrypt(waiting.value(), MESSAGE);
            waitingMaterial = process.importNewMaterial(waiting.value(), SECOND_MATERIAL, null);
            rotated = process.create(Origin.EXTERNAL).id();
            formerMaterial = process.importMaterial(rotated.value(), MATERIAL, null);
            rotatedCiphertext = process.encrypt(rotated.value(), MESSAGE);
            process.importNewMaterial(rotated.value(), SECOND_MATERIAL, null);
            process.rotateOnDemand(rotated.value());
            halved = process.create(Origin.EXTERNAL).id();
            MaterialId gone = process.importMaterial(halved.value(), MATERIAL, null);
            halvedCiphertext = process.encrypt(halved.value(), MESSAGE);
            process.importNewMaterial(halved.value(), SECOND_MATERIAL, null);
            process.rotateOnDemand(halved.value());
            process.deleteMaterial(halved.value(), gone);
            process.lifecycle().close();
        }

        private World(World other) {
            fixture = other.fixture.copy();
            generated = other.generated;
            imported = other.imported;
            deleted = other.deleted;
            empty = other.empty;
            waiting = other.waiting;
            waitingMaterial = other.waitingMaterial;
            rotated = other.rotated;
            formerMaterial = other.formerMaterial;
            halved = other.halved;
            generatedCiphertext = other.generatedCiphertext;
            importedCiphertext = other.importedCiphertext;
            deletedCiphertext = other.deletedCiphertext;
            waitingCiphertext = other.waitingCiphertext;
            rotatedCiphertext = other.rotatedCiphertext;
            halvedCiphertext = other.halvedCiphertext;
        }

        /** A world of its own, since making one takes long. */
        static World fresh() {
            return new World(TEMPLATE);
        }

        /** What can be decrypted, but for what the piece destroys. */
        List<byte[]> ciphertextsButOf(Destroys destroyed) {
            Map<Destroys, byte[]> ciphertexts = new EnumMap<>(Destroys.class);
            ciphertexts.put(Destroys.NOTHING, waitingCiphertext);
            ciphertexts.put(Destroys.GENERATED, generatedCiphertext);
            ciphertexts.put(Destroys.IMPORTED, importedCiphertext);
            ciphertexts.put(Destroys.ROTATED, rotatedCiphertext);
            if (destroyed != Destroys.NOTHING) {
                ciphertexts.remove(destroyed);
            }
            return List.copyOf(ciphertexts.values());
        }
    }

    @ParameterizedTest
    @EnumSource(Piece.class)
    void storeWrites(Piece piece) {
        World counted = World.fresh();
        CrashingMetadataStore counting = CrashingMetadataStore.counting(counted.fixture.store);
        piece.act(counted.fixture.start(counting, counted.fixture.token), counted);
        assertThat(counting.writes()).isPositive();

        for (int write = 1; write <= counting.writes(); write++) {
            for (CrashingMetadataStore.Moment moment : CrashingMetadataStore.Moment.values()) {
                World world = World.fresh();
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
        World counted = World.fresh();
        CrashingToken counting = new CrashingToken(counted.fixture.token, CrashingToken.NEVER);
        piece.act(counted.fixture.start(counted.fixture.store, counting), counted);
        assertThat(counting.changes() > 0).as("it changes the token").isEqualTo(piece != Piece.ROTATE_TO_A_SECOND);

        for (int change = 1; change <= counting.changes(); change++) {
            for (CrashingToken.Side side : CrashingToken.Side.values()) {
                World world = World.fresh();
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
        for (byte[] ciphertext : world.ciphertextsButOf(piece.destroys)) {
            assertThat(next.decrypt(ciphertext)).as(crash).isEqualTo(MESSAGE);
        }
        next.lifecycle().maintenance().runAtStart();
        assertMatches(next, crash + ", swept twice");
        if (piece.canBeDoneAgain()) {
            piece.act(next, world);
        }
        for (KeyId key : next.keys()) {
            if (next.state(key.value()) == KeyState.ENABLED) {
                next.requireUsable(key.value());
            }
        }
        assertMatches(next, crash + ", done again");
    }

    /** Whoever has switched a key off meanwhile finds it so. */
    @Test
    void anImportThatIsCompletedLaterDoesNotSwitchTheKeyOn() {
        World counted = World.fresh();
        CrashingMetadataStore counting = CrashingMetadataStore.counting(counted.fixture.store);
        Piece.IMPORT.act(counted.fixture.start(counting, counted.fixture.token), counted);
        World world = World.fresh();
        String key = world.empty.value();
        CrashingMetadataStore store =
                CrashingMetadataStore.at(world.fixture.store, counting.writes(), CrashingMetadataStore.Moment.BEFORE);
        Running ending = world.fixture.start(store, world.fixture.token);
        assertThatThrownBy(() -> ending.importMaterial(key, MATERIAL, null)).isInstanceOf(SimulatedCrash.class);
        KeyRecord left = world.fixture.store.findKey(Fixture.SCOPE, world.empty).orElseThrow();
        world.fixture.store.updateKey(left.toBuilder().enabled(false).build());

        Running next = world.fixture.start();
        next.lifecycle().maintenance().runAtStart();

        assertThat(next.state(key)).isEqualTo(KeyState.DISABLED);
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
        InMemoryMetadataStore backup = fixture.store.copy();
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
