/**
 * For tests that need a key management service: Keyward in the JVM of the test, with a SoftHSM token of its own, over real
 * HTTP, with a clock to move.
 */
@NullMarked
package dev.keyward.testkit;

import org.jspecify.annotations.NullMarked;
