package dev.keyward.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes commands from other processes of this host while a server holds the home: a Unix domain socket in the home, which
 * nobody but the home's owner can reach. A client sends one {@link IdentityCommand} as JSON and ends its output; the
 * answer is one {@link IdentityReply}. Thread-safe.
 */
final class CommandSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);
    /** What fits into a socket's address on every platform. */
    private static final int LONGEST_PATH_BYTES = 103;

    private static final int LONGEST_MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private final ServerSocketChannel server;
    private final IdentityCommandTable commands;

    private CommandSocket(Path path, ServerSocketChannel server, IdentityCommandTable commands) {
        this.path = path;
        this.server = server;
        this.commands = commands;
    }

    /** Whether there can be a socket at that path: the operating system sets a bound that homes may exceed. */
    static boolean isPossible(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH_BYTES;
    }

    /** Begins to take commands, in a home that this process holds. */
    static CommandSocket open(Path path, IdentityCommandTable commands) {
        try {
            Files.deleteIfExists(path); // of a process that was killed: this one holds the home now
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PrivateFiles.FILE_MODE);
            CommandSocket socket = new CommandSocket(path, server, commands);
            Thread.ofPlatform().name("keyward-commands").daemon().start(socket::serve);
            return socket;
        } catch (IOException e) {
            throw new StartException("the socket for commands, " + path + ", cannot be made: " + Reasons.of(e), e);
        }
    }

    /**
     * Has a command carried out by the process that serves the socket.
     *
     * @throws StartException if there is none, or it does not answer
     */
    static IdentityReply send(Path path, IdentityCommand command) {
        if (!isPossible(path)) {
            throw new StartException(
                    "the running server takes no commands, since the path of its home is too long for a" + " socket ("
                            + path + "): stop it first");
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            write(channel, JSON.writeValueAsBytes(command));
            channel.shutdownOutput();
            return JSON.readValue(readAll(channel), IdentityReply.class);
        } catch (IOException | JacksonException e) {
            throw new StartException(
                    "the running server does not take the command through " + path + ": " + e.getMessage(), e);
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                Thread.ofPlatform().name("keyward-command").daemon().start(() -> answer(channel));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.warn("a command could not be taken", e);
            }
        }
    }

    private void answer(SocketChannel channel) {
        try (channel) {
            IdentityCommand command = JSON.readValue(readAll(channel), IdentityCommand.class);
            write(channel, JSON.writeValueAsBytes(commands.run(command)));
        } catch (AsynchronousCloseException closed) {
            LOG.debug("a command was cut off by the end", closed);
        } catch (IOException | JacksonException e) {
            LOG.warn("a command could not be answered: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a command failed", e);
        }
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (channel.read(buffer) >= 0) {
            message.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (message.size() > LONGEST_MESSAGE_BYTES) {
                throw new IOException("a message is longer than " + LONGEST_MESSAGE_BYTES + " bytes");
            }
        }
        return message.toByteArray();
    }

    private static void write(SocketChannel channel, byte[] message) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Takes no more commands; those under way end by themselves. */
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("the socket for commands, {}, was not closed cleanly", path, e);
        }
    }
}
