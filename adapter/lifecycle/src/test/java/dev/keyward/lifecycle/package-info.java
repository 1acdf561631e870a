@NullMarked
package dev.keyward.lifecycle;

import org.jspecify.annotations.NullMarked;
