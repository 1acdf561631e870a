@NullMarked
package dev.keyward.policy;

import org.jspecify.annotations.NullMarked;
