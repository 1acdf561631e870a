package dev.keyward.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyward.contract.AccountId;
import dev.keyward.contract.PolicyDocument;
import dev.keyward.contract.Sealing;
import dev.keyward.contract.TemporarySession;
import dev.keyward.contract.WebIdentityUser;
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
import org.jspecify.annotations.Nullable;

/**
 * Session tokens: a whole session, with the secret of its access key, sealed under a service key. Nothing of a session is
 * kept here, so it can be used after a restart, and nobody but this installation can make one. Thread-safe.
 */
public final class SessionTokens {
    private static final int VERSION = 2;
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
            return text(sealing.seal(accessKeyId, content));
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
        if (!text(sealed).equals(token)) {
            return Optional.empty(); // another way to write the same bytes
        }
        return sealing.open(accessKeyId, sealed).flatMap(content -> {
            try {
                return read(content);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        });
    }

    private static String text(byte[] sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private static byte[] write(TemporarySession session, byte[] secret) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(session.account().value());
            out.writeUTF(session.roleArn());
            out.writeUTF(session.roleId());
            out.writeUTF(session.name());
            writeWebIdentity(out, session.webIdentity());
            out.writeLong(session.begunAt().getEpochSecond());
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

    /**
     * Empty for the token of another Keyward than this version's: no session lasts long. What was sealed here was written
     * here, so anything else that is unexpected is a fault and no refusal.
     */
    private static Optional<Content> read(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            if (in.readUnsignedByte() != VERSION) {
                return Optional.empty();
            }
            AccountId account = new AccountId(in.readUTF());
            String roleArn = in.readUTF();
            String roleId = in.readUTF();
            String name = in.readUTF();
            WebIdentityUser webIdentity = readWebIdentity(in);
            Instant begunAt = Instant.ofEpochSecond(in.readLong());
            Instant expiresAt = Instant.ofEpochSecond(in.readLong());
            List<PolicyDocument> policies = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                policies.add(new PolicyDocument(in.readUTF(), in.readUTF()));
            }
            byte[] secret = in.readNBytes(in.readUnsignedShort());
            return Optional.of(new Content(
                    new TemporarySession(account, roleArn, roleId, name, webIdentity, policies, begunAt, expiresAt),
                    secret));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeWebIdentity(DataOutputStream out, @Nullable WebIdentityUser webIdentity)
            throws IOException {
        out.writeBoolean(webIdentity != null);
        if (webIdentity != null) {
            out.writeUTF(webIdentity.providerArn());
            out.writeUTF(webIdentity.audience());
            out.writeUTF(webIdentity.subject());
        }
    }

    private static @Nullable WebIdentityUser readWebIdentity(DataInputStream in) throws IOException {
        return in.readBoolean() ? new WebIdentityUser(in.readUTF(), in.readUTF(), in.readUTF()) : null;
    }
}
