/** The provider on a Keyward with a SoftHSM token. */
@NullMarked
package dev.keyward.jca;

import org.jspecify.annotations.NullMarked;
