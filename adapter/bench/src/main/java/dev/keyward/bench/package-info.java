/**
 * Speed. A benchmark is a method with JMH's {@code @Benchmark} and our {@link Row}; {@link SpeedReport} finds them all.
 */
@NullMarked
package dev.keyward.bench;

import org.jspecify.annotations.NullMarked;
