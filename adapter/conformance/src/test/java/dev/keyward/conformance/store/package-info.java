@NullMarked
package dev.keyward.conformance.store;

import org.jspecify.annotations.NullMarked;
