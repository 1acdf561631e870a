@NullMarked
package dev.keyward.audit;

import org.jspecify.annotations.NullMarked;
