/** AWS JSON 1.1, read into and written from the AWS SDK's model classes. Knows types, not constraints. */
@NullMarked
package dev.keyward.kms.json;

import org.jspecify.annotations.NullMarked;
