/**
 * A {@code java.security} provider whose keys are AWS KMS's: those of Keyward, over HTTP or in process, or those of AWS
 * itself. It knows nothing but a {@code KmsClient}. {@link dev.keyward.jca.KeywardProvider} is where to begin.
 */
@NullMarked
package dev.keyward.jca;

import org.jspecify.annotations.NullMarked;
