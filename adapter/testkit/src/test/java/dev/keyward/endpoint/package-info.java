/** The running service, as its users meet it: over HTTP, through AWS's own clients, with a SoftHSM token behind it. */
@NullMarked
package dev.keyward.endpoint;

import org.jspecify.annotations.NullMarked;
