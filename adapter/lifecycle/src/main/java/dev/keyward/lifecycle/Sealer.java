package dev.keyward.lifecycle;

import dev.keyward.contract.CiphertextForm;
import dev.keyward.contract.InstallationId;
import dev.keyward.contract.KeySpec;
import dev.keyward.contract.MaterialId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialPresence;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.MetadataStore;
import dev.keyward.contract.SealedMessage;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.ServiceKeyRecord;
import dev.keyward.contract.ServicePurpose;
import dev.keyward.contract.Token;
import dev.keyward.contract.TokenException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Seals small secrets and tokens under the service keys, which live in the token and which no request can reach: one key
 * for each purpose, so that nothing sealed for one can be opened as another. A sealed value is
 *
 * <pre>
 *   1   the code of the {@link CiphertextForm}
 *   4   version of the service key
 *   n   nonce
 *  12   GCM IV
 *   m   ciphertext and tag
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class Sealer {
    private static final int HEADER_LENGTH_BYTES = 1 + Integer.BYTES;
    private static final Comparator<ServiceKeyRecord> NEWEST_FIRST =
            Comparator.comparingInt(ServiceKeyRecord::version).reversed();

    private final Token token;
    private final Map<ServicePurpose, List<ServiceKeyRecord>> keys;

    private Sealer(Token token, Map<ServicePurpose, List<ServiceKeyRecord>> keys) {
        this.token = token;
        this.keys = keys;
    }

    /**
     * Finds the service keys, and makes those that are not there yet. The intention is recorded first, so a crash
     * between leaves a row to go on from.
     *
     * @throws IllegalStateException if the store says that a service key is in the token and it is not: the token is
     *     another one, or the key was destroyed by someone else
     */
    public static Sealer open(MetadataStore store, Token token) {
        for (ServicePurpose purpose : ServicePurpose.values()) {
            if (of(purpose, store.listServiceKeys()).isEmpty()) {
                store.putServiceKey(new ServiceKeyRecord(
                        purpose, 1, newReference(purpose, 1, store.installation(), token), MaterialPresence.CREATING));
            }
        }
        return with(
                store.listServiceKeys().stream()
                        .map(key -> ensurePresent(key, store, token))
                        .toList(),
                token);
    }

    /**
     * A sealer with those service keys and no others: it makes none. A purpose whose key is not there seals nothing and
     * opens nothing.
     */
    public static Sealer with(List<ServiceKeyRecord> present, Token token) {
        Map<ServicePurpose, List<ServiceKeyRecord>> keys = new EnumMap<>(ServicePurpose.class);
        for (ServicePurpose purpose : ServicePurpose.values()) {
            keys.put(
                    purpose,
                    of(purpose, present).stream()
                            .filter(key -> key.presence() == MaterialPresence.PRESENT)
                            .sorted(NEWEST_FIRST)
                            .toList());
        }
        return new Sealer(token, keys);
    }

    /** Seals and opens for one purpose. */
    public Sealing sealingFor(ServicePurpose purpose) {
        return new Sealing() {
            @Override
            public byte[] seal(String binding, byte[] secret) {
                return Sealer.this.seal(purpose, binding, secret);
            }

            @Override
            public Optional<byte[]> open(String binding, byte[] sealed) {
                return Sealer.this.open(purpose, binding, sealed);
            }
        };
    }

    /**
     * Seals a value under the newest key of its purpose.
     *
     * @param binding what the value belongs to; it opens with the same binding only
     * @param value not kept and not cleared
     */
    public byte[] seal(ServicePurpose purpose, String binding, byte[] value) {
        ServiceKeyRecord key = keysOf(purpose).getFirst();
        SealedMessage message = token.encrypt(key.reference(), associatedData(purpose, key.version(), binding), value);
        return ByteBuffer.allocate(HEADER_LENGTH_BYTES
                        + message.nonce().length
                        + message.iv().length
                        + message.ciphertext().length)
                .put((byte) message.form().code())
                .putInt(key.version())
                .put(message.nonce())
                .put(message.iv())
                .put(message.ciphertext())
                .array();
    }

    /**
     * Opens a sealed value; empty if it was not sealed here for that purpose and binding, or has been changed.
     *
     * @return the value, which the caller clears
     */
    public Optional<byte[]> open(ServicePurpose purpose, String binding, byte[] sealed) {
        if (sealed.length < HEADER_LENGTH_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        int code = buffer.get() & 0xff;
        int version = buffer.getInt();
        for (CiphertextForm form : CiphertextForm.values()) {
            for (ServiceKeyRecord key : keysOf(purpose)) {
                if (form.code() == code && key.version() == version) {
                    return open(key, form, binding, buffer);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> open(ServiceKeyRecord key, CiphertextForm form, String binding, ByteBuffer rest) {
        int shortest = form.nonceLengthBytes() + CiphertextForm.IV_LENGTH_BYTES + CiphertextForm.TAG_LENGTH_BYTES;
        if (rest.remaining() < shortest) {
            return Optional.empty();
        }
        byte[] nonce = new byte[form.nonceLengthBytes()];
        byte[] iv = new byte[CiphertextForm.IV_LENGTH_BYTES];
        byte[] ciphertext = new byte[rest.remaining() - nonce.length - iv.length];
        rest.get(nonce).get(iv).get(ciphertext);
        try {
            return Optional.of(token.decrypt(
                    key.reference(),
                    associatedData(key.purpose(), key.version(), binding),
                    new SealedMessage(form, nonce, iv, ciphertext)));
        } catch (TokenException failure) {
            if (failure.reason() == TokenException.Reason.NOT_AUTHENTIC) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private List<ServiceKeyRecord> keysOf(ServicePurpose purpose) {
        return keys.getOrDefault(purpose, List.of());
    }

    private static ServiceKeyRecord ensurePresent(ServiceKeyRecord key, MetadataStore store, Token token) {
        boolean held = token.holds(key.reference());
        if (key.presence() == MaterialPresence.PRESENT) {
            if (!held) {
                throw new IllegalStateException(
                        "service key %s version %d is not in token %s: is this the token that belongs to this store?"
                                .formatted(
                                        key.purpose().label(),
                                        key.version(),
                                        token.information().label()));
            }
            return key;
        }
        if (!held) {
            token.generate(key.reference(), KeySpec.SYMMETRIC_DEFAULT);
        }
        ServiceKeyRecord present =
                new ServiceKeyRecord(key.purpose(), key.version(), key.reference(), MaterialPresence.PRESENT);
        store.putServiceKey(present);
        return present;
    }

    private static List<ServiceKeyRecord> of(ServicePurpose purpose, List<ServiceKeyRecord> keys) {
        return keys.stream().filter(key -> key.purpose() == purpose).toList();
    }

    private static MaterialReference newReference(
            ServicePurpose purpose, int version, InstallationId installation, Token token) {
        MaterialId objectId = MaterialId.of(token.random(MaterialId.LENGTH_BYTES));
        return token.reference(MaterialName.ofService(installation, purpose, version, objectId));
    }

    private static byte[] associatedData(ServicePurpose purpose, int version, String binding) {
        return "keyward sealed 1\0%s\0%d\0%s"
                .formatted(purpose.label(), version, binding)
                .getBytes(StandardCharsets.UTF_8);
    }
}
