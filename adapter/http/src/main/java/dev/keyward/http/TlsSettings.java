package dev.keyward.http;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.function.Supplier;

/** Where the server's certificate and private key are. Read once, when the server is made. */
public sealed interface TlsSettings {
    /**
     * A PKCS#12 file with one private key and its certificate chain.
     *
     * @param file the file
     * @param password its password, a new array at each call, cleared after use
     */
    record Pkcs12(Path file, Supplier<char[]> password) implements TlsSettings {}

    /**
     * Two PEM files.
     *
     * @param certificates the server's certificate, followed by those of its issuers
     * @param privateKey the key in PKCS#8, not encrypted ({@code BEGIN PRIVATE KEY}): RSA, EC or Ed25519
     */
    record Pem(Path certificates, Path privateKey) implements TlsSettings {}

    /**
     * A key store that is loaded, of any provider: its keys need not show themselves, and may be in a token.
     *
     * @param keys has one private key, with its chain, under no password
     */
    record Loaded(KeyStore keys) implements TlsSettings {}
}
