/** The AWS SDK's clients, without HTTP: what they are asked goes straight to the face, and so the one way of a request. */
@NullMarked
package dev.keyward.kms.client;

import org.jspecify.annotations.NullMarked;
