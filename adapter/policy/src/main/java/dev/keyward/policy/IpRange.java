package dev.keyward.policy;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses by CIDR; one address by itself is a range of one. IPv4 and IPv6 never match each other.
 * Immutable and thread-safe.
 *
 * @param network the address that the range begins with
 * @param bits how many of its leading bits an address must share
 */
record IpRange(InetAddress network, int bits) {
    private static final Pattern CIDR = Pattern.compile("(?<address>[0-9a-fA-F.:]{2,45})(?:/(?<bits>\\d{1,3}))?");
    private static final Pattern DOTTED_FOUR = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    /** The range that {@code text} stands for; empty if it is none. */
    static Optional<IpRange> parse(String text) {
        Matcher range = CIDR.matcher(text);
        if (!range.matches()) {
            return Optional.empty();
        }
        return address(range.group("address")).flatMap(address -> {
            int most = address.getAddress().length * Byte.SIZE;
            int bits = range.group("bits") == null ? most : Integer.parseInt(range.group("bits"));
            return bits <= most ? Optional.of(new IpRange(address, bits)) : Optional.empty();
        });
    }

    /** Whether {@code text} is an address of the range. */
    boolean contains(String text) {
        return address(text).filter(address -> shares(address.getAddress())).isPresent();
    }

    private boolean shares(byte[] address) {
        byte[] expected = network.getAddress();
        if (address.length != expected.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((address[bit / Byte.SIZE] ^ expected[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** An address in digits; names are never looked up. */
    private static Optional<InetAddress> address(String text) {
        if (text.indexOf(':') < 0 && !DOTTED_FOUR.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
