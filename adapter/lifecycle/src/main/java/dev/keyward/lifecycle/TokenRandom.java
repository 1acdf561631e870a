package dev.keyward.lifecycle;

import dev.keyward.contract.Token;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Arrays;

/** The token's random numbers, for what the JDK makes out of random numbers. For one thread. */
@SuppressWarnings("serial") // as the class that it stands for, and nobody writes it
final class TokenRandom extends SecureRandom {
    TokenRandom(Token token) {
        super(new Source(token), null);
    }

    /** Draws more than is asked for at once: primes are sought with many small draws. */
    @SuppressWarnings("serial")
    private static final class Source extends SecureRandomSpi {
        private static final int DRAW_BYTES = 4096;

        private final transient Token token;
        private byte[] drawn = {};
        private int next;

        Source(Token token) {
            this.token = token;
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            for (int filled = 0; filled < bytes.length; ) {
                if (next == drawn.length) {
                    drawn = token.random(DRAW_BYTES);
                    next = 0;
                }
                int taken = Math.min(bytes.length - filled, drawn.length - next);
                System.arraycopy(drawn, next, bytes, filled, taken);
                Arrays.fill(drawn, next, next + taken, (byte) 0);
                next += taken;
                filled += taken;
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int lengthBytes) {
            byte[] seed = new byte[lengthBytes];
            engineNextBytes(seed);
            return seed;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The token's generator needs none.
        }
    }
}
