/** The AWS face over HTTP: Jetty, its bounds, and the way of a request from the wire to an {@link Endpoint} and back. */
@NullMarked
package dev.keyward.http;

import org.jspecify.annotations.NullMarked;
