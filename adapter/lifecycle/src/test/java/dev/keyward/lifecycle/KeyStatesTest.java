package dev.keyward.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.ExpirationModel;
import dev.keyward.contract.KeyId;
import dev.keyward.contract.KeyMaterialState;
import dev.keyward.contract.KeyRecord;
import dev.keyward.contract.KeyState;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialRecord;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.Origin;
import dev.keyward.contract.RotationType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The state of a key with imported material, in every combination of what its materials can be: all those that are or were
 * current, the one that waits for its rotation, switched on or not, to be deleted or not.
 *
 * <p>Source of what is expected: AWS KMS Developer Guide, "Delete imported key material": that any material but one in
 * PENDING_ROTATION is deleted or expires makes the key pending import.
 */
class KeyStatesTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    /** How a material can be, and whether it is there then. */
    private enum Condition {
        PRESENT_FOR_EVER(MaterialPresence.PRESENT, null, true),
        PRESENT_FOR_ANOTHER_MICROSECOND(MaterialPresence.PRESENT, NOW.plusNanos(1_000), true),
        EXPIRED_NOW(MaterialPresence.PRESENT, NOW, false),
        EXPIRED_LONG_AGO(MaterialPresence.PRESENT, NOW.minus(Duration.ofDays(1)), false),
        GONE(MaterialPresence.ABSENT, null, false),
        GOING(MaterialPresence.DESTROYING, null, false),
        COMING(MaterialPresence.CREATING, null, false);

        private final MaterialPresence presence;
        private final @Nullable Instant validTo;
        private final boolean isThere;

        Condition(MaterialPresence presence, @Nullable Instant validTo, boolean isThere) {
            this.presence = presence;
            this.validTo = validTo;
            this.isThere = isThere;
        }

        MaterialRecord material(int number) {
            return new MaterialRecord(
                    new MaterialId("%064x".formatted(number)),
                    new MaterialReference("main", MaterialReference.Residence.TOKEN_OBJECT, new byte[] {(byte) number}),
                    presence,
                    NOW,
                    NOW,
                    null,
                    null,
                    validTo == null
                            ? ExpirationModel.KEY_MATERIAL_DOES_NOT_EXPIRE
                            : ExpirationModel.KEY_MATERIAL_EXPIRES,
                    validTo,
                    null,
                    null,
                    0);
        }
    }

    /** @param count how many materials are or were current */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aKeyStandsAsAllThatIsOrWasCurrent(int count) {
        for (List<Condition> associated : lists(count)) {
            for (@Nullable Condition waiting : orNone(Condition.values())) {
                for (boolean enabled : new boolean[] {true, false}) {
                    for (boolean doomed : new boolean[] {true, false}) {
                        KeyRecord key = key(associated, waiting, enabled, doomed);

                        assertThat(KeyStates.of(key, NOW))
                                .as("%s, waiting %s, enabled %s, doomed %s", associated, waiting, enabled, doomed)
                                .isEqualTo(expected(associated, enabled, doomed));
                    }
                }
            }
        }
    }

    /** What waits for the first material to be current makes no key. */
    @Test
    void aKeyWithoutACurrentMaterialIsPendingImport() {
        for (Condition condition : Condition.values()) {
            KeyRecord key = external().material(condition.material(1)).build();

            assertThat(KeyStates.of(key, NOW)).isEqualTo(KeyState.PENDING_IMPORT);
            assertThat(key.standing(condition.material(1))).isEqualTo(KeyMaterialState.PENDING_ROTATION);
        }
    }

    @Test
    void aMaterialStandsAsItsHistorySays() {
        List<Condition> associated = List.of(Condition.GONE, Condition.PRESENT_FOR_EVER, Condition.GONE);
        KeyRecord key = key(associated, Condition.PRESENT_FOR_EVER, true, false);

        assertThat(key.materials().stream().map(key::standing))
                .containsExactly(
                        KeyMaterialState.NON_CURRENT,
                        KeyMaterialState.NON_CURRENT,
                        KeyMaterialState.CURRENT,
                        KeyMaterialState.PENDING_ROTATION);
    }

    private static KeyState expected(List<Condition> associated, boolean enabled, boolean doomed) {
        if (doomed) {
            return KeyState.PENDING_DELETION;
        }
        for (Condition condition : associated) {
            if (!condition.isThere) {
                return KeyState.PENDING_IMPORT;
            }
        }
        return enabled ? KeyState.ENABLED : KeyState.DISABLED;
    }

    private static KeyRecord key(
            List<Condition> associated, @Nullable Condition waiting, boolean enabled, boolean doomed) {
        KeyRecord.Builder key = external().enabled(enabled);
        for (int number = 0; number < associated.size(); number++) {
            MaterialRecord material = associated.get(number).material(number);
            key.material(number == 0 ? material : material.withRotation(RotationType.ON_DEMAND, NOW));
            key.currentMaterial(material.id());
        }
        if (waiting != null) {
            key.material(waiting.material(associated.size()));
        }
        if (doomed) {
            key.deletion(NOW.plus(Duration.ofDays(7)), 7);
        }
        return key.build();
    }

    private static KeyRecord.Builder external() {
        return KeyRecord.builder(Fixture.SCOPE, KeyId.random()).origin(Origin.EXTERNAL);
    }

    private static List<@Nullable Condition> orNone(Condition[] conditions) {
        List<@Nullable Condition> all = new ArrayList<>(Arrays.asList(conditions));
        all.add(null);
        return all;
    }

    private static List<List<Condition>> lists(int length) {
        if (length == 0) {
            return List.of(List.of());
        }
        List<List<Condition>> lists = new ArrayList<>();
        for (List<Condition> shorter : lists(length - 1)) {
            for (Condition condition : Condition.values()) {
                List<Condition> longer = new ArrayList<>(shorter);
                longer.add(condition);
                lists.add(longer);
            }
        }
        return lists;
    }
}
