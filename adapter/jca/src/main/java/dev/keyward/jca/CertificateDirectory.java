package dev.keyward.jca;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.ProviderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Certificates as PEM files, one for each name: a chain, the subject's first. A file is whole or not there. Thread-safe, and
 * several processes may share it.
 */
final class CertificateDirectory {
    private static final String SUFFIX = ".pem";
    private static final int LINE_LENGTH = 64;

    private final Path directory;

    /** Those in a directory, which is made when it is first written to. */
    CertificateDirectory(Path directory) {
        this.directory = directory;
    }

    /** The chain of a name; empty if there is none. */
    List<X509Certificate> chain(String name) {
        try (InputStream file = Files.newInputStream(file(name))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(file).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | CertificateException e) {
            throw new ProviderException("certificates cannot be read from " + file(name), e);
        }
    }

    /** Keeps a chain in place of the one that was there. */
    void put(String name, List<X509Certificate> chain) {
        try {
            Files.createDirectories(directory);
            Path whole = Files.createTempFile(directory, "new", ".tmp");
            Files.writeString(whole, pem(chain));
            Files.move(whole, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | CertificateException e) {
            throw new ProviderException("certificates cannot be written to " + file(name), e);
        }
    }

    /** Forgets the chain of a name; false if there is none. */
    boolean remove(String name) {
        try {
            return Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new ProviderException("certificates cannot be removed from " + directory, e);
        }
    }

    /** Whatever has a chain. */
    List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> URLDecoder.decode(
                            file.substring(0, file.length() - SUFFIX.length()), StandardCharsets.UTF_8))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ProviderException("certificates cannot be listed in " + directory, e);
        }
    }

    /** Encoded, a name has no separators, so no name leads out of the directory. */
    private Path file(String name) {
        return directory.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8) + SUFFIX);
    }

    private static String pem(List<X509Certificate> chain) throws CertificateException {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(encoder.encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }
}
