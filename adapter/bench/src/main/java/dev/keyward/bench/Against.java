package dev.keyward.bench;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A benchmark that another one's speed is divided by. */
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Against {
    /** The class of that benchmark. */
    Class<?> type();

    /** Its method. */
    String method();

    /** What it is called in the report: "0.7 of ...". */
    String called();

    /** What the ratio should be; 0 if nothing is asked of it. */
    double atLeast() default 0;
}
