/** The verification of AWS Signature Version 4. Knows no HTTP server: a request is a value. */
@NullMarked
package dev.keyward.http.sigv4;

import org.jspecify.annotations.NullMarked;
