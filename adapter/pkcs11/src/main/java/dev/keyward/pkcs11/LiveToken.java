package dev.keyward.pkcs11;

import dev.keyward.contract.InstallationId;
import dev.keyward.contract.MaterialName;
import dev.keyward.contract.MaterialReference;
import dev.keyward.contract.ObjectName;
import dev.keyward.contract.TokenException;
import dev.keyward.contract.TokenException.Reason;
import dev.keyward.contract.TokenObject;
import dev.keyward.pkcs11.mechanism.AttributeType;
import dev.keyward.pkcs11.profile.HsmProfile;
import dev.keyward.pkcs11.session.Connection;
import dev.keyward.pkcs11.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A connection and all that belongs to it: known handles, subkeys, and the key families that use them. Thread-safe. */
final class LiveToken implements AutoCloseable {
    private final HsmProfile profile;
    private final Connection connection;
    private final TokenObjects objects;
    private final Subkeys subkeys;
    private final KeyGeneration generation;
    private final SymmetricKeys symmetricKeys;
    private final MacKeys macKeys;
    private final CertifiedKeys certifiedKeys;
    private final PublicKeys publicKeys;
    private final SigningKeys signingKeys;
    private final OaepKeys oaepKeys;
    private final AgreementKeys agreementKeys;
    private final WrappingKeys wrappingKeys;
    private final Importing importing;
    private final Certificates certificates;

    LiveToken(HsmProfile profile, Capabilities capabilities, Set<Long> mechanisms, Connection connection) {
        this.profile = profile;
        this.connection = connection;
        this.objects = new TokenObjects(profile.changesOneAtATime());
        KeyTemplates templates = new KeyTemplates(profile);
        DerivationChoice derivations = new DerivationChoice(profile, mechanisms);
        this.subkeys = new Subkeys(connection.keeper(), objects, templates, System::nanoTime);
        this.generation = new KeyGeneration(capabilities, templates, connection.sessions(), objects);
        this.symmetricKeys = new SymmetricKeys(profile, connection.sessions(), objects, subkeys, derivations);
        this.macKeys = new MacKeys(capabilities, connection.sessions(), objects);
        this.certifiedKeys = new CertifiedKeys(templates, objects);
        this.publicKeys = new PublicKeys(connection.sessions(), objects, certifiedKeys);
        this.signingKeys = new SigningKeys(profile, capabilities, connection.sessions(), objects, publicKeys);
        this.wrappingKeys = new WrappingKeys(capabilities, templates, connection.sessions(), objects);
        this.oaepKeys = new OaepKeys(capabilities, connection.sessions(), objects, publicKeys);
        this.agreementKeys = new AgreementKeys(capabilities, templates, connection.sessions(), objects);
        this.certificates = new Certificates(templates, connection.sessions(), objects);
        Unwrapping unwrapping = new Unwrapping(profile, capabilities, templates, objects);
        this.importing = new Importing(
                connection.sessions(),
                objects,
                unwrapping,
                new ImportedSecretKeys(templates, objects, unwrapping, derivations),
                new ImportedKeyPairs(templates, objects, unwrapping, signingKeys));
    }

    KeyGeneration generation() {
        return generation;
    }

    SymmetricKeys symmetricKeys() {
        return symmetricKeys;
    }

    MacKeys macKeys() {
        return macKeys;
    }

    PublicKeys publicKeys() {
        return publicKeys;
    }

    SigningKeys signingKeys() {
        return signingKeys;
    }

    OaepKeys oaepKeys() {
        return oaepKeys;
    }

    AgreementKeys agreementKeys() {
        return agreementKeys;
    }

    WrappingKeys wrappingKeys() {
        return wrappingKeys;
    }

    Importing importing() {
        return importing;
    }

    Certificates certificates() {
        return certificates;
    }

    Subkeys subkeys() {
        return subkeys;
    }

    byte[] random(int lengthBytes) {
        return connection.sessions().use(session -> session.random(lengthBytes));
    }

    boolean holds(MaterialReference reference) {
        return connection.sessions().use(session -> objects.holds(session, reference));
    }

    void destroy(MaterialReference reference) {
        subkeys.forget(reference);
        certifiedKeys.forget(reference);
        connection.sessions().use(session -> {
            objects.destroy(session, reference);
            return reference;
        });
        subkeys.forget(reference); // of a use that came between
    }

    List<TokenObject> objects(String token, InstallationId installation) {
        String prefix = MaterialName.labelPrefix(installation);
        if (!ObjectName.keepsPrefix(prefix, profile.label().maximumLengthBytes())) {
            throw new TokenException(
                    Reason.UNSUPPORTED,
                    "labels of profile " + profile.name() + " are too short to tell whose they are");
        }
        return connection
                .sessions()
                .use(session -> objects.search(() -> {
                    Set<TokenObject> found = new LinkedHashSet<>(); // the halves of a pair are one
                    for (TokenObjects.Kind kind : TokenObjects.Kind.values()) {
                        for (long handle : session.find(KeyTemplates.search(kind.objectClass()))) {
                            String label = text(session, handle);
                            if (label.startsWith(prefix)) {
                                byte[] id = session.read(handle, AttributeType.ID);
                                found.add(new TokenObject(label, new ObjectName(id, label).reference(token)));
                            }
                        }
                    }
                    return List.copyOf(found);
                }));
    }

    private static String text(Session session, long handle) {
        return new String(session.read(handle, AttributeType.LABEL), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        connection.close();
    }
}
