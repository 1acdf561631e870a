@NullMarked
package dev.keyward.testkit;

import org.jspecify.annotations.NullMarked;
