/** Configuration, the home directory, and the joining of token, store, audit trail, lifecycle, face and server. */
@NullMarked
package dev.keyward.boot;

import org.jspecify.annotations.NullMarked;
