package dev.keyward.pkcs11.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** The first line of a file, without its line end. */
record FilePinSource(Path file) implements PinSource {
    private static final int MAXIMUM_LENGTH_BYTES = 1024;

    @Override
    public byte[] read() {
        byte[] content = content();
        try {
            int length = 0;
            while (length < content.length && content[length] != '\n' && content[length] != '\r') {
                length++;
            }
            if (length == 0) {
                throw new PinUnavailableException("the PIN file " + file + " begins with an empty line");
            }
            return Arrays.copyOf(content, length);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private byte[] content() {
        try {
            if (Files.size(file) > MAXIMUM_LENGTH_BYTES) {
                throw new PinUnavailableException("the PIN file " + file + " is too long to be one");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new PinUnavailableException("there is no PIN file " + file);
        } catch (IOException e) {
            throw new PinUnavailableException("cannot read the PIN file " + file + ": " + e.getMessage());
        }
    }

    @Override
    public boolean isUnattended() {
        return true;
    }
}
