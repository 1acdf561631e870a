@NullMarked
package dev.keyward.boot;

import org.jspecify.annotations.NullMarked;
