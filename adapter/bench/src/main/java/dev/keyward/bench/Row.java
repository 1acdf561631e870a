package dev.keyward.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a benchmark stands in the report. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Row {
    /** What is done, for the first column. */
    String title();

    /** The numbers of threads it is measured with, a line each. */
    int[] threads() default 1;

    /** How long it runs unmeasured, until the JIT is through with it, on a machine that may have other work. */
    int warmupSeconds() default 8;

    /** What it is compared with, at the same number of threads and in the same round. */
    Against[] against() default {};
}
