package dev.keyward.boot;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what the JDK says by a class name. */
final class Reasons {
    private Reasons() {}

    /** Why a file could not be read or written, without its name. */
    static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file or directory";
            case AccessDeniedException denied -> "permission denied";
            case NotDirectoryException file -> "it is not a directory";
            case FileAlreadyExistsException exists -> "it exists and is not a directory";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
