package dev.keyward.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.TemporarySession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Session tokens: a whole session, with the secret of its access key, sealed under a service key. Nothing of a session is
 * kept here, so it can be used after a restart, and nobody but this installation can make one. Thread-safe.
 */
public final class SessionTokens {
    private static final int VERSION = 1;
    private static final long MAXIMUM_CACHED_CHARACTERS = 16L * 1024 * 1024;

    private record Presented(String accessKeyId, String token) {}

    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Content(TemporarySession session, byte[] secret) {}

    private final Sealing sealing;

    /** Sessions without their secrets, so that not every request has to ask the token. */
    private final Cache<Presented, TemporarySession> opened = Caffeine.newBuilder()
            .maximumWeight(MAXIMUM_CACHED_CHARACTERS)
            .<Presented, TemporarySession>weigher(
                    (presented, _) -> presented.token().length())
            .build();

    public SessionTokens(Sealing sealing) {
        this.sealing = sealing;
    }

    /** The token of a session, for one access key and its secret, which is not kept and not cleared. */
    public String seal(String accessKeyId, TemporarySession session, byte[] secret) {
        byte[] content = write(session, secret);
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealing.seal(accessKeyId, content));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** The session of a token, over or not; empty if it is no token of this installation for that access key. */
    public Optional<TemporarySession> open(String accessKeyId, String token) {
        Presented presented = new Presented(accessKeyId, token);
        TemporarySession known = opened.getIfPresent(presented);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Content> content = content(accessKeyId, token);
        content.ifPresent(found -> {
            Arrays.fill(found.secret(), (byte) 0);
            opened.put(presented, found.session());
        });
        return content.map(Content::session);
    }

    /**
     * The secret access key that a token holds, which whoever asked clears.
     *
     * @throws IllegalArgumentException if {@link #open} would not open it
     */
    public byte[] secret(String accessKeyId, String token) {
        return content(accessKeyId, token)
                .orElseThrow(() -> new IllegalArgumentException("not a session token"))
                .secret();
    }

    private Optional<Content> content(String accessKeyId, String token) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        return sealing.open(accessKeyId, sealed).map(content -> {
            try {
                return read(content);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        });
    }

    private static byte[] write(TemporarySession session, byte[] secret) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(session.account().value());
            out.writeUTF(session.roleArn());
            out.writeUTF(session.roleId());
            out.writeUTF(session.name());
            out.writeLong(session.expiresAt().getEpochSecond());
            out.writeShort(session.policies().size());
            for (PolicyDocument policy : session.policies()) {
                out.writeUTF(policy.name());
                out.writeUTF(policy.text());
            }
            out.writeShort(secret.length);
            out.write(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What was sealed here was written here, so anything unexpected is a fault and no refusal. */
    private static Content read(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("a session token of version " + version);
            }
            AccountId account = new AccountId(in.readUTF());
            String roleArn = in.readUTF();
            String roleId = in.readUTF();
            String name = in.readUTF();
            Instant expiresAt = Instant.ofEpochSecond(in.readLong());
            List<PolicyDocument> policies = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                policies.add(new PolicyDocument(in.readUTF(), in.readUTF()));
            }
            byte[] secret = in.readNBytes(in.readUnsignedShort());
            return new Content(new TemporarySession(account, roleArn, roleId, name, policies, expiresAt), secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
